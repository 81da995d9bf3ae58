import { reached } from "../../declaration/phase";
import type { Service } from "../../declaration/service";
import { ACTIONS } from "../actions";
import { checkOut } from "../ci/check-out";
import { TOOLS } from "../tool-versions";
import { JOB_TOKEN, type Workflow, type WorkflowJob } from "../workflow";
import { TRACE_CONTEXT_SCRIPT } from "./trace-context-script";

export const TRACES_WORKFLOW = "traces.yml";

const RUN = "github.event.workflow_run";

/**
 * `traces.yml`: after each run of the workflows that check and deliver the service, its spans, marked with the change that it was about. It runs the
 * default branch's code; what the other run's event says is only ever text. Undefined where no traces are declared, or before their phase.
 */
export function tracesWorkflow(
  service: Service,
  traced: readonly Pick<Workflow, "name">[],
): Workflow<WorkflowJob> | undefined {
  const traces = service.telemetry?.traces;
  if (traces === undefined || !reached(service, "observability")) return undefined;
  return {
    file: TRACES_WORKFLOW,
    service: service.name,
    name: "Traces",
    triggers: {
      workflowRun: {
        workflows: traced.map(({ name }) => name),
        because: "runs the code of main; of the other run it reads what GitHub says of it, as text",
      },
    },
    // Each run is sent once, whatever else is under way.
    concurrency: { group: ["traces-", { expression: `${RUN}.id` }], cancelInProgress: false },
    jobs: {
      export: {
        runsOn: TOOLS.runner,
        timeoutMinutes: 10,
        environment: { name: traces.environment },
        permissions: {
          contents: "read",
          actions: { access: "read", because: "to read the jobs and steps of the run" },
        },
        steps: [
          checkOut({ "sparse-checkout": "scripts" }),
          {
            name: "Find the trace of the change",
            id: "trace",
            env: {
              EVENT: { expression: `${RUN}.event` },
              PULL_REQUEST: { expression: `${RUN}.pull_requests[0].number` },
              MESSAGE: { expression: `${RUN}.head_commit.message` },
              COMMIT: { expression: `${RUN}.head_sha` },
            },
            run: TRACE_CONTEXT_SCRIPT,
          },
          {
            name: "Send the spans of the run",
            uses: ACTIONS.otelCicd,
            with: {
              otlpEndpoint: { variable: traces.endpoint },
              otlpHeaders: { secret: traces.headers },
              otelServiceName: `${service.name}-delivery`,
              githubToken: JOB_TOKEN,
              runId: { expression: `${RUN}.id` },
              extraAttributes: { expression: "steps.trace.outputs.attributes" },
            },
          },
        ],
      },
    },
  };
}
