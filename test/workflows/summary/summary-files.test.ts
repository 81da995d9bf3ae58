import { inPhase } from "../../../declaration/in-phase";
import type { Service } from "../../../declaration/service";
import { maestro } from "../../../services/maestro";
import { summit } from "../../../services/summit";
import { checksDocument } from "../../../workflows/documents/checks-document";
import { summaryFiles } from "../../../workflows/summary/summary-files";
import { summaryWorkflow } from "../../../workflows/summary/summary-workflow";
import { minimalService } from "../../declaration/fixture";

const workflow = summaryWorkflow(maestro);

describe("the workflow that sums up CI (MAE-1, SUM-4)", () => {
  test("follows CI, and runs the code of main on nothing but a run's number", () => {
    expect(workflow?.triggers).toEqual({
      workflowRun: { workflows: ["CI"], because: expect.stringContaining("runs the code of main") },
    });
    const steps = JSON.stringify(workflow?.jobs.comment);
    expect(steps.match(/github\.event[\w.]*/g)).toEqual([
      "github.event.workflow_run.event",
      "github.event.workflow_run.id",
    ]);
    expect(steps).not.toMatch(/secret|vars|"ref"/);
  });

  test("may read runs and code, and write to pull requests, and no more", () => {
    const granted = Object.entries(workflow?.jobs.comment?.permissions ?? {});
    expect(granted.map(([key, grant]) => [key, typeof grant === "string" ? grant : grant.access])).toEqual([
      ["contents", "read"],
      ["actions", "read"],
      ["pull-requests", "write"],
    ]);
  });

  test("runs for one pull request don't overlap, and none is stopped while it writes", () => {
    expect(workflow?.concurrency?.cancelInProgress).toBe(false);
    expect(JSON.stringify(workflow?.concurrency?.group)).toContain("head_branch");
  });

  test("comes with ci.summary, from the phase of workflows on; the document of checks says so", () => {
    expect(summaryFiles(minimalService)).toEqual([]);
    const at = (phase: number): Service => inPhase({ service: { ...summit, phase }, stateful: {} });
    expect([1, 2].map((phase) => summaryFiles(at(phase)).length)).toEqual([0, 3]);
    expect([1, 2].map((phase) => checksDocument(at(phase)).content.includes("pr-summary.yml"))).toEqual([false, true]);
  });
});
