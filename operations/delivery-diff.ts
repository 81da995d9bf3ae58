import { createTwoFilesPatch } from "diff";
import { MANIFEST } from "../workflows/manifest";
import type { Comparison, FileComparison, Relation } from "./delivery-comparison";
import { type DeliveryRepository, statusOf } from "./delivery-repository";

/** A file that differs, with what there is to see of it. */
export interface FileDifference {
  readonly path: string;
  readonly relation: Exclude<Relation, "unchanged">;
  /** The same for people, with what is special about it. */
  readonly words: string;
  /** Unified diff of what a delivery does: from what is there to what is rendered. @default - the file comes or goes whole, or `words` says why */
  readonly delivery?: string | undefined;
  /** Unified diff of what somebody did by hand: from what was delivered to what is there. @default - nobody did, or it can't be shown */
  readonly byHand?: string | undefined;
}

/** More is nothing that people read. Bytes. */
const LARGEST_SHOWN = 1024 * 1024;
/** More lines that differ take long to be aligned, and nobody reads them. */
const MOST_EDITS = 1000;
const NOT_FOUND = 404;

/** Reads what is needed of the repository to show how it differs. */
export async function differences(
  repository: DeliveryRepository,
  { files }: Pick<Comparison, "files">,
): Promise<readonly FileDifference[]> {
  const shown: FileDifference[] = [];
  for (const file of files) {
    const { relation } = file;
    if (relation !== "unchanged") shown.push(await difference(repository, file, relation));
  }
  return shown;
}

async function difference(
  repository: DeliveryRepository,
  file: FileComparison,
  relation: FileDifference["relation"],
): Promise<FileDifference> {
  const { path, there, delivered, rendered } = file;
  const plain = { path, relation, words: inWords(file) };
  // Of a file that comes or goes whole, and of the manifest, a diff would say nothing more.
  if (there === undefined || relation === "removed" || path === MANIFEST) return plain;
  const before = await shownText(repository, there);
  if ("note" in before) return { ...plain, words: `${plain.words}; ${before.note}` };
  const edited = relation === "edited" || relation === "left";
  const original = edited && delivered !== undefined ? await shownText(repository, delivered) : undefined;
  return {
    ...plain,
    delivery: rendered === undefined ? undefined : unified(path, before.text, rendered.content),
    byHand: original !== undefined && "text" in original ? unified(path, original.text, before.text) : undefined,
  };
}

function inWords({ relation, there, delivered, rendered }: FileComparison): string {
  const mode = there !== undefined && rendered !== undefined && (there.mode === "100755") !== rendered.executable;
  const becomes = mode ? `; becomes ${rendered.executable ? "executable" : "not executable"}` : "";
  switch (relation) {
    case "unchanged":
      return "as it would be delivered";
    case "added":
      return "new";
    case "changed":
      return `rendered otherwise than it was delivered${becomes}`;
    case "there before":
      return `was there before, not by Gatehouse: what it has is replaced${becomes}`;
    case "removed":
      return "no longer rendered: removed";
    case "edited":
      if (there === undefined) return "deleted by hand since it was delivered: put back";
      return there.blob === delivered?.blob
        ? `its mode was changed by hand${becomes}`
        : `edited by hand since it was delivered: the edit is replaced${becomes}`;
    case "left":
      return "no longer rendered, and edited by hand since it was delivered: it stays, and is no longer Gatehouse's";
  }
}

type Shown = { readonly text: string } | { readonly note: string };

/** The text of a file, or why it is not shown. */
async function shownText(repository: DeliveryRepository, file: NonNullable<FileComparison["there"]>): Promise<Shown> {
  if ((file.size ?? 0) > LARGEST_SHOWN) return { note: `too large to be shown (${file.size} bytes)` };
  try {
    const text = await repository.text(file.blob);
    return text === undefined ? { note: "what is there is no text" } : { text };
  } catch (error) {
    // What was delivered may have been rewritten out of the history.
    if (statusOf(error) === NOT_FOUND) return { note: `${file.blob} is not in the repository any more` };
    throw error;
  }
}

/** Undefined when nothing but the mode differs. */
function unified(path: string, before: string, after: string): string | undefined {
  if (before === after) return undefined;
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
    maxEditLength: MOST_EDITS,
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
  return patch?.replace(/\n$/, "") ?? `more than ${MOST_EDITS} lines differ: too many to be shown`;
}
