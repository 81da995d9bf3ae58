import { summitFleet } from "../declaration/fixture";
import { FLAG } from "../support/feature-flag";
import { resources, stackNamed, synthesizedFleet } from "./synthesized-fleet";

const stacks = synthesizedFleet(summitFleet());

const one = (stack: string, type: string) => {
  const found = Object.values(resources(stackNamed(stacks, stack), type));
  if (found.length !== 1) throw new Error(`${stack} has ${found.length} of ${type}`);
  return found[0] as Record<string, never>;
};

describe("a cluster has a stack of its own, with its controllers", () => {
  test("one namespace and one release a controller, from a pinned chart", () => {
    const releases = Object.values(resources(stackNamed(stacks, "cluster-eu-1"), "helm_release"));
    expect(releases.map(({ name, chart, version }) => ({ name, chart, version }))).toEqual([
      { name: "argo-rollouts", chart: "argo-rollouts", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
      { name: "sealed-secrets", chart: "sealed-secrets", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
    ]);
    expect(Object.keys(resources(stackNamed(stacks, "cluster-eu-1"), "kubernetes_namespace_v1"))).toHaveLength(2);
  });

  test("stages in it wait for it; the repository doesn't", () => {
    expect(stackNamed(stacks, "summit-stage").dependencies).toEqual(["summit-repository", "cluster-eu-1"]);
    expect(stackNamed(stacks, "summit-prod").dependencies).toEqual(["summit-stage", "cluster-eu-1"]);
    expect(stackNamed(stacks, "summit-repository").dependencies).toEqual(["organization"]);
  });

  test("a cluster without controllers has none", () => {
    const spare = { ...summitFleet().organization.clusters?.["eu-1"], context: "spare", controllers: [] };
    const names = synthesizedFleet(summitFleet({ organization: { "clusters.spare": spare } })).map(({ name }) => name);
    expect(names).not.toContain("cluster-spare");
  });
});

describe("a stage in a cluster is a namespace with one release of the chart in it", () => {
  test("in the cluster's context, and with no credential", () => {
    const { json } = stackNamed(stacks, "summit-prod");
    expect(json.provider).toMatchObject({
      kubernetes: [{ config_context: "eu-1" }],
      helm: [{ kubernetes: { config_context: "eu-1" } }],
    });
    expect(JSON.stringify(json.provider)).not.toMatch(/token|certificate|host|password/);
  });

  test("the namespace can't be destroyed by a plan, and refuses what is not restricted", () => {
    expect(one("summit-prod", "kubernetes_namespace_v1")).toMatchObject({
      metadata: {
        name: "summit-prod",
        labels: { "pod-security.kubernetes.io/enforce": "restricted", "gatehouse.dev/service": "summit" },
      },
      lifecycle: { prevent_destroy: true },
    });
  });

  test("the release is installed by digest, with the hash of the chart, and waits for quota and policies", () => {
    const release = one("summit-prod", "helm_release");
    expect(release).toMatchObject({
      chart: "../../charts/service",
      atomic: true,
      namespace: expect.stringContaining("kubernetes_namespace_v1.namespace"),
    });
    const [values] = release.values as unknown as string[];
    expect(values).toContain("sha256:");
    expect(values).toContain("0".repeat(64));
    expect(release.depends_on).toEqual(
      expect.arrayContaining([
        expect.stringContaining("kubernetes_resource_quota_v1"),
        expect.stringContaining("kubernetes_network_policy_v1"),
      ]),
    );
  });

  test("only a stage that the train goes to has a deployer", () => {
    const accounts = (fleet: Parameters<typeof synthesizedFleet>[0]) =>
      Object.keys(resources(stackNamed(synthesizedFleet(fleet), "summit-stage"), "kubernetes_service_account_v1"));
    expect(accounts(summitFleet())).toHaveLength(2);
    const { rehearsal: _, ...train } = summitFleet().services[0]?.service.cluster?.train ?? {};
    const settings = { COSIGN_PRIVATE_KEY: ["prod"], COSIGN_PASSWORD: ["prod"] };
    const environments = Object.entries(settings).map(([key, value]) => [`settings.${key}.environments`, value]);
    const service = { "cluster.train": train, ...Object.fromEntries(environments) };
    expect(accounts(summitFleet({ service }))).toHaveLength(1);
  });

  test("without its chart it is refused", () => {
    expect(() => synthesizedFleet(summitFleet(), { chart: undefined })).toThrow(
      "a stage in a cluster was synthesized without its chart; pass readChart(…) as run.chart",
    );
  });
});

describe("a phase decides which stacks there are, and what is in them", () => {
  const at = (phase: number, stateful: unknown = {}) => synthesizedFleet(summitFleet({ service: { phase }, stateful }));
  const recorded = { "prod/namespace/eu-1": "summit-prod", "stage/namespace/eu-1": "summit-stage" };

  test("in phase 0 the service has none", () => {
    expect(at(0).map(({ name }) => name)).toEqual(["organization", "cluster-eu-1"]);
  });

  test("in phase 1 it has its repository and its environments, and nothing in a cluster", () => {
    const stacks = at(1);
    expect(stacks.map(({ name }) => name)).toEqual([
      "organization",
      "cluster-eu-1",
      "summit-repository",
      "summit-stage",
      "summit-prod",
    ]);
    for (const stage of ["summit-stage", "summit-prod"]) {
      expect(resources(stackNamed(stacks, stage), "helm_release")).toEqual({});
      expect(Object.keys(resources(stackNamed(stacks, stage), "github_repository_environment"))).not.toEqual([]);
    }
    expect(stackNamed(stacks, "summit-prod").dependencies).toEqual(["summit-stage"]);
  });

  test("going back from the last one, what runs keeps running, without its canary", () => {
    const back = at(1, recorded);
    for (const stage of ["summit-stage", "summit-prod"])
      expect(Object.keys(resources(stackNamed(back, stage), "helm_release"))).toHaveLength(1);
    expect(JSON.stringify(resources(stackNamed(back, "summit-prod"), "helm_release"))).not.toContain("observeSeconds");
  });

  test("dashboards and alerts come last", () => {
    expect(resources(stackNamed(at(10, recorded), "summit-prod"), "grafana_rule_group")).toEqual({});
    expect(resources(stackNamed(at(11, recorded), "summit-prod"), "grafana_rule_group")).not.toEqual({});
  });
});

describe("a rollback freezes the train, and few can set it going again", () => {
  test("the tag can be moved and deleted by one team only", () => {
    const rulesets = Object.values(resources(stackNamed(stacks, "summit-repository"), "github_repository_ruleset"));
    const freeze = rulesets.find(({ name }) => name === "protected-tags frozen/rollback");
    expect(freeze).toMatchObject({
      target: "tag",
      conditions: { ref_name: { include: ["refs/tags/frozen/rollback"], exclude: [] } },
      rules: { update: true, deletion: true },
      bypass_actors: [{ actor_type: "Team", bypass_mode: "always" }],
    });
    expect(rulesets.map(({ name }) => name)).toContain("protected-tags prod-*");
  });
});

describe("an adopted repository keeps its own protection until the phase that brings it", () => {
  const repositoryAt = (phase: number, adopt: boolean) => {
    const repository = adopt ? { "repository.adopt": true } : {};
    const stacks = synthesizedFleet(summitFleet({ service: { phase, ...repository } }));
    return Object.values(resources(stackNamed(stacks, "summit-repository"), "github_repository"))[0];
  };

  test("before it, nothing is said of scanning and alerts", () => {
    expect(repositoryAt(3, true)).not.toHaveProperty("security_and_analysis");
    expect(repositoryAt(3, true)).not.toHaveProperty("vulnerability_alerts");
  });

  test("from then on they are on; of a new repository they are off before", () => {
    expect(repositoryAt(4, true)).toMatchObject({ vulnerability_alerts: true });
    expect(repositoryAt(4, true)).toHaveProperty("security_and_analysis");
    expect(repositoryAt(3, false)).toMatchObject({ vulnerability_alerts: false });
  });
});

describe("feature flags of a stage in a cluster (MAE-7)", () => {
  const flag = { ...FLAG, values: { prod: true } };
  const flagged = synthesizedFleet(summitFleet({ service: { flags: { registry: { "another-way": flag } } } }));

  test("are a ConfigMap, with the values of the stage", () => {
    for (const [stage, variant] of [
      ["stage", "off"],
      ["prod", "on"],
    ] as const) {
      const maps = Object.values(resources(stackNamed(flagged, `summit-${stage}`), "kubernetes_config_map_v1"));
      expect(maps).toHaveLength(1);
      const { metadata, data } = maps[0] as unknown as { metadata: object; data: Record<string, string> };
      expect(metadata).toMatchObject({
        name: "summit-flags",
        namespace: "${kubernetes_namespace_v1.namespace.metadata[0].name}",
        labels: { "app.kubernetes.io/managed-by": "gatehouse", "gatehouse.dev/stage": stage },
      });
      expect(JSON.parse(data["flags.json"] ?? "")).toMatchObject({
        metadata: { flagSetId: `summit-${stage}` },
        flags: { "another-way": { defaultVariant: variant } },
      });
    }
  });

  test("are there before the pods that mount them; a change of a value is no change of the release", () => {
    const [release] = Object.values(resources(stackNamed(flagged, "summit-prod"), "helm_release"));
    expect(release?.depends_on).toContain("kubernetes_config_map_v1.flags");
    const [values] = (release?.values ?? []) as unknown as string[];
    expect(values).toContain("flags:\n    configMap: summit-flags\n    directory: /etc/gatehouse/flags\n");
    expect(values).not.toContain("another-way");
  });

  test("are nothing in a service without any", () => {
    expect(resources(stackNamed(stacks, "summit-prod"), "kubernetes_config_map_v1")).toEqual({});
    expect(JSON.stringify(one("summit-prod", "helm_release"))).not.toContain("gatehouse/flags");
  });
});
