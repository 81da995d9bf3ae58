import { previewValues } from "../../constructs/helm/preview-values";
import type { ServiceValues } from "../../constructs/helm/service-values";
import { stageValues } from "../../constructs/helm/stage-values";
import { fleet } from "../../services/fleet";

const chartHash = "c".repeat(64);

/** Values of every release that the declared services have, by stack; a preview of each service too, awake and asleep. */
export function fleetValues(): readonly (readonly [string, ServiceValues])[] {
  const { organization } = fleet;
  return fleet.services.flatMap(({ service }) => {
    const stages = Object.keys(service.cluster?.stages ?? {}).map(
      (stage) => [`${service.name}-${stage}`, stageValues({ service, stage, organization })] as const,
    );
    const previews =
      service.cluster?.previews === undefined
        ? []
        : [false, true].map((asleep) => {
            const values = previewValues({ service, organization, pullRequest: 42, asleep });
            return [`${service.name}-preview-42${asleep ? ", asleep" : ""}`, values] as const;
          });
    return [...stages, ...previews].map(([name, values]) => [name, { ...values, chartHash }] as const);
  });
}
