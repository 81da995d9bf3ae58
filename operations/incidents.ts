import type { Service } from "../declaration/service";
import { ORGANIZATION_STACK, repositoryStackName, stageStackName } from "../declaration/stack-names";
import { folderUid } from "../objectives/names";
import type { World } from "../sandbox/world";
import type { WorldObject } from "../sandbox/world-object";

type Attributes = Readonly<Record<string, unknown>>;

/** Something that somebody does to the real thing behind Terraform's back. */
export interface Incident {
  readonly name: string;
  /** Stack that must notice. */
  readonly stack: string;
  readonly type: string;
  /** Attribute that must be found, at the beginning of the reported path. */
  readonly path: string;
  /** The object it is done to; undefined when the world has none, which is a failure of the deploy before. */
  find(world: World): WorldObject | undefined;
  tamper(attributes: Attributes): Attributes;
}

/** The incidents that can be played on a service, as it is declared. */
export function incidentsOf(service: Service): readonly Incident[] {
  const incidents: Incident[] = [
    {
      name: "a required check is removed from the ruleset of main",
      stack: repositoryStackName(service.name),
      type: "github_repository_ruleset",
      path: "rules",
      find: (world) =>
        world
          .list("github_repository_ruleset")
          .find(({ attributes }) => attributes.repository === service.name && attributes.name === "protected-main"),
      tamper: (attributes) =>
        inFirst(attributes, ["rules", "required_status_checks"], (checks) => ({
          ...checks,
          required_check: listOf(checks.required_check).slice(1),
        })),
    },
  ];
  const guarded = Object.keys(service.stages).at(-1);
  if (guarded !== undefined) {
    incidents.push({
      name: `the deployment branches of ${guarded} are opened up`,
      stack: stageStackName(service.name, guarded),
      type: "github_repository_environment_deployment_policy",
      path: "branch_pattern",
      find: (world) =>
        world
          .list("github_repository_environment_deployment_policy")
          .find(({ attributes }) => attributes.repository === service.name && attributes.environment === guarded),
      tamper: (attributes) => ({ ...attributes, branch_pattern: "*" }),
    });
  }
  for (const { backup } of Object.values(service.edge?.d1 ?? {})) {
    if (backup === undefined) continue;
    incidents.push({
      name: `the lock of the bucket ${backup.bucket} is shortened to a day`,
      stack: stageStackName(service.name, backup.stage),
      type: "cloudflare_r2_bucket_lock",
      path: "rules",
      find: (world) =>
        world.list("cloudflare_r2_bucket_lock").find(({ attributes }) => attributes.bucket_name === backup.bucket),
      tamper: (attributes) =>
        inFirst(attributes, ["rules"], (rule) => ({
          ...rule,
          condition: { ...record(rule.condition), max_age_seconds: 86_400 },
        })),
    });
    break;
  }
  return [...incidents, ...clusterIncidents(service), ...alertIncidents(service)];
}

/** Somebody needs a privileged pod, just this once. */
function clusterIncidents(service: Service): readonly Incident[] {
  const [stage, declared] = Object.entries(service.cluster?.stages ?? {}).at(-1) ?? [];
  if (stage === undefined || declared === undefined) return [];
  return [
    {
      name: `the namespace ${declared.namespace} admits privileged pods`,
      stack: stageStackName(service.name, stage),
      type: "kubernetes_namespace_v1",
      path: "metadata",
      find: (world) =>
        world.list("kubernetes_namespace_v1").find(({ attributes }) => nameOf(attributes) === declared.namespace),
      tamper: (attributes) =>
        inFirst(attributes, ["metadata"], (metadata) => ({
          ...metadata,
          labels: { ...record(metadata.labels), "pod-security.kubernetes.io/enforce": "privileged" },
        })),
    },
  ];
}

function nameOf({ metadata }: Attributes): unknown {
  return record(listOf(metadata)[0]).name;
}

/** Somebody silences what is too loud, in Grafana, and forgets it. */
function alertIncidents(service: Service): readonly Incident[] {
  const stage = Object.keys(service.telemetry?.stages ?? {}).at(-1);
  if (stage === undefined) return [];
  const folder = folderUid(service.name, stage);
  return [
    {
      name: `an alert of ${service.name} ${stage} is paused`,
      stack: stageStackName(service.name, stage),
      type: "grafana_rule_group",
      path: "rule",
      find: (world) => world.list("grafana_rule_group").find(({ attributes }) => attributes.folder_uid === folder),
      tamper: (attributes) => inFirst(attributes, ["rule"], (rule) => ({ ...rule, is_paused: true })),
    },
    {
      name: "a team's pages are sent to Grafana's first contact point",
      stack: ORGANIZATION_STACK,
      type: "grafana_notification_policy",
      path: "policy",
      find: (world) => world.list("grafana_notification_policy").at(0),
      tamper: (attributes) => {
        const teams = listOf(attributes.policy);
        const last = inFirst(record(teams.at(-1)), ["policy"], (page) => ({
          ...page,
          contact_point: "grafana-default-email",
        }));
        return { ...attributes, policy: [...teams.slice(0, -1), last] };
      },
    },
  ];
}

/** Changes the first element of a list of records, however deep. */
function inFirst(
  attributes: Attributes,
  path: readonly string[],
  change: (item: Attributes) => Attributes,
): Attributes {
  const [key = "", ...deeper] = path;
  const [first, ...others] = listOf(attributes[key]);
  const item = record(first);
  return { ...attributes, [key]: [deeper.length === 0 ? change(item) : inFirst(item, deeper, change), ...others] };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Attributes {
  return typeof value === "object" && value !== null ? (value as Attributes) : {};
}
