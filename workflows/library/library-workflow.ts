import { united } from "../model/permissions-of";
import type { CalledWorkflow, CallInput, CallingJob, Value, Variables, WorkflowCall } from "../workflow";

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

/**
 * Infers the inputs of a workflow of the library. Each run belongs to the run of its caller, whose concurrency counts.
 *
 * @param workflow.secrets what each secret is, by its name; none is required of a caller, whose own are in environments
 */
export function libraryWorkflow<const I extends Inputs>(
  workflow: Omit<LibraryWorkflow<I>, "triggers" | "concurrency" | "service"> & {
    readonly inputs: I;
    readonly secrets?: Readonly<Record<string, string>>;
    readonly outputs?: WorkflowCall["outputs"];
  },
): LibraryWorkflow<I> {
  const { inputs, secrets, outputs, ...rest } = workflow;
  const named =
    secrets === undefined
      ? {}
      : {
          secrets: Object.fromEntries(
            Object.entries(secrets).map(([name, description]) => [name, { description, required: false }]),
          ),
        };
  return { ...rest, triggers: { workflowCall: { inputs, ...named, ...(outputs !== undefined && { outputs }) } } };
}

/**
 * A job that a workflow of the library does, with exactly the permissions that its jobs ask for: with fewer GitHub refuses the run. Secrets are
 * passed by the names that they have in the environments of the called jobs.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations
 */
export function call<I extends Inputs>(
  job: Pick<CallingJob, "name" | "needs" | "if" | "matrix">,
  workflow: LibraryWorkflow<I>,
  passed: Passed<I>,
): CallingJob {
  const names = Object.keys(workflow.triggers.workflowCall.secrets ?? {});
  return {
    ...job,
    permissions: united(Object.values(workflow.jobs).map(({ permissions }) => permissions)),
    calls: workflow,
    with: passed as Variables,
    ...(names.length > 0 && { secrets: Object.fromEntries(names.map((secret) => [secret, { secret }])) }),
  };
}
