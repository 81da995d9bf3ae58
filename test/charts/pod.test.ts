import type { ApiObject } from "../support/api-client";
import { only, render } from "../support/helm";
import { describeWith } from "../support/programs";
import { EVERYTHING, SHAPES } from "./sample-values";

describeWith(["helm"], "the chart's pod", () => {
  let template: ApiObject["spec"];
  let spec: ApiObject["spec"];
  let container: ApiObject["spec"];
  beforeAll(() => {
    template = only(render(EVERYTHING), "Rollout").spec.template;
    spec = template.spec;
    container = spec.containers[0];
  });

  test("has one container, named as the service", () => {
    expect(spec.containers.map(({ name }: { name: string }) => name)).toEqual(["shop"]);
    expect(container.ports).toEqual([
      { name: "http", containerPort: 8080, protocol: "TCP" },
      { name: "metrics", containerPort: 9464, protocol: "TCP" },
    ]);
  });

  test("has no privileges, and no token of the cluster", () => {
    expect(spec).toMatchObject({
      serviceAccountName: "shop",
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
    });
  });

  test("takes the largest user id as a whole number", () => {
    const values = { ...EVERYTHING, container: { ...EVERYTHING.container, user: 4_294_967_294 } };
    expect(only(render(values), "Rollout").spec.template.spec.securityContext.runAsUser).toBe(4_294_967_294);
  });

  test("writes to the named directories only, and no more than they hold", () => {
    expect(spec.volumes).toEqual([
      { name: "writable-0", emptyDir: { sizeLimit: "1Gi" } },
      { name: "writable-1", emptyDir: { sizeLimit: "1Gi" } },
      expect.objectContaining({ name: "flags" }),
    ]);
    expect(container.volumeMounts).toEqual([
      { name: "writable-0", mountPath: "/tmp" },
      { name: "writable-1", mountPath: "/var/cache/shop" },
      expect.objectContaining({ name: "flags", readOnly: true }),
    ]);
    const bare = only(render(SHAPES["a Deployment"]), "Deployment").spec.template.spec;
    expect(bare.volumes).toBeUndefined();
    expect(bare.containers[0].volumeMounts).toBeUndefined();
  });

  test("reads its flags from a directory, not from single files, so that it sees a change; it starts without them too (MAE-7)", () => {
    expect(spec.volumes.at(-1)).toEqual({ name: "flags", configMap: { name: "shop-flags", optional: true } });
    expect(container.volumeMounts.at(-1)).toEqual({ name: "flags", mountPath: "/etc/gatehouse/flags", readOnly: true });
    const { writable: _writable, ...without } = EVERYTHING.container;
    const alone = render({ ...EVERYTHING, container: { ...without, writable: [] } });
    const pod = only(alone, "Rollout").spec.template.spec;
    expect(pod.volumes).toHaveLength(1);
    expect(pod.containers[0].volumeMounts).toEqual([
      { name: "flags", mountPath: "/etc/gatehouse/flags", readOnly: true },
    ]);
  });

  test("is checked by HTTP; its start may take as long as declared", () => {
    expect(container.readinessProbe).toEqual({
      httpGet: { path: "/readyz", port: "http" },
      periodSeconds: 5,
      timeoutSeconds: 3,
      failureThreshold: 3,
    });
    expect(container.livenessProbe).toMatchObject({ httpGet: { path: "/livez", port: "http" }, failureThreshold: 4 });
    const { periodSeconds, failureThreshold } = container.startupProbe;
    expect(periodSeconds * failureThreshold).toBeGreaterThanOrEqual(EVERYTHING.container.startWithinSeconds);
    expect(periodSeconds * (failureThreshold - 1)).toBeLessThan(EVERYTHING.container.startWithinSeconds);
  });

  test("asks for and is held to its resources", () => {
    expect(container.resources).toEqual({
      requests: { cpu: "250m", memory: "256Mi" },
      limits: { cpu: "1000m", memory: "256Mi" },
    });
    const [unlimited] = only(render(SHAPES["a Deployment"]), "Deployment").spec.template.spec.containers;
    expect(unlimited.resources.limits).toEqual({ memory: "256Mi" });
  });

  test("is spread over machines and zones, each version by itself", () => {
    expect(spec.topologySpreadConstraints).toMatchObject([
      { topologyKey: "kubernetes.io/hostname", matchLabelKeys: ["rollouts-pod-template-hash"] },
      { topologyKey: "topology.kubernetes.io/zone", matchLabelKeys: ["rollouts-pod-template-hash"] },
    ]);
    const deployment = only(render(SHAPES["a Deployment"]), "Deployment").spec.template.spec;
    expect(deployment.topologySpreadConstraints[0].matchLabelKeys).toEqual(["pod-template-hash"]);
  });

  test("goes on answering while the entrance learns that it stops, and then has its time", () => {
    expect(container.lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
    expect(spec.terminationGracePeriodSeconds).toBe(45 + 5);
  });

  test("only stops in time where Kubernetes can't wait by itself", () => {
    const old = only(render(EVERYTHING, { kubeVersion: "1.29" }), "Rollout").spec.template.spec;
    expect(old.containers[0].lifecycle).toBeUndefined();
    expect(old.terminationGracePeriodSeconds).toBe(45);
  });

  test("is scraped where its metrics are, and not at all without them", () => {
    expect(template.metadata.annotations).toMatchObject({
      "prometheus.io/scrape": "true",
      "prometheus.io/port": "9464",
      "prometheus.io/path": "/metrics",
    });
    const bare = only(render(SHAPES["a Deployment"]), "Deployment").spec.template;
    expect(bare.metadata.annotations).toEqual({
      "gatehouse.dev/commit": "unknown",
      "gatehouse.dev/release": "cicd.pipeline.run.id=unknown",
    });
  });

  test("a port that serves both is named once", () => {
    const metrics = { port: 8080, path: "/metrics" };
    const values = { ...EVERYTHING, container: { ...EVERYTHING.container, metrics } };
    const { ports } = only(render(values), "Rollout").spec.template.spec.containers[0];
    expect(ports).toHaveLength(1);
  });

  test("the seed's job runs the service's own image and environment, as a pod without privileges that no Service sends to", () => {
    const objects = render(SHAPES["a preview"]);
    const job = only(objects, "Job");
    const [service] = only(objects, "Deployment").spec.template.spec.containers;
    const [seed] = job.spec.template.spec.containers;
    expect(job.metadata.annotations).toEqual({
      "helm.sh/hook": "post-install,post-upgrade",
      "helm.sh/hook-delete-policy": "before-hook-creation",
    });
    expect(job.spec).toMatchObject({ backoffLimit: 2, activeDeadlineSeconds: 300, ttlSecondsAfterFinished: 86_400 });
    expect(job.spec.template.spec).toMatchObject({
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 10001 },
    });
    expect(seed).toMatchObject({
      command: ["node", "seed.js"],
      image: service.image,
      env: service.env,
      envFrom: service.envFrom,
      securityContext: service.securityContext,
      volumeMounts: service.volumeMounts,
    });
    expect(job.spec.template.metadata.labels).not.toMatchObject(only(objects, "Service").spec.selector);
  });
});

describeWith(["helm"], "the environment of the chart's container", () => {
  let container: ApiObject["spec"];
  let names: readonly string[];
  beforeAll(() => {
    container = only(render(EVERYTHING), "Rollout").spec.template.spec.containers[0];
    names = container.env.map(({ name }: ApiObject["spec"]) => name);
  });
  const textOf = (name: string): string => container.env.find((entry: ApiObject["spec"]) => entry.name === name).value;

  test("has the service's variables as they were written, whatever looks like a reference", () => {
    expect(textOf("LOG_LEVEL")).toBe("info");
    // Kubernetes makes one $ of two, and leaves what follows alone.
    expect(textOf("PRICE")).toBe("$$(GATEHOUSE_POD) costs 5$$");
    expect(container.envFrom).toEqual([{ secretRef: { name: "shop" } }]);
  });

  test("says what runs where, for traces and metrics", () => {
    const pairs = textOf("OTEL_RESOURCE_ATTRIBUTES").split(",");
    // What the release train writes into its annotation: pairs, too.
    expect(pairs.pop()).toBe("$(GATEHOUSE_RELEASE)");
    expect(Object.fromEntries(pairs.map((pair) => pair.split("=")))).toEqual({
      "deployment.environment.name": "prod",
      "k8s.container.name": "shop",
      "k8s.namespace.name": "$(GATEHOUSE_NAMESPACE)",
      "k8s.node.name": "$(GATEHOUSE_NODE)",
      "k8s.pod.name": "$(GATEHOUSE_POD)",
      "k8s.pod.uid": "$(GATEHOUSE_POD_UID)",
      "service.instance.id": "$(GATEHOUSE_NAMESPACE).$(GATEHOUSE_POD).shop",
      "service.name": "shop",
      "service.namespace": "example",
      "service.version": "$(GATEHOUSE_COMMIT)",
      "vcs.ref.head.revision": "$(GATEHOUSE_COMMIT)",
    });
    expect(textOf("OTEL_SERVICE_NAME")).toBe("shop");
  });

  test("every variable that another refers to stands above it", () => {
    for (const { name, value = "" } of container.env) {
      const references = [...value.replaceAll("$$", "").matchAll(/\$\((\w+)\)/g)].map(([, of]) => of ?? "");
      for (const reference of references) expect(names.slice(0, names.indexOf(name))).toContain(reference);
    }
    expect(textOf("OTEL_RESOURCE_ATTRIBUTES")).toContain("$(GATEHOUSE_POD)");
  });

  test("no name is there twice", () => {
    expect(new Set(names).size).toBe(names.length);
  });
});
