import type { ServiceValues } from "../../constructs/helm/service-values";
import { fleetValues } from "../charts/fleet-values";
import { EVERYTHING, SHAPES } from "../charts/sample-values";
import type { ApiObject } from "../support/api-client";
import { Cluster, describeWithCluster } from "../support/cluster";
import { installDefinitions } from "../support/definitions";
import { only, release, render, renderText } from "../support/helm";
import { Schemas } from "../support/schemas";
import { until } from "../support/until";

const RESTRICTED = Object.fromEntries(
  ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, "restricted"]),
);
const NEWER = `ghcr.io/example/shop@sha256:${"2".repeat(64)}`;

// Machines that are busy with other tests are slow.

describeWithCluster("the chart on a real API server", ["helm", "kubeconform"], () => {
  let cluster: Cluster;
  let schemas: Schemas;
  beforeAll(async () => {
    cluster = await Cluster.start();
    for (const name of ["argo-rollouts", "gateway-api", "kyverno"] as const) await installDefinitions(cluster, name);
    schemas = await Schemas.of(cluster);
    await cluster.playKubelet();
  });
  afterAll(() => cluster?.stop());

  async function namespace(name: string): Promise<void> {
    await cluster.createNamespace(name, RESTRICTED);
    await cluster.kubectl(["create", "serviceaccount", "shop", "--namespace", name]);
  }

  describe.each(Object.entries(SHAPES))("%s", (shape, values: ServiceValues) => {
    const name = shape.toLowerCase().replaceAll(" ", "-");

    test("is valid by the server's own schemas", async () => {
      const count = render(values).length;
      expect(await schemas.kubeconform(renderText(values))).toContain(
        `Valid: ${count}, Invalid: 0, Errors: 0, Skipped: 0`,
      );
    });

    test("is taken without a warning where pod security is restricted", async () => {
      await namespace(name);
      const objects = render(values, { namespace: name });
      // The API of these says of itself that it is deprecated.
      const policies = objects.filter(({ kind }) => kind === "Policy");
      await cluster.kubectl(["apply", "--server-side", "--warnings-as-errors", "--filename=-"], {
        input: JSON.stringify({
          apiVersion: "v1",
          kind: "List",
          items: objects.filter((one) => !policies.includes(one)),
        }),
      });
      if (policies.length > 0) await cluster.apply(policies);
    });

    test("its pods are let in there", async () => {
      const pods = render(values, { namespace: name }).flatMap(({ kind, spec }) =>
        spec.template === undefined
          ? []
          : [
              {
                apiVersion: "v1",
                kind: "Pod",
                metadata: { name: `trial-${kind?.toLowerCase()}` },
                spec: spec.template.spec,
              },
            ],
      );
      expect(pods).not.toEqual([]);
      const input = JSON.stringify({ apiVersion: "v1", kind: "List", items: pods });
      const args = ["create", "--dry-run=server", "--warnings-as-errors", "--filename=-"];
      await cluster.kubectl(args, { namespace: name, input });
    });
  });

  test("a pod that may write to its root is still let in, one that may gain privileges is not: the namespace is what it says", async () => {
    await namespace("probe");
    const { spec } = only(render(EVERYTHING), "Rollout").spec.template;
    const [container] = spec.containers;
    const pod = (name: string, securityContext: object) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace: "probe" },
      spec: {
        ...spec,
        containers: [{ ...container, securityContext: { ...container.securityContext, ...securityContext } }],
      },
    });
    await cluster.apply(pod("writes", { readOnlyRootFilesystem: false }));
    await expect(cluster.apply(pod("gains", { allowPrivilegeEscalation: true }))).rejects.toThrow(
      /violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false/,
    );
  });

  describe("a Deployment", () => {
    const WORKLOAD = "/apis/apps/v1/namespaces/plain/deployments/shop";
    const values: ServiceValues = { ...SHAPES["a Deployment"], replicas: { least: 3, most: 3, cpuPercent: 70 } };
    const image = async () => (await cluster.admin.get(WORKLOAD)).spec.template.spec.containers[0].image;
    const commit = async () =>
      (await cluster.admin.get(WORKLOAD)).spec.template.metadata.annotations["gatehouse.dev/commit"];
    beforeAll(async () => {
      await namespace("plain");
      await release(cluster, "plain", values);
    });

    test("gets its pods by the autoscaler, also a fixed number of them", async () => {
      await until("three pods run", async () => (await cluster.admin.get(WORKLOAD)).status.availableReplicas === 3, 60);
    });

    test("keeps the version that a release brought, with whatever else changes", async () => {
      await cluster.admin.patch(WORKLOAD, releasePatch("shop", NEWER, "abc1234"), "json");
      await release(cluster, "plain", {
        ...values,
        container: { ...values.container, memoryMebibytes: 512 },
      } as ServiceValues);
      expect(await image()).toBe(NEWER);
      expect(await commit()).toBe("abc1234");
      const { spec } = await cluster.admin.get(WORKLOAD);
      expect(spec.template.spec.containers[0].resources.limits).toEqual({ memory: "512Mi" });
      expect(spec.replicas).toBe(3);
    });

    test("keeps its number of pods when a range takes the place of a fixed one", async () => {
      await release(cluster, "plain", { ...values, replicas: { least: 2, most: 6, cpuPercent: 70 } } as ServiceValues);
      expect((await cluster.admin.get(WORKLOAD)).spec.replicas).toBe(3);
    });

    test("does not keep a version of another repository, nor the commit of that", async () => {
      const moved = { ...values, image: { ...values.image, repository: "ghcr.io/example/till" } };
      await release(cluster, "plain", moved as ServiceValues);
      expect(await image()).toBe(`ghcr.io/example/till@${EVERYTHING.image.digest}`);
      expect(await commit()).toBe("unknown-4");
    });

    test("does not keep a tag", async () => {
      await cluster.admin.patch(WORKLOAD, releasePatch("shop", "ghcr.io/example/till:latest", "abc1234"), "json");
      const moved = { ...values, image: { ...values.image, repository: "ghcr.io/example/till" } };
      await release(cluster, "plain", moved as ServiceValues);
      expect(await image()).toBe(`ghcr.io/example/till@${EVERYTHING.image.digest}`);
    });
  });

  describe("a preview", () => {
    const WORKLOAD = "/apis/apps/v1/namespaces/pr-42/deployments/shop";
    const preview: ServiceValues = SHAPES["a preview"];
    beforeAll(() => namespace("pr-42"));
    const seeds = async () =>
      (await cluster.admin.list("/api/v1/namespaces/pr-42/pods")).filter(
        ({ metadata }) => metadata.labels?.["app.kubernetes.io/component"] === "seed",
      );

    test("is filled before Helm says that it is there", async () => {
      await release(cluster, "pr-42", preview, ["--wait", "--wait-for-jobs"]);
      const { status } = await cluster.admin.get("/apis/batch/v1/namespaces/pr-42/jobs/shop-seed");
      expect(status.succeeded).toBe(1);
      expect((await cluster.admin.get(WORKLOAD)).status.availableReplicas).toBe(1);
    });

    test("gets exactly the version that is named, whatever runs", async () => {
      await cluster.admin.patch(WORKLOAD, releasePatch("shop", NEWER, "abc1234"), "json");
      await release(cluster, "pr-42", preview, ["--wait"]);
      expect((await cluster.admin.get(WORKLOAD)).spec.template).toMatchObject({
        metadata: { annotations: { "gatehouse.dev/commit": "unknown-2" } },
        spec: { containers: [{ image: `ghcr.io/example/shop@${EVERYTHING.image.digest}` }] },
      });
    });

    test("sleeps without being filled again, and wakes", async () => {
      const before = (await seeds()).map(({ metadata }) => metadata.uid);
      await release(cluster, "pr-42", SHAPES["a preview that sleeps"]);
      await until("no pod of the service is left", async () => {
        const pods = await cluster.admin.list("/api/v1/namespaces/pr-42/pods");
        return pods.every(({ metadata }) => metadata.labels?.["app.kubernetes.io/component"] === "seed");
      });
      expect((await seeds()).map(({ metadata }) => metadata.uid)).toEqual(before);

      await release(cluster, "pr-42", preview, ["--wait"]);
      expect((await cluster.admin.get(WORKLOAD)).status.availableReplicas).toBe(1);
    });
  });

  test("what the declared services make of it is valid by the server's own schemas", async () => {
    const text = fleetValues()
      .map(([, values]) => renderText(values))
      .join("\n");
    expect(await schemas.kubeconform(text)).toContain("Invalid: 0, Errors: 0, Skipped: 0");
  });

  test("a misspelled canary step would be refused", async () => {
    const text = renderText(EVERYTHING).replace("setWeight: 25", "setWieght: 25");
    await expect(schemas.kubeconform(text)).rejects.toThrow(/setWieght' not allowed/);
  });
});

/** What the release train sends: the image of the one container, by its name, and the commit. */
function releasePatch(name: string, image: string, commit: string): ApiObject["spec"] {
  return [
    { op: "test", path: "/spec/template/spec/containers/0/name", value: name },
    { op: "replace", path: "/spec/template/spec/containers/0/image", value: image },
    { op: "add", path: "/spec/template/metadata/annotations/gatehouse.dev~1commit", value: commit },
  ];
}
