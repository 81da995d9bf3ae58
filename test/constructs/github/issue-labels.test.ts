import { IssueLabels, type IssueLabelsProps } from "../../../constructs/github/issue-labels";
import { resourcesOf, synthesized } from "../synthesized";

function adding(labels: IssueLabelsProps["labels"]) {
  return (stack: Parameters<Parameters<typeof synthesized>[0]>[0]) =>
    void new IssueLabels(stack, "labels", { repository: "pos", labels });
}

describe("IssueLabels", () => {
  it("are one resource each, so that labels nobody declared stay", () => {
    const stack = synthesized(adding({ "ci-flake": { color: "fbca04", description: "Flaky" } }));
    expect(Object.keys(stack.resource)).toEqual(["github_issue_label"]);
  });

  it("have colours in lower case, as GitHub answers them", () => {
    expect(
      resourcesOf(adding({ "ci-flake": { color: "FBCA04", description: "Flaky" } }), "github_issue_label"),
    ).toEqual([{ repository: "pos", name: "ci-flake", color: "fbca04", description: "Flaky" }]);
  });

  it("keep apart names that differ only in signs an address can't have", () => {
    const plain = { color: "ffffff", description: "" };
    const labels = resourcesOf(adding({ "size: s": plain, "size/s": plain, "size s": plain }), "github_issue_label");
    expect(labels.map(({ name }) => name).sort()).toEqual(["size s", "size/s", "size: s"]);
  });
});
