import type { ServiceEntry } from "../declaration/fleet";
import { PHASES } from "../declaration/phase";
import { DeclarationError, formatProblem } from "../declaration/problem";
import type { StackDrift } from "./drift-report";
import { canaryFindings, relaxesCanary } from "./phase-canary";
import { entryAt, type PhaseDiff, phaseDiff, statefulLosses } from "./phase-diff";
import { type PhaseDriftProps, stacksAgainst } from "./phase-drift";
import type { Finding } from "./preflight-finding";
import { ClusterReader } from "./preflight-kubectl";

/** What it takes to go from the phase that a service is in to another. */
export interface PhasePlan {
  readonly from: number;
  readonly to: number;
  readonly direction: "forward" | "back";
  /** What each phase on the way brings, or, going back, takes away. */
  readonly brings: readonly string[];
  /** Why it can't be gone; nothing else is known then. */
  readonly refused: readonly string[];
  readonly diff: PhaseDiff | undefined;
  /** What was looked at before steps of a canary may be taken away. */
  readonly canary: readonly Finding[];
  /** Terraform's plans of the phase's stacks; undefined unless asked for. */
  readonly stacks: readonly StackDrift[] | undefined;
}

export interface PhasePlanProps extends PhaseDriftProps {
  readonly entry: ServiceEntry;
  /** The phase that the service is in. */
  readonly from: number;
  readonly to: number;
  /** Let Terraform plan the stacks of the phase too. */
  readonly terraform: boolean;
}

/** The plan to another phase. Nothing is changed: going there is a change of the declaration's `phase`. */
export async function phasePlan(props: PhasePlanProps): Promise<PhasePlan> {
  const { fleet, entry, from, to } = props;
  const direction = to > from ? "forward" : "back";
  const [low, high] = direction === "forward" ? [from, to] : [to, from];
  const common = { from, to, direction, brings: PHASES.slice(low + 1, high + 1).map(({ brings }) => brings) } as const;
  const canary = relaxesCanary(from, to) ? await canaryInTheWay(props) : [];
  const after = entryAt(entry, to);
  try {
    const diff = await phaseDiff(fleet, entry, after);
    const refused = [...canaryRefusals(canary), ...statefulLosses(diff).map(lossRefusal)];
    const stacks = props.terraform ? await stacksAgainst(after, props) : undefined;
    return { ...common, refused, diff, canary, stacks };
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error;
    const refused = [...canaryRefusals(canary), ...error.problems.map(formatProblem)];
    return { ...common, refused, diff: undefined, canary, stacks: undefined };
  }
}

function canaryInTheWay({ fleet, entry, environment, signal }: PhasePlanProps): Promise<readonly Finding[]> {
  return canaryFindings(
    fleet.organization,
    entry.service,
    ({ context }) => new ClusterReader({ context, environment, signal }),
  );
}

function canaryRefusals(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ what, sight, said, todo = "" }) => {
    if (sight === "ok") return [];
    const why = sight === "failed" ? said : `could not see whether one runs: ${said}`;
    return [`${what}: ${why}\n  to do: ${todo}`];
  });
}

function lossRefusal({ stack, address }: { readonly stack: string; readonly address: string }): string {
  return `${address} of ${stack} holds data, and would be removed\n  to do: see that the stateful record has it; no phase removes data`;
}
