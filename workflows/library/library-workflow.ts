import type { CalledWorkflow, CallInput, CallingJob, Permissions, Value, Variables, WorkflowCall } from "../workflow";

type Inputs = Readonly<Record<string, CallInput>>;

/** A workflow of the library, of whose inputs the compiler knows which there are, and which must be passed. */
export interface LibraryWorkflow<I extends Inputs> extends CalledWorkflow {
  readonly triggers: { readonly workflowCall: WorkflowCall & { readonly inputs: I } };
}

type WithDefault<I extends Inputs> = {
  [K in keyof I]: I[K] extends { readonly default: unknown } ? K : never;
}[keyof I];

type Passed<I extends Inputs> = { readonly [K in Exclude<keyof I, WithDefault<I>>]: Value } & {
  readonly [K in WithDefault<I>]?: Value;
};

/** Infers the inputs of a workflow of the library. Each run belongs to the run of its caller, whose concurrency counts. */
export function libraryWorkflow<const I extends Inputs>(
  workflow: Omit<LibraryWorkflow<I>, "triggers" | "concurrency" | "service"> & {
    readonly inputs: I;
    readonly outputs?: WorkflowCall["outputs"];
  },
): LibraryWorkflow<I> {
  const { inputs, outputs, ...rest } = workflow;
  return { ...rest, triggers: { workflowCall: { inputs, ...(outputs !== undefined && { outputs }) } } };
}

/**
 * A job that a workflow of the library does, with exactly the permissions that its jobs ask for: with fewer GitHub refuses the run.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations
 */
export function call<I extends Inputs>(
  job: Pick<CallingJob, "name" | "needs" | "matrix">,
  workflow: LibraryWorkflow<I>,
  passed: Passed<I>,
): CallingJob {
  return { ...job, permissions: permissionsOf(workflow), calls: workflow, with: passed as Variables };
}

function permissionsOf({ jobs }: CalledWorkflow): Permissions {
  const all: Record<string, Permissions[keyof Permissions]> = {};
  for (const { permissions } of Object.values(jobs)) {
    for (const [scope, grant] of Object.entries(permissions)) {
      if (all[scope] === undefined || accessOf(grant) === "write") all[scope] = grant;
    }
  }
  return all;
}

function accessOf(grant: NonNullable<Permissions[keyof Permissions]>): string {
  return typeof grant === "string" ? grant : grant.access;
}
