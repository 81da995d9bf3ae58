import { parse } from "yaml";
import type { JudgedWorkflow } from "../../workflows/model/judged-workflow";
import type {
  CalledWorkflow,
  CallingJob,
  Concurrency,
  DispatchInput,
  ExpressionReference,
  Permissions,
  Triggers,
  Value,
  Variables,
  Workflow,
  WorkflowJob,
  WorkflowStep,
} from "../../workflows/workflow";

type Raw = Readonly<Record<string, unknown>>;

/** Files that workflows refer to, by path in their repository. */
export interface ReadingProps {
  /** Workflows that jobs call, by what stands after `uses:`. @default - none */
  readonly called?: Readonly<Record<string, CalledWorkflow>>;
  /** Steps of composite actions, by path, which are read in place of those that use them. @default - none */
  readonly composites?: Readonly<Record<string, string>>;
}

/** A workflow as its YAML says it, for checks that look at ours: one that somebody wrote by hand, or a rendered one, read back. */
export function readWorkflow(file: string, yaml: string, props: ReadingProps = {}): JudgedWorkflow {
  const raw = parse(yaml) as Raw & { readonly jobs: Readonly<Record<string, Raw>> };
  return {
    file,
    name: String(raw.name ?? file),
    ...(raw["run-name"] === undefined ? {} : { runName: readValue(raw["run-name"]) }),
    triggers: triggersOf(raw.on),
    ...(raw.concurrency === undefined ? {} : { concurrency: concurrencyOf(raw.concurrency as Raw) }),
    ...(raw.env === undefined ? {} : { env: variablesOf(raw.env) }),
    jobs: Object.fromEntries(Object.entries(raw.jobs).map(([id, job]) => [id, jobOf(job, props)])),
  };
}

function triggersOf(on: unknown): JudgedWorkflow["triggers"] {
  const events: Raw =
    typeof on === "string"
      ? { [on]: null }
      : Array.isArray(on)
        ? Object.fromEntries(on.map((name) => [name, null]))
        : (on as Raw);
  const triggers: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(events)) {
    const event = (raw ?? {}) as Raw;
    if (name === "pull_request") triggers.pullRequest = { branches: ["**"], ...event };
    else if (name === "pull_request_target") triggers.pullRequestTarget = { branches: ["**"], ...event };
    else if (name === "push") triggers.push = event;
    else if (name === "schedule") triggers.schedule = (raw as { cron: string }[]).map(({ cron }) => cron);
    else if (name === "workflow_run") triggers.workflowRun = { ...event, because: "" } as Triggers["workflowRun"];
    else if (name === "workflow_dispatch")
      triggers.workflowDispatch = (event.inputs ?? {}) as Readonly<Record<string, DispatchInput>>;
    else if (name === "workflow_call")
      triggers.workflowCall = {
        inputs: event.inputs ?? {},
        ...(event.secrets === undefined ? {} : { secrets: event.secrets }),
        ...(event.outputs === undefined
          ? {}
          : { outputs: outputsOfCall(event.outputs as Readonly<Record<string, Raw>>) }),
      };
    else throw new Error(`the event ${name} is none that these checks know`);
  }
  return triggers;
}

function outputsOfCall(outputs: Readonly<Record<string, Raw>>) {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { description, value }]) => [name, { description, value: readValue(value) }]),
  );
}

function jobOf(raw: Raw, props: ReadingProps): WorkflowJob | CallingJob {
  const matrix = (raw.strategy as Raw | undefined)?.matrix as Readonly<Record<string, readonly unknown[]>> | undefined;
  const common = {
    ...(raw.name === undefined ? {} : { name: String(raw.name) }),
    ...(raw.needs === undefined ? {} : { needs: [raw.needs].flat() as string[] }),
    ...(raw.if === undefined ? {} : { if: conditionOf(raw.if) }),
    permissions: (raw.permissions ?? {}) as Permissions,
    ...(raw.concurrency === undefined ? {} : { concurrency: concurrencyOf(raw.concurrency as Raw) }),
    ...(matrix === undefined
      ? {}
      : { matrix: Object.fromEntries(Object.entries(matrix).map(([key, values]) => [key, values.map(String)])) }),
  };
  if (raw.uses !== undefined) {
    const calls = props.called?.[String(raw.uses)];
    if (calls === undefined) throw new Error(`nobody says what ${raw.uses} is`);
    return {
      ...common,
      calls,
      ...(raw.with === undefined ? {} : { with: variablesOf(raw.with) }),
      ...(raw.secrets === undefined
        ? {}
        : {
            secrets:
              raw.secrets === "inherit" ? "inherit" : (variablesOf(raw.secrets) as CallingJob["secrets"] & object),
          }),
    };
  }
  const environment = raw.environment as string | { readonly name: string; readonly url?: string } | undefined;
  return {
    ...common,
    runsOn: String(raw["runs-on"]),
    timeoutMinutes: readValue(raw["timeout-minutes"]) as number | ExpressionReference,
    ...(environment === undefined
      ? {}
      : {
          environment:
            typeof environment === "string"
              ? { name: environment }
              : {
                  name: environment.name,
                  ...(environment.url === undefined ? {} : { url: readValue(environment.url) }),
                },
        }),
    ...(raw.outputs === undefined ? {} : { outputs: variablesOf(raw.outputs) as Record<string, ExpressionReference> }),
    ...(raw.env === undefined ? {} : { env: variablesOf(raw.env) }),
    steps: (raw.steps as readonly Raw[]).flatMap((step) => stepsOf(step, props)),
  };
}

function stepsOf(raw: Raw, props: ReadingProps): readonly WorkflowStep[] {
  const composite = props.composites?.[String(raw.uses)];
  if (composite !== undefined) {
    const { runs } = parse(composite) as { readonly runs: { readonly steps: readonly Raw[] } };
    const given = (raw.with ?? {}) as Raw;
    const passed = (text: string) =>
      text.replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_all, name: string) => String(given[name] ?? ""));
    return runs.steps.flatMap((step) => stepsOf(JSON.parse(passed(JSON.stringify(step))) as Raw, props));
  }
  const common = {
    name: String(raw.name ?? raw.uses ?? raw.run),
    ...(raw.id === undefined ? {} : { id: String(raw.id) }),
    ...(raw.if === undefined ? {} : { if: conditionOf(raw.if) }),
    ...(raw.env === undefined ? {} : { env: variablesOf(raw.env) }),
  };
  if (raw.uses === undefined) return [{ ...common, run: String(raw.run) }];
  return [
    {
      ...common,
      uses: { uses: String(raw.uses), version: "v0" },
      ...(raw.with === undefined ? {} : { with: variablesOf(raw.with) }),
    },
  ];
}

function concurrencyOf(raw: Raw): Concurrency {
  return {
    group: readValue(raw.group),
    cancelInProgress: readValue(raw["cancel-in-progress"] ?? false) as Concurrency["cancelInProgress"],
  };
}

function variablesOf(raw: unknown): Variables {
  return Object.fromEntries(Object.entries(raw as Raw).map(([key, value]) => [key, readValue(value)]));
}

function conditionOf(raw: unknown): string {
  return String(raw)
    .replace(/^\$\{\{(.*)\}\}$/s, "$1")
    .trim();
}

/** Text, with its expressions as references. */
function readValue(raw: unknown): Value {
  if (typeof raw === "number" || typeof raw === "boolean") return raw;
  const parts = String(raw ?? "")
    .split(/(\$\{\{.*?\}\})/s)
    .filter((part) => part !== "")
    .map((part) => (part.startsWith("${{") ? referenceOf(part.slice(3, -2).trim()) : part));
  return parts.length === 0 ? "" : parts.length === 1 ? (parts[0] as Value) : parts;
}

function referenceOf(text: string) {
  const [, context, key = ""] = /^(secrets|vars)\.([\w-]+)$/.exec(text) ?? [];
  if (context === "secrets") return { secret: key };
  return context === "vars" ? { variable: key } : { expression: text };
}

/** A workflow that others call. */
export function readCalled(file: string, yaml: string, props: ReadingProps = {}): CalledWorkflow {
  const workflow: Workflow = readWorkflow(file, yaml, props);
  if (workflow.triggers.workflowCall === undefined) throw new Error(`${file} is called by nobody`);
  return workflow as CalledWorkflow;
}
