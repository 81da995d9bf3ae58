import { Testing } from "cdktf";
import { parse } from "yaml";
import { PreviewStack, type PreviewStackProps } from "../../stacks/preview-stack";
import { REMOVED } from "../declaration/change";
import { summitFleet } from "../operations/preview-world";
import { FLAG } from "../support/feature-flag";

const { organization, services } = summitFleet();
const service = services[0]?.service as PreviewStackProps["service"];
const DIGEST = `sha256:${"a".repeat(64)}`;
const CHART = { path: "../../charts/service", version: "1.0.0", sha256: "0".repeat(64) };

const props: PreviewStackProps = {
  service,
  organization,
  pullRequest: 42,
  digest: DIGEST,
  createdAt: "2026-03-01T12:00:00Z",
  expiresAt: "2026-03-04T12:00:00Z",
};

type Attributes = Readonly<Record<string, unknown>>;

// biome-ignore lint/suspicious/noExplicitAny: Terraform's JSON, read here and there
function synthesized(changes: Partial<PreviewStackProps> = {}, run: object = { chart: CHART }): any {
  return JSON.parse(Testing.synth(new PreviewStack(Testing.app(), { ...props, ...changes }, run)));
}
const only = (resources: Readonly<Record<string, Attributes>>) => Object.values(resources)[0] as Attributes;

describe("the stack of a preview", () => {
  const { resource, provider, terraform } = synthesized();

  test("is of its own name and state, in the cluster of the service's previews", () => {
    expect(terraform.backend.local.path).toMatch(/\/summit-preview-42\.tfstate$/);
    expect(provider.kubernetes).toEqual([{ config_context: "eu-1" }]);
    expect(provider.helm).toEqual([{ kubernetes: { config_context: "eu-1" } }]);
  });

  test("has the preview's namespace, with its times, owner and address", () => {
    expect(only(resource.kubernetes_namespace_v1).metadata).toMatchObject({
      name: "pr-42",
      annotations: {
        "gatehouse.dev/created-at": "2026-03-01T12:00:00Z",
        "gatehouse.dev/expires-at": "2026-03-04T12:00:00Z",
        "gatehouse.dev/owner": "release-captains",
        "gatehouse.dev/url": "https://pr-42.preview.example.com/",
      },
    });
  });

  test("gives it the quota of previews, and requests only from the entrance", () => {
    expect(only(resource.kubernetes_resource_quota_v1).spec).toEqual({
      hard: expect.objectContaining({ "requests.cpu": "1", "requests.memory": "1Gi", pods: "4" }),
    });
    const policies = JSON.stringify(resource.kubernetes_network_policy_v1);
    expect(policies).toContain('"kubernetes.io/metadata.name":"gateway-system"');
    expect(policies).not.toContain("ip_block");
  });

  test("has the flags of previews, and mounts them (MAE-7)", () => {
    expect(resource.kubernetes_config_map_v1).toBeUndefined();
    const flag = { ...FLAG, values: { stage: true } };
    const registry = { "another-way": { ...flag, preview: true }, "old-way": flag };
    const made = synthesized({ service: { ...service, flags: { registry } } }).resource;
    const { metadata, data } = only(made.kubernetes_config_map_v1) as {
      metadata: object;
      data: Record<string, string>;
    };
    expect(metadata).toMatchObject({ name: "summit-flags", labels: { "gatehouse.dev/stage": "preview" } });
    expect(JSON.parse(data["flags.json"] ?? "")).toMatchObject({
      metadata: { flagSetId: "summit-preview" },
      flags: { "another-way": { defaultVariant: "on" }, "old-way": { defaultVariant: "off" } },
    });
    const release = only(made.helm_release);
    expect(release.depends_on).toContain("kubernetes_config_map_v1.flags");
    expect(parse(String((release.values as string[])[0])).container.flags).toEqual({
      configMap: "summit-flags",
      directory: "/etc/gatehouse/flags",
    });
  });

  test("releases exactly this image as one pod, with its seed, after all that bounds it", () => {
    const release = only(resource.helm_release);
    expect(release).toMatchObject({ name: "summit", chart: CHART.path, version: CHART.version, atomic: true });
    expect(release.namespace).toBe("${kubernetes_namespace_v1.namespace.metadata[0].name}");
    expect(release.depends_on).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^kubernetes_resource_quota_v1\./),
        expect.stringMatching(/^kubernetes_network_policy_v1\./),
      ]),
    );
    const values = parse(String((release.values as readonly string[])[0]));
    expect(values).toMatchObject({
      workload: "deployment",
      image: { digest: DIGEST, pinned: true },
      replicas: { least: 1, most: 1 },
      entrance: { host: "pr-42.preview.example.com" },
      seed: { command: ["node", "scripts/seed.js"], deadlineSeconds: 300 },
    });
    expect(values).not.toHaveProperty("canary");
  });

  test("has no secret of a stage: what a pull request runs may read them", () => {
    expect(JSON.stringify(resource)).not.toContain("secretRef");
    expect(
      parse(String((only(resource.helm_release).values as readonly string[])[0])).container.secret,
    ).toBeUndefined();
  });

  test("refuses in CI what would be lost with the runner", () => {
    expect(synthesized({}, { chart: CHART, ephemeral: true }).variable.local_state_is_kept).toBeDefined();
  });
});

describe("the stack of a preview can't be made", () => {
  const without = (changes: Parameters<typeof summitFleet>[0]) =>
    summitFleet(changes).services[0]?.service as PreviewStackProps["service"];

  test("without previews, cluster or chart", () => {
    expect(() => synthesized({ service: without({ "cluster.previews": REMOVED }) })).toThrow(
      'service "summit" has no previews; declare cluster.previews',
    );
    expect(() => synthesized({ service: without({ "cluster.previews.cluster": "us-1" }) })).toThrow(
      /cluster "us-1" is unknown\nexpected one of the organization's: eu-1/,
    );
    expect(() => synthesized({}, {})).toThrow("a preview was synthesized without its chart");
  });

  test("for pull request 0, or with a tag in place of a digest", () => {
    expect(() => synthesized({ pullRequest: 0 })).toThrow("pull request 0 can't be; give its number, from 1 on");
    expect(() => synthesized({ digest: "latest" })).toThrow(/came "latest"\nexpected a digest/);
  });
});
