import { parse } from "yaml";
import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { traceFiles, tracesOf } from "../../../workflows/trace/trace-files";
import { actionlint } from "../actionlint";
import { maestro, step, summit } from "../cluster/train-jobs";

function workflowOf(service: Service) {
  const workflow = tracesOf(service, organization);
  if (workflow === undefined) throw new Error("no traces");
  return workflow;
}

describe("traces.yml", () => {
  const job = workflowOf(summit).jobs.export;
  if (job === undefined) throw new Error("no job");

  test("follows the workflows that a change goes through, by their names, and not what follows those", () => {
    const names = workflowOf(summit).triggers.workflowRun?.workflows ?? [];
    expect(names).toEqual(expect.arrayContaining(["Preview image", "Release train"]));
    expect(names).not.toContain("Preview");
    expect(names).not.toContain("Traces");
  });

  test("sends the spans of that run, marked with the change, to where the environment says", () => {
    expect(job.environment).toEqual({ name: "traces" });
    expect(step(job, "Send the spans of the run")).toMatchObject({
      with: {
        otlpEndpoint: { variable: "OTLP_TRACES_ENDPOINT" },
        otlpHeaders: { secret: "OTLP_HEADERS" },
        runId: { expression: "github.event.workflow_run.id" },
        extraAttributes: { expression: "steps.trace.outputs.attributes" },
      },
    });
  });

  test("what the other run's event says is read from the environment, and nothing of the other run is checked out", () => {
    expect(step(job, "Find the trace of the change")).toMatchObject({
      env: { MESSAGE: { expression: "github.event.workflow_run.head_commit.message" } },
      run: "scripts/trace-context.sh",
    });
    expect(JSON.stringify(step(job, "Check out"))).not.toContain("head_sha");
  });

  test("may read code and runs, and write nothing", () => {
    for (const grant of Object.values(job.permissions))
      expect(typeof grant === "string" ? grant : grant.access).toBe("read");
  });

  test("is off before the phase of observability, and without traces", () => {
    expect(traceFiles({ ...summit, phase: 10 }, organization)).toEqual([]);
    expect(traceFiles(openclawPos as Service, organization)).toEqual([]);
  });

  test.each([
    ["summit", summit],
    ["maestro", maestro],
  ])("of %s: GitHub would take it", async (_name, service) => {
    const [workflow, script] = traceFiles(service, organization);
    expect(parse(workflow?.content ?? "")).toHaveProperty("jobs.export");
    expect(script?.path).toBe("scripts/trace-context.sh");
    expect(await actionlint("traces.yml", workflow?.content ?? "")).toEqual([]);
  });
});
