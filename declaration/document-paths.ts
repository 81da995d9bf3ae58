import { matching } from "./values";

/**
 * Ends of names that GitHub renders as Markdown, with MDX; letter case doesn't count. A text without one of them (`LICENSE`, `notes.txt`) is no
 * document. https://github.com/github/markup#markups
 */
export const MARKDOWN = ["md", "mdx", "markdown", "mdown", "mkd", "mkdn"] as const;

const LONGEST = 200;
const anyCase = (text: string) => text.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
const ending = anyCase(MARKDOWN.join("|"));

/** What the whole of a document's path matches; Python and JavaScript read it alike. */
export const MARKDOWN_EXPRESSION = String.raw`.*\.(?:${ending})`;

/**
 * Paths where documents may lie: `*` is any part of one name, `**` any directories; a name has one,
 * and a path. Only one way of writing a path is taken, so that nothing is allowed by what looks like something else.
 */
export const documentPattern = matching(
  new RegExp(
    [
      `^(?=.{1,${LONGEST}}$)`,
      // No dash, slash or dot-slash in front, no empty part, no part of dots, and ** only as a whole part.
      String.raw`(?!-)(?!/)(?!.*//)(?!.*(?:^|/)\.{1,2}(?:/|$))(?!.*[^/]\*\*)(?!.*\*\*[^/])`,
      // With more of them, a name could be made that takes for ever to compare.
      String.raw`(?!.*\*\*.*\*\*)(?!.*\*[^/*]+\*)`,
      String.raw`(?:[\w@.*+-]+/)*(?:[\w@.+-]*\*{1,2}|[\w@.*+-]*\.(?:${ending}))$`,
    ].join(""),
  ),
  'a pattern of paths such as "docs/**", "README.md" or "packages/*/README.md": letters, digits, and . _ - + @ / with * within a name and ** for directories, each once',
  "write it relative to the repository's root, without ./, .., // or a slash at an end; it ends in *, ** or the end of a Markdown file's name",
);

/** Whether a pattern leaves nothing out: a list with it would be no list. */
export function allowsEverything(pattern: string): boolean {
  return new RegExp(String.raw`^\*\*(?:/\*(?:\.(?:${ending}))?)?$`).test(pattern);
}

/** What the whole of a path matches that one of the patterns allows; Python and JavaScript read it alike. */
export function allowedExpression(patterns: readonly string[]): string {
  return patterns.map(expressionOf).join("|");
}

/** Documents among paths that no pattern allows. */
export function outside(paths: readonly string[], patterns: readonly string[]): readonly string[] {
  const [document, allowed] = [MARKDOWN_EXPRESSION, allowedExpression(patterns)].map(
    (expression) => new RegExp(`^(?:${expression})$`, "s"),
  ) as [RegExp, RegExp];
  return paths.filter((path) => document.test(path) && !allowed.test(path));
}

function expressionOf(pattern: string): string {
  const parts = pattern.split("/");
  return parts
    .map((part, index) => {
      const last = index === parts.length - 1;
      if (part === "**") return last ? ".+" : "(?:.*/)?";
      const name = part.replace(/[.+]/g, String.raw`\$&`).replaceAll("*", "[^/]*");
      return last ? name : `${name}/`;
    })
    .join("");
}
