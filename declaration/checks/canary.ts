import type { ClusterStage } from "../cluster";
import { show } from "../problem";
import type { CheckContext } from "./context";
import { percentSteps } from "./percent-steps";

/** With fewer samples a rate says more about the scrape than about the service. */
const LEAST_SCRAPES = 5;

/** A canary can be stepped, and can be judged: it has a controller, objectives, and metrics that see it. */
export function canaryProblems({ organization, service, report }: CheckContext, stage: string, declared: ClusterStage) {
  const { canary, cluster, workload } = declared;
  if (canary === undefined) return;
  const path = ["cluster", "stages", stage, "canary"];
  percentSteps(report, [...path, "steps"], canary.steps);
  if (workload !== "rollout") {
    report(path, {
      came: `a canary of a ${workload}`,
      expected: 'workload: "rollout": Kubernetes itself divides no traffic and judges nothing',
      remedy: 'write "rollout", or drop canary',
    });
  }
  if (Object.keys(service.objectives ?? {}).length === 0) {
    report(path, {
      came: "a canary without objectives",
      expected: "at least one objective: without a promise there is nothing to judge it by",
      remedy: "declare objectives, or drop canary",
    });
  }
  if (service.telemetry !== undefined && !Object.hasOwn(service.telemetry.stages, stage)) {
    report(path, {
      came: `a canary in ${show(stage)}, of whose metrics nothing is known`,
      expected: "the stage in telemetry.stages",
      remedy: `declare telemetry.stages.${stage}, or drop canary`,
    });
  }
  const home = organization.clusters?.[cluster];
  if (home !== undefined && home.metrics === undefined) {
    report(path, {
      came: `a canary in the cluster ${show(cluster)}, which has no metrics`,
      expected: "a Prometheus that the cluster's controller can ask",
      remedy: `declare organization.clusters.${cluster}.metrics, or drop canary`,
    });
  }
  const source = service.telemetry && organization.grafana?.dataSources[service.telemetry.dataSource];
  const least = source === undefined ? 0 : LEAST_SCRAPES * source.scrapeSeconds;
  if (canary.observeSeconds < least) {
    report([...path, "observeSeconds"], {
      came: `${canary.observeSeconds} s, with a scrape each ${source?.scrapeSeconds} s`,
      expected: `at least ${least} s: ${LEAST_SCRAPES} scrapes`,
      remedy: `write ${least} or more`,
    });
  }
}
