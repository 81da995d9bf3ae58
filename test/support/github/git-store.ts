import { createHash } from "node:crypto";

/** A file as Git keeps it: `100644`, `100755`, `120000` (the content is where it points) or `160000` (a submodule's commit). */
export interface StoredFile {
  readonly mode: string;
  readonly sha: string;
}

export interface StoredCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

export interface TreeItem {
  readonly path: string;
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly sha: string;
}

/** Git's objects in memory, with Git's own ids. */
export class GitStore {
  private readonly blobs = new Map<string, Buffer>();
  private readonly trees = new Map<string, readonly TreeItem[]>();
  private readonly commits = new Map<string, StoredCommit>();

  writeBlob(content: Buffer): string {
    const sha = idOf("blob", content);
    this.blobs.set(sha, content);
    return sha;
  }

  blob(sha: string): Buffer | undefined {
    return this.blobs.get(sha);
  }

  /** The tree of these files, by path. */
  writeTree(files: ReadonlyMap<string, StoredFile>): string {
    const children = new Map<string, Map<string, StoredFile> | StoredFile>();
    for (const [path, file] of files) {
      const [name = "", ...rest] = path.split("/");
      if (rest.length === 0) children.set(name, file);
      else {
        const below = children.get(name);
        const directory = below instanceof Map ? below : new Map<string, StoredFile>();
        directory.set(rest.join("/"), file);
        children.set(name, directory);
      }
    }
    const items = [...children].map(([path, child]): TreeItem => {
      if (child instanceof Map) return { path, mode: "040000", type: "tree", sha: this.writeTree(child) };
      return { path, ...child, type: child.mode === "160000" ? "commit" : "blob" };
    });
    // Git sorts a directory as if its name ended with a slash.
    const sorted = items.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    const content = sorted.map(({ mode, path, sha }) =>
      Buffer.concat([Buffer.from(`${mode.replace(/^0/, "")} ${path}\0`), Buffer.from(sha, "hex")]),
    );
    const sha = idOf("tree", Buffer.concat(content));
    this.trees.set(sha, sorted);
    return sha;
  }

  tree(sha: string): readonly TreeItem[] | undefined {
    return this.trees.get(sha) ?? this.trees.get(this.commits.get(sha)?.tree ?? "");
  }

  /** All items of a tree, with those of its directories. */
  recursive(sha: string, before = ""): readonly TreeItem[] {
    return (this.tree(sha) ?? []).flatMap((item) => {
      const path = `${before}${item.path}`;
      return [{ ...item, path }, ...(item.type === "tree" ? this.recursive(item.sha, `${path}/`) : [])];
    });
  }

  /** The files of a tree or commit, by path. */
  files(sha: string): Map<string, StoredFile> {
    const files = this.recursive(sha).filter(({ type }) => type !== "tree");
    return new Map(files.map(({ path, mode, sha: id }) => [path, { mode, sha: id }]));
  }

  writeCommit(commit: StoredCommit): string {
    const sha = idOf("commit", Buffer.from(JSON.stringify([this.commits.size, commit])));
    this.commits.set(sha, commit);
    return sha;
  }

  commit(sha: string): StoredCommit | undefined {
    return this.commits.get(sha);
  }

  /** A commit and all before it, the nearest first. */
  history(sha: string): readonly string[] {
    const seen = [sha];
    for (const one of seen)
      for (const parent of this.commits.get(one)?.parents ?? []) if (!seen.includes(parent)) seen.push(parent);
    return seen;
  }

  mergeBase(a: string, b: string): string | undefined {
    const before = new Set(this.history(a));
    return this.history(b).find((one) => before.has(one));
  }
}

function idOf(type: string, content: Buffer): string {
  return createHash("sha1").update(`${type} ${content.byteLength}\0`).update(content).digest("hex");
}

function sortKey({ path, type }: TreeItem): string {
  return type === "tree" ? `${path}/` : path;
}
