import { createHash } from "node:crypto";
import { type KeptFile, keptFile, MANIFEST } from "../workflows/manifest";
import { pathProblem } from "../workflows/path-problem";
import type { RenderedFile } from "../workflows/rendered-file";

/** An entry of a Git tree: https://docs.github.com/rest/git/trees */
export interface TreeEntry {
  readonly mode: string;
  readonly type: string;
  /** Of a blob: the id of its content. */
  readonly sha: string;
  /** Of a blob. Bytes. */
  readonly size?: number | undefined;
}

/** How a file that Gatehouse renders, or did, relates to the repository's. */
export type Relation =
  /** As it would be delivered. */
  | "unchanged"
  /** Not there, and never delivered. */
  | "added"
  /** There as it was delivered; rendered otherwise now. */
  | "changed"
  /** Delivered, and changed or deleted by hand since. */
  | "edited"
  /** There, and not by Gatehouse. */
  | "there before"
  /** There as it was delivered; no longer rendered. */
  | "removed"
  /** No longer rendered, and edited by hand since it was delivered: it stays. */
  | "left";

export interface FileComparison {
  readonly path: string;
  readonly relation: Relation;
  /** What is in the repository. @default - nothing */
  readonly there?: (KeptFile & Pick<TreeEntry, "size">) | undefined;
  /** What was delivered last. @default - nothing */
  readonly delivered?: KeptFile | undefined;
  /** What is rendered. @default - nothing */
  readonly rendered?: RenderedFile | undefined;
}

export interface Comparison {
  /** Sorted by path. */
  readonly files: readonly FileComparison[];
  /** Why nothing can be delivered, all at once. */
  readonly problems: readonly string[];
  /** The same for the same differences. 16 hexadecimal digits. */
  readonly digest: string;
}

/** Larger ones GitHub refuses: https://docs.github.com/repositories/working-with-files/managing-large-files/about-large-files-on-github */
const MOST_BYTES = 100 * 1024 * 1024;
const ORDINARY: readonly string[] = ["100644", "100755"];
const IN_WORDS: Readonly<Record<string, string>> = {
  "120000": "a symbolic link",
  "160000": "a submodule",
  "040000": "a directory",
};

/**
 * Compares what is rendered with a repository's files.
 *
 * @param tree the repository's entries by path, those of directories too
 * @param delivered what its manifest says; undefined when it has none
 */
export function compare(
  rendered: readonly RenderedFile[],
  tree: ReadonlyMap<string, TreeEntry>,
  delivered: ReadonlyMap<string, KeptFile> | undefined,
): Comparison {
  const now = rendered.map((file) => renderedFile(file, tree.get(file.path), delivered?.get(file.path)));
  const paths = new Set(rendered.map(({ path }) => path));
  const before = [...(delivered ?? [])].flatMap(([path, file]) =>
    paths.has(path) ? [] : formerFile(path, file, tree.get(path)),
  );
  const files = [...now, ...before].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const gone = new Set(before.filter(({ relation }) => relation === "removed").map(({ path }) => path));
  return { files, problems: problemsOf(rendered, tree, gone), digest: digestOf(files) };
}

/** Whether there is anything to deliver. */
export function differs({ files }: Pick<Comparison, "files">): boolean {
  return files.some(({ relation }) => relation !== "unchanged");
}

function renderedFile(
  rendered: RenderedFile,
  entry: TreeEntry | undefined,
  delivered: KeptFile | undefined,
): FileComparison {
  const there = ordinary(entry);
  const common = { path: rendered.path, rendered, there, delivered };
  if (there === undefined) return { ...common, relation: delivered === undefined ? "added" : "edited" };
  if (same(there, keptFile(rendered))) return { ...common, relation: "unchanged" };
  // The manifest is not in the manifest.
  if (rendered.path === MANIFEST) return { ...common, relation: "changed" };
  if (delivered === undefined) return { ...common, relation: "there before" };
  return { ...common, relation: same(there, delivered) ? "changed" : "edited" };
}

function formerFile(path: string, delivered: KeptFile, entry: TreeEntry | undefined): readonly FileComparison[] {
  if (entry === undefined) return [];
  const there = ordinary(entry);
  const asDelivered = there !== undefined && same(there, delivered);
  return [{ path, relation: asDelivered ? "removed" : "left", there, delivered }];
}

function ordinary(entry: TreeEntry | undefined): FileComparison["there"] {
  if (entry === undefined || !ORDINARY.includes(entry.mode)) return undefined;
  return { mode: entry.mode as KeptFile["mode"], blob: entry.sha, size: entry.size };
}

export function same(a: KeptFile, b: KeptFile): boolean {
  return a.blob === b.blob && a.mode === b.mode;
}

function problemsOf(
  rendered: readonly RenderedFile[],
  tree: ReadonlyMap<string, TreeEntry>,
  gone: ReadonlySet<string>,
): readonly string[] {
  const byLowerCase = new Map<string, string>();
  for (const path of tree.keys()) if (!gone.has(path)) byLowerCase.set(path.toLowerCase(), path);
  const problems = rendered.flatMap(({ path, content }) => {
    const problem = pathProblem(path);
    if (problem !== undefined) return [`the generated path ${JSON.stringify(path)} ${problem}`];
    const bytes = Buffer.byteLength(content);
    if (bytes > MOST_BYTES)
      return [`${path} has ${bytes} bytes; GitHub takes no file of more than ${MOST_BYTES}: render less into it`];
    return wayTo(path).flatMap((part) => {
      const entry = tree.get(part);
      if (entry !== undefined) return wrongKind(part, entry, part === path);
      const other = byLowerCase.get(part.toLowerCase());
      return other === undefined
        ? []
        : [
            `${other} differs from the generated ${part} only in case: rename it, or checkouts on some systems have one`,
          ];
    });
  });
  return [...new Set(problems)];
}

/** The directories that lead to a path, and the path itself. */
function wayTo(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

function wrongKind(path: string, { mode }: TreeEntry, isFile: boolean): readonly string[] {
  if (isFile ? ORDINARY.includes(mode) : mode === "040000") return [];
  const what = IN_WORDS[mode] ?? "a file";
  const expected = isFile ? "a generated file is to be" : "a directory of generated files is to be";
  return [`${path} is ${what} in the repository, where ${expected}: remove or rename it`];
}

function digestOf(files: readonly FileComparison[]): string {
  const facts = files
    .filter(({ relation }) => relation !== "unchanged")
    .map(({ path, relation, there, rendered }) => {
      const after = rendered === undefined ? undefined : keptFile(rendered);
      return [path, relation, there?.mode, there?.blob, after?.mode, after?.blob];
    });
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 16);
}
