import type { Cluster } from "../../declaration/cluster";
import { reached } from "../../declaration/phase";
import type { Train } from "../../declaration/release-train";
import type { Service } from "../../declaration/service";

export const TRAIN_WORKFLOW = "release-train.yml";

/** A service whose commits a release train brings into clusters. */
export type Trainable = Service & { readonly cluster: Cluster & { readonly train: Train } };

/** From the phase on in which images are signed. */
export function isTrainable(service: Service): service is Trainable {
  return service.cluster?.train !== undefined && reached(service, "signing");
}

/** The stages that the train goes to, in order: those whose phase is reached. */
export function trainStages(service: Trainable): readonly string[] {
  const { rehearsal, stage } = service.cluster.train;
  return [
    ...(rehearsal !== undefined && reached(service, "rehearsal") ? [rehearsal] : []),
    ...(reached(service, "canary") ? [stage] : []),
  ];
}

/** Where the image is built and signed: in the environment of the train's first stage, which has the keys for it. */
export function buildEnvironment({ cluster }: Trainable): string {
  return cluster.train.rehearsal ?? cluster.train.stage;
}
