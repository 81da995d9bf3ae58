import type { Service } from "../../../declaration/service";
import { hotdash } from "../../../services/hotdash";
import { organization } from "../../../services/organization";
import { relay } from "../../../services/relay";
import { flyDeployWorkflow } from "../../../workflows/fly/deploy-workflow";
import { flyFiles } from "../../../workflows/fly/fly-files";
import { workflowProblems } from "../../../workflows/workflow-problems";
import { type Changes, changed, REMOVED } from "../../declaration/change";

function workflowOf(changes: Changes = {}) {
  const workflow = flyDeployWorkflow(changed<Service>(hotdash, changes));
  if (workflow === undefined) throw new Error("no deployment workflow");
  return workflow;
}

describe("deploy.yml of a service on Fly", () => {
  const workflow = workflowOf();
  const production = workflow.jobs["deploy-production"];

  test("only a push to main or a dispatch starts it, never a pull request; one runs at a time", () => {
    expect(workflow.triggers).toEqual({
      push: { branches: ["main"] },
      workflowDispatch: { sha: expect.objectContaining({ required: true }), mode: expect.anything() },
    });
    expect(workflow.concurrency).toEqual({ group: "deploy-fly", cancelInProgress: false });
  });

  test("the commit is checked, rehearsed and deployed; a rollback goes past the rehearsal", () => {
    expect(Object.entries(workflow.jobs).map(([id, { needs, if: condition }]) => [id, needs, condition])).toEqual([
      ["verify", undefined, undefined],
      ["deploy-staging", ["verify"], "needs.verify.outputs.mode == 'release'"],
      ["deploy-production", ["verify", "deploy-staging"], expect.stringContaining("'skipped'")],
    ]);
    expect(Object.keys(workflowOf({ "fly.rehearsal": REMOVED }).jobs)).toEqual(["verify", "deploy-production"]);
  });

  test("flyctl is one version, and each step has a limit that leaves the rollback its time", () => {
    expect(production?.steps).toContainEqual(
      expect.objectContaining({ uses: expect.anything(), with: { version: expect.stringMatching(/^\d+\.\d+\.\d+$/) } }),
    );
    const limits = production?.steps.map(({ timeoutMinutes = 0 }) => timeoutMinutes) ?? [];
    expect(limits.reduce((sum, each) => sum + each, 0)).toBeLessThan(production?.timeoutMinutes as number);
  });

  test("what fails or is stopped is rolled back, unless it was a rollback, a first deployment, or nobody wants it", () => {
    const rollback = production?.steps.find(({ name }) => name === "Roll back");
    expect(rollback).toMatchObject({
      if: "(failure() || cancelled()) && steps.deploy.outputs.previous != '' && needs.verify.outputs.mode == 'release'",
      run: 'tools/scripts/fly-rollback.sh --stage "$STAGE" --image "$PREVIOUS" --confirm "$APP"',
    });
    const without = workflowOf({ "fly.deploy.automaticRollback": false });
    expect(without.jobs["deploy-production"]?.steps.map(({ name }) => name)).not.toContain("Roll back");
  });

  test("every key that a job reads is in its environment", () => {
    expect(workflowProblems(hotdash, organization)).toEqual([]);
  });

  test("a service that isn't on Fly gets none of it", () => {
    expect(flyDeployWorkflow(relay)).toBeUndefined();
    expect(flyFiles(relay)).toEqual([]);
  });
});
