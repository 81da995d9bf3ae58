import { blobId, type KeptFile, MANIFEST, readManifest } from "../workflows/manifest";
import type { RenderedFile } from "../workflows/rendered-file";
import type { TreeEntry } from "./delivery-comparison";
import { Failure, messageOf } from "./failure";
import { type GithubApi, GithubRefusal } from "./github-api";

/** The tip of a repository's default branch. */
export interface Tip {
  readonly branch: string;
  readonly commit: string;
  /** Id of the commit's tree. */
  readonly tree: string;
  readonly archived: boolean;
}

interface Repository {
  readonly default_branch: string;
  readonly archived: boolean;
}

interface Tree {
  readonly tree: readonly (TreeEntry & { readonly path: string })[];
  readonly truncated: boolean;
}

export type Entries = ReadonlyMap<string, TreeEntry>;

export interface Contents {
  readonly entries: Entries;
  readonly delivered: ReadonlyMap<string, KeptFile> | undefined;
}

const NOT_FOUND = 404;
const CONFLICT = 409;
const MOVED: readonly number[] = [301, 302, 307, 308];

/** What a service's repository has, read from GitHub. */
export class DeliveryRepository {
  constructor(
    readonly api: GithubApi,
    /** What is to be delivered to it. */
    private readonly rendered: readonly RenderedFile[],
  ) {}

  /** @throws Failure that says why there is nothing to compare with, and what to do */
  async tip(): Promise<Tip> {
    const { default_branch: branch, archived } = await this.repository();
    try {
      const { commit } = (await this.api.request("GET", `/branches/${encodeURIComponent(branch)}`)) as {
        readonly commit: { readonly sha: string; readonly commit: { readonly tree: { readonly sha: string } } };
      };
      return { branch, archived, commit: commit.sha, tree: commit.commit.tree.sha };
    } catch (error) {
      if (statusOf(error) === NOT_FOUND) throw await this.withoutCommit(branch);
      throw error;
    }
  }

  /** A tree's entries by path, and what the manifest among them says; that is undefined when there is none. */
  async contents(tree: string): Promise<Contents> {
    const entries = await this.entries(tree);
    const delivered = await this.manifest(entries);
    const known = new Set(this.rendered.map(({ path }) => path));
    const others = [...(delivered?.keys() ?? [])].filter((path) => !known.has(path) && !entries.has(path));
    return { entries: others.length === 0 ? entries : await this.entries(tree, others), delivered };
  }

  /**
   * Entries of a tree by path. GitHub lists 100,000 at most; of a larger repository, the directories on the way to what must be seen are read one
   * by one, so that nothing that matters is missing.
   */
  async entries(tree: string, others: readonly string[] = []): Promise<Entries> {
    const all = await this.tree(`${tree}?recursive=1`);
    if (!all.truncated) return byPath(all);
    const wanted = new Set([...this.rendered.map(({ path }) => path), ...others].flatMap(directoriesTo));
    const seen = new Map<string, TreeEntry>();
    await this.walk("", tree, wanted, seen);
    return seen;
  }

  private async manifest(entries: Entries): Promise<ReadonlyMap<string, KeptFile> | undefined> {
    const entry = entries.get(MANIFEST);
    if (entry?.type !== "blob" || entry.mode === "120000") return undefined;
    const ours = this.rendered.find(({ path }) => path === MANIFEST)?.content;
    const text = ours !== undefined && blobId(ours) === entry.sha ? ours : await this.text(entry.sha);
    try {
      return readManifest(text ?? "");
    } catch (error) {
      throw new Failure(
        `${MANIFEST} of ${this.api.repository} can't be read: ${messageOf(error)}\n` +
          "put back what was delivered, or remove it: then all generated files count as there before",
      );
    }
  }

  /** A content as text; undefined when it is none. */
  async text(blob: string): Promise<string | undefined> {
    const { content } = (await this.api.request("GET", `/git/blobs/${blob}`)) as { readonly content: string };
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(content, "base64"));
    } catch {
      return undefined;
    }
  }

  private async repository(): Promise<Repository> {
    try {
      return (await this.api.request("GET", "")) as Repository;
    } catch (error) {
      const { repository } = this.api;
      if (statusOf(error) === NOT_FOUND)
        throw new Failure(
          `${repository} is not there, or this token does not see it\n` +
            "deploy its stack first (npx cdktf deploy '*-repository'), or use a token that may read its contents",
        );
      if (error instanceof GithubRefusal && MOVED.includes(error.status))
        throw new Failure(
          `${repository} was renamed or moved (GitHub answered ${error.status}, to ${error.location ?? "nowhere"})\n` +
            "a service's repository has the service's name: rename it back, or rename the service",
        );
      throw error;
    }
  }

  /** Why the default branch has no commit. Only a reference's answer tells an empty repository from one that may not be read. */
  private async withoutCommit(branch: string): Promise<Failure> {
    const { repository } = this.api;
    try {
      await this.api.request("GET", `/git/ref/heads/${branch.split("/").map(encodeURIComponent).join("/")}`);
    } catch (error) {
      if (statusOf(error) === CONFLICT)
        return new Failure(
          `${repository} is empty: a pull request needs a branch to go to\npush a first commit to ${branch}, a README for instance, and run this again`,
        );
      if (statusOf(error) !== NOT_FOUND) throw error;
    }
    return new Failure(
      `the default branch ${branch} of ${repository} can't be seen\nuse a token that may read the repository's contents`,
    );
  }

  private async tree(id: string): Promise<Tree> {
    return (await this.api.request("GET", `/git/trees/${id}`)) as Tree;
  }

  private async walk(
    directory: string,
    id: string,
    wanted: ReadonlySet<string>,
    seen: Map<string, TreeEntry>,
  ): Promise<void> {
    const tree = await this.tree(id);
    if (tree.truncated)
      throw new Failure(`GitHub does not list all of the directory "${directory || "/"}" of ${this.api.repository}`);
    for (const [name, entry] of byPath(tree)) {
      const path = directory === "" ? name : `${directory}/${name}`;
      seen.set(path, entry);
      if (entry.type === "tree" && wanted.has(path)) await this.walk(path, entry.sha, wanted, seen);
    }
  }
}

export function statusOf(error: unknown): number | undefined {
  return error instanceof GithubRefusal ? error.status : undefined;
}

function byPath({ tree }: Tree): Map<string, TreeEntry> {
  return new Map(tree.map(({ path, mode, type, sha, size }) => [path, { mode, type, sha, size }]));
}

function directoriesTo(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
