import { createHash } from "node:crypto";
import { generatedBy } from "./generated-by";
import { pathProblem } from "./path-problem";
import type { RenderedFile } from "./rendered-file";

/** Where a repository says which of its files are Gatehouse's, and what they were when it delivered them. */
export const MANIFEST = ".github/gatehouse.lock.json";

/** How Git keeps an ordinary file: https://git-scm.com/docs/git-fast-import#_filemodify */
export type FileMode = "100644" | "100755";

/** What Git keeps of a file: its mode, and the id of its content. */
export interface KeptFile {
  readonly mode: FileMode;
  /** 40 hexadecimal digits. */
  readonly blob: string;
}

/** The id that Git gives to a content: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
export function blobId(content: string): string {
  const bytes = Buffer.from(content);
  return createHash("sha1").update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}

export function keptFile({ content, executable }: Pick<RenderedFile, "content" | "executable">): KeptFile {
  return { mode: executable ? "100755" : "100644", blob: blobId(content) };
}

/**
 * The manifest of a service's files, itself excepted. With Git's own ids, an edit is seen in a list of the repository's files, without their
 * contents, and what was delivered can still be read from the repository after somebody has changed it.
 */
export function manifest(service: string, files: readonly RenderedFile[]): RenderedFile {
  const entries = files.map((file) => {
    const { mode, blob } = keptFile(file);
    return [file.path, `${mode} ${blob}`] as const;
  });
  const content = {
    $comment: generatedBy(service).join(" "),
    version: 1,
    files: Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
  return { path: MANIFEST, content: `${JSON.stringify(content, undefined, 2)}\n`, executable: false };
}

/**
 * What a manifest says, by path. Its text comes from a repository that others write to, so nothing of it is taken for granted.
 *
 * @throws Error that says what is wrong with it
 */
export function readManifest(text: string): ReadonlyMap<string, KeptFile> {
  const { version, files } = Object(parsed(text)) as { readonly version?: unknown; readonly files?: unknown };
  if (version !== 1) throw new Error(`its version is ${JSON.stringify(version) ?? "missing"}; expected 1`);
  if (typeof files !== "object" || files === null || Array.isArray(files)) throw new Error("it names no files");
  return new Map(
    Object.entries(files).map(([path, said]) => {
      const problem = pathProblem(path);
      if (problem !== undefined) throw new Error(`its path ${JSON.stringify(path)} ${problem}`);
      const { mode, blob } = /^(?<mode>100644|100755) (?<blob>[0-9a-f]{40})$/.exec(String(said))?.groups ?? {};
      if (mode === undefined || blob === undefined)
        throw new Error(`it says ${JSON.stringify(said)} of ${path}; expected a mode and 40 hexadecimal digits`);
      return [path, { mode: mode as FileMode, blob }];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("it is no JSON");
  }
}
