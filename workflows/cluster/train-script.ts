import { gateTemplate, imageRepository, KUBERNETES, workloadName } from "../../declaration/cluster-names";
import { DELIVERY, repositoryName } from "../../declaration/delivery-trace";
import type { Organization } from "../../declaration/organization";
import { FREEZE_TAG, KNOWN_GOOD_BEFORE, TRAIN_SECRETS } from "../../declaration/release-train";
import { teamMention } from "../documents/team-mention";
import type { RenderedFile } from "../rendered-file";
import { INTERRUPTIBLE } from "../shell-basics";
import { type ShellConstant, shellScript } from "../shell-script";
import { BUILDER, registryOf, signingConstants } from "./signing-functions";
import { FORMS, TRAIN_BASICS } from "./train-basics";
import { TRAIN_WORKFLOW, type Trainable, trainStages } from "./train-service";

/** Between two looks at the cluster. Seconds. */
const PAUSE_SECONDS = 10;

/** So many looks in a row may fail before the watch gives up, and leaves all to the cluster's controller: five minutes. */
const BLIND_LOOKS = 30;

/** The gate's measurements take a minute or two. */
export const GATE_MINUTES = 15;

/** Until all pods are of the known-good version again: its images are there, only pods have to start. */
export const ROLLBACK_MINUTES = 15;

export interface TrainScriptProps {
  /** Path in the repository. */
  readonly path: string;
  /** What the script does. */
  readonly about: readonly string[];
  /** What this script alone knows. @default - nothing */
  readonly constants?: Readonly<Record<string, ShellConstant>>;
  /** Bash, one after another, behind what all of them share. */
  readonly parts: readonly string[];
}

/** A script of the release train, with what the declaration says at its head: of all constants those that it uses. */
export function trainScript(service: Trainable, organization: Organization, props: TrainScriptProps): RenderedFile {
  const parts = [TRAIN_BASICS, INTERRUPTIBLE, ...props.parts];
  const all = {
    ...FORMS,
    ...constants(service, organization),
    ...signingConstants(service, organization),
    ...props.constants,
  };
  const code = parts.join("\n").replace(/^ *#.*$/gm, "");
  const used = Object.entries(all).filter(([name]) => new RegExp(`\\b${name}\\b`).test(code));
  // jq has variables of its own, which look like the shell's.
  const about = [...props.about, "", "shellcheck disable=SC2016"];
  return shellScript({ ...props, parts, about, service: service.name, constants: Object.fromEntries(used) });
}

function constants(service: Trainable, organization: Organization) {
  const { train, stages } = service.cluster;
  const byStage = (value: (stage: string) => string) =>
    new Map(trainStages(service).map((stage) => [stage, value(stage)]));
  return {
    SERVICE: service.name,
    WORKFLOW: TRAIN_WORKFLOW,
    IMAGE: imageRepository(service, organization),
    REGISTRY: registryOf(imageRepository(service, organization)),
    NAME: workloadName(service),
    GATE: gateTemplate(service),
    NAMESPACES: byStage((stage) => stages[stage]?.namespace ?? ""),
    WORKLOADS: byStage((stage) => stages[stage]?.workload ?? ""),
    FIRST_STAGE: trainStages(service)[0] ?? "",
    KNOWN_GOOD: KUBERNETES.knownGood,
    KNOWN_GOOD_BEFORE,
    REPOSITORY: repositoryName(service, organization),
    BUILDER,
    COMMIT_ANNOTATION: KUBERNETES.commit,
    RELEASE_ANNOTATION: KUBERNETES.release,
    CHANGE_ATTRIBUTE: DELIVERY.change,
    RUN_ATTRIBUTE: DELIVERY.run,
    RUN_URL_ATTRIBUTE: DELIVERY.runUrl,
    TRACE_ATTRIBUTE: DELIVERY.traceId,
    TRACEPARENT_ATTRIBUTE: DELIVERY.traceparent,
    KUBE_CONFIG_SECRET: TRAIN_SECRETS.kubeconfig,
    WITHIN_MINUTES: train.withinMinutes,
    GATE_MINUTES,
    ROLLBACK_MINUTES,
    PAUSE_SECONDS,
    BLIND_LOOKS,
    TAG_PREFIX: train.tags.replace(/\*$/, ""),
    FREEZE_TAG,
    UNFREEZE_ROLE: train.unfreeze,
    UNFREEZE_TEAM: teamMention(train.unfreeze, service, organization),
  };
}
