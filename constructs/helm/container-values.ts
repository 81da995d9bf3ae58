import type { ClusterStage } from "../../declaration/cluster";
import type { Container, Probe } from "../../declaration/container";
import { repositoryName } from "../../declaration/delivery-trace";
import { FLAGS_DIRECTORY, flagsConfigMap } from "../../declaration/flag-document";
import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import type { ProbeValues, ServiceValues } from "./service-values";

export interface ContainerOf {
  readonly service: Pick<Service, "name" | "flags">;
  readonly container: Container;
  readonly variables: ClusterStage["variables"];
  readonly resourceAttributes: ServiceValues["container"]["resourceAttributes"];
}

/** The container as the chart takes it. */
export function containerValues({
  service,
  container,
  variables = {},
  resourceAttributes,
}: ContainerOf): ServiceValues["container"] {
  const { metrics, cpuLimitMillis, secret } = container;
  return {
    port: container.port,
    ...(metrics && { metrics: { port: metrics.port, path: metrics.path } }),
    readiness: probeValues(container.readiness),
    liveness: probeValues(container.liveness),
    startWithinSeconds: container.startWithinSeconds,
    stopWithinSeconds: container.stopWithinSeconds,
    cpuMillis: container.cpuMillis,
    ...(cpuLimitMillis !== undefined && { cpuLimitMillis }),
    memoryMebibytes: container.memoryMebibytes,
    writable: container.writable ?? [],
    user: container.user,
    ...(secret !== undefined && { secret }),
    ...(service.flags && { flags: { configMap: flagsConfigMap(service), directory: FLAGS_DIRECTORY } }),
    variables,
    resourceAttributes,
  };
}

/**
 * What traces and metrics of the stage say about themselves, beside what the chart reads from the pod.
 * https://opentelemetry.io/docs/specs/semconv/registry/attributes/ (service, deployment, vcs)
 */
export function resourceAttributes(
  { name }: Pick<Service, "name">,
  stage: string,
  { github }: Pick<Organization, "github">,
): Readonly<Record<string, string>> {
  return {
    "deployment.environment.name": stage,
    "service.name": name,
    "service.namespace": github.login,
    "vcs.owner.name": github.login,
    "vcs.provider.name": "github",
    "vcs.repository.name": name,
    "vcs.repository.url.full": `https://github.com/${repositoryName({ name }, { github })}`,
  };
}

function probeValues({ path, everySeconds, failures }: Probe): ProbeValues {
  return { path, periodSeconds: everySeconds, failureThreshold: failures };
}
