import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { allowsEverything, documentPattern, outside } from "../../declaration/document-paths";
import { describeWith } from "../support/programs";

const PATHS = [
  "README.md",
  "readme.md",
  "CHANGELOG.md",
  "docs/a.md",
  "docs/.hidden.md",
  "docs/deep/er/a.md",
  "docs/deep/README.md",
  "docsx/a.md",
  "xdocs/a.md",
  "packages/one/README.md",
  "packages/one/two/README.md",
  "packages/README.md",
  "axmd.md",
  "a+b.md",
  "aab.md",
  "späße/ü.md",
  "docs/zwei\nzeilen.md",
];

const PATTERNS = [
  "README.md",
  "*.md",
  "docs/*",
  "docs/*.md",
  "docs/**",
  "docs/**/README.md",
  "**/README.md",
  "packages/*/README.md",
  "packages/**/README.md",
  "a*.md",
  "a+b.md",
  "a.md",
  "*/*.md",
  "d*s/**/a.md",
];

describe("paths of documents", () => {
  describeWith(["git"], "as Git reads the same patterns", () => {
    const root = mkdtempSync(join(tmpdir(), "gatehouse-paths-"));
    const git = (...words: readonly string[]) => execFileSync("git", words, { cwd: root, encoding: "utf8" });
    beforeAll(() => {
      git("init", "--quiet");
      for (const path of PATHS) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), "");
      }
      git("add", "--all");
    });
    afterAll(() => rmSync(root, { recursive: true, force: true }));

    test.each(PATTERNS)("%s", (pattern) => {
      expect(documentPattern.safeParse(pattern).success).toBe(true);
      const allowed = git("ls-files", "-z", `:(glob)${pattern}`).split("\0").slice(0, -1);
      const refused = outside(PATHS, [pattern]);
      expect(PATHS.filter((path) => !refused.includes(path)).sort()).toEqual(allowed.sort());
    });
  });

  test.each(["a.md", "a.MD", "a.mdx", "a.markdown", "a.MarkDown", "a.mdown", "a.mkd", "a.mkdn", ".md"])(
    "%s is a document",
    (path) => expect(outside([path], ["docs/**"])).toEqual([path]),
  );

  test.each(["README", "a.txt", "a.md.txt", "a.rst", "a.mdc", "amd", "a.md/b"])("%s is none", (path) =>
    expect(outside([path], ["docs/**"])).toEqual([]),
  );

  test.each([
    "/docs/**",
    "./docs/**",
    "docs/../**",
    "docs/./**",
    "docs//a.md",
    "docs/",
    "docs",
    "docs/a**",
    "docs/**a/b.md",
    "docs/***",
    "docs/**/a/**",
    "docs/*a*.md",
    "docs/*.txt",
    "-docs/**",
    "!docs/**",
    "docs/[a].md",
    "docs/{a,b}.md",
    "docs/?.md",
    "docs/a b.md",
    "docs\\a.md",
    "docs/a.md\n",
    "docs/ä.md",
    ":(exclude)docs/**",
    "",
    `${"a".repeat(198)}.md`,
  ])("%j can't be allowed", (pattern) => expect(documentPattern.safeParse(pattern).success).toBe(false));

  test.each(["**", "**/*", "**/*.md", "**/*.MDX"])("%s leaves nothing out", (pattern) =>
    expect(allowsEverything(pattern)).toBe(true),
  );

  test.each(["*", "*.md", "**/README.md", "docs/**"])("%s leaves something out", (pattern) =>
    expect(allowsEverything(pattern)).toBe(false),
  );
});
