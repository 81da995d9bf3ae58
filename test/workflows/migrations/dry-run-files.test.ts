import { inPhase } from "../../../declaration/in-phase";
import type { Service } from "../../../declaration/service";
import { maestro } from "../../../services/maestro";
import { summit } from "../../../services/summit";
import { requiredChecks } from "../../../workflows/ci/required-checks";
import { checksDocument } from "../../../workflows/documents/checks-document";
import { dryRunWorkflow } from "../../../workflows/migrations/dry-run-workflow";
import { migrationsFiles } from "../../../workflows/migrations/migrations-files";
import { settingsRead } from "../../../workflows/settings-read";

const service: Service = summit;
const advisory: Service = {
  ...service,
  ci: {
    ...service.ci,
    jobs: Object.fromEntries(
      Object.entries(service.ci.jobs).map(([id, job]) => [
        id,
        job.kind === "migrations" && job.dryRun !== undefined
          ? { ...job, dryRun: { ...job.dryRun, blocking: false } }
          : job,
      ]),
    ),
  },
};

describe("the dry run of migrations (SUM-7)", () => {
  test("main requires its check once it blocks, and the documents say whether it does", () => {
    expect(requiredChecks(service)).toContain("migrations-dry-run");
    expect(requiredChecks(advisory)).not.toContain("migrations-dry-run");
    expect(checksDocument(service).content).toMatch(/`migrations-dry-run`.* it is required too/);
    expect(checksDocument(advisory).content).toMatch(/`migrations-dry-run`.* it is not required yet/);
    expect(migrationsFiles(advisory).at(-1)?.content).toContain("`main` does not require it yet");
    expect(checksDocument(maestro).content).not.toContain("migrations-dry-run");
  });

  test("it comes with the gate, and is required with the full list", () => {
    const at = (phase: number) => inPhase({ service: { ...service, phase }, stateful: {} });
    expect([4, 5].map((phase) => dryRunWorkflow(at(phase)) !== undefined)).toEqual([false, true]);
    expect([8, 9].map((phase) => requiredChecks(at(phase)).includes("migrations-dry-run"))).toEqual([false, true]);
  });

  test("no pull request starts it, and nothing of one is checked out", () => {
    const workflow = dryRunWorkflow(service);
    expect(Object.keys(workflow?.triggers ?? {})).toEqual(["workflowRun", "schedule", "workflowDispatch"]);
    expect(JSON.stringify(workflow?.jobs)).not.toMatch(/github\.event|"ref"/);
  });

  test("only the job that is there when migrations wait has the environment, and one step of it the secret", () => {
    const workflow = dryRunWorkflow(service);
    if (workflow === undefined) throw new Error("no workflow");
    expect(settingsRead(workflow)).toEqual([
      { job: "dry-run", environment: "migrations", key: "PG_DRYRUN_CONN", kind: "secret" },
    ]);
    expect(workflow.jobs["dry-run"]?.if).toBe("!cancelled() && needs.look.outputs.waiting != ''");
    const reading = workflow.jobs["dry-run"]?.steps.filter((step) => JSON.stringify(step).includes("PG_DRYRUN_CONN"));
    expect(reading).toHaveLength(1);
  });
});
