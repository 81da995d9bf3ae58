import { minimalRefusals } from "../fixture";

const policy = {
  kind: "docs-policy",
  name: "Docs Policy",
  gate: "lint",
  timeoutMinutes: 5,
  allow: ["README.md", "docs/**", ".github/**"],
};

function refusals(jobs: Readonly<Record<string, object>>) {
  return minimalRefusals(Object.fromEntries(Object.entries(jobs).map(([id, job]) => [`ci.jobs.${id}`, job])));
}

describe("the allow-list of documents (HOT-9)", () => {
  test("is accepted under any name", () => {
    expect(refusals({ "docs-policy": policy })).toEqual([]);
  });

  test("is refused a second time", () => {
    expect(refusals({ docs: policy, more: { ...policy, name: "More" } })).toEqual([
      {
        path: "ci.jobs.more.kind",
        came: 'a second allow-list of documents beside "docs"',
        expected: "one: its script is there once",
        remedy: "remove one of the two jobs",
      },
    ]);
  });

  test("is refused when a path leaves nothing out, or stands there twice", () => {
    expect(refusals({ docs: { ...policy, allow: ["docs/**", "**/*.md", "docs/**"] } })).toEqual([
      {
        path: "ci.jobs.docs.allow[1]",
        came: '"**/*.md", which leaves nothing out',
        expected: "paths where documents may lie",
        remedy: 'name directories and files, such as "docs/**" and "README.md", or remove the job',
      },
      {
        path: "ci.jobs.docs.allow[2]",
        came: '"docs/**" a second time',
        expected: "each path once",
        remedy: "remove one",
      },
    ]);
  });

  test.each([
    ["no path", [], "allow", "at least one path"],
    ["a hundred and one", Array.from({ length: 101 }, (_, n) => `docs/${n}.md`), "allow", "at most 100 paths"],
    ["a path that leaves the repository", ["../docs/**"], "allow[0]", 'a pattern of paths such as "docs/**"'],
    ["a number", [7], "allow[0]", 'a pattern of paths such as "docs/**"'],
  ])("is refused with %s", (_what, allow, path, expected) => {
    expect(refusals({ docs: { ...policy, allow } })).toEqual([
      expect.objectContaining({ path: `ci.jobs.docs.${path}`, expected: expect.stringContaining(expected) }),
    ]);
  });
});
