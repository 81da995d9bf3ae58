import { PreviewNamespace } from "../../constructs/kubernetes/preview-namespace";
import { ServiceNamespace } from "../../constructs/kubernetes/service-namespace";
import { synthesized } from "../constructs/synthesized";
import { describeWithTerraform } from "../support/programs";
import { Workspace } from "./terraform";

const common = {
  service: "summit",
  ownerTeam: "summit-maintainers",
  kubernetesVersion: "1.33",
  quota: { cpuMillis: 4000, memoryMebibytes: 4096, pods: 20 },
  entrance: { from: "gateway-system", port: 8080 },
};

const { resource } = synthesized((stack) => {
  new ServiceNamespace(stack, "stage", {
    ...common,
    name: "summit-prod",
    stage: "prod",
    scraping: { from: "monitoring", port: 9464 },
    egress: [{ cidr: "10.30.0.0/16", ports: [5432] }],
    workload: "rollout",
    deployer: true,
  });
  new PreviewNamespace(stack, "preview", {
    ...common,
    name: "pr-42",
    pullRequest: 42,
    createdAt: "2026-01-01T00:00:00Z",
    expiresAt: "2026-01-04T00:00:00Z",
    url: "https://pr-42.preview.example.com/",
  });
});

describeWithTerraform("namespaces in the sandbox", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.open();
    await workspace.deploy(resource);
  });
  afterEach(() => workspace.end());

  test("are planned once", async () => {
    expect(await workspace.actions()).toEqual({});
  });

  test("show what somebody changed, and not what is written into a preview while it is used", async () => {
    const { world } = workspace.sandbox;
    for (const name of ["summit-prod", "pr-42"]) {
      world.edit("kubernetes_namespace_v1", name, (attributes) => {
        const [metadata] = attributes.metadata as readonly [{ readonly annotations: object }];
        const annotations = { ...metadata.annotations, "gatehouse.dev/used-at": "2026-01-02T00:00:00Z" };
        return { ...attributes, metadata: [{ ...metadata, annotations }] };
      });
    }
    world.remove("kubernetes_network_policy_v1", "pr-42/default-deny");
    expect(Object.entries(await workspace.actions()).sort()).toEqual([
      ["kubernetes_namespace_v1.stage", "update"],
      [expect.stringMatching(/^kubernetes_network_policy_v1\.preview_safety_default-deny_/), "create"],
    ]);
  });
});
