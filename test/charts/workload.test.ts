import type { ApiObject } from "../support/api-client";
import { only, render } from "../support/helm";
import { describeWith } from "../support/programs";
import { DIGEST, EVERYTHING, SHAPES } from "./sample-values";

const ARGS = [
  { name: "canary-hash", valueFrom: { podTemplateHashValue: "Latest" } },
  { name: "stable-hash", valueFrom: { podTemplateHashValue: "Stable" } },
];
const STEP = { analysis: { templates: [{ templateName: "shop-step" }], args: ARGS } };

describeWith(["helm"], "the chart's Rollout", () => {
  let spec: ApiObject["spec"];
  let canary: ApiObject["spec"];
  beforeAll(() => {
    spec = only(render(SHAPES["a canary behind a Gateway"]), "Rollout").spec;
    canary = spec.strategy.canary;
  });

  test("steps: a share of the traffic, a while, a verdict; the rest comes by itself", () => {
    expect(canary.steps).toEqual([
      { setWeight: 5 },
      { pause: { duration: 300 } },
      STEP,
      { setWeight: 25 },
      { pause: { duration: 300 } },
      STEP,
      { setWeight: 50 },
      { pause: { duration: 300 } },
      STEP,
    ]);
  });

  test("is watched from its first share of the traffic on", () => {
    expect(canary.analysis).toEqual({ templates: [{ templateName: "shop-watch" }], args: ARGS, startingStep: 1 });
  });

  test("moves the weights of the HTTPRoute by the plugin", () => {
    expect(canary).toMatchObject({ stableService: "shop", canaryService: "shop-canary" });
    expect(canary.trafficRouting).toEqual({
      plugins: { "argoproj-labs/gatewayAPI": { httpRoute: "shop", namespace: "shop-prod" } },
    });
  });

  test("moves the weight of the canary's Ingress where the entrance is ingress-nginx", () => {
    const rollout = only(render(SHAPES["a canary behind ingress-nginx"]), "Rollout");
    expect(rollout.spec.strategy.canary.trafficRouting).toEqual({ nginx: { stableIngress: "shop" } });
  });

  test("leaves the stable version all its pods, and takes none away before its successor is there", () => {
    expect(canary).toMatchObject({ dynamicStableScale: false, maxSurge: "25%", maxUnavailable: 0 });
  });

  test("lets the loser finish its requests", () => {
    expect(canary).toMatchObject({ abortScaleDownDelaySeconds: 45, scaleDownDelaySeconds: 45 });
  });

  test("aborts an update that doesn't get on", () => {
    expect(spec).toMatchObject({ progressDeadlineSeconds: 661, progressDeadlineAbort: true, revisionHistoryLimit: 5 });
  });

  test("replaces pods one after another when there is no canary", () => {
    const rollout = only(render(SHAPES["a Rollout without a canary"]), "Rollout");
    expect(rollout.spec.strategy).toEqual({ canary: { maxSurge: "25%", maxUnavailable: 0 } });
  });

  test("has no steps when all the traffic is the first", () => {
    const values = { ...SHAPES["a canary behind a Gateway"], canary: { steps: [100], observeSeconds: 300 } };
    expect(only(render(values), "Rollout").spec.strategy.canary.steps).toEqual([]);
  });
});

describeWith(["helm"], "the chart's Deployment", () => {
  test("takes no pod away before its successor is there", () => {
    const { apiVersion, spec } = only(render(SHAPES["a Deployment"]), "Deployment");
    expect(apiVersion).toBe("apps/v1");
    expect(spec.strategy).toEqual({ type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } });
    expect(spec).toMatchObject({ progressDeadlineSeconds: 661, revisionHistoryLimit: 5 });
  });
});

describeWith(["helm"], "the number of pods", () => {
  const of = (least: number, most: number) =>
    render({ ...SHAPES["a Deployment"], replicas: { least, most, cpuPercent: 60 } });
  const scaler = (least: number, most: number) =>
    of(least, most).find(({ kind }) => kind === "HorizontalPodAutoscaler")?.spec;

  test("is the autoscaler's alone where there may be more than one", () => {
    expect(only(of(2, 5), "Deployment").spec.replicas).toBeUndefined();
    expect(scaler(2, 5)).toEqual({
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "shop" },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 60 } } },
      ],
    });
  });

  test("is the autoscaler's when it is fixed, too: changing it to a range then never goes by way of one pod", () => {
    expect(only(of(3, 3), "Deployment").spec.replicas).toBeUndefined();
    expect(scaler(3, 3)).toMatchObject({ minReplicas: 3, maxReplicas: 3 });
  });

  test("one needs no autoscaler", () => {
    expect(only(of(1, 1), "Deployment").spec.replicas).toBe(1);
    expect(scaler(1, 1)).toBeUndefined();
  });

  test("is none while it sleeps, whatever most says", () => {
    expect(only(of(0, 4), "Deployment").spec.replicas).toBe(0);
    expect(scaler(0, 4)).toBeUndefined();
  });

  test("a Rollout's is counted too", () => {
    const objects = render(SHAPES["a canary behind a Gateway"]);
    expect(only(objects, "Rollout").spec.replicas).toBeUndefined();
    expect(only(objects, "HorizontalPodAutoscaler").spec.scaleTargetRef).toEqual({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Rollout",
      name: "shop",
    });
  });

  test("a quarter may be away at once for maintenance, where there are two at least", () => {
    expect(only(of(2, 5), "PodDisruptionBudget").spec).toEqual({
      maxUnavailable: "25%",
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: only(of(2, 5), "Deployment").spec.selector,
    });
    expect(of(1, 5).some(({ kind }) => kind === "PodDisruptionBudget")).toBe(false);
  });
});

describeWith(["helm"], "the version that is installed where none runs", () => {
  test("is the declared digest, of an unknown commit", () => {
    const { template } = only(render(EVERYTHING), "Rollout").spec;
    expect(template.spec.containers[0].image).toBe(`ghcr.io/example/shop@${DIGEST}`);
    expect(template.metadata.annotations["gatehouse.dev/commit"]).toBe("unknown");
  });
});
