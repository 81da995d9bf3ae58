import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { TerraformStack } from "cdktf";
import { ServiceNamespace, type ServiceNamespaceProps } from "../../../constructs/kubernetes/service-namespace";
import { resourceOf, resourcesOf, synthesized } from "../synthesized";

type Build = Parameters<typeof synthesized>[0];

const NAMESPACE = "${kubernetes_namespace_v1.namespace.metadata[0].name}";
const LABELS = {
  "app.kubernetes.io/managed-by": "gatehouse",
  "gatehouse.dev/service": "summit",
  "gatehouse.dev/stage": "prod",
};

function adding(changes: Partial<ServiceNamespaceProps> = {}): (stack: TerraformStack) => ServiceNamespace {
  return (stack) =>
    new ServiceNamespace(stack, "namespace", {
      name: "summit-prod",
      service: "summit",
      stage: "prod",
      ownerTeam: "summit-maintainers",
      kubernetesVersion: "1.33",
      quota: { cpuMillis: 4000, memoryMebibytes: 4096, pods: 20 },
      entrance: { from: "gateway-system", port: 8080 },
      workload: "rollout",
      deployer: true,
      ...changes,
    });
}

interface Named {
  readonly metadata: { readonly name: string };
}

/** Objects of a type, by their names. */
function named(build: Build, type: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return Object.fromEntries(
    resourcesOf(build, type).map((resource) => [(resource as unknown as Named).metadata.name, resource]),
  );
}

function policies(build: Build): Readonly<Record<string, unknown>> {
  const found = Object.entries(named(build, "kubernetes_network_policy_v1"));
  return Object.fromEntries(found.map(([name, { spec }]) => [name, spec]));
}

const fromNamespace = (name: string) => [
  { namespace_selector: { match_labels: { "kubernetes.io/metadata.name": name } } },
];

describe("ServiceNamespace", () => {
  it("refuses pods below the restricted standard, says whose it is, and can't be destroyed by a plan", () => {
    const { metadata, lifecycle } = resourceOf(adding(), "kubernetes_namespace_v1");
    expect(metadata).toEqual({
      name: "summit-prod",
      annotations: { "gatehouse.dev/owner": "summit-maintainers" },
      labels: {
        ...LABELS,
        "gatehouse.dev/kind": "stage",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/audit-version": "v1.33",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "v1.33",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/warn-version": "v1.33",
      },
    });
    expect(lifecycle).toEqual({ prevent_destroy: true });
  });

  it("is made before everything in it, and all of it is labelled as the service's", () => {
    const { resource } = synthesized(adding());
    const inside = Object.entries(resource).filter(([type]) => type !== "kubernetes_namespace_v1");
    const objects = inside.flatMap(([, ofType]) => Object.values(ofType));
    expect(objects).toHaveLength(9);
    for (const { metadata } of objects) expect(metadata).toMatchObject({ namespace: NAMESPACE, labels: LABELS });
  });

  it("has nothing but typed resources: a manifest would need the cluster to plan its first creation", () => {
    expect(Object.keys(synthesized(adding()).resource).sort()).toEqual([
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1",
      "kubernetes_resource_quota_v1",
      "kubernetes_role_binding_v1",
      "kubernetes_role_v1",
      "kubernetes_service_account_v1",
    ]);
  });

  it("lets no connection in or out, but requests from the entrance and questions to the cluster's DNS", () => {
    expect(policies(adding())).toEqual({
      "default-deny": { pod_selector: {}, policy_types: ["Ingress", "Egress"] },
      "allow-entrance": {
        pod_selector: {},
        policy_types: ["Ingress"],
        ingress: [{ from: fromNamespace("gateway-system"), ports: [{ port: "8080", protocol: "TCP" }] }],
      },
      "allow-dns": {
        pod_selector: {},
        policy_types: ["Egress"],
        egress: [
          {
            to: fromNamespace("kube-system"),
            ports: [
              { port: "53", protocol: "UDP" },
              { port: "53", protocol: "TCP" },
            ],
          },
        ],
      },
    });
  });

  it("has its metrics read, on their port, from the declared namespace", () => {
    const { "allow-scraping": spec } = policies(adding({ scraping: { from: "monitoring", port: 9464 } }));
    expect(spec).toEqual({
      pod_selector: {},
      policy_types: ["Ingress"],
      ingress: [{ from: fromNamespace("monitoring"), ports: [{ port: "9464", protocol: "TCP" }] }],
    });
  });

  it("connects to the declared addresses and ports", () => {
    const egress = [
      { cidr: "10.20.0.0/16", ports: [5432, 6432] },
      { cidr: "fd00::/8", ports: [443] },
    ];
    expect(policies(adding({ egress }))["allow-egress"]).toEqual({
      pod_selector: {},
      policy_types: ["Egress"],
      egress: [
        {
          to: [{ ip_block: { cidr: "10.20.0.0/16" } }],
          ports: [
            { port: "5432", protocol: "TCP" },
            { port: "6432", protocol: "TCP" },
          ],
        },
        { to: [{ ip_block: { cidr: "fd00::/8" } }], ports: [{ port: "443", protocol: "TCP" }] },
      ],
    });
  });

  it.each([
    ["no destination", []],
    ["a destination without ports", [{ cidr: "10.0.0.0/8", ports: [] }]],
  ])("takes egress with %s for a mistake: Kubernetes would take it for all", (_, egress) => {
    expect(() => synthesized(adding({ egress }))).toThrow(
      "egress came without a destination or without ports, and Kubernetes would allow all of them",
    );
  });

  it("has a quota in the words of the API server, and room for no Service that opens the cluster", () => {
    expect(resourceOf(adding(), "kubernetes_resource_quota_v1").spec).toEqual({
      hard: {
        "requests.cpu": "4",
        "requests.memory": "4Gi",
        "limits.memory": "4Gi",
        pods: "20",
        "services.loadbalancers": "0",
        "services.nodeports": "0",
      },
    });
  });

  it("gives a container that says nothing the usual, and limits memory but not CPU", () => {
    expect(resourceOf(adding(), "kubernetes_limit_range_v1").spec).toEqual({
      limit: [
        {
          type: "Container",
          default: { memory: "128Mi" },
          default_request: { cpu: "100m", memory: "128Mi" },
          max: { memory: "4Gi" },
        },
      ],
    });
  });

  it.each([
    [
      { cpuMillis: 100, memoryMebibytes: 64, pods: 4 },
      { cpu: "25m", memory: "16Mi" },
    ],
    [
      { cpuMillis: 2, memoryMebibytes: 4, pods: 10 },
      { cpu: "1m", memory: "1Mi" },
    ],
  ])("gives it no more than its share of the small quota %j", (quota, defaultRequest) => {
    expect(resourceOf(adding({ quota }), "kubernetes_limit_range_v1").spec).toMatchObject({
      limit: [{ default_request: defaultRequest, default: { memory: defaultRequest.memory } }],
    });
  });

  it("has a service account for the pods, called as the service, whose token is mounted nowhere", () => {
    expect(named(adding(), "kubernetes_service_account_v1").summit).toMatchObject({
      automount_service_account_token: false,
    });
  });

  it("binds the deployer's role to the deployer, and to nobody else", () => {
    const { role_ref, subject } = resourceOf(adding(), "kubernetes_role_binding_v1");
    expect(role_ref).toEqual({
      api_group: "rbac.authorization.k8s.io",
      kind: "Role",
      name: "${kubernetes_role_v1.namespace_deployer_role_495CB68E.metadata[0].name}",
    });
    expect(subject).toEqual([
      {
        kind: "ServiceAccount",
        name: "${kubernetes_service_account_v1.namespace_deployer_832AD619.metadata[0].name}",
        namespace: NAMESPACE,
      },
    ]);
    expect(named(adding(), "kubernetes_service_account_v1").deployer).toMatchObject({
      automount_service_account_token: false,
    });
  });

  it("has no deployer where no release train deploys", () => {
    const { resource } = synthesized(adding({ deployer: false }));
    expect(resource).not.toHaveProperty("kubernetes_role_v1");
    expect(resource).not.toHaveProperty("kubernetes_role_binding_v1");
    expect(Object.keys(named(adding({ deployer: false }), "kubernetes_service_account_v1"))).toEqual(["summit"]);
  });

  it("is refused for a service called as the deployer: its pods would be allowed to deploy", () => {
    expect(() => synthesized(adding({ service: "deployer" }))).toThrow(
      'service "deployer" is called as the service account of release trains is',
    );
  });

  it("says what must be there before a pod is made", () => {
    const { later } = named((stack) => {
      const { beforePods } = adding()(stack);
      new ServiceAccountV1(stack, "later", { metadata: { name: "later" }, dependsOn: [...beforePods] });
    }, "kubernetes_service_account_v1");
    const waitsFor = (later?.depends_on ?? []) as readonly string[];
    expect(waitsFor.map((address) => address.split(".")[0]).sort()).toEqual([
      "kubernetes_limit_range_v1",
      "kubernetes_network_policy_v1",
      "kubernetes_network_policy_v1",
      "kubernetes_network_policy_v1",
      "kubernetes_resource_quota_v1",
      "kubernetes_service_account_v1",
    ]);
  });
});
