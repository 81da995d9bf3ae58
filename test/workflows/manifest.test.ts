import { execFileSync } from "node:child_process";
import { blobId, MANIFEST, manifest, readManifest } from "../../workflows/manifest";
import { pathProblem } from "../../workflows/path-problem";
import { describeWith } from "../support/programs";

const FILES = [
  { path: "scripts/a b.sh", content: "#!/bin/sh\n", executable: true },
  { path: ".env.example", content: "É=1\n", executable: false },
];

describe("the manifest of a repository's generated files", () => {
  it("is a line a file, sorted, with its mode and Git's id of its content", () => {
    expect(manifest("pos", FILES)).toEqual({
      path: ".github/gatehouse.lock.json",
      executable: false,
      content: `{
  "$comment": "Made by Gatehouse from services/pos.ts; do not edit. Make it again: npx gatehouse files pos",
  "version": 1,
  "files": {
    ".env.example": "100644 ${blobId("É=1\n")}",
    "scripts/a b.sh": "100755 1a2485251c33a70432394c93fb89330ef214bfc9"
  }
}
`,
    });
  });

  it("is the same whatever the order of the files", () => {
    expect(manifest("pos", FILES.toReversed())).toEqual(manifest("pos", FILES));
  });

  it("is read as it was written", () => {
    const read = readManifest(manifest("pos", FILES).content);
    expect([...read]).toEqual([
      [".env.example", { mode: "100644", blob: blobId("É=1\n") }],
      ["scripts/a b.sh", { mode: "100755", blob: blobId("#!/bin/sh\n") }],
    ]);
  });

  it.each([
    ["no JSON", "{", "it is no JSON"],
    ["a list", "[]", "its version is missing; expected 1"],
    ["another version", '{"version":2,"files":{}}', "its version is 2; expected 1"],
    ["no files", '{"version":1}', "it names no files"],
    ["a list of files", '{"version":1,"files":[]}', "it names no files"],
    [
      "something that is no id",
      '{"version":1,"files":{"a":"100644 x"}}',
      'it says "100644 x" of a; expected a mode and 40 hexadecimal digits',
    ],
    ["a link", `{"version":1,"files":{"a":"120000 ${"0".repeat(40)}"}}`, "expected a mode and 40 hexadecimal digits"],
    [
      "a path that leads out",
      `{"version":1,"files":{"../a":"100644 ${"0".repeat(40)}"}}`,
      'its path "../a" leads out of the repository',
    ],
  ])("is refused when it is %s", (_what, text, message) => {
    expect(() => readManifest(text)).toThrow(message);
  });

  it("lies where the check and the delivery look for it", () => {
    expect(pathProblem(MANIFEST)).toBeUndefined();
  });
});

describeWith(["git"], "the id of a content", () => {
  it.each(["", "a\n", "é\r\n", "x".repeat(1_000_000)])("is the one that Git gives (%#)", (content) => {
    const id = execFileSync("git", ["hash-object", "--stdin"], { input: content, encoding: "utf8" }).trim();
    expect(blobId(content)).toBe(id);
  });
});

describe("the path of a generated file", () => {
  it.each([".env.example", "docs/a b.md", ".github/workflows/ci.yml", "a..b", ".gitignore", "src/.github/x"])(
    "may be %j",
    (path) => {
      expect(pathProblem(path)).toBeUndefined();
    },
  );

  it.each([
    ["/etc/passwd", "leads out of the repository"],
    ["../x", "leads out of the repository"],
    ["a/../../x", "leads out of the repository"],
    ["", "has an empty part"],
    ["a//b", "has an empty part"],
    ["a/./b", "has an empty part"],
    ["a/", "has an empty part"],
    ["a\nb", "has a character that some systems don't allow"],
    ["a\u202eb", "has a character that some systems don't allow"],
    ["a\\b", "has a character that some systems don't allow"],
    ["C:x", "has a character that some systems don't allow"],
    [".git/hooks/pre-commit", "lies in Git's own directory"],
    ["sub/.GIT/config", "lies in Git's own directory"],
    ["GIT~1/config", "lies in Git's own directory"],
    [".git. /config", "lies in Git's own directory"],
  ])("can't be %j, which %s", (path, problem) => {
    expect(pathProblem(path)).toBe(problem);
  });
});
