import { type Console, counted, mark, printable } from "./console";
import type { FileDifference } from "./delivery-diff";
import { cut, fenced } from "./github-body";
import { markdownCell } from "./markdown-cell";

/** How the files of a service and its repository differ. */
export interface ServiceDifference {
  readonly service: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly result: "same" | "differs" | "unseen";
  /** Why nothing was seen. */
  readonly why?: string | undefined;
  /** The default branch, and the commit of it that was compared with. */
  readonly branch?: string | undefined;
  readonly commit?: string | undefined;
  /** How many files are as they would be delivered. */
  readonly unchanged: number;
  /** The others. */
  readonly files: readonly FileDifference[];
}

const SIGN: Readonly<Record<FileDifference["relation"], string>> = {
  added: "+",
  changed: "~",
  edited: "!",
  "there before": "!",
  removed: "-",
  left: "!",
};

/** A line or two a file, and each diff below. What is in a repository comes from outside. */
export function printDifference(difference: ServiceDifference, console: Console): void {
  const { service, result, why = "", files, branch, commit = "" } = difference;
  if (result === "unseen") {
    console.print(`${mark.failed} ${service}: could not see: ${printable(why)}`);
    return;
  }
  const of = `${difference.repository}, ${branch} at ${commit.slice(0, 12)}`;
  console.print(`${result === "same" ? mark.ok : mark.drift} ${service}: ${countsOf(difference)} (${printable(of)})`);
  for (const file of files) {
    console.print(`  ${SIGN[file.relation]} ${printable(`${file.path}: ${file.words}`)}`);
    if (file.byHand !== undefined)
      console.print(indented(`what was done by hand:\n${file.byHand}\nwhat a delivery does:`));
    if (file.delivery !== undefined) console.print(indented(file.delivery));
  }
}

/** `2 added, 1 edited, 40 unchanged`. */
export function countsOf({ files, unchanged }: Pick<ServiceDifference, "files" | "unchanged">): string {
  const counts = Object.keys(SIGN).flatMap((one) => {
    const count = files.filter(({ relation }) => relation === one).length;
    return count === 0 ? [] : [`${count} ${one}`];
  });
  return [...counts, `${unchanged} unchanged`].join(", ");
}

function indented(text: string): string {
  return printable(text.replaceAll("\t", "    "))
    .split("\n")
    .map((line) => `      ${line}`.trimEnd())
    .join("\n");
}

export function differenceMarkdown(differences: readonly ServiceDifference[], longest: number): string {
  const head = ["| service | files | compared with |", "|---|---|---|", ...differences.map(row)];
  const share = Math.floor((longest - head.join("\n").length) / Math.max(1, differences.length));
  const parts = differences.filter(({ result }) => result === "differs");
  return [...head, ...parts.map(({ service, files }) => `\n### ${service}\n\n${filesMarkdown(files, share)}`)].join(
    "\n",
  );
}

function row(difference: ServiceDifference): string {
  const { service, repository, result, why = "", branch = "", commit = "" } = difference;
  const said = result === "unseen" ? `could not see: ${markdownCell(why)}` : countsOf(difference);
  return `| ${service} | ${said} | ${markdownCell(`${repository} ${branch} ${commit.slice(0, 12)}`.trim())} |`;
}

const CUT_NOTE = "\n… cut; npx gatehouse files … --diff shows all of it";

/**
 * A table of files, and their diffs to unfold: those that were edited by hand shown both ways and unfolded. Not longer than it may be: then diffs
 * are cut or left out.
 */
export function filesMarkdown(files: readonly FileDifference[], longest: number): string {
  const rows = files.map(({ path, words }) => `| ${markdownCell(path)} | ${markdownCell(words)} |`);
  const table = ["| file | what happens |", "|---|---|", ...rows].join("\n");
  if (table.length > longest)
    return cut(table, longest, `\n\n… cut: ${counted(files.length, "file")} in all; the commit has them all`);
  let room = longest - table.length;
  const details = files
    // What a person did must not be what is cut.
    .toSorted((a, b) => Number(b.byHand !== undefined) - Number(a.byHand !== undefined))
    .flatMap((file) => {
      const text = detailsOf(file, room);
      room -= text?.length ?? 0;
      return text === undefined ? [] : [text];
    });
  return [table, ...details].join("");
}

/** Less of a diff tells nobody anything. */
const SHORTEST = 400;

function detailsOf({ path, byHand, delivery }: FileDifference, room: number): string | undefined {
  const most = Math.floor((room - SHORTEST) / 2);
  if (most < SHORTEST || (byHand === undefined && delivery === undefined)) return undefined;
  const shown = (title: string, diff: string) => `\n${title}\n\n${fenced(cut(diff, most, CUT_NOTE), "diff")}\n`;
  const parts = [
    byHand === undefined ? "" : shown("What was done by hand:", byHand),
    delivery === undefined ? "" : shown(byHand === undefined ? "" : "What this does:", delivery),
  ];
  const open = byHand === undefined ? "" : " open";
  return `\n\n<details${open}><summary>${markdownCell(path)}</summary>\n${parts.join("")}\n</details>`;
}
