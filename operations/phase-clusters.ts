import type { ClusterStage } from "../declaration/cluster";
import { phaseOfClusterStage } from "../declaration/cluster-in-phase";
import {
  gateTemplate,
  KUBERNETES,
  NAMESPACE_KIND,
  stepTemplate,
  watchTemplate,
  workloadName,
} from "../declaration/cluster-names";
import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import { ROLLOUTS } from "./phase-canary";
import type { ReaderOf } from "./preflight-cluster";
import { type Finding, failed, ok, unseen } from "./preflight-finding";
import type { ClusterReader } from "./preflight-kubectl";
import { recordOf, recordsOf } from "./record-of";

const TEMPLATES = "analysistemplates.argoproj.io";
const LOG_IN = "set KUBE_CONFIG_PATH, log in, and see that kubectl reaches the context";
const DEPLOY = "deploy the stage's stack";

/** What clusters say of one service, compared with what is declared. */
export class ClustersView {
  constructor(
    private readonly organization: Pick<Organization, "clusters">,
    private readonly service: Service,
    private readonly readerOf: ReaderOf,
  ) {}

  /** No preview is left over. @param now Unix, milliseconds */
  async previews(now: number): Promise<Finding> {
    const what = "previews end on time";
    const { previews } = this.service.cluster ?? {};
    if (previews === undefined) return ok(what, "the service declares none");
    const reader = this.reader(previews.cluster);
    if (reader === undefined) return unseen(what, `no cluster "${previews.cluster}" is declared`, LOG_IN);
    const answer = await reader.list("namespaces", {
      [KUBERNETES.kind]: NAMESPACE_KIND.preview,
      [KUBERNETES.service]: this.service.name,
    });
    if (answer.kind !== "found")
      return unseen(what, answer.kind === "unseen" ? answer.why : "kubectl said nothing", LOG_IN);
    const { items } = recordOf(answer.value);
    if (!Array.isArray(items)) return unseen(what, "the answer holds no list", LOG_IN);
    const there = recordsOf(items).map(({ metadata }) => recordOf(metadata));
    const over = there.filter(({ annotations }) => {
      const expiresAt = Date.parse(String(recordOf(annotations)[KUBERNETES.expiresAt]));
      return Number.isNaN(expiresAt) || expiresAt < now;
    });
    if (over.length === 0) return ok(what, `${there.length} there, none past its time`);
    const names = over.map(({ name }) => String(name)).join(", ");
    return failed(what, `past their time, or without one: ${names}`, "npx gatehouse preview sweep");
  }

  /** What stages that a phase brings run is well, and can be judged. */
  async stages(phase: "rehearsal" | "canary"): Promise<readonly Finding[]> {
    const brought = Object.entries(this.service.cluster?.stages ?? {}).filter(
      ([name]) => phaseOfClusterStage(this.service, name) === phase,
    );
    if (brought.length === 0) return [ok(`stages in clusters (${phase})`, "the service declares none")];
    const findings = brought.map(([name, stage]) => this.stage(name, stage));
    return (await Promise.all(findings)).flat();
  }

  private async stage(name: string, stage: ClusterStage): Promise<readonly Finding[]> {
    const what = `${stage.workload} of ${name}`;
    const reader = this.reader(stage.cluster);
    if (reader === undefined) return [unseen(what, `no cluster "${stage.cluster}" is declared`, LOG_IN)];
    const kind = stage.workload === "rollout" ? ROLLOUTS : "deployments.apps";
    const answer = await reader.get(kind, workloadName(this.service), stage.namespace);
    const workload =
      answer.kind === "unseen"
        ? unseen(what, answer.why, LOG_IN)
        : answer.kind === "absent"
          ? failed(what, "not there", DEPLOY)
          : workloadFinding(what, stage, answer.value);
    return [workload, ...(await this.templates(name, stage, reader))];
  }

  /** Rollouts of services with objectives are judged by the controller. */
  private async templates(name: string, stage: ClusterStage, reader: ClusterReader): Promise<readonly Finding[]> {
    const judged = this.service.objectives !== undefined && this.service.telemetry?.stages[name] !== undefined;
    if (stage.workload !== "rollout" || !judged) return [];
    const wanted = [
      gateTemplate(this.service),
      ...(stage.canary === undefined ? [] : [watchTemplate(this.service), stepTemplate(this.service)]),
    ];
    const findings = wanted.map(async (template) => {
      const what = `analysis ${template} of ${name}`;
      const answer = await reader.get(TEMPLATES, template, stage.namespace);
      if (answer.kind === "unseen") return unseen(what, answer.why, LOG_IN);
      return answer.kind === "found"
        ? ok(what, "there")
        : failed(what, "not there: nobody would judge a release", DEPLOY);
    });
    return Promise.all(findings);
  }

  private reader(name: string): ClusterReader | undefined {
    const cluster = this.organization.clusters?.[name];
    return cluster && this.readerOf(cluster);
  }
}

function workloadFinding(what: string, { workload, canary }: ClusterStage, object: unknown): Finding {
  const { metadata, spec, status } = recordOf(object);
  const { observedGeneration, phase, availableReplicas } = recordOf(status);
  if (String(observedGeneration) !== String(recordOf(metadata).generation))
    return unseen(what, "the controller has not looked at its newest version yet", "ask again in a minute");
  if (workload === "deployment") {
    const wanted = Number(recordOf(spec).replicas ?? 1);
    const available = Number(availableReplicas ?? 0);
    return available >= wanted
      ? ok(what, `${available} of ${wanted} pods are available`)
      : failed(what, `${available} of ${wanted} pods are available`, "see why pods don't get ready: kubectl describe");
  }
  if (phase !== "Healthy") return failed(what, `it is ${String(phase)}`, "see kubectl argo rollouts status");
  const { steps } = recordOf(recordOf(recordOf(spec).strategy).canary);
  const weights = recordsOf(steps).flatMap(({ setWeight }) => (setWeight === undefined ? [] : [setWeight]));
  const declared = (canary?.steps ?? []).filter((percent) => percent !== 100);
  return weights.join() === declared.join()
    ? ok(what, canary === undefined ? "Healthy" : `Healthy; steps ${canary.steps.join(", ")} %`)
    : failed(
        what,
        `its steps are ${weights.join(", ") || "none"}; declared are ${declared.join(", ") || "none"}`,
        DEPLOY,
      );
}
