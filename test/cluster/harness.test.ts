import { existsSync } from "node:fs";
import type { ApiObject } from "../support/api-client";
import { Cluster, describeWithCluster } from "../support/cluster";
import { isRunning } from "../support/cluster-files";
import type { PlayedKubelet } from "../support/played-kubelet";
import type { Fate } from "../support/pod-status";
import { until } from "../support/until";

const IMAGE = "registry.example/web@sha256:0000000000000000000000000000000000000000000000000000000000000000";

function pod(name: string, namespace: string, securityContext: object = {}): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace },
    spec: { containers: [{ name: "web", image: IMAGE, securityContext }] },
  };
}

function deployment(name: string, namespace: string): object {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "web", image: IMAGE }] } },
    },
  };
}

/** What a test wants of a pod, by its label `app`; otherwise the ordinary. */
const FATES: Record<string, Fate> = { broken: "crashes" };

describeWithCluster("the control plane that tests start", [], () => {
  let cluster: Cluster;
  let kubelet: PlayedKubelet;
  beforeAll(async () => {
    cluster = await Cluster.start({ users: [{ name: "guest", token: "token-of-guest" }] });
    kubelet = await cluster.playKubelet({
      namespaces: (name) => name !== "unplayed",
      fate: ({ metadata: { labels, ownerReferences = [] } }) => {
        if (ownerReferences.some(({ kind }) => kind === "Job")) return "completes";
        return FATES[labels?.app ?? ""] ?? "ready";
      },
    });
  }, 120_000);
  afterAll(() => cluster?.stop());

  test("it is the Kubernetes that says so", async () => {
    expect(await cluster.admin.get("/version")).toMatchObject({ major: "1", minor: "33", gitVersion: "v1.33.4" });
  });

  test("a user without a role is refused, with and without kubectl", async () => {
    await expect(cluster.as("token-of-guest").list("/api/v1/namespaces")).rejects.toThrow(
      '403: namespaces is forbidden: User "guest" cannot list resource "namespaces" in API group "" at the cluster scope',
    );
    await expect(cluster.kubectl(["get", "secrets"], { token: "token-of-guest" })).rejects.toThrow(/forbidden/);
  });

  test("an unknown token is nobody's", async () => {
    await expect(cluster.as("made-up").list("/api/v1/namespaces")).rejects.toThrow("401: Unauthorized");
  });

  test("a service account's token may do what its role says, in its own namespace only", async () => {
    await cluster.createNamespace("own");
    await cluster.createNamespace("foreign");
    await cluster.kubectl(["create", "serviceaccount", "deployer", "--namespace=own"]);
    await cluster.kubectl([
      "create",
      "rolebinding",
      "deployer",
      "--clusterrole=edit",
      "--serviceaccount=own:deployer",
      "--namespace=own",
    ]);
    const token = await cluster.serviceAccountToken("own", "deployer");
    await cluster.apply(
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "mine", namespace: "own" } },
      { token },
    );
    await expect(
      cluster.apply(
        { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "mine", namespace: "foreign" } },
        { token },
      ),
    ).rejects.toThrow(
      /"system:serviceaccount:own:deployer" cannot patch resource "configmaps".* in the namespace "foreign"/,
    );
  });

  test("a namespace with restricted pod security refuses a privileged pod", async () => {
    await cluster.createNamespace("safe", { "pod-security.kubernetes.io/enforce": "restricted" });
    await expect(cluster.apply(pod("root", "safe", { privileged: true }))).rejects.toThrow(
      /violates PodSecurity "restricted:latest": privileged/,
    );
    await cluster.createNamespace("lax");
    await cluster.apply(pod("root", "lax", { privileged: true }));
  });

  test("a quota gets a status, and refuses what is above it", async () => {
    await cluster.createNamespace("small");
    await cluster.apply({
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "quota", namespace: "small" },
      spec: { hard: { pods: "1" } },
    });
    await until("the quota has a status", async () => {
      const { status } = await cluster.admin.get("/api/v1/namespaces/small/resourcequotas/quota");
      return status?.hard?.pods === "1";
    });
    await cluster.apply(pod("one", "small"));
    await expect(cluster.apply(pod("two", "small"))).rejects.toThrow(
      "exceeded quota: quota, requested: pods=1, used: pods=1, limited: pods=1",
    );
  });

  test("a Deployment becomes available, and its Service has endpoints", async () => {
    await cluster.createNamespace("web");
    await cluster.apply([
      deployment("web", "web"),
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web", namespace: "web" },
        spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
      },
    ]);
    await cluster.kubectl(["rollout", "status", "deployment/web", "--timeout=30s"], { namespace: "web" });
    await until("the Service has two ready endpoints", async () => {
      const slices = await cluster.admin.list("/apis/discovery.k8s.io/v1/namespaces/web/endpointslices");
      const endpoints = slices.flatMap((slice) => slice.endpoints ?? []);
      return endpoints.filter(({ conditions }) => conditions.ready).length === 2;
    });
  });

  test("pods crash where the test says so, and recover when it says otherwise", async () => {
    await cluster.createNamespace("shaky");
    await cluster.apply(deployment("broken", "shaky"));
    const path = "/apis/apps/v1/namespaces/shaky/deployments/broken";
    await until("both pods crash", async () => {
      const pods = await cluster.admin.list("/api/v1/namespaces/shaky/pods");
      const reasons = pods.map(({ status }) => status.containerStatuses?.[0].state.waiting?.reason);
      return reasons.length === 2 && reasons.every((reason) => reason === "CrashLoopBackOff");
    });
    expect((await cluster.admin.get(path)).status.availableReplicas).toBeUndefined();

    FATES.broken = "ready";
    await kubelet.look();
    await until("it is available", async () => (await cluster.admin.get(path)).status.availableReplicas === 2);
  });

  test.each([
    ["ready", "1/1 Running"],
    ["unready", "0/1 Running"],
    ["crashes", "0/1 CrashLoopBackOff"],
    ["no-image", "0/1 ImagePullBackOff"],
    ["completes", "0/1 Completed"],
    ["fails", "0/1 Error"],
    ["pending", "0/1 Pending"],
  ] as const)("kubectl shows a pod whose fate is %s as %s", async (fate, shown) => {
    const name = `pod-${fate}`;
    FATES[name] = fate;
    await cluster.apply({ ...pod(name, "default"), metadata: { name, namespace: "default", labels: { app: name } } });
    await until(`${name} is ${shown}`, async () => {
      const [, ready, status] = (await cluster.kubectl(["get", "pod", name, "--no-headers"])).split(/\s+/);
      return `${ready} ${status}` === shown;
    });
  });

  test("a Job's pods complete, and so does the Job", async () => {
    await cluster.createNamespace("jobs");
    await cluster.apply({
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: "seed", namespace: "jobs" },
      spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "seed", image: IMAGE }] } } },
    });
    await cluster.kubectl(["wait", "--for=condition=complete", "job/seed", "--timeout=30s"], { namespace: "jobs" });
  });

  test("a namespace with running pods finishes deleting", async () => {
    await cluster.createNamespace("gone");
    await cluster.apply(deployment("web", "gone"));
    await cluster.kubectl(["rollout", "status", "deployment/web", "--timeout=30s"], { namespace: "gone" });
    await cluster.admin.delete("/api/v1/namespaces/gone");
    await until("it is gone", async () => (await cluster.admin.find("/api/v1/namespaces/gone")) === undefined);
  });

  test("pods of a namespace that is not played stay pending", async () => {
    await cluster.createNamespace("unplayed");
    await cluster.apply(pod("waiting", "unplayed"));
    await kubelet.look();
    const { spec, status }: ApiObject = await cluster.admin.get("/api/v1/namespaces/unplayed/pods/waiting");
    expect(status.phase).toBe("Pending");
    expect(spec.nodeName).toBeUndefined();
  });
});

describeWithCluster("a control plane that was stopped", [], () => {
  test("leaves no process and no file", async () => {
    const cluster = await Cluster.start();
    await cluster.playKubelet();
    const { pids, files } = cluster;
    expect(pids).toHaveLength(3);
    expect(pids.filter(isRunning)).toEqual(pids);

    await cluster.stop();

    expect(pids.filter(isRunning)).toEqual([]);
    expect(existsSync(files.directory)).toBe(false);
  });
});
