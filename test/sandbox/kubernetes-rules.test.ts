import { type Held, Workbench } from "./workbench";

const NAMESPACE = { metadata: [{ name: "pos" }] };
const WITHIN = { name: "it", namespace: "pos" };

function namespace(labels: Readonly<Record<string, string>>) {
  return { metadata: [{ name: "pos", labels }] };
}

function quota(hard: Readonly<Record<string, string>>, more: object = {}) {
  return { metadata: [WITHIN], spec: [{ hard, ...more }] };
}

function limits(...limit: readonly object[]) {
  return { metadata: [WITHIN], spec: [{ limit }] };
}

function policy(more: object) {
  return { metadata: [WITHIN], spec: [{ pod_selector: [{}], policy_types: ["Ingress"], ...more }] };
}

function ingress(rule: object) {
  return policy({ ingress: [rule] });
}

const ROLE = {
  metadata: [WITHIN],
  rule: [{ api_groups: [""], resources: ["pods"], verbs: ["get"] }],
};
const REFERENCE = { api_group: "rbac.authorization.k8s.io", kind: "Role", name: "it" };

function binding(subject: object, reference: object = {}) {
  return { metadata: [WITHIN], role_ref: [{ ...REFERENCE, ...reference }], subject: [subject] };
}

const ACCOUNT = { kind: "ServiceAccount", name: "it", namespace: "pos" };

describe("kubernetes accepts", () => {
  test.each([
    ["kubernetes_namespace_v1", namespace({ "pod-security.kubernetes.io/enforce-version": "v1.33" })],
    ["kubernetes_namespace_v1", { metadata: [{ generate_name: "pr-" }] }],
    ["kubernetes_resource_quota_v1", quota({ pods: "20", "requests.cpu": "500m", "count/jobs.batch": "1k" })],
    ["kubernetes_resource_quota_v1", quota({ pods: "1" }, { scopes: ["BestEffort"] })],
    ["kubernetes_limit_range_v1", limits({ type: "Container", default: { memory: "1Gi" }, max: { memory: "1024Mi" } })],
    ["kubernetes_network_policy_v1", policy({ policy_types: ["Ingress", "Egress"] })],
    [
      "kubernetes_network_policy_v1",
      ingress({
        from: [{ namespace_selector: [{}], pod_selector: [{}] }, { ip_block: [{ cidr: "fd00::/8" }] }],
        ports: [{ port: "8080", end_port: 8090 }, { port: "http" }],
      }),
    ],
    ["kubernetes_service_account_v1", { metadata: [WITHIN] }],
    ["kubernetes_config_map_v1", { metadata: [WITHIN], data: { "flags.json": "{}", _: "" } }],
    ["kubernetes_role_v1", { ...ROLE, metadata: [{ ...WITHIN, name: "system:It" }] }],
    ["kubernetes_role_binding_v1", binding(ACCOUNT)],
  ])("a %s that is in order", (type, config) => {
    expect(new Workbench().refusals(type, config)).toEqual([]);
  });
});

describe("kubernetes refuses", () => {
  test.each([
    ["a name in upper case", "kubernetes_service_account_v1", { metadata: [{ name: "Pos" }] }, "lower-case letters"],
    ["a dot for a namespace", "kubernetes_namespace_v1", { metadata: [{ name: "a.b" }] }, "a DNS label"],
    ["no name at all", "kubernetes_namespace_v1", { metadata: [{}] }, "a name or a generate_name"],
    [
      "two names",
      "kubernetes_namespace_v1",
      { metadata: [{ name: "a", generate_name: "b-" }] },
      "either metadata.name or metadata.generate_name",
    ],
    ["a slash in a role's name", "kubernetes_role_v1", { ...ROLE, metadata: [{ name: "a/b" }] }, "without '/'"],
    [
      "a label with two slashes",
      "kubernetes_namespace_v1",
      namespace({ "a/b/c": "" }),
      'a key such as "example.com/name"',
    ],
    ["a label's value with a slash", "kubernetes_namespace_v1", namespace({ a: "b/c" }), "a label value of at most 63"],
    [
      "an annotation without a name",
      "kubernetes_namespace_v1",
      { metadata: [{ name: "pos", annotations: { "example.com/": "" } }] },
      'a key such as "example.com/name"',
    ],
    [
      "an unknown level of pod security",
      "kubernetes_namespace_v1",
      namespace({ "pod-security.kubernetes.io/warn": "strict" }),
      "one of privileged, baseline, restricted",
    ],
    [
      "a version of pod security without its v",
      "kubernetes_namespace_v1",
      namespace({ "pod-security.kubernetes.io/audit-version": "1.33" }),
      'latest, or a minor version such as "v1.33"',
    ],
    [
      "a quota of nothing that counts",
      "kubernetes_resource_quota_v1",
      quota({ cores: "1" }),
      "a resource that quotas count",
    ],
    ["a quota that is no quantity", "kubernetes_resource_quota_v1", quota({ cpu: "one" }), "a quantity from 0 on"],
    ["a quota below nothing", "kubernetes_resource_quota_v1", quota({ cpu: "-1" }), "a quantity from 0 on"],
    ["half a pod", "kubernetes_resource_quota_v1", quota({ pods: "500m" }), "a whole number of pods"],
    ["an unknown scope", "kubernetes_resource_quota_v1", quota({}, { scopes: ["All"] }), "one of Terminating"],
    ["a limit of an unknown type", "kubernetes_limit_range_v1", limits({ type: "Job" }), "one of Container, Pod"],
    [
      "two limits of one type",
      "kubernetes_limit_range_v1",
      limits({ type: "Container" }, { type: "Container" }),
      "a type that no other limit has",
    ],
    [
      "a default for pods",
      "kubernetes_limit_range_v1",
      limits({ type: "Pod", default: { cpu: "1" } }),
      "no default for pods",
    ],
    [
      "a default above the maximum",
      "kubernetes_limit_range_v1",
      limits({ type: "Container", default: { memory: "1025Mi" }, max: { memory: "1Gi" } }),
      "default of at most max, 1Gi",
    ],
    [
      "an unknown type of policy",
      "kubernetes_network_policy_v1",
      policy({ policy_types: ["ingress"] }),
      "Ingress, Egress, or both",
    ],
    [
      "a protocol in lower case",
      "kubernetes_network_policy_v1",
      ingress({ ports: [{ protocol: "tcp" }] }),
      "one of TCP",
    ],
    ["port 0", "kubernetes_network_policy_v1", ingress({ ports: [{ port: "0" }] }), "a port from 1 to 65535"],
    [
      "a range of ports that ends before it begins",
      "kubernetes_network_policy_v1",
      ingress({ ports: [{ port: "80", end_port: 79 }] }),
      "a port from `port`",
    ],
    ["a peer that is nobody", "kubernetes_network_policy_v1", ingress({ from: [{}] }), "ip_block, or a selector"],
    [
      "a peer by address and by label",
      "kubernetes_network_policy_v1",
      ingress({ from: [{ ip_block: [{ cidr: "10.0.0.0/8" }], pod_selector: [{}] }] }),
      "ip_block alone",
    ],
    [
      "an address without its prefix",
      "kubernetes_network_policy_v1",
      ingress({ from: [{ ip_block: [{ cidr: "10.0.0.1" }] }] }),
      "a block of addresses",
    ],
    [
      "a key with a slash",
      "kubernetes_config_map_v1",
      { metadata: [WITHIN], data: { "a/b": "" } },
      "a key of letters, digits",
    ],
    [
      "more than a mebibyte",
      "kubernetes_config_map_v1",
      { metadata: [WITHIN], data: { a: "é".repeat(262_144), b: "é".repeat(262_144), c: "x" } },
      "at most 1048576 bytes",
    ],
    [
      "a rule about nothing",
      "kubernetes_role_v1",
      { ...ROLE, rule: [{ ...ROLE.rule[0], verbs: [] }] },
      "at least one of the verbs",
    ],
    [
      "a reference to no role",
      "kubernetes_role_binding_v1",
      binding(ACCOUNT, { kind: "Roles" }),
      "one of Role, ClusterRole",
    ],
    [
      "a subject of an unknown kind",
      "kubernetes_role_binding_v1",
      binding({ kind: "Team", name: "pos" }),
      "one of ServiceAccount",
    ],
    [
      "a service account of a group",
      "kubernetes_role_binding_v1",
      binding({ ...ACCOUNT, api_group: "rbac.authorization.k8s.io" }),
      'expected ""',
    ],
  ])("%s", (_, type, config, words) => {
    const refusals = new Workbench().refusals(type, config);
    expect(refusals).toEqual([expect.stringContaining(words)]);
    expect(refusals[0]).toMatch(new RegExp(`^sandbox: ${type} refuses .+ \\| Came .+, expected .+\\. .+`, "s"));
  });
});

describe("at apply, kubernetes refuses", () => {
  test("what is in a namespace that isn't there", () => {
    expect(() => new Workbench().make("kubernetes_role_v1", ROLE)).toThrow('namespaces "pos" not found');
  });

  test.each([
    ["a namespace that every cluster has", "kubernetes_namespace_v1", { metadata: [{ name: "kube-system" }] }],
    [
      "a service account that every namespace has",
      "kubernetes_service_account_v1",
      { metadata: [{ name: "default", namespace: "pos" }] },
    ],
  ])("%s", (_, type, config) => {
    const bench = new Workbench();
    bench.make("kubernetes_namespace_v1", NAMESPACE);
    expect(() => bench.make(type, config)).toThrow("already exists");
  });

  test("a binding to a role that isn't there, but not one to a role of the cluster", () => {
    const bench = new Workbench();
    bench.make("kubernetes_namespace_v1", NAMESPACE);
    expect(() => bench.make("kubernetes_role_binding_v1", binding(ACCOUNT))).toThrow(
      'roles.rbac.authorization.k8s.io "it" not found: create the role first',
    );
    bench.make("kubernetes_role_binding_v1", binding(ACCOUNT, { kind: "ClusterRole", name: "view" }));
  });
});

describe("kubernetes", () => {
  let bench: Workbench;
  beforeEach(() => {
    bench = new Workbench();
    bench.make("kubernetes_namespace_v1", NAMESPACE);
  });

  /** What a plan would change, after a refresh. */
  function planned({ type, state }: Held, config: object) {
    return bench.standIn(type).plan(type, bench.config(type, config as never), state).planned;
  }

  test("fills in what the configuration leaves open", () => {
    const account = bench.make("kubernetes_service_account_v1", { metadata: [WITHIN] });
    expect(account.state).toMatchObject({
      id: "pos/it",
      automount_service_account_token: true,
      default_secret_name: "",
    });
    const { state } = bench.make("kubernetes_network_policy_v1", ingress({ ports: [{ port: "80" }] }));
    expect(state).toMatchObject({ spec: [{ ingress: [{ ports: [{ port: "80", protocol: "TCP" }] }] }] });
  });

  test("takes the namespace `default` for a subject's that isn't said, and the API's group for a user", () => {
    bench.make("kubernetes_role_v1", ROLE);
    const { state } = bench.make("kubernetes_role_binding_v1", binding({ kind: "User", name: "ann" }));
    expect(state).toMatchObject({ subject: [{ api_group: "rbac.authorization.k8s.io", namespace: "default" }] });
  });

  test("replaces a binding for another role, but not for another subject", () => {
    bench.make("kubernetes_role_v1", ROLE);
    const held = bench.make("kubernetes_role_binding_v1", binding(ACCOUNT));
    expect(bench.replaces(held, binding(ACCOUNT, { name: "other" }))).toEqual(["role_ref.0.name"]);
    expect(bench.replaces(held, binding({ ...ACCOUNT, name: "other" }))).toEqual([]);
  });

  test("replaces a quota for another scope or name, but not for another limit", () => {
    const held = bench.make("kubernetes_resource_quota_v1", quota({ pods: "1" }));
    expect(bench.replaces(held, quota({ pods: "2" }))).toEqual([]);
    expect(bench.replaces(held, quota({ pods: "1" }, { scopes: ["BestEffort"] }))).toEqual(["spec.0.scopes"]);
    expect(bench.replaces(held, { ...quota({ pods: "1" }), metadata: [{ ...WITHIN, name: "other" }] })).toEqual([
      "metadata.0.name",
    ]);
  });

  test("plans no change for a quota that is written in another way than the API server's", () => {
    const config = quota({ "requests.cpu": "4000m", "limits.memory": "1024Mi" });
    const held = bench.make("kubernetes_resource_quota_v1", config);
    expect(held.state).toMatchObject({ spec: [{ hard: { "requests.cpu": "4", "limits.memory": "1Gi" } }] });
    expect(planned(held, config)).toEqual(held.state);
    expect(planned(held, quota({ "requests.cpu": "5", "limits.memory": "1Gi" }))).not.toEqual(held.state);
  });

  test("plans a change for ever for such a limit range", () => {
    const config = limits({ type: "Container", default: { memory: "1024Mi" }, default_request: { memory: "1Gi" } });
    const held = bench.make("kubernetes_limit_range_v1", config);
    expect(held.state).toMatchObject({ spec: [{ limit: [{ default: { memory: "1Gi" } }] }] });
    expect(planned(held, config)).not.toEqual(held.state);
  });

  test("makes the maximum of a container its limit and its request, where these aren't said, and every plan undoes it", () => {
    const config = limits({ type: "Container", max: { cpu: "2" } });
    const held = bench.make("kubernetes_limit_range_v1", config);
    expect(held.state).toMatchObject({
      spec: [{ limit: [{ default: { cpu: "2" }, default_request: { cpu: "2" } }] }],
    });
    expect(planned(held, config)).toMatchObject({ spec: [{ limit: [{ default: null }] }] });
  });

  test("takes everything in a namespace away with it", () => {
    bench.make("kubernetes_role_v1", ROLE);
    bench.destroy({ type: "kubernetes_namespace_v1", id: "pos", state: {} });
    expect(bench.world.list()).toEqual([]);
  });
});
