import type { JudgedWorkflow } from "./judged-workflow";
import type { Known, Possible } from "./possible";

/** One way in which a workflow is started. */
export interface WorkflowEvent {
  /** GitHub's name: `push`. */
  readonly name: string;
  /** What is known of such a run, by path: `github.ref`. */
  readonly known: Readonly<Record<string, Possible>>;
}

/** Every way in which a workflow is started. */
export function eventsOf({ triggers }: JudgedWorkflow): readonly WorkflowEvent[] {
  const { pullRequest, pullRequestTarget, push, schedule, workflowDispatch, workflowRun, workflowCall } = triggers;
  const events: WorkflowEvent[] = [];
  if (pullRequest !== undefined)
    // Of a merge that nobody can push to: whatever a condition compares it with, it's no branch.
    events.push({
      name: "pull_request",
      known: { ...pullRequestOf(pullRequest), "github.ref": ["refs/pull/1/merge"], "github.ref_type": ["branch"] },
    });
  if (pullRequestTarget !== undefined)
    events.push({ name: "pull_request_target", known: pullRequestOf(pullRequestTarget) });
  if (push !== undefined) {
    if (push.tags === undefined || push.branches !== undefined)
      events.push({ name: "push", known: { "github.ref_type": ["branch"], ...branchesOf(push.branches) } });
    if (push.branches === undefined || push.tags !== undefined)
      events.push({ name: "push", known: { "github.ref_type": ["tag"] } });
  }
  if (schedule !== undefined) events.push({ name: "schedule", known: {} });
  if (workflowDispatch !== undefined)
    events.push({
      name: "workflow_dispatch",
      known: Object.fromEntries(
        Object.entries(workflowDispatch).flatMap(([name, { type, options, required }]) =>
          type === "choice" && options !== undefined
            ? [[`inputs.${name.toLowerCase()}`, required ? options : [...options, ""]]]
            : [],
        ),
      ),
    });
  if (workflowRun !== undefined) events.push({ name: "workflow_run", known: { "github.event.action": ["completed"] } });
  // Called, it is whatever its caller is.
  if (workflowCall !== undefined) return [...withName(events), { name: "workflow_call", known: {} }];
  return withName(events).map((event) => (event.name === "workflow_dispatch" ? event : withoutInputs(event)));
}

function withName(events: readonly WorkflowEvent[]): readonly WorkflowEvent[] {
  return events.map(({ name, known }) => ({ name, known: { ...known, "github.event_name": [name] } }));
}

/** Inputs are given by hand or by a caller; else there are none. */
function withoutInputs({ name, known }: WorkflowEvent): WorkflowEvent {
  return { name, known: { ...known, "inputs.*": [null], "github.event.inputs.*": [null] } };
}

function pullRequestOf({ branches, types }: NonNullable<JudgedWorkflow["triggers"]["pullRequest"]>) {
  return {
    "github.event.action": types ?? ["opened", "synchronize", "reopened"],
    "github.base_ref": branches.some(isPattern) ? undefined : branches,
  };
}

function branchesOf(branches: readonly string[] | undefined): WorkflowEvent["known"] {
  if (branches === undefined || branches.some(isPattern)) return {};
  return { "github.ref": branches.map((branch) => `refs/heads/${branch}`), "github.ref_name": branches };
}

function isPattern(branch: string): boolean {
  return /[*?+[\]!]/.test(branch);
}

/** What is known of a run that an event has started. */
export function knownOf({ known }: WorkflowEvent): Known {
  return (path) => known[path.join(".")] ?? known[[...path.slice(0, -1), "*"].join(".")];
}
