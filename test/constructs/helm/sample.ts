import type { CanaryReleaseProps } from "../../../constructs/helm/canary-release";
import { stageValues } from "../../../constructs/helm/stage-values";
import type { Service } from "../../../declaration/service";
import { organization } from "../../../services/organization";
import { summit } from "../../../services/summit";
import { type Changes, changed } from "../../declaration/change";

export const CHART = { path: "../../charts/service", version: "1.2.3", sha256: "c".repeat(64) };

/** A release of summit's production, with changes to its values. */
export function productionRelease(changes: Changes = {}): CanaryReleaseProps {
  const values = stageValues({ service: summit as Service, stage: "prod", organization });
  return { name: "summit", namespace: "summit-prod", chart: CHART, values: changed(values, changes) };
}
