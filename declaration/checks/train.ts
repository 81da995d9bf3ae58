import type { Cluster } from "../cluster";
import { phaseOfClusterStage } from "../cluster-in-phase";
import { reached } from "../phase";
import { show } from "../problem";
import { TRAIN_SECRETS, type Train } from "../release-train";
import { artifactDays } from "./artifact-days";
import type { CheckContext } from "./context";
import { fromMain, rehearsesElsewhere } from "./from-main";
import { readsSetting } from "./reads-setting";
import { refersTo } from "./refers-to";

/** A release train runs through stages that are in clusters, from `main` only, has the time it takes, and finds what it reads. */
export function trainProblems(context: CheckContext): void {
  const { service, report } = context;
  const { cluster } = service;
  if (cluster?.train === undefined) return;
  const { train } = cluster;
  const path = ["cluster", "train"];
  for (const other of ["release", "railway", "fly"] as const) {
    if (service[other] === undefined) continue;
    report(path, {
      came: `a release train beside ${other}`,
      expected: "one of the two: both tag what is deployed, and write scripts of one name",
      remedy: `drop ${other} or cluster.train, or make what runs elsewhere a service of its own`,
    });
  }
  const stages: string[] = [];
  for (const key of ["rehearsal", "stage"] as const) {
    const stage = train[key];
    if (stage === undefined) continue;
    // A stage that a later phase brings is not in its cluster yet.
    const here = reached(service, phaseOfClusterStage(service, stage)) ? cluster.stages : service.stages;
    if (!refersTo(report, [...path, key], stage, Object.keys(here), "stages in a cluster")) continue;
    if (!Object.hasOwn(service.stages, stage)) continue;
    stages.push(stage);
    fromMain(context, stage);
  }
  rehearsesElsewhere(context, path, train);
  refersTo(report, [...path, "unfreeze"], train.unfreeze, Object.keys(service.owners), "roles in owners");
  artifactDays(context, [...path, "evidenceDays"], train.evidenceDays);
  for (const key of Object.values(TRAIN_SECRETS)) readsSetting(context, path, key, "secret", stages);
  // Images are built and signed once, before the first stage.
  const { signing } = cluster;
  if (signing.kind === "key") {
    for (const key of ["privateKey", "password"] as const)
      readsSetting(context, ["cluster", "signing", key], signing[key], "secret", stages.slice(0, 1));
  }
  enoughTime(context, cluster, train);
}

/** The train's own deadline is later than the last verdict can come. */
function enoughTime({ report }: CheckContext, cluster: Cluster, train: Train): void {
  for (const stage of [train.rehearsal, train.stage]) {
    const canary = stage === undefined ? undefined : cluster.stages[stage]?.canary;
    if (canary === undefined) continue;
    const observed = Math.ceil(((canary.steps.length - 1) * canary.observeSeconds) / 60);
    if (observed < train.withinMinutes) continue;
    report(["cluster", "train", "withinMinutes"], {
      came: `${train.withinMinutes}, while the steps of ${show(stage)} are observed for ${observed} minutes`,
      expected: `more than ${observed}: also pods start and verdicts take time`,
      remedy: "write twice the time of observation, or shorten it",
    });
  }
}
