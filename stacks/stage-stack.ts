import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { cloudflareProvider } from "../constructs/cloudflare/provider";
import { DeploymentEnvironment } from "../constructs/github/deployment-environment";
import { githubProvider } from "../constructs/github/provider";
import { type Environment, environmentsOfStage } from "../declaration/environments";
import { stageFlags } from "../declaration/flag-document";
import type { ServiceEntry } from "../declaration/fleet";
import { healthUrl } from "../declaration/health-url";
import { missingSecrets } from "../declaration/missing-secrets";
import type { Organization } from "../declaration/organization";
import { reached } from "../declaration/phase";
import { stageStackName } from "../declaration/stack-names";
import { ClusterStage } from "./cluster-stage";
import { EdgeStage } from "./edge-stage";
import { chartOf, GatehouseStack, type RunProps } from "./gatehouse-stack";
import { ObservabilityStage } from "./observability-stage";

export interface StageStackProps {
  readonly entry: ServiceEntry;
  readonly organization: Organization;
  readonly stage: string;
}

/** One stage of a service: its deployment environments with their settings, what it runs on, and what watches it. */
export class StageStack extends GatehouseStack {
  constructor(scope: Construct, props: StageStackProps, run: RunProps) {
    const { entry, organization, stage } = props;
    const { service } = entry;
    super(scope, stageStackName(service.name, stage), organization.state, run);
    githubProvider(this);
    const edge = this.edge(props);
    const declared = service.stages[stage];
    if (declared === undefined)
      throw new Error(
        `service "${service.name}" has no stage "${stage}"; its stages: ${Object.keys(service.stages).join(", ")}`,
      );
    for (const environment of environmentsOfStage(stage, declared)) {
      new DeploymentEnvironment(this, `environment-${environment.name}`, {
        repository: service.name,
        environment: environment.name,
        reviewerTeams: [...new Set(environment.reviewers.map((role) => service.owners[role]?.team ?? role))],
        preventSelfReview: environment.preventSelfReview,
        waitMinutes: environment.waitMinutes,
        branches: environment.branches,
        variables: variablesOf(props, environment, edge),
        secrets: entry.sealed[environment.name] ?? {},
      });
    }
    if (service.cluster?.stages[stage] !== undefined)
      new ClusterStage(this, { service, stage, organization, chart: chartOf(run, "a stage in a cluster") });
    if (service.telemetry?.stages[stage] !== undefined && reached(service, "observability"))
      new ObservabilityStage(this, { service, stage, organization });
    this.warnOfMissingSecrets(props);
  }

  private edge({ entry, organization, stage }: StageStackProps): EdgeStage | undefined {
    const { edge, flags } = entry.service;
    if (edge?.workers[stage] === undefined || organization.cloudflare === undefined) return undefined;
    cloudflareProvider(this);
    const document = stageFlags(entry.service, stage);
    return new EdgeStage(this, {
      edge,
      stage,
      cloudflare: organization.cloudflare,
      ...(flags?.kv !== undefined && document !== undefined && { flags: { kv: flags.kv, document } }),
    });
  }

  private warnOfMissingSecrets({ entry, stage }: StageStackProps): void {
    const missing = missingSecrets(entry).filter((secret) => secret.stage === stage && !secret.optional);
    if (missing.length === 0) return;
    const list = missing.map(({ environment, key }) => `${key} (${environment})`).join(", ");
    Annotations.of(this).addWarning(`declared, and sealed by nobody yet, so not set: ${list}`);
  }
}

/** The variables that an environment has, with what is derived from the stage's own resources. */
function variablesOf(
  props: StageStackProps,
  environment: Environment,
  edge: EdgeStage | undefined,
): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [key, setting] of Object.entries(props.entry.service.settings)) {
    if (setting.kind !== "variable") continue;
    const value = setting.environments[environment.name];
    if (value !== undefined) variables[key] = typeof value === "string" ? value : derivedValue(props, value.from, edge);
  }
  return variables;
}

function derivedValue(
  { entry, organization, stage }: StageStackProps,
  from: string,
  edge: EdgeStage | undefined,
): string {
  const declared = entry.service.edge;
  const [kind, key = "", attribute] = from.split(".");
  const value =
    from === "cloudflare.accountId"
      ? organization.cloudflare?.accountId
      : from === "health.url"
        ? declared && healthUrl(declared, stage)
        : attribute === "id"
          ? edge?.ids[`${kind}.${key}`]
          : (kind === "d1" ? declared?.d1 : declared?.buckets)?.[key]?.names[stage];
  if (value === undefined)
    throw new Error(
      `"${from}" has no value in the stage "${stage}" of "${entry.service.name}"; declare what it comes from`,
    );
  return value;
}
