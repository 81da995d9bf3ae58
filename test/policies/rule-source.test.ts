import { ruleOfSource } from "../../policies/rule-source";

const METADATA = {
  title: "title: nothing is wrong",
  description: "description: Nothing is wrong.",
  custom: "custom:\n#   id: never-wrong",
  level: "  level: blocking",
  reason: "  reason: it could be",
  remedy: "  remedy: set it right",
  links: "  links:\n#     - https://example.com/rule",
};

function source(
  change: Partial<Record<keyof typeof METADATA | "phases", string>> = {},
  path = "github/never-wrong.rego",
) {
  const lines = Object.values({ ...METADATA, ...change }).map((line) => `# ${line}\n`);
  return {
    path,
    text: `# METADATA\n${lines.join("")}package gatehouse.github.never_wrong\n\ndeny contains 1 if false\n`,
  };
}

describe("a rule", () => {
  test("is called by its pack and its file, and is what its annotation says", () => {
    expect(ruleOfSource(source())).toMatchObject({
      name: "github/never-wrong",
      pack: "github",
      title: "nothing is wrong",
      level: "blocking",
      links: ["https://example.com/rule"],
      external: [],
    });
  });

  test.each([
    ["no path of a rule", source({}, "never-wrong.rego"), "expected policies/<pack>/<rule-id>.rego"],
    ["another id", source({}, "github/other.rego"), 'its id is "never-wrong"; expected "other", the name of the file'],
    ["an unknown level", source({ level: "  level: fatal" }), "custom.level"],
    ["an unknown phase", source({ phases: "  phases: { someday: blocking }" }), "custom.phases"],
    ["an unknown key", source({ phases: "  severity: high" }), 'Unrecognized key: "severity"'],
    ["no remedy", source({ remedy: "" }), "custom.remedy"],
    [
      "a rule of nobody's",
      source({ remedy: "  remedy: set it right\n#   external: [Branch-Protection]" }),
      'custom.external.0: expected "<whose>: <which>"',
    ],
    ["no YAML", source({ title: "title: [" }), "its METADATA is no YAML"],
    [
      "no annotation",
      { path: "github/never-wrong.rego", text: "package x\n" },
      'expected "# METADATA" on the first line',
    ],
    [
      "another package",
      { ...source(), text: source().text.replace("never_wrong", "wrong") },
      'expected the line "package gatehouse.github.never_wrong"',
    ],
  ])("with %s is refused", (_, wrong, message) => {
    expect(() => ruleOfSource(wrong)).toThrow(message);
  });
});
