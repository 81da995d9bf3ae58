import type { ApiObject } from "../support/api-client";
import { only, render } from "../support/helm";
import { describeWith } from "../support/programs";
import { EVERYTHING, SHAPES } from "./sample-values";

const HASHES = [{ name: "canary-hash" }, { name: "stable-hash" }];
const AUTHORIZATION = { name: "authorization", valueFrom: { secretKeyRef: { name: "metrics", key: "header" } } };

describeWith(["helm"], "the chart's AnalysisTemplates", () => {
  let objects: readonly ApiObject[];
  let open: readonly ApiObject[];
  beforeAll(() => {
    objects = render(SHAPES["a canary behind a Gateway"]);
    open = render(SHAPES["a canary behind ingress-nginx"]);
  });
  const template = (name: string, of = objects) => only(of, "AnalysisTemplate", name).spec;

  test("have the metrics of the values, field by field, asked of Prometheus", () => {
    const [{ query, ...fields }] = EVERYTHING.analysis.step;
    expect(template("shop-step", open).metrics).toEqual([
      { ...fields, provider: { prometheus: { address: "https://prometheus.example.com/prometheus", query } } },
    ]);
    expect(template("shop-watch").metrics.map(({ name }: { name: string }) => name)).toEqual(["errors", "latency"]);
  });

  test("leave the queries as they are, braces, quotes and backslashes", () => {
    expect(template("shop-watch").metrics[0].provider.prometheus.query).toBe(EVERYTHING.analysis.watch[0].query);
    expect(template("shop-watch").metrics[0].provider.prometheus.query).toContain("{{args.canary-hash}}");
    expect(template("shop-gate").metrics[0].provider.prometheus.query).toBe('vector(1) # "quoted" \\ back');
  });

  test("take the hashes of the two versions; that of the whole stage takes none", () => {
    expect(template("shop-watch", open).args).toEqual(HASHES);
    expect(template("shop-step", open).args).toEqual(HASHES);
    expect(template("shop-gate", open).args).toBeUndefined();
  });

  test("log in to Prometheus by a Secret, if one is named", () => {
    expect(template("shop-watch").args).toEqual([...HASHES, AUTHORIZATION]);
    expect(template("shop-gate").args).toEqual([AUTHORIZATION]);
    for (const { provider } of [...template("shop-watch").metrics, ...template("shop-gate").metrics]) {
      expect(provider.prometheus.headers).toEqual([{ key: "Authorization", value: "{{args.authorization}}" }]);
    }
    expect(template("shop-watch", open).metrics[0].provider.prometheus.headers).toBeUndefined();
  });
});
