/** What is done to a value: it is taken away, or becomes another. */
export const TAKEN_AWAY = Symbol("taken away");

export interface Weakening {
  /** Type of the resource. */
  readonly type: string;
  /** Property, with `[]` for each element of a list; empty for the whole resource. */
  readonly property: string;
  /** What it becomes. Undefined from the function: there is nothing to weaken in this one. */
  readonly to: typeof TAKEN_AWAY | ((value: unknown, resource: Readonly<Record<string, unknown>>) => unknown);
}

const off = (value: unknown) => (value === true ? false : undefined);
const on = (value: unknown) => (value === false ? true : undefined);
const to = (weaker: unknown) => (value: unknown) =>
  JSON.stringify(value) === JSON.stringify(weaker) ? undefined : weaker;
const added = (element: unknown) => (value: unknown) => [...(Array.isArray(value) ? value : []), element];
const tenth = (value: unknown) =>
  typeof value === "number" && value > 1 ? Math.max(1, Math.floor(value / 10)) : undefined;

const of = (type: string, properties: Readonly<Record<string, Weakening["to"]>>): readonly Weakening[] =>
  Object.entries(properties).map(([property, weaker]) => ({ type, property, to: weaker }));

const kept = { "lifecycle.prevent_destroy": off } as const;

/** Every property of synthesized stacks that protects something, and what would take its protection away. */
export const WEAKENINGS: readonly Weakening[] = [
  ...of("github_repository_ruleset", {
    "": TAKEN_AWAY,
    enforcement: to("evaluate"),
    bypass_actors: added({ actor_id: 1, actor_type: "OrganizationAdmin", bypass_mode: "always" }),
    "conditions.ref_name.include": to(["refs/heads/nothing"]),
    "conditions.ref_name.exclude": (value, { conditions }) =>
      added((conditions as { ref_name: { include: readonly string[] } }).ref_name.include[0])(value),
    "rules.creation": off,
    "rules.update": off,
    "rules.deletion": off,
    "rules.non_fast_forward": off,
    "rules.required_linear_history": off,
    "rules.pull_request": TAKEN_AWAY,
    "rules.pull_request.dismiss_stale_reviews_on_push": off,
    "rules.pull_request.require_code_owner_review": off,
    "rules.pull_request.require_last_push_approval": off,
    "rules.pull_request.required_approving_review_count": to(0),
    "rules.pull_request.required_review_thread_resolution": off,
    "rules.required_status_checks": TAKEN_AWAY,
    "rules.required_status_checks.strict_required_status_checks_policy": off,
    "rules.required_status_checks.required_check[]": TAKEN_AWAY,
    "rules.required_status_checks.required_check[].integration_id": TAKEN_AWAY,
  }),
  ...of("github_organization_ruleset", {
    "": TAKEN_AWAY,
    enforcement: to("disabled"),
    bypass_actors: added({ actor_id: 1, actor_type: "OrganizationAdmin", bypass_mode: "always" }),
    "conditions.ref_name.include": to(["refs/heads/nothing"]),
    "conditions.repository_name.include": to(["nothing"]),
    "rules.deletion": off,
    "rules.non_fast_forward": off,
  }),
  ...of("github_repository", {
    ...kept,
    vulnerability_alerts: off,
    delete_branch_on_merge: off,
    archive_on_destroy: off,
    allow_merge_commit: on,
    allow_rebase_merge: on,
    "security_and_analysis.secret_scanning.status": to("disabled"),
    "security_and_analysis.secret_scanning_push_protection.status": to("disabled"),
  }),
  ...of("github_branch_default", { branch: to("develop") }),
  ...of("github_repository_environment", {
    reviewers: (value) => (hasReviewers(value) ? TAKEN_AWAY : undefined),
    prevent_self_review: off,
    wait_timer: (value) => (typeof value === "number" && value > 0 ? 0 : undefined),
    can_admins_bypass: on,
    deployment_branch_policy: TAKEN_AWAY,
  }),
  ...of("github_repository_environment_deployment_policy", { branch_pattern: to("*") }),
  ...of("github_team", { ...kept, privacy: to("secret") }),
  ...of("github_team_repository", { permission: to("admin") }),
  ...of("cloudflare_d1_database", { ...kept, "": TAKEN_AWAY }),
  ...of("cloudflare_r2_bucket", { ...kept, "": TAKEN_AWAY }),
  ...of("cloudflare_r2_bucket_lock", {
    "": TAKEN_AWAY,
    "rules[]": TAKEN_AWAY,
    "rules[].enabled": off,
    "rules[].condition.max_age_seconds": tenth,
  }),
  ...of("cloudflare_r2_bucket_lifecycle", { "rules[].delete_objects_transition.condition.max_age": tenth }),
  ...of("cloudflare_r2_managed_domain", { "": TAKEN_AWAY, enabled: on }),
  ...of("cloudflare_worker", {
    "observability.enabled": off,
    "observability.logs.enabled": off,
    "subdomain.enabled": on,
    "subdomain.previews_enabled": on,
  }),
  ...of("grafana_rule_group", {
    "": TAKEN_AWAY,
    "rule[]": TAKEN_AWAY,
    "rule[].is_paused": () => true,
    "rule[].for": to("24h"),
    "rule[].exec_err_state": to("OK"),
    "rule[].no_data_state": (value) => (value === "OK" ? undefined : "OK"),
    "rule[].labels.severity": TAKEN_AWAY,
    "rule[].labels.team": TAKEN_AWAY,
    "rule[].annotations.runbook_url": TAKEN_AWAY,
    "rule[].uid": TAKEN_AWAY,
  }),
  ...of("grafana_notification_policy", {
    "": TAKEN_AWAY,
    ...kept,
    contact_point: to("grafana-default-email"),
    "policy[]": TAKEN_AWAY,
    "policy[].policy[]": TAKEN_AWAY,
    "policy[].policy[].contact_point": to("grafana-default-email"),
    "policy[].policy[].mute_timings": added("always"),
  }),
  ...of("grafana_contact_point", { "": TAKEN_AWAY }),
  ...of("grafana_data_source", { ...kept, url: to("http://prometheus.example.com") }),
  ...of("grafana_folder", { prevent_destroy_if_not_empty: off }),
  ...of("helm_release", {
    atomic: off,
    cleanup_on_fail: off,
    wait: off,
    wait_for_jobs: off,
    lint: off,
    max_history: to(1),
    version: TAKEN_AWAY,
    repository: (value) => (typeof value === "string" ? value.replace("https:", "http:") : undefined),
    force_update: on,
    recreate_pods: on,
    replace: on,
    take_ownership: on,
    disable_openapi_validation: on,
    disable_webhooks: on,
    reuse_values: on,
  }),
  ...of("kubernetes_namespace_v1", {
    ...kept,
    "metadata.labels.pod-security\\.kubernetes\\.io/enforce": to("privileged"),
    "metadata.labels.pod-security\\.kubernetes\\.io/warn": TAKEN_AWAY,
    "metadata.labels.pod-security\\.kubernetes\\.io/audit": TAKEN_AWAY,
  }),
  ...of("kubernetes_network_policy_v1", {
    "": (_value, { spec }) => (allowsNothing(spec) ? TAKEN_AWAY : undefined),
    "spec.policy_types": (value) => (Array.isArray(value) && value.length === 2 ? ["Ingress"] : undefined),
    "spec.ingress": (value) => (Array.isArray(value) ? [{}] : undefined),
    "spec.egress": (value) => (Array.isArray(value) ? [{}] : undefined),
    "spec.ingress[].from": TAKEN_AWAY,
    "spec.egress[].to": TAKEN_AWAY,
  }),
  ...of("kubernetes_resource_quota_v1", {
    "": TAKEN_AWAY,
    "spec.hard.pods": TAKEN_AWAY,
    "spec.hard.requests\\.cpu": TAKEN_AWAY,
    "spec.hard.requests\\.memory": TAKEN_AWAY,
    "spec.hard.limits\\.memory": TAKEN_AWAY,
    "spec.hard.services\\.loadbalancers": TAKEN_AWAY,
    "spec.hard.services\\.nodeports": TAKEN_AWAY,
  }),
  ...of("kubernetes_limit_range_v1", { "": TAKEN_AWAY }),
  ...of("kubernetes_role_v1", {
    "rule[].verbs": to(["*"]),
    "rule[].resources": to(["*"]),
    rule: added({ api_groups: [""], resources: ["secrets"], verbs: ["get", "list"] }),
  }),
  ...of("kubernetes_role_binding_v1", {
    role_ref: to({ api_group: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" }),
    subject: added({ kind: "Group", name: "system:authenticated", api_group: "rbac.authorization.k8s.io" }),
  }),
  ...of("kubernetes_service_account_v1", { automount_service_account_token: on }),
];

/** A policy that allows something may go: less is allowed then. */
function allowsNothing(spec: unknown): boolean {
  const { ingress, egress } = spec as { readonly ingress?: unknown; readonly egress?: unknown };
  return ingress === undefined && egress === undefined;
}

function hasReviewers(value: unknown): boolean {
  const blocks = (Array.isArray(value) ? value : [value]) as readonly { readonly teams?: readonly unknown[] }[];
  return blocks.some((block) => (block?.teams?.length ?? 0) > 0);
}

export interface Weakened {
  readonly type: string;
  /** Of the resource. */
  readonly name: string;
  /** As in the table. */
  readonly property: string;
  readonly before: Readonly<Record<string, unknown>>;
  /** Undefined: the resource is gone. */
  readonly after: Readonly<Record<string, unknown>> | undefined;
}

export type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** Every way in which one property of one resource of a stack is weakened. */
export function weakened(resources: Resources): readonly Weakened[] {
  return WEAKENINGS.flatMap(({ type, property, to: weaker }) =>
    Object.entries(resources[type] ?? {}).flatMap(([name, before]): readonly Weakened[] => {
      const all = { type, name, property, before };
      if (property === "") {
        const goes = typeof weaker !== "function" || weaker(before, before) === TAKEN_AWAY;
        return goes ? [{ ...all, after: undefined }] : [];
      }
      return placesOf(before, keysOf(property)).flatMap((path) => {
        const after = structuredClone(before) as Record<string, unknown>;
        return changed(after, path, weaker, before) ? [{ ...all, after }] : [];
      });
    }),
  );
}

/** `a.b[].c`; a dot that belongs to a key has a backslash before it. */
function keysOf(property: string): readonly string[] {
  return property
    .replaceAll("[]", ".[]")
    .split(/(?<!\\)\./)
    .map((key) => key.replaceAll("\\.", "."));
}

/** Every place in a value that keys lead to; the last need not be there. */
function placesOf(value: unknown, [key, ...rest]: readonly string[]): readonly (readonly (string | number)[])[] {
  if (key === undefined) return [[]];
  if (key === "[]")
    return Array.isArray(value)
      ? value.flatMap((each, index) => placesOf(each, rest).map((path) => [index, ...path]))
      : [];
  if (value === null || typeof value !== "object") return [];
  if (rest.length === 0) return [[key]];
  return placesOf((value as Record<string, unknown>)[key], rest).map((path) => [key, ...path]);
}

function changed(
  root: Record<string, unknown>,
  path: readonly (string | number)[],
  weaker: Weakening["to"],
  resource: Readonly<Record<string, unknown>>,
): boolean {
  const last = path.at(-1) ?? "";
  const owner = path
    .slice(0, -1)
    .reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], root);
  const parent = owner as Record<string | number, unknown>;
  const value = parent[last];
  const next = typeof weaker === "function" ? weaker(value, resource) : value === undefined ? undefined : TAKEN_AWAY;
  if (next === undefined) return false;
  if (next !== TAKEN_AWAY) parent[last] = next;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return true;
}
