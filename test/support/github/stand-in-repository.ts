import { GitStore, type StoredFile } from "./git-store";

export interface StandInPullRequest {
  readonly number: number;
  readonly head: string;
  base: string;
  title: string;
  body: string | null;
  state: "open" | "closed";
  mergedAt: string | null;
  /** Of its branch, when it was last open. */
  sha: string;
  /** Where the branch is. @default - in the repository itself */
  readonly fork?: { readonly id: number; readonly owner: string };
}

/** A run of a workflow, with what it left. */
export interface StandInRun {
  readonly id: number;
  readonly path: string;
  readonly event: string;
  readonly number: number;
  readonly branch: string;
  readonly sha: string;
  readonly fork?: StandInPullRequest["fork"];
  attempt: number;
  status: "in_progress" | "completed";
  conclusion: string | null;
  jobs: { readonly name: string; readonly conclusion: string | null }[];
  artifacts: { readonly name: string; readonly content: Buffer; readonly size?: number; readonly expired?: boolean }[];
}

export interface StandInComment {
  readonly id: number;
  readonly pull: number;
  readonly login: string;
  readonly type: "Bot" | "User";
  body: string;
}

/** A repository of the stand-in, with what tests do to it beside the API. */
export class StandInRepository {
  readonly branches = new Map<string, string>();
  readonly pulls: StandInPullRequest[] = [];
  readonly runs: StandInRun[] = [];
  /** The oldest first. */
  comments: StandInComment[] = [];
  readonly id = 1296269;
  /** The public key of each environment, by the environment's name. */
  readonly environmentKeys = new Map<string, { readonly id: string; readonly key: string }>();
  /** By the environment's name: when each secret was last set, by its name. */
  readonly environmentSecrets = new Map<string, ReadonlyMap<string, string>>();
  defaultBranch = "main";
  archived = false;
  /** As many entries as a recursive list has at most. */
  mostListed = 100_000;

  constructor(
    readonly name: string,
    readonly store: GitStore = new GitStore(),
  ) {}

  get owner(): string {
    return this.name.split("/")[0] ?? "";
  }

  /** What somebody says on a pull request; a workflow, when it isn't said who. */
  say(pull: number, body: string, login = "github-actions[bot]"): StandInComment {
    const id = 1000 + (this.comments.at(-1)?.id ?? 0);
    const comment = { id, pull, login, type: login.endsWith("[bot]") ? ("Bot" as const) : ("User" as const), body };
    this.comments.push(comment);
    return comment;
  }

  /** The same repository once more: what happens to one does not happen to the other. Objects, which never change, are shared. */
  copy(): StandInRepository {
    const { name, store, branches, pulls, defaultBranch, archived, mostListed } = this;
    const copy = new StandInRepository(name, store);
    for (const [branch, sha] of branches) copy.branches.set(branch, sha);
    copy.pulls.push(...structuredClone(pulls));
    return Object.assign(copy, { defaultBranch, archived, mostListed });
  }

  /**
   * A commit on a branch, as a person would push it.
   *
   * @param files contents by path, or a whole entry; undefined removes the file
   */
  push(branch: string, files: Readonly<Record<string, string | StoredFile | undefined>>): string {
    const parent = this.branches.get(branch) ?? this.branches.get(this.defaultBranch);
    const tree = parent === undefined ? new Map<string, StoredFile>() : this.store.files(parent);
    for (const [path, file] of Object.entries(files)) {
      if (file === undefined) tree.delete(path);
      else tree.set(path, typeof file === "string" ? this.blob(file) : file);
    }
    return this.commit(branch, tree, parent === undefined ? [] : [parent]);
  }

  blob(content: string, mode = "100644"): StoredFile {
    return { mode, sha: this.store.writeBlob(Buffer.from(content)) };
  }

  commit(branch: string, tree: ReadonlyMap<string, StoredFile>, parents: readonly string[]): string {
    const sha = this.store.writeCommit({ tree: this.store.writeTree(tree), parents, message: "a push" });
    this.point(branch, sha);
    return sha;
  }

  /** Moves a branch, and the open pull requests on it. */
  point(branch: string, sha: string): void {
    this.branches.set(branch, sha);
    for (const pull of this.pulls) if (pull.head === branch && pull.state === "open") pull.sha = sha;
  }

  /** Squashes a pull request into its base, as the service's rules want it. */
  merge(number: number): void {
    const pull = this.pulls.find((one) => one.number === number);
    const head = this.branches.get(pull?.head ?? "");
    const base = this.branches.get(pull?.base ?? "");
    if (pull === undefined || head === undefined || base === undefined) throw new Error(`no pull request ${number}`);
    const tree = this.store.files(base);
    const before = this.store.files(this.store.mergeBase(base, head) ?? "");
    const after = this.store.files(head);
    for (const [path, file] of after)
      if (before.get(path)?.sha !== file.sha || before.get(path)?.mode !== file.mode) tree.set(path, file);
    for (const path of before.keys()) if (!after.has(path)) tree.delete(path);
    this.commit(pull.base, tree, [base]);
    pull.state = "closed";
    pull.mergedAt = "2026-01-02T03:04:05Z";
  }

  /** The files of a branch as text, by path. */
  files(branch: string): Readonly<Record<string, string>> {
    const files = [...this.store.files(this.branches.get(branch) ?? "")];
    return Object.fromEntries(files.map(([path, { sha }]) => [path, this.store.blob(sha)?.toString("utf8") ?? ""]));
  }
}
