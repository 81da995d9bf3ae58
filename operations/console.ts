import Table from "cli-table3";
import pc from "picocolors";

/** Where a verb writes: results to standard output, progress to standard error, so that `--json` output stays clean. */
export interface Console {
  /** A line of the result. */
  print(line: string): void;
  /** A line of progress. */
  progress(line: string): void;
}

/** A reader that leaves early (`gatehouse check | head`) ends the printing, not the work. */
export function tolerateClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}

export const terminal: Console = {
  print: (line) => process.stdout.write(`${line}\n`),
  progress: (line) => process.stderr.write(`${line}\n`),
};

export const mark = { ok: pc.green("✓"), failed: pc.red("✗"), drift: pc.yellow("≠"), skipped: pc.dim("–") } as const;

/** Seconds with one decimal. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Control characters of a value that came from outside would move the cursor or hide text: they are shown as \u escapes. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) =>
    character === "\n" ? character : `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`,
  );
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const drawn = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  for (const row of rows) drawn.push([...row]);
  return drawn.toString();
}

/** Breaks long lines at spaces and after punctuation, so that a table's column is at most so wide. */
export function wrapped(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => wrappedLine(line, width))
    .join("\n");
}

function wrappedLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = "";
  for (const piece of line.match(/[^\s_.,:/[\]-]*[\s_.,:/[\]-]?/g) ?? []) {
    if (current !== "" && current.length + piece.trimEnd().length > width) {
      lines.push(current.trimEnd());
      current = "";
    }
    current += piece;
    while (current.trimEnd().length > width) {
      lines.push(current.slice(0, width));
      current = current.slice(width);
    }
  }
  return current === "" && lines.length > 0 ? lines : [...lines, current.trimEnd()];
}

/** `1 service`, `2 services`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
