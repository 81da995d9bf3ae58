import { type Node, Scalar } from "yaml";
import type { PinnedAction } from "../declaration/ci";
import type { Library } from "../declaration/library";
import { jobName } from "./check-names";
import { plainText } from "./plain-text";
import type { RenderedFile } from "./rendered-file";
import { renderValue } from "./value";
import {
  type CallingJob,
  type Concurrency,
  isCalling,
  type Permissions,
  type Triggers,
  type Value,
  type Variables,
  type Workflow,
  type WorkflowCall,
  type WorkflowJob,
  type WorkflowStep,
} from "./workflow";
import { map, mapEntries, mapValues, quoted, script, sequence, spaced, text, texts, yamlFile } from "./yaml-nodes";

/**
 * A workflow as the YAML file that GitHub reads. Equal workflows give equal bytes. No permission is granted but what a job names, and shell
 * scripts stop at the first error, in a pipe too.
 *
 * @param library where the workflows are that its jobs call @default - they call none
 */
export function renderWorkflow(workflow: Workflow, library?: Library): RenderedFile {
  const contents = map({
    name: text(plainText(workflow.name)),
    "run-name": value(workflow.runName),
    on: triggers(workflow.triggers),
    permissions: map({}),
    concurrency: workflow.concurrency === undefined ? undefined : concurrency(workflow.concurrency),
    defaults: map({ run: map({ shell: text("bash") }) }),
    env: variables(workflow.env),
    jobs: spaced(map(mapEntries(workflow.jobs, (id, entry) => job(id, entry, library)))),
  });
  return {
    path: `.github/workflows/${workflow.file}`,
    content: yamlFile(workflow.service, spaced(contents)),
    executable: false,
  };
}

function job(id: string, entry: WorkflowJob | CallingJob, library: Library | undefined): Node {
  const common = {
    name: text(jobName(id, entry)),
    needs: entry.needs === undefined ? undefined : texts(entry.needs),
    if: entry.if === undefined ? undefined : condition(entry.if),
  };
  const granted = {
    permissions: permissions(entry.permissions),
    concurrency: entry.concurrency === undefined ? undefined : concurrency(entry.concurrency),
    strategy: strategy(entry.matrix),
  };
  if (isCalling(entry))
    return map({
      ...common,
      ...granted,
      uses: called(id, entry, library),
      with: variables(entry.with),
      secrets: entry.secrets === "inherit" ? text("inherit") : variables(entry.secrets),
    });
  return map({
    ...common,
    "runs-on": text(entry.runsOn),
    "timeout-minutes": value(entry.timeoutMinutes),
    environment: environment(entry.environment),
    ...granted,
    outputs: variables(entry.outputs),
    env: variables(entry.env),
    steps: sequence(entry.steps.map((item) => step(item))),
  });
}

function strategy(matrix: WorkflowJob["matrix"]): Node | undefined {
  if (matrix === undefined) return undefined;
  return map({ "fail-fast": new Scalar(false), matrix: map(mapValues(matrix, (values) => texts(values))) });
}

function step(item: WorkflowStep): Node {
  return map({
    name: text(plainText(item.name)),
    id: item.id === undefined ? undefined : text(item.id),
    if: item.if === undefined ? undefined : condition(item.if),
    "continue-on-error": item.continueOnError === undefined ? undefined : new Scalar(item.continueOnError),
    "timeout-minutes": item.timeoutMinutes === undefined ? undefined : new Scalar(item.timeoutMinutes),
    env: variables(item.env),
    ...("uses" in item
      ? { uses: pinned(item.uses), with: variables(item.with) }
      : { shell: item.shell === undefined ? undefined : text(item.shell), run: shellScript(item.name, item.run) }),
  });
}

function called(id: string, { calls }: CallingJob, library: Library | undefined): Scalar {
  if (library === undefined)
    throw new Error(
      `job "${id}" calls ${calls.file}, and nobody says where it is; write organization.library (repository, commit, version)`,
    );
  const uses = `${library.repository}/.github/workflows/${calls.file}@${library.commit}`;
  return pinned({ uses, version: library.version });
}

function pinned(action: PinnedAction): Scalar {
  if (!/@[0-9a-f]{40}$/.test(action.uses)) {
    throw new Error(
      `the action "${action.uses}" is not at a full commit SHA; look it up (git ls-remote) and write owner/name@<40 hexadecimal digits>`,
    );
  }
  const scalar = text(action.uses);
  scalar.comment = ` ${action.version}`;
  return scalar;
}

/** A script with an expression would have the value pasted into the shell as code. */
function shellScript(step: string, run: string): Scalar {
  if (!run.includes("${{")) return script(run);
  throw new Error(
    `step "${step}": its script contains an expression (\${{ … }}), which would be pasted into the shell as code; ` +
      "pass the value through env and read the shell variable",
  );
}

function triggers(on: Triggers): Node {
  const list = (items: readonly string[] | undefined) => (items === undefined ? undefined : texts(items));
  return map({
    pull_request:
      on.pullRequest === undefined
        ? undefined
        : map({
            branches: list(on.pullRequest.branches),
            paths: list(on.pullRequest.paths),
            types: list(on.pullRequest.types),
          }),
    workflow_run: on.workflowRun === undefined ? undefined : workflowRun(on.workflowRun),
    push:
      on.push === undefined
        ? undefined
        : map({ branches: list(on.push.branches), tags: list(on.push.tags), paths: list(on.push.paths) }),
    schedule: on.schedule === undefined ? undefined : sequence(on.schedule.map((cron) => map({ cron: quoted(cron) }))),
    workflow_dispatch:
      on.workflowDispatch === undefined
        ? undefined
        : map({
            inputs:
              Object.keys(on.workflowDispatch).length === 0
                ? undefined
                : map(
                    mapValues(on.workflowDispatch, (input) =>
                      map({
                        description: text(plainText(input.description)),
                        required: new Scalar(input.required),
                        type: text(input.type),
                        default: plainValue(input.default),
                        options: list(input.options),
                      }),
                    ),
                  ),
          }),
    workflow_call: on.workflowCall === undefined ? undefined : workflowCall(on.workflowCall),
  });
}

function workflowCall({ inputs, secrets = {}, outputs = {} }: WorkflowCall): Node {
  const some = (entries: Record<string, Node>) => (Object.keys(entries).length === 0 ? undefined : map(entries));
  return map({
    inputs: some(
      mapValues(inputs, (input) =>
        map({
          description: text(plainText(input.description)),
          required: new Scalar(input.default === undefined),
          type: text(input.type),
          default: plainValue(input.default),
        }),
      ),
    ),
    secrets: some(
      mapValues(secrets, ({ description, required }) =>
        map({ description: text(plainText(description)), required: new Scalar(required) }),
      ),
    ),
    outputs: some(
      mapValues(outputs, (output) =>
        map({ description: text(plainText(output.description)), value: value(output.value) }),
      ),
    ),
  });
}

/** A value that GitHub takes as it stands: never an expression. */
function plainValue(entry: string | number | boolean | undefined): Scalar | undefined {
  if (entry === undefined) return undefined;
  return typeof entry === "string" ? text(plainText(entry)) : new Scalar(entry);
}

/** zizmor warns of every such trigger; why this one is meant stands where it looks for it. */
function workflowRun({ workflows, because }: NonNullable<Triggers["workflowRun"]>): Node {
  const node = map({ workflows: texts(workflows.map(plainText)), types: texts(["completed"]) });
  const [first] = node.items;
  if (first?.value != null) first.value.comment = ` zizmor: ignore[dangerous-triggers] ${plainText(because)}`;
  return node;
}

function environment(entry: WorkflowJob["environment"]): Node | undefined {
  if (entry === undefined) return undefined;
  const name = text(renderValue(entry.name));
  return entry.url === undefined ? name : map({ name, url: value(entry.url) });
}

function permissions(granted: Permissions): Node {
  return map(
    mapValues(granted, (grant) => {
      if (typeof grant === "string") return text(grant);
      const scalar = text(grant.access);
      scalar.comment = ` ${plainText(grant.because)}`;
      return scalar;
    }),
  );
}

function concurrency(entry: Concurrency): Node {
  const cancel = entry.cancelInProgress;
  return map({
    group: value(entry.group),
    "cancel-in-progress": typeof cancel === "boolean" ? new Scalar(cancel) : value(cancel),
  });
}

function variables(entries: Variables | undefined) {
  if (entries === undefined || Object.keys(entries).length === 0) return undefined;
  return map(mapValues(entries, (entry) => value(entry)));
}

function value(entry: Value): Scalar;
function value(entry: Value | undefined): Scalar | undefined;
function value(entry: Value | undefined): Scalar | undefined {
  if (entry === undefined) return undefined;
  return typeof entry === "number" || typeof entry === "boolean" ? new Scalar(entry) : text(renderValue(entry));
}

function condition(expression: string): Scalar {
  return text(renderValue({ expression }));
}
