import { inPhase } from "../../../declaration/in-phase";
import type { Service } from "../../../declaration/service";
import { summit } from "../../../services/summit";
import { requiredChecks } from "../../../workflows/ci/required-checks";
import { checksDocument } from "../../../workflows/documents/checks-document";
import { freezeFiles } from "../../../workflows/freeze/freeze-files";
import { freezeWorkflow } from "../../../workflows/freeze/freeze-workflow";

const service: Service = summit;
const advisory: Service = {
  ...service,
  main: { ...service.main, freezeWhenRed: { repairLabel: "fix/main", blocking: false } },
};

describe("the freeze of a red main (SUM-12)", () => {
  test("main requires its check once it blocks, and the documents say whether it does", () => {
    expect(requiredChecks(service).at(-1)).toBe("main-is-green");
    expect(requiredChecks(advisory)).not.toContain("main-is-green");
    expect(checksDocument(service).content).toContain("it is required too");
    expect(checksDocument(advisory).content).toContain("it is not required yet");
    expect(freezeFiles(advisory).at(-1)?.content).toContain("it is not required yet, so they can still be merged");
  });

  test("it comes with the phase that is named after it", () => {
    const at = (phase: number) => inPhase({ service: { ...service, phase }, stateful: {} });
    expect([9, 10].map((phase) => requiredChecks(at(phase)).includes("main-is-green"))).toEqual([false, true]);
    expect([9, 10].map((phase) => freezeFiles(at(phase)).length)).toEqual([0, 3]);
  });

  test("no pull request starts the workflow, and what other runs made is not taken", () => {
    const workflow = freezeWorkflow(service);
    expect(Object.keys(workflow?.triggers ?? {})).toEqual(["workflowRun", "schedule", "workflowDispatch"]);
    expect(JSON.stringify(workflow?.jobs)).not.toContain("github.event");
    expect(workflow?.concurrency).toEqual({ group: "main-is-green", cancelInProgress: false });
  });

  test("the document names the teams whose label counts", () => {
    const document = freezeFiles(service).find(({ path }) => path === "docs/main-is-red.md")?.content;
    expect(document).toContain(
      "Have somebody of `summit-maintainers` or `platform` or `release-captains` set the label `fix/main`",
    );
    expect(document).toContain("```sh\ngh workflow run main-is-green.yml\n```");
  });
});
