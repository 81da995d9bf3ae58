import type { ServiceValues } from "../../constructs/helm/service-values";
import { KUBERNETES } from "../../declaration/cluster-names";
import { lint, render, renderText } from "../support/helm";
import { describeWith } from "../support/programs";
import { SHAPES } from "./sample-values";

/** What each shape is made of: kind and name. */
const OBJECTS: Record<keyof typeof SHAPES, readonly string[]> = {
  "a canary behind a Gateway": [
    "AnalysisTemplate shop-gate",
    "AnalysisTemplate shop-step",
    "AnalysisTemplate shop-watch",
    "HTTPRoute shop",
    "HorizontalPodAutoscaler shop",
    "PodDisruptionBudget shop",
    "Policy shop-images",
    "Rollout shop",
    "Service shop",
    "Service shop-canary",
  ],
  "a canary behind ingress-nginx": [
    "AnalysisTemplate shop-gate",
    "AnalysisTemplate shop-step",
    "AnalysisTemplate shop-watch",
    "HorizontalPodAutoscaler shop",
    "Ingress shop",
    "PodDisruptionBudget shop",
    "Policy shop-images",
    "Rollout shop",
    "Service shop",
    "Service shop-canary",
  ],
  "a Rollout without a canary": [
    "AnalysisTemplate shop-gate",
    "HTTPRoute shop",
    "HorizontalPodAutoscaler shop",
    "PodDisruptionBudget shop",
    "Rollout shop",
    "Service shop",
  ],
  "a Deployment": [
    "Deployment shop",
    "HTTPRoute shop",
    "HorizontalPodAutoscaler shop",
    "PodDisruptionBudget shop",
    "Service shop",
  ],
  "a preview": ["Deployment shop", "HTTPRoute shop", "Job shop-seed", "Service shop"],
  "a preview that sleeps": ["Deployment shop", "HTTPRoute shop", "Service shop"],
};

describeWith(["helm"], "the chart", () => {
  describe.each(Object.entries(SHAPES))("%s", (shape, values: ServiceValues) => {
    test("passes helm lint --strict", () => {
      expect(lint(values)).toContain("1 chart(s) linted, 0 chart(s) failed");
    });

    test("is made of these objects", () => {
      expect(
        render(values)
          .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
          .sort(),
      ).toEqual(OBJECTS[shape as keyof typeof SHAPES]);
    });

    test("all objects, and their pods, have the labels, and are in the release's namespace", () => {
      const labels = {
        ...values.labels,
        [KUBERNETES.service]: "shop",
        [KUBERNETES.stage]: values.stage,
        "app.kubernetes.io/name": "shop",
        "app.kubernetes.io/managed-by": "Helm",
      };
      for (const { metadata, spec } of render(values, { namespace: "elsewhere" })) {
        expect(metadata).toMatchObject({ namespace: "elsewhere", labels });
        if (spec.template !== undefined) expect(spec.template.metadata.labels).toMatchObject(labels);
      }
    });

    test("comes out the same a second time", () => {
      expect(renderText(values)).toBe(renderText(values));
    });
  });

  test("names are DNS labels at the longest name that it takes", () => {
    const name = "a".repeat(56);
    for (const { metadata } of render({ ...SHAPES["a canary behind a Gateway"], name })) {
      expect(metadata.name).toMatch(/^[a-z0-9-]{1,63}$/);
    }
    for (const { metadata } of render({ ...SHAPES["a preview"], name })) {
      expect(metadata.name).toMatch(/^[a-z0-9-]{1,63}$/);
    }
  });

  test("labels of the chart can't be replaced by the values'", () => {
    const [first] = render({ ...SHAPES["a preview"], labels: { "app.kubernetes.io/managed-by": "someone" } });
    expect(first?.metadata.labels).toMatchObject({ "app.kubernetes.io/managed-by": "Helm" });
  });

  test("a change of the chart's hash changes the workload's annotation, and not its pods", () => {
    const values = SHAPES["a canary behind a Gateway"];
    const [before, after] = ["a", "b"].map((digit) =>
      render({ ...values, chartHash: digit.repeat(64) }).find(({ kind }) => kind === "Rollout"),
    );
    expect(after?.metadata.annotations).toMatchObject({ "gatehouse.dev/chart-hash": "b".repeat(64) });
    expect(after?.spec).toEqual(before?.spec);
  });
});
