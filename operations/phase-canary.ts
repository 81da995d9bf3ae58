import { workloadName } from "../declaration/cluster-names";
import type { Organization } from "../declaration/organization";
import { phaseNumber } from "../declaration/phase";
import type { Service } from "../declaration/service";
import type { ReaderOf } from "./preflight-cluster";
import { type Finding, failed, ok, unseen } from "./preflight-finding";
import { recordOf } from "./record-of";

/** The Rollout, as kubectl names its kind. */
export const ROLLOUTS = "rollouts.argoproj.io";

const WAIT = "wait until it is promoted, or abort it: kubectl argo rollouts abort";
const LOOK = "set KUBE_CONFIG_PATH, log in, and ask again: while a canary runs its steps must stay";

/** Whether a change of phase takes the canary away. */
export function relaxesCanary(from: number, to: number): boolean {
  return from >= phaseNumber("canary") && to < phaseNumber("canary");
}

/**
 * Whether no canary runs in any stage that has one. A change that takes its steps away would give the new version all the traffic at once.
 * What can't be seen is not safe.
 */
export async function canaryFindings(
  { clusters = {} }: Pick<Organization, "clusters">,
  service: Service,
  readerOf: ReaderOf,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [stage, { canary, cluster, namespace }] of Object.entries(service.cluster?.stages ?? {})) {
    const home = clusters[cluster];
    if (canary === undefined || home === undefined) continue;
    const what = `canary: ${stage} (${namespace})`;
    const answer = await readerOf(home).get(ROLLOUTS, workloadName(service), namespace);
    if (answer.kind === "unseen") findings.push(unseen(what, answer.why, LOOK));
    else if (answer.kind === "absent") findings.push(ok(what, "nothing of the service runs there"));
    else findings.push(canaryFinding(what, answer.value));
  }
  return findings;
}

/** https://argo-rollouts.readthedocs.io/en/stable/features/specification/ */
function canaryFinding(what: string, rollout: unknown): Finding {
  const { metadata, status } = recordOf(rollout);
  const { phase, currentPodHash, stableRS, observedGeneration } = recordOf(status);
  if (
    typeof phase !== "string" ||
    typeof currentPodHash !== "string" ||
    typeof stableRS !== "string" ||
    stableRS === ""
  )
    return unseen(what, "its status does not say which version is stable", LOOK);
  // A number in the object's metadata, and a string in the status of a Rollout.
  if (String(observedGeneration) !== String(recordOf(metadata).generation))
    return unseen(what, "the controller has not looked at its newest version yet", LOOK);
  if (phase === "Progressing" || phase === "Paused" || currentPodHash !== stableRS)
    return failed(what, `a canary runs: it is ${phase}, with the version ${currentPodHash} beside ${stableRS}`, WAIT);
  return ok(what, `none runs: it is ${phase}, with one version`);
}
