import { ControllerNamespace } from "../../constructs/kubernetes/controller-namespace";
import { PreviewNamespace, type PreviewNamespaceProps } from "../../constructs/kubernetes/preview-namespace";
import { kubernetesProvider } from "../../constructs/kubernetes/provider";
import { countQuantity, cpuQuantity, memoryQuantity } from "../../constructs/kubernetes/quantities";
import { canonicalQuantity } from "../../sandbox/rules/kubernetes/quantity";
import { synthesized } from "../constructs/synthesized";
import { Workspace } from "../sandbox/terraform";
import type { ApiRefusal } from "../support/api-client";
import { Cluster, describeWithCluster } from "../support/cluster";
import { installDefinitions } from "../support/definitions";
import { LivePlugin } from "../support/live-plugin";
import { until } from "../support/until";
import { IMAGE, pod, preview, rollout, stage } from "./namespace-fixture";

const STAGE = "/api/v1/namespaces/summit-prod";
const PREVIEW = "/api/v1/namespaces/pr-42";
const ROLLOUT = "/apis/argoproj.io/v1alpha1/namespaces/summit-prod/rollouts/summit";
const RUNS = "/apis/argoproj.io/v1alpha1/namespaces/summit-prod/analysisruns";

describeWithCluster("namespaces in a real API server", ["terraform"], () => {
  let cluster: Cluster;
  let plugin: LivePlugin;
  let workspace: Workspace;
  let context: string;

  /** Writes the whole configuration anew. */
  function declare(previews: readonly PreviewNamespaceProps[]): void {
    const { provider, resource, terraform } = synthesized((stack) => {
      kubernetesProvider(stack, context);
      stage(stack);
      new ControllerNamespace(stack, "controllers", {
        name: "argo-rollouts",
        ownerTeam: "platform",
        podSecurity: "restricted",
        kubernetesVersion: "1.33",
      });
      for (const props of previews) new PreviewNamespace(stack, "preview", props);
    });
    workspace.write({ provider, resource, terraform: { required_providers: terraform.required_providers } });
  }

  beforeAll(async () => {
    [cluster, workspace] = await Promise.all([Cluster.start(), Workspace.open()]);
    await installDefinitions(cluster, "argo-rollouts");
    plugin = await LivePlugin.start({ kubeconfig: cluster.kubeconfig });
    workspace.environment = plugin.environment;
    context = (await cluster.kubectl(["config", "current-context"])).trim();
    declare([preview()]);
    await workspace.succeed("init", "-input=false");
    await workspace.succeed("validate");
    await workspace.apply();
  });
  afterAll(async () => {
    await plugin?.stop();
    await workspace?.end();
    await cluster?.stop();
  });

  test("are planned once: what the API server made of them is what is declared", async () => {
    expect(await workspace.actions()).toEqual({});
  });

  test("refuse a privileged pod", async () => {
    const privileged = { name: "root", image: IMAGE, securityContext: { privileged: true } };
    for (const namespace of ["summit-prod", "pr-42", "argo-rollouts"]) {
      const manifest = { ...pod("root", namespace), spec: { containers: [privileged] } };
      await expect(cluster.apply(manifest)).rejects.toThrow(/violates PodSecurity "restricted:v1\.33": privileged/);
    }
  });

  test("give a pod that doesn't say what it needs the usual, and count it", async () => {
    await cluster.apply(pod("one", "pr-42"));
    const { spec } = await cluster.admin.get(`${PREVIEW}/pods/one`);
    expect(spec.containers[0].resources).toEqual({
      requests: { cpu: "100m", memory: "128Mi" },
      limits: { memory: "128Mi" },
    });
    await until("the quota has counted it", async () => {
      const { status } = await cluster.admin.get(`${PREVIEW}/resourcequotas/quota`);
      return status.used.pods === "1" && status.used["requests.memory"] === "128Mi";
    });
  });

  test("have room for as many pods as declared, and for no more", async () => {
    await cluster.apply([pod("one", "pr-42"), pod("two", "pr-42")]);
    await expect(cluster.apply(pod("three", "pr-42"))).rejects.toThrow(
      /exceeded quota: quota, requested: pods=1, used: pods=2, limited: pods=2/,
    );
  });

  test.each(["LoadBalancer", "NodePort"])("have no Service of type %s", async (type) => {
    const open = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "open", namespace: "summit-prod" },
      spec: { type, ports: [{ port: 80 }] },
    };
    await expect(cluster.apply(open)).rejects.toThrow(/exceeded quota/);
  });

  test("have a service account for the pods, whose token is mounted nowhere", async () => {
    expect(await cluster.admin.get(`${STAGE}/serviceaccounts/summit`)).toMatchObject({
      automountServiceAccountToken: false,
    });
  });

  test.each(["4000m", "1500m", "0.5", "1000", "1024Mi", "1.5Gi", "0.5Ki", "1024", "0Mi", "1e3", "2M", "1000000n"])(
    "%s is written back by the API server as the sandbox says",
    async (memory) => {
      const quota = { metadata: { name: "asked" }, spec: { hard: { memory } } };
      const { spec } = await cluster.admin.create(`${STAGE}/resourcequotas?dryRun=All`, quota);
      expect(spec.hard.memory).toBe(canonicalQuantity(memory));
    },
  );

  test("what constructs write is written back unchanged", async () => {
    const hard = {
      cpu: cpuQuantity(1_000_000),
      "requests.cpu": cpuQuantity(250),
      memory: memoryQuantity(1536),
      "limits.memory": memoryQuantity(1_048_576),
      pods: countQuantity(10_000),
    };
    const quota = { metadata: { name: "asked" }, spec: { hard } };
    const { spec } = await cluster.admin.create(`${STAGE}/resourcequotas?dryRun=All`, quota);
    expect(spec.hard).toEqual(hard);
  });

  describe("the deployer's token", () => {
    let token: string;
    beforeAll(async () => {
      token = await cluster.serviceAccountToken("summit-prod", "deployer");
      await cluster.apply(rollout);
      await cluster.kubectl(["create", "secret", "generic", "summit", "--from-literal=key=value"], {
        namespace: "summit-prod",
      });
    });

    const patch = [
      { op: "test", path: "/spec/template/spec/containers/0/name", value: "summit" },
      { op: "replace", path: "/spec/template/spec/containers/0/image", value: `${IMAGE.slice(0, -1)}1` },
    ];

    test("changes the Rollout's image, annotates it and aborts it", async () => {
      await cluster.as(token).patch(ROLLOUT, patch, "json");
      await cluster.as(token).patch(ROLLOUT, { metadata: { annotations: { "gatehouse.dev/known-good": "x" } } });
      await cluster.as(token).patch(`${ROLLOUT}/status`, { status: { abort: true } });
      const { metadata, spec, status } = await cluster.admin.get(ROLLOUT);
      expect(spec.template.spec.containers[0].image).toBe(patch[1]?.value);
      expect(metadata.annotations).toMatchObject({ "gatehouse.dev/known-good": "x" });
      expect(status.abort).toBe(true);
    });

    test("starts an analysis and reads what became of it, but does not change it", async () => {
      const run = {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "AnalysisRun",
        metadata: { name: "gate", namespace: "summit-prod" },
        spec: {
          metrics: [{ name: "nothing", provider: { job: { spec: { template: { spec: { containers: [] } } } } } }],
        },
      };
      const client = cluster.as(token);
      await client.create(RUNS, run);
      expect(await client.get(`${RUNS}/gate`)).toMatchObject(run);
      await client.patch(`${RUNS}/gate`, { spec: { terminate: true } }).then(neverAllowed, expectForbidden("patch"));
    });

    test.each([
      "/api/v1/namespaces/summit-prod/pods",
      "/api/v1/namespaces/summit-prod/events",
      "/apis/apps/v1/namespaces/summit-prod/replicasets",
      "/apis/apps/v1/namespaces/summit-prod/deployments",
      "/apis/argoproj.io/v1alpha1/namespaces/summit-prod/rollouts",
      "/apis/argoproj.io/v1alpha1/namespaces/summit-prod/experiments",
      "/apis/argoproj.io/v1alpha1/namespaces/summit-prod/analysisruns",
    ])("lists %s, as kubectl argo rollouts does while it waits", async (path) => {
      expect(await cluster.as(token).list(path)).toEqual(expect.any(Array));
    });

    test.each([
      ["a Secret", "get", "/api/v1/namespaces/summit-prod/secrets/summit"],
      ["all Secrets", "list", "/api/v1/namespaces/summit-prod/secrets"],
      ["a pod of another namespace", "get", "/api/v1/namespaces/pr-42/pods/one"],
      ["the list of namespaces", "list", "/api/v1/namespaces"],
      ["its own role", "get", "/apis/rbac.authorization.k8s.io/v1/namespaces/summit-prod/roles/deployer"],
    ])("can't read %s", async (_, verb, path) => {
      await cluster.as(token).get(path).then(neverAllowed, expectForbidden(verb));
    });

    test.each([
      ["a pod of its own namespace", "/api/v1/namespaces/summit-prod/pods", pod("mine", "summit-prod")],
      ["a pod of another one", "/api/v1/namespaces/pr-42/pods", pod("foreign", "pr-42")],
      ["a shell in a pod", "/api/v1/namespaces/summit-prod/pods/one/exec?command=sh", {}],
      ["a token of the service's", "/api/v1/namespaces/summit-prod/serviceaccounts/summit/token", {}],
      [
        "a role binding",
        "/apis/rbac.authorization.k8s.io/v1/namespaces/summit-prod/rolebindings",
        {
          apiVersion: "rbac.authorization.k8s.io/v1",
          kind: "RoleBinding",
          metadata: { name: "more" },
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
        },
      ],
    ])("can't make %s", async (_, path, object) => {
      await cluster.as(token).create(path, object).then(neverAllowed, expectForbidden("create"));
    });

    test("can't take the Rollout away, or change the bounds of its namespace", async () => {
      const client = cluster.as(token);
      await client.delete(ROLLOUT).then(neverAllowed, expectForbidden("delete"));
      await client.delete(`${STAGE}/resourcequotas/quota`).then(neverAllowed, expectForbidden("delete"));
      const patched = client.patch(STAGE, {
        metadata: { labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
      });
      await patched.then(neverAllowed, expectForbidden("patch"));
    });
  });

  test("a weaker pod security, a raised quota and a policy removed by hand are seen, and healed", async () => {
    await cluster.admin.patch(STAGE, { metadata: { labels: { "pod-security.kubernetes.io/enforce": "privileged" } } });
    await cluster.admin.patch(`${STAGE}/resourcequotas/quota`, { spec: { hard: { pods: "200" } } });
    await cluster.admin.delete("/apis/networking.k8s.io/v1/namespaces/summit-prod/networkpolicies/default-deny");
    expect(Object.values(await workspace.actions()).sort()).toEqual(["create", "update", "update"]);
    await workspace.apply();
    expect(await workspace.actions()).toEqual({});
    const { metadata } = await cluster.admin.get(STAGE);
    expect(metadata.labels).toMatchObject({ "pod-security.kubernetes.io/enforce": "restricted" });
  });

  test("when a preview was used and how soon it was ready stays, also when its expiry moves", async () => {
    const written = { "gatehouse.dev/used-at": "2026-01-02T00:00:00Z", "gatehouse.dev/ready-seconds": "12" };
    await cluster.admin.patch(PREVIEW, { metadata: { annotations: written } });
    expect(await workspace.actions()).toEqual({});

    declare([preview({ createdAt: "2026-01-03T00:00:00Z", expiresAt: "2026-01-06T00:00:00Z" })]);
    expect(await workspace.actions()).toEqual({ "kubernetes_namespace_v1.preview": "update" });
    await workspace.apply();
    const { metadata } = await cluster.admin.get(PREVIEW);
    expect(metadata.annotations).toMatchObject({
      ...written,
      "gatehouse.dev/created-at": "2026-01-01T00:00:00Z",
      "gatehouse.dev/expires-at": "2026-01-06T00:00:00Z",
    });
    expect(await workspace.actions()).toEqual({});
  });

  test("a preview goes with all that is in it; a stage can't be destroyed", async () => {
    declare([]);
    await workspace.apply();
    expect(await cluster.admin.find(PREVIEW)).toBeUndefined();

    const { code, output } = await workspace.run(["destroy", "-auto-approve"]);
    expect(code).toBe(1);
    expect(output).toContain("Instance cannot be destroyed");
    expect(await cluster.admin.find(STAGE)).toBeDefined();
  });
});

function neverAllowed(): never {
  throw new Error("the API server allowed it");
}

/** The API server's words for what nobody has allowed. */
function expectForbidden(verb: string) {
  const words = new RegExp(`"system:serviceaccount:summit-prod:deployer" cannot ${verb} resource "[a-z/]+"`);
  return (error: ApiRefusal): void => {
    expect(error.status).toBe(403);
    expect(error.message).toMatch(words);
  };
}
