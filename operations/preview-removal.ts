import { type ClusterApi, type ClusterObject, ClusterProblem } from "./cluster-api";
import { Failure, messageOf } from "./failure";
import { identifyPreview, type PreviewIdentity } from "./preview-record";
import type { PreviewRun } from "./preview-run";
import type { PreviewTarget } from "./preview-target";
import { StackError } from "./stack-run";

export interface Removal {
  readonly status: "removed" | "was not there" | "kept";
  /** Why it was kept. */
  readonly reason?: string;
  /** What went otherwise than by Terraform alone. */
  readonly notes: readonly string[];
}

const GONE_WITHIN_SECONDS = 300;
const LOOK_AGAIN_SECONDS = 2;

/**
 * Removes a preview, whatever of it is left: what its state holds, and its namespace, which takes everything in it along. Twice does no harm.
 *
 * @param stillDue looks at the namespace as it is now; a text says why it is kept after all @default - it is removed
 * @throws Failure when something of it is left; what was removed until then stays removed, and a further run goes on
 */
export async function removePreview(
  run: PreviewRun,
  target: PreviewTarget,
  stillDue: (namespace: ClusterObject) => string | undefined = () => undefined,
): Promise<Removal> {
  const cluster = run.clusterOf(target.cluster);
  const found = await ours(cluster, target);
  const kept = found && stillDue(found.object);
  if (kept !== undefined) return { status: "kept", reason: kept, notes: [] };
  const notes: string[] = [];
  const problem = await destroyed(run, target);
  if (problem !== undefined) notes.push(`what the state holds could not be removed one by one: ${problem}`);
  const left = await ours(cluster, target);
  if (left !== undefined) {
    if (!left.identity.deleting) {
      await cluster.deleteNamespace(target.namespace, left.identity.uid);
      notes.push(
        `the namespace ${target.namespace} was removed by itself: Terraform's state did not know it, or could not`,
      );
    }
    await untilGone(run, cluster, target, left.identity.uid);
  }
  // With the namespace all is gone: what is left in the state is only remembered.
  const remembered = problem === undefined ? undefined : await destroyed(run, target);
  if (remembered !== undefined)
    throw new Failure(
      `the namespace ${target.namespace} is gone, but the state of the stack "${target.stack}" still holds something of it\n${remembered}\nrun the command again`,
    );
  return { status: found === undefined ? "was not there" : "removed", notes };
}

interface Found {
  readonly object: ClusterObject;
  readonly identity: PreviewIdentity;
}

/** The preview's namespace; undefined when it is gone. @throws Failure when somebody else's has its name */
async function ours(cluster: ClusterApi, target: PreviewTarget): Promise<Found | undefined> {
  const object = await cluster.find("namespace", target.namespace);
  if (object === undefined) return undefined;
  const identity = ofTarget(object, target);
  return { object, identity };
}

/**
 * Whose preview the namespace of a target's name is: the target's.
 *
 * @throws Failure when it isn't
 */
export function ofTarget(object: ClusterObject, target: PreviewTarget): PreviewIdentity {
  const identity = identifyPreview(object, [target]);
  if (!("reason" in identity)) return identity;
  throw new Failure(
    `the namespace ${target.namespace} is not the preview of pull request ${target.pullRequest} of ${target.service.name}: ${identity.reason}\nexpected a namespace that Gatehouse made; it was not touched. See what it is: kubectl --context ${target.cluster.context} get namespace ${target.namespace} --output yaml`,
  );
}

/** Why what the state holds could not be removed; undefined when it could. */
async function destroyed({ stacks, signal }: PreviewRun, target: PreviewTarget): Promise<string | undefined> {
  try {
    await stacks.destroy(target);
    return undefined;
  } catch (error) {
    signal?.throwIfAborted();
    // Somebody else works on it at this moment: nothing is removed under their hands.
    if (!(error instanceof StackError) || /acquiring the state lock/i.test(error.message)) throw asFailure(error);
    return messageOf(error);
  }
}

function asFailure(error: unknown): unknown {
  return error instanceof StackError ? new Failure(error.message) : error;
}

/** A namespace goes only when everything in it has gone. */
async function untilGone(run: PreviewRun, cluster: ClusterApi, target: PreviewTarget, uid: string): Promise<void> {
  const end = run.clock.now() + GONE_WITHIN_SECONDS * 1000;
  for (;;) {
    const object = await cluster.find("namespace", target.namespace);
    if (object === undefined || object.metadata.uid !== uid) return;
    if (run.clock.now() >= end)
      throw new ClusterProblem(
        "other",
        `the namespace ${target.namespace} is being deleted for ${GONE_WITHIN_SECONDS} s and still there\nits status says what it waits for: kubectl --context ${target.cluster.context} get namespace ${target.namespace} --output yaml`,
      );
    await run.clock.sleep(LOOK_AGAIN_SECONDS * 1000, run.signal);
  }
}
