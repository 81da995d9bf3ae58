import type { PinnedAction } from "../declaration/ci";

/**
 * A GitHub Actions workflow as data. Plain strings are text: rendering never lets one become an expression. What GitHub computes is a
 * reference: a secret, a variable, or an expression that Gatehouse itself writes.
 */
export interface Workflow<J extends WorkflowJob | CallingJob = WorkflowJob | CallingJob> {
  /** Name of the file in `.github/workflows/`, e.g. `ci.yml`. */
  readonly file: string;
  /** Name of the service, for the header that says what made the file. @default - it belongs to the library, which all services call */
  readonly service?: string;
  /** Shown in the Actions tab. Without expressions. */
  readonly name: string;
  /** Shown for a run. @default - GitHub's: the commit's or the workflow's name */
  readonly runName?: Value;
  readonly triggers: Triggers;
  /** @default - runs don't wait for one another; what is called runs in its caller's */
  readonly concurrency?: Concurrency;
  /** Variables of every job. @default - none */
  readonly env?: Variables;
  /** Jobs by id, in the order they are written. */
  readonly jobs: Readonly<Record<string, J>>;
}

/** A secret of the job's environment, or of the matrix in any case: `${{ secrets.KEY }}`. */
export interface SecretReference {
  readonly secret: string;
}

/** A variable of the job's environment: `${{ vars.KEY }}`. */
export interface VariableReference {
  readonly variable: string;
}

/**
 * An expression written by Gatehouse, without `${{ }}`: `github.sha`, `steps.plan.outputs.id`. It must not read `secrets` or `vars`: for
 * these there are references, from which it is known what a workflow needs.
 */
export interface ExpressionReference {
  readonly expression: string;
}

/** What the caller of a workflow passes: `${{ inputs.NAME }}`. */
export interface InputReference {
  readonly expression: `inputs.${string}`;
}

export type Reference = SecretReference | VariableReference | ExpressionReference;

/** Text, a number, a reference, or several of them written one after another: `["ci-", { expression: "github.ref" }]`. */
export type Value = string | number | boolean | Reference | readonly (string | Reference)[];

export type Variables = Readonly<Record<string, Value>>;

/** The token of the run, with the job's permissions. */
export const JOB_TOKEN: ExpressionReference = { expression: "github.token" };

export interface Triggers {
  readonly pullRequest?: {
    readonly branches: readonly string[];
    readonly paths?: readonly string[];
    /** @default - GitHub's: opened, synchronize, reopened */
    readonly types?: readonly ("opened" | "edited" | "synchronize" | "reopened" | "closed")[];
  };
  /**
   * After a run of another workflow, whoever started that: this one runs the default branch's code, and takes nothing that the other made for
   * granted.
   */
  readonly workflowRun?: {
    readonly workflows: readonly string[] /** Why that is safe here. */;
    readonly because: string;
  };
  readonly push?: {
    readonly branches?: readonly string[];
    readonly tags?: readonly string[];
    readonly paths?: readonly string[];
  };
  /** Cron expressions of five fields, in UTC. */
  readonly schedule?: readonly string[];
  /** Started by hand, with inputs by name; an empty record asks for nothing. */
  readonly workflowDispatch?: Readonly<Record<string, DispatchInput>>;
  /** Called by jobs of other workflows. */
  readonly workflowCall?: WorkflowCall;
}

/** What a workflow asks of the jobs that call it, and gives back to them. */
export interface WorkflowCall {
  /** Inputs by name. */
  readonly inputs: Readonly<Record<string, CallInput>>;
  /**
   * Secrets by name. A job with an environment gets the environment's secret of that name, once the caller passes the name, whatever it passes.
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, { readonly description: string; readonly required: boolean }>>;
  /** Outputs by name, from outputs of its jobs. @default - none */
  readonly outputs?: Readonly<Record<string, { readonly description: string; readonly value: ExpressionReference }>>;
}

export interface CallInput {
  /** For whoever calls it. Without expressions. */
  readonly description: string;
  readonly type: "string" | "number" | "boolean";
  /** What it is when a caller doesn't say. @default - every caller must say it */
  readonly default?: string | number | boolean;
}

export interface DispatchInput {
  /** What people see beside the field. Without expressions. */
  readonly description: string;
  readonly required: boolean;
  readonly type: "string" | "boolean" | "choice";
  /** @default - empty */
  readonly default?: string | boolean;
  /** Of a choice. @default - none */
  readonly options?: readonly string[];
}

/** Runs of one group don't overlap. */
export interface Concurrency {
  readonly group: Value;
  /** Whether a newer run stops the one that is under way; else it waits for it. */
  readonly cancelInProgress: boolean | ExpressionReference;
}

type Access = "read" | "write";

/** What the run's token may do, with what it is for where that isn't plain. What is not named, it may not. */
export type Permissions = Readonly<
  Partial<
    Record<
      | "actions"
      | "attestations"
      | "checks"
      | "contents"
      | "deployments"
      | "id-token"
      | "issues"
      | "packages"
      | "pull-requests"
      | "security-events"
      | "statuses",
      Access | { readonly access: Access; readonly because: string }
    >
  >
>;

export interface WorkflowJob {
  /** The name its check gets. @default - the job's id */
  readonly name?: string;
  /** Ids of jobs that must have succeeded. @default - none */
  readonly needs?: readonly string[];
  /** Condition, an expression without `${{ }}`. @default - runs when its needs have succeeded */
  readonly if?: string;
  /** Label of the runner. */
  readonly runsOn: string;
  /** The job is stopped after so many minutes; in a workflow that is called, its caller may say how many. */
  readonly timeoutMinutes: number | ExpressionReference;
  /** Deployment environment whose secrets and variables the job reads. @default - none: it reads none */
  readonly environment?: {
    /** In a workflow that is called, its caller may say which. */
    readonly name: string | InputReference /** @default - no link */;
    readonly url?: Value;
  };
  readonly permissions: Permissions;
  /** @default - the workflow's */
  readonly concurrency?: Concurrency;
  /** Values by key; the job runs once for every combination. @default - one run */
  readonly matrix?: Readonly<Record<string, readonly string[]>>;
  /** Outputs by name. @default - none */
  readonly outputs?: Readonly<Record<string, ExpressionReference>>;
  /** Variables of every step. @default - none */
  readonly env?: Variables;
  readonly steps: readonly WorkflowStep[];
}

/**
 * A job that another workflow does: its jobs run in its place, and their checks are named `<this job> / <that job>`. It may have no more
 * permissions there than are granted here.
 */
export interface CallingJob
  extends Pick<WorkflowJob, "name" | "needs" | "if" | "permissions" | "concurrency" | "matrix"> {
  /** What is called, a workflow of the library: from it follow the names of checks, and what must be passed. */
  readonly calls: CalledWorkflow;
  /** Inputs by name. @default - none */
  readonly with?: Variables;
  /** Secrets by the called workflow's names; or all that this workflow may read. @default - none */
  readonly secrets?: Readonly<Record<string, SecretReference>> | "inherit";
}

/** A workflow that jobs of others call. */
export interface CalledWorkflow extends Workflow<WorkflowJob> {
  readonly triggers: Triggers & { readonly workflowCall: WorkflowCall };
}

/** Whether another workflow does the job. */
export function isCalling(job: WorkflowJob | CallingJob): job is CallingJob {
  return "calls" in job;
}

interface StepCommon {
  readonly name: string;
  /** @default - none */
  readonly id?: string;
  /** Condition, an expression without `${{ }}`. @default - runs when the steps before have succeeded */
  readonly if?: string;
  /** @default - none */
  readonly env?: Variables;
  /** The job goes on when the step fails. @default false */
  readonly continueOnError?: boolean;
  /** @default - the job's timeout only */
  readonly timeoutMinutes?: number;
}

/** A step that runs an action. */
export interface ActionStep extends StepCommon {
  readonly uses: PinnedAction;
  /** Inputs. @default - none */
  readonly with?: Variables;
}

/** A step that runs a shell script. It has no expressions: values come in through `env`. */
export interface ScriptStep extends StepCommon {
  readonly run: string;
  /**
   * What it needs of the run's token, where the script is a service's own and only its declaration can say.
   * @default - what is known of the programs that it runs
   */
  readonly asksFor?: Permissions;
  /** @default "bash" with `-eo pipefail` */
  readonly shell?: "bash" | "sh" | "python";
}

export type WorkflowStep = ActionStep | ScriptStep;
