import { show } from "../../declaration/problem";
import {
  type CallingJob,
  isCalling,
  type Permissions,
  type Variables,
  type WorkflowJob,
  type WorkflowStep,
} from "../workflow";
import { pathsIn, readExpression } from "./expression";
import { expressionsIn } from "./expressions-of";
import { type Finding, placeOf } from "./finding";
import type { JudgedWorkflow } from "./judged-workflow";
import { BY_ACTION, BY_PROGRAM, type KnownPermissions } from "./known-permissions";
import { accessOf, united } from "./permissions-of";

const DECLARED = "https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps";

interface Need extends KnownPermissions {
  /** Who needs it, as a finding says it. */
  readonly by: string;
}

interface Needs {
  readonly known: readonly Need[];
  /** Steps with actions that may need anything. */
  readonly open: boolean;
  /** Steps with scripts that get the token, of which nobody says what they do with it. */
  readonly unsaid: readonly WorkflowStep[];
}

/** Permissions that a job has and none of its steps needs, or that one needs and the job doesn't have. */
export function permissionFindings(workflow: JudgedWorkflow): readonly Finding[] {
  return Object.entries(workflow.jobs).flatMap(([id, job]) => {
    const { known, open, unsaid } = isCalling(job) ? needsOfCall(job) : needsOf(job, workflow.env);
    return [
      ...unsaid.map((step) => unknownProgram(id, step)),
      ...missing(id, job.permissions, known),
      ...(open || unsaid.length > 0 ? [] : tooMany(id, job.permissions, known)),
    ];
  });
}

function needsOfCall({ calls }: CallingJob): Needs {
  const known = Object.entries(calls.jobs).map(([id, { permissions }]) => ({
    needs: permissions,
    by: `the job "${id}" of ${calls.file}`,
    source:
      "https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations#supported-keywords-for-jobs-that-call-a-reusable-workflow",
  }));
  return { known, open: false, unsaid: [] };
}

function needsOf(job: WorkflowJob, whole: Variables | undefined): Needs {
  const known: Need[] = [];
  const unsaid: WorkflowStep[] = [];
  let open = false;
  for (const step of job.steps) {
    const by = `the step "${step.name}"`;
    if ("uses" in step) {
      const [action = ""] = step.uses.uses.split("@");
      const entry = Object.hasOwn(BY_ACTION, action) ? BY_ACTION[action] : undefined;
      if (entry === undefined) open = true;
      else known.push({ ...entry, needs: ofOtherRun(step.with) ? { actions: "read" } : entry.needs, by });
      continue;
    }
    const env = { ...whole, ...job.env, ...step.env };
    const token = getsToken(env);
    const programs = Object.entries(BY_PROGRAM).flatMap(([program, entry]) =>
      step.run.includes(program) && (token || entry.identifies) && !Object.hasOwn(env, entry.without ?? "")
        ? [entry]
        : [],
    );
    known.push(...programs.map((entry) => ({ ...entry, by })));
    if (step.asksFor !== undefined) known.push({ needs: step.asksFor, by, source: DECLARED });
    else if (token && programs.length === 0) unsaid.push(step);
  }
  return { known, open, unsaid };
}

/** An artifact of another run is asked for over the API. */
function ofOtherRun(inputs: Variables | undefined): boolean {
  return inputs?.["run-id"] !== undefined;
}

function getsToken(env: Variables): boolean {
  return Object.values(env)
    .flatMap((value) => expressionsIn(value))
    .flatMap((text) => pathsIn(readExpression(text)))
    .some(
      ([context, key]) =>
        (context === "github" && key === "token") || (context === "secrets" && key === "github_token"),
    );
}

function missing(id: string, granted: Permissions, needs: readonly Need[]): readonly Finding[] {
  return needs.flatMap(({ needs: needed, by, source }) =>
    entriesOf(needed)
      .filter(([scope, access]) => !covers(granted, scope, access))
      .map(([scope, access]) => ({
        path: placeOf(id, undefined, `permissions.${scope}`),
        came: `${show(accessIn(granted, scope) ?? "none")}, where ${by} needs "${access}"`,
        expected: `"${access}"`,
        remedy: "grant it, or do without that step",
        source,
      })),
  );
}

function tooMany(id: string, granted: Permissions, needs: readonly Need[]): readonly Finding[] {
  const needed = united(needs.map((need) => need.needs));
  return entriesOf(granted)
    .filter(([scope, access]) => !covers(needed, scope, access))
    .map(([scope, access]) => ({
      path: placeOf(id, undefined, `permissions.${scope}`),
      came: `"${access}", where no step needs more than ${show(accessIn(needed, scope) ?? "none")}`,
      expected: "what the steps need, and no more",
      remedy:
        "take it away; or say in workflows/model/known-permissions.ts which action or program needs it, with the page that says so",
      source: "https://docs.github.com/en/actions/reference/security/secure-use#use-the-principle-of-least-privilege",
    }));
}

function unknownProgram(id: string, step: WorkflowStep): Finding {
  return {
    path: placeOf(id, step),
    came: "a script that gets the run's token, and of which nobody says what it needs",
    expected: "programs of workflows/model/known-permissions.ts",
    remedy: "add the program there, with the page that says which permissions its requests need",
  };
}

function entriesOf(permissions: Permissions): readonly (readonly [string, "read" | "write"])[] {
  return Object.entries(permissions).map(([scope, grant]) => [scope, accessOf(grant)]);
}

function accessIn(permissions: Permissions, scope: string): "read" | "write" | undefined {
  return entriesOf(permissions).find(([name]) => name === scope)?.[1];
}

/** Whoever may write may read. */
function covers(granted: Permissions, scope: string, access: "read" | "write"): boolean {
  const grant = accessIn(granted, scope);
  return grant === access || grant === "write";
}
