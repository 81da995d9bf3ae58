import { generatedBy } from "../generated-by";
import { plainText } from "../plain-text";
import type { RenderedFile } from "../rendered-file";

const URL_IN_TEXT = /(https?:\/\/[\w./?=%~:,;+-]*[\w/])/gi;

/** Free text inside Markdown: it reads as it was written, whatever it contains. URLs become links. */
export function prose(text: string): string {
  return plainText(text)
    .split(URL_IN_TEXT)
    .map((part, index) => (index % 2 === 1 ? `<${part}>` : escaped(part)))
    .join("")
    .replace(/^(?:[-+=:](?=\s|$)|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

function escaped(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replace(/[\\`*_[\]~#$]/g, "\\$&")
      // A mention in a pull-request template would call the team for every pull request.
      .replace(/(?<![\w`])@(?=\w)/g, "@\u200c")
  );
}

/** A name or value as inline code. */
export function code(text: string): string {
  const content = plainText(text);
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  const padding = longest > 0 ? " " : "";
  return `${fence}${padding}${content}${padding}${fence}`;
}

/**
 * A table of cells that are Markdown already. An empty cell shows a dash. Only in a cell is `|` escaped, there also within code: elsewhere the
 * backslash would be shown. https://github.github.com/gfm/#example-200
 */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => (cell === "" ? "–" : cell.replaceAll("|", "\\|"))).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)];
}

/** Commands to copy. */
export function shell(...commands: readonly string[]): readonly string[] {
  return fenced("sh", ...commands);
}

/** Text to copy, in a language. */
export function fenced(language: "sh" | "ts", ...lines: readonly string[]): readonly string[] {
  return [`\`\`\`${language}`, ...lines, "```"];
}

/** A document that says what made it. Paragraphs, lists and tables are blocks, with an empty line between them. */
export function markdownFile(
  path: string,
  service: string,
  blocks: readonly (string | readonly string[])[],
): RenderedFile {
  const header = ["<!--", ...generatedBy(service), "-->"].join("\n");
  const body = blocks.map((block) => (typeof block === "string" ? block : block.join("\n")));
  return { path, content: `${[header, ...body].join("\n\n")}\n`, executable: false };
}
