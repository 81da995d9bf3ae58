import type { Block } from "../schema/schema";
import { type ProviderName, plainSchema } from "../schema/schemas";
import { r2Bucket, r2BucketLifecycle, r2BucketLock, r2ManagedDomain } from "./cloudflare/r2";
import { d1Database, workersKv, workersKvNamespace } from "./cloudflare/storage";
import { worker, workersCronTrigger, workersCustomDomain, workersRoute } from "./cloudflare/worker";
import { generalDataRule } from "./data";
import { GITHUB_DATA } from "./github/data";
import { dependabotSecurityUpdates } from "./github/dependabot";
import { deploymentPolicy, repositoryEnvironment } from "./github/environment";
import { issueLabel } from "./github/label";
import { repository } from "./github/repository";
import { organizationRuleset, repositoryRuleset } from "./github/ruleset";
import { environmentSecret, environmentVariable } from "./github/setting";
import { team, teamMembership, teamRepository } from "./github/team";
import { GRAFANA_RULES } from "./grafana/resource";
import { helmRelease } from "./helm/release";
import { kubernetesRule } from "./kubernetes/object";
import type { DataRule, ResourceRule } from "./rule";
import { sensitiveOnly } from "./sensitive";

/** The rules that are written for one type each. */
export const RULES: readonly ResourceRule[] = [
  repository,
  repositoryRuleset,
  organizationRuleset,
  repositoryEnvironment,
  deploymentPolicy,
  environmentSecret,
  environmentVariable,
  issueLabel,
  team,
  teamRepository,
  teamMembership,
  dependabotSecurityUpdates,
  worker,
  workersCustomDomain,
  workersRoute,
  workersCronTrigger,
  d1Database,
  workersKvNamespace,
  workersKv,
  r2Bucket,
  r2BucketLifecycle,
  r2BucketLock,
  r2ManagedDomain,
  helmRelease,
  ...GRAFANA_RULES,
];

const byType = new Map(RULES.map((rule) => [rule.type, rule]));

/** What is known of a type: its own rule, its provider's, or nothing. */
export function resourceRule(provider: ProviderName, type: string): ResourceRule {
  const known = byType.get(type);
  if (known !== undefined) {
    return known;
  }
  const rule =
    provider === "kubernetes" ? kubernetesRule(type, plainSchema(provider, "resource", type)) : sensitiveOnly(type);
  byType.set(type, rule);
  return rule;
}

/** How a data source finds what it tells. */
export function dataRule(type: string, schema: Block): DataRule {
  return GITHUB_DATA.find((rule) => rule.type === type) ?? generalDataRule(type, schema);
}
