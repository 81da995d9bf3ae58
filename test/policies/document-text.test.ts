import { documentsOfText, planOfText, UnreadableDocument } from "../../policies/document-text";

const plan = (change: object = {}) =>
  JSON.stringify({ format_version: "1.2", terraform_version: "1.14.0", resource_changes: [], ...change });

describe("a document", () => {
  test("of YAML is read as conftest reads it: version 1.1, where `on` is a boolean", () => {
    expect(documentsOfText("w.yml", "on: push\njobs: {}\n")).toEqual(['{"true":"push","jobs":{}}']);
  });

  test("may stand below another in one file; what is empty is none", () => {
    expect(documentsOfText("chart.yaml", "---\nkind: A\n---\n# nothing\n---\nkind: B\n")).toEqual([
      '{"kind":"A"}',
      '{"kind":"B"}',
    ]);
  });

  test("is JSON by its ending or its beginning", () => {
    expect(documentsOfText("a.json", "{}")).toEqual(["{}"]);
    expect(documentsOfText("-", ' {"a": 1}')).toEqual(['{"a":1}']);
  });

  test("may be a plan of any Terraform whose format is known", () => {
    expect(documentsOfText("plan.json", plan({ terraform_version: "0.14.0" }))).toHaveLength(1);
  });

  test.each([
    ["an empty file", "a.json", " \n", "it is empty"],
    ["a file of comments", "a.yaml", "# nothing\n", "only comments"],
    ["a plan that ends in the middle", "plan.json", plan().slice(0, 40), "it ends in the middle"],
    [
      "a plan's log",
      "plan.json",
      '{"@level":"info"}\n{"@level":"info"}\n',
      "what `terraform plan -json` says while it plans",
    ],
    ["what is no JSON", "a.json", "{]}", "it is no JSON"],
    ["what is no YAML", "a.yaml", "a: [", "it is no YAML"],
    ["aliases of aliases", "a.yaml", bomb(), "it is no YAML: Excessive alias count"],
    ["a text", "a.yaml", "Terraform will perform", 'it is "Terraform will perform"; expected an object'],
    ["a plan as Terraform keeps it", "p.tfplan", "PK\u0003\u0004…", "terraform show -json"],
    [
      "a plan of a later format",
      "plan.json",
      plan({ format_version: "2.0" }),
      'in the format "2.0"; expected format 1.x',
    ],
    ["a plan of before formats", "plan.json", plan({ format_version: undefined }), "of before 0.12"],
    ["a state", "state.json", plan({ resource_changes: undefined, values: {} }), "it is a state, not a plan"],
    ["a plan that failed", "plan.json", plan({ errored: true }), "could not finish this plan"],
  ])("%s is none", (_, path, text, message) => {
    const read = () => documentsOfText(path, text);
    expect(read).toThrow(UnreadableDocument);
    expect(read).toThrow(message);
  });
});

describe("what must be a plan", () => {
  test("is a plan", () => {
    expect(planOfText(plan())).toBe(plan());
  });

  test.each([
    ["a workflow", "on: push\njobs: {}\n", "it is no JSON"],
    ["a synthesized stack", '{"resource":{}}', "it is no plan; give what `terraform show -json <plan>` prints"],
    ["a state", plan({ resource_changes: undefined, values: {} }), "it is a state, not a plan"],
    ["a plan of another format", plan({ format_version: "0.2" }), 'in the format "0.2"; expected format 1.x'],
  ])("is not %s", (_, text, message) => {
    expect(() => planOfText(text)).toThrow(UnreadableDocument);
    expect(() => planOfText(text)).toThrow(message);
  });
});

/** A few lines that stand for a million. */
function bomb(): string {
  const lines = ["a0: &a0 [x, x]"];
  for (let i = 1; i < 20; i++) lines.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`);
  return `${lines.join("\n")}\n`;
}
