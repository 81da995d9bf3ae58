import { runbookPath } from "../../../declaration/runbook-paths";
import { code, shell } from "../markdown";
import { clusterPlaces, kubectl, placeOf, restart, rollouts, workloadOf } from "./cluster-places";
import type { Block, RunbookSource } from "./runbook-source";

/** Pods of the service itself; a preview's seed has the same name. */
const PODS = (name: string) => `--selector app.kubernetes.io/name=${name},app.kubernetes.io/component=service`;

/** Where a stage answers, by the path that Kubernetes asks too; undefined when the stage isn't in a cluster. */
export function clusterHealthUrl({ service: { cluster } }: RunbookSource, stage: string): string | undefined {
  if (cluster === undefined || !Object.hasOwn(cluster.stages, stage)) return undefined;
  return `https://${cluster.stages[stage]?.host}${cluster.container.readiness.path}`;
}

/** What the pods say, and what the cluster says of them. */
export function clusterLogs(source: RunbookSource): readonly Block[] {
  const places = clusterPlaces(source);
  if (places.length === 0) return [];
  return [
    "Anything but 200 means that customers notice. What the pods log, and what the cluster says of them (contexts are named as in the declaration; yours may have other names):",
    ...places.map((place) =>
      shell(
        `# ${place.stage}`,
        kubectl(place, `get pods ${PODS(place.name)}`),
        kubectl(place, `logs ${PODS(place.name)} --all-containers --prefix --since 15m --tail 200`),
        kubectl(place, "get events --sort-by .lastTimestamp"),
      ),
    ),
    "Pods that are `Pending` with an event on the quota, or `CreateContainerConfigError` for a Secret that is missing, have nothing to do with the release. If the cluster itself doesn't answer, its owners are called: pods go on serving without its API.",
    "One pod hangs, and nothing was released: start all of them again, one after the other, with the version that they have:",
    shell(...places.map(restart)),
  ];
}

/** What runs, beside what the workflow says that it deployed. */
export function clusterChanges(source: RunbookSource, stage: string): readonly string[] {
  const place = placeOf(source, stage);
  if (place === undefined) return [];
  return place.workload === "rollout"
    ? [rollouts(place, "get rollout")]
    : [kubectl(place, `rollout history ${workloadOf(place)}`)];
}

/** The quickest way back while a canary runs: before the workflow that goes back is started. */
export function abortFirst(source: RunbookSource, stage: string): readonly Block[] {
  const place = placeOf(source, stage);
  if (place === undefined || source.service.cluster?.stages[stage]?.canary === undefined) return [];
  return [
    "Does a canary run, with a weight below 100? Then stop it first. The version before it has all its pods, and all requests a second later:",
    shell(rollouts(place, "get rollout"), rollouts(place, "abort")),
  ];
}

/** The way back without GitHub. */
export function clusterByHand(source: RunbookSource, stage: string): readonly Block[] {
  const place = placeOf(source, stage);
  if (place === undefined) return [];
  const { runbooks } = source.service;
  return [
    `Only if GitHub itself is down: the version before, by hand, with a login of your own. Say it in the channel; the next release must follow.${runbooks.includes("rollback") ? ` What else can be away: ${code(runbookPath("rollback"))}.` : ""}`,
    shell(...undoCommands(source, stage)),
  ];
}

/** Back to the version before, at once: without steps, and without a verdict. */
export function undoCommands(source: RunbookSource, stage: string): readonly string[] {
  const place = placeOf(source, stage);
  if (place === undefined) return [];
  if (place.workload === "deployment") return [kubectl(place, `rollout undo ${workloadOf(place)}`)];
  return [rollouts(place, "undo"), rollouts(place, "promote", "--full"), rollouts(place, "status")];
}
