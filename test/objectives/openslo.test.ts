import { parseAllDocuments } from "yaml";
import type { Service } from "../../declaration/service";
import { openSloName } from "../../objectives/openslo/names";
import { openSloFile, openSloObjects } from "../../objectives/openslo-export";
import { importOpenSlo } from "../../objectives/openslo-import";
import { declarationText } from "../../objectives/openslo-snippet";
import { openclawPos } from "../../services/openclaw-pos";
import { relay as declared } from "../../services/relay";
import { changed } from "../declaration/change";
import { everyKind, recordedBy } from "./observed";

const relay: Service = declared;
const COMMAND = "npx gatehouse slo export relay --format openslo";
const OPTIONS = { owner: "maintainers", runbook: "error-budget", minimumEvents: 50 };

function exported(service: Service): string {
  return openSloFile(openSloObjects(service, recordedBy()), COMMAND);
}

/** Only the signals that objectives are about. */
function promised({ telemetry, objectives = {} }: Service): Record<string, unknown> {
  const keys = new Set(Object.values(objectives).map(({ signal }) => signal));
  return Object.fromEntries(Object.entries(telemetry?.signals ?? {}).filter(([key]) => keys.has(key)));
}

describe("objectives as OpenSLO", () => {
  const objects = openSloObjects(relay, recordedBy(), ["production"]);
  const slo = (name: string) => objects.find(({ kind, metadata }) => kind === "SLO" && metadata.name === name);

  test("are an SLO each, with what they refer to", () => {
    const counts = new Map<string, number>();
    for (const { kind, apiVersion } of objects) {
      expect(apiVersion).toBe("openslo/v1");
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({
      Service: 1,
      DataSource: 1,
      SLO: 4,
      AlertPolicy: 8,
      AlertCondition: 8,
      AlertNotificationTarget: 2,
    });
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { spec } of objects) {
      for (const [, kind, name] of JSON.stringify(spec).matchAll(
        /"(alertPolicy|condition|target|metricSource)Ref":"([^"]+)"/g,
      )) {
        const kinds = {
          alertPolicy: "AlertPolicy",
          condition: "AlertCondition",
          target: "AlertNotificationTarget",
          metricSource: "DataSource",
        };
        expect(names).toContain(`${kinds[kind as keyof typeof kinds]} ${name}`);
      }
    }
  });

  test("say what is counted, over which window, and how much of it is good", () => {
    expect(slo("relay--production--errors")).toMatchObject({
      spec: {
        description: "Requests are answered without an error of ours",
        service: "relay",
        indicator: {
          metadata: { name: "relay--production--requests" },
          spec: {
            ratioMetric: {
              counter: true,
              bad: {
                metricSource: {
                  metricSourceRef: "metrics",
                  type: "Prometheus",
                  spec: { query: 'sum(http_requests_total{code=~"5..",service="relay",env="production"})' },
                },
              },
              total: {
                metricSource: { spec: { query: 'sum(http_requests_total{service="relay",env="production"})' } },
              },
            },
          },
        },
        timeWindow: [{ duration: "7d", isRolling: true }],
        budgetingMethod: "Occurrences",
        objectives: [{ displayName: "errors", target: 0.99 }],
      },
    });
    expect(slo("relay--production--availability")).toMatchObject({
      spec: {
        indicator: {
          spec: {
            thresholdMetric: {
              metricSource: { spec: { query: 'probe_success{job="blackbox",service="relay",env="production"}' } },
            },
          },
        },
        objectives: [{ op: "gte", value: 1, target: 0.999 }],
      },
    });
  });

  test("say how fast the budget may burn", () => {
    expect(objects.find(({ metadata }) => metadata.name === "burn--30d--1h--page")?.spec).toMatchObject({
      severity: "page",
      condition: { kind: "burnrate", op: "gt", threshold: 14.4, lookbackWindow: "1h" },
    });
  });

  test("tell nobody in a stage that tells nobody", () => {
    const staging = openSloObjects(relay, recordedBy(), ["staging"]);
    expect(staging.map(({ kind }) => kind)).toEqual(["Service", "DataSource", "SLO", "SLO", "SLO", "SLO"]);
    expect(staging.at(-1)?.spec).not.toHaveProperty("alertPolicies");
  });

  test("are within the limits that OpenSLO's own SDK checks", () => {
    // pkg/openslo/v1/objects.go of github.com/OpenSLO/go-sdk.
    const annotation =
      /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*\/)?[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;
    const label = /^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;
    const metadata: Record<string, unknown>[] = [];
    const collect = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, each] of Object.entries(value)) {
        if (key === "metadata") metadata.push(each as Record<string, unknown>);
        collect(each);
      }
    };
    const long = { ...everyKind, name: "a".repeat(40) };
    const renamed = changed(recordedBy(), { "grafana.dataSources.metrics.name": "m".repeat(300) });
    collect(openSloObjects(long, renamed));
    expect(metadata.length).toBeGreaterThan(20);
    for (const { name, displayName = "", annotations = {}, labels = {} } of metadata) {
      expect(name).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
      expect(String(displayName).length).toBeLessThanOrEqual(63);
      for (const key of Object.keys(annotations as object)) expect(key).toMatch(annotation);
      for (const key of Object.keys(labels as object)) expect(key).toMatch(label);
    }
  });

  test("are one YAML stream that says what made it, the same each time", () => {
    const text = exported(relay);
    expect(text.split("\n").slice(0, 3)).toEqual([
      "# Made by Gatehouse from the declarations in services/: change those, not this.",
      `# Make it again: ${COMMAND}`,
      "apiVersion: openslo/v1",
    ]);
    expect(exported(relay)).toBe(text);
    expect(parseAllDocuments(text)).toHaveLength(openSloObjects(relay, recordedBy()).length);
  });

  test("have names that any implementation takes", () => {
    expect(openSloName("relay", "production", "errors")).toBe("relay--production--errors");
    const long = openSloName("a".repeat(40), "production", "light_latency");
    for (const name of [long, openSloName("a", "b_c"), openSloName("a-b", "c"), openSloName("日本")]) {
      expect(name).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
    }
    expect(openSloName("a", "b_c")).not.toBe(openSloName("a", "b-c"));
    expect(openSloName("a-b", "c")).not.toBe(openSloName("a", "b-c"));
  });
});

describe("objectives that went to OpenSLO and back", () => {
  test.each([
    ["relay", relay],
    ["every kind", everyKind],
    ["openclaw-pos", openclawPos as Service],
  ] as const)("are the same: %s", (_, service) => {
    const imported = importOpenSlo(exported(service), OPTIONS);
    expect(imported.objectives).toEqual(service.objectives);
    expect(imported.signals).toEqual(promised(service));
    expect(imported.added).toEqual([]);
  });

  test("are the same with all that an objective may say, and labels that need escaping", () => {
    const service = changed(relay, {
      "objectives.errors.gateMinutes": 20,
      "objectives.errors.budget": { yellowFrom: 0.4, redFrom: 0.6 },
      "objectives.errors.description": 'It is "good": # 99 %',
      "telemetry.signals.requests.total.where": { path: 'a"b\\c}', host: { notMatches: "x\\.y|z" }, zone: { not: "" } },
      "telemetry.stages.production.where": { service: "re}lay", env: { matches: "prod.*" } },
    });
    const imported = importOpenSlo(
      openSloFile(openSloObjects(service, recordedBy(), ["production"]), COMMAND),
      OPTIONS,
    );
    expect(imported.objectives).toEqual(service.objectives);
    expect(imported.signals).toEqual(promised(service));
  });

  test("say that burn alerts are not taken over, because they follow", () => {
    expect(importOpenSlo(exported(relay), OPTIONS).left).toEqual([
      "18 objects of alerting (AlertPolicy, AlertCondition, AlertNotificationTarget): burn alerts follow from the objectives, and who is told is said by grafana.routes",
    ]);
  });

  test("are text that a declaration takes", () => {
    const imported = importOpenSlo(exported(relay), OPTIONS);
    const text = declarationText(imported, "npx gatehouse slo import openslo slo.yaml");
    expect(text.split("\n")[0]).toBe("// Made by Gatehouse from OpenSLO: npx gatehouse slo import openslo slo.yaml");
    const read = new Function(`return {${text}};`)();
    expect(read).toEqual({ signals: imported.signals, objectives: imported.objectives });
  });
});

/** An SLO as others write it. */
function foreign(changes: Record<string, unknown> = {}): string {
  return JSON.stringify(
    changed(
      {
        apiVersion: "openslo/v1",
        kind: "SLO",
        metadata: { name: "Checkout.OK", displayName: "Checkouts succeed" },
        spec: {
          service: "shop",
          indicator: {
            metadata: { name: "checkout" },
            spec: {
              ratioMetric: {
                counter: true,
                good: {
                  metricSource: { type: "Prometheus", spec: { query: 'sum(rate(checkouts_total{result="ok"}[5m]))' } },
                },
                total: { metricSource: { type: "Prometheus", spec: { query: "sum(rate(checkouts_total[5m]))" } } },
              },
            },
          },
          timeWindow: [{ duration: "4w", isRolling: true }],
          budgetingMethod: "Occurrences",
          objectives: [{ displayName: "Good", targetPercent: 99.9 }],
        },
      },
      changes,
    ),
  );
}

const QUERY = "spec.indicator.spec.ratioMetric.good.metricSource.spec.query";

describe("OpenSLO of others", () => {
  test("is read as far as a declaration can say it, and what was added is said", () => {
    const imported = importOpenSlo(foreign(), OPTIONS);
    expect(imported).toMatchObject({
      signals: {
        checkout: {
          kind: "events",
          description: "checkout",
          total: { metric: "checkouts_total" },
          good: { metric: "checkouts_total", where: { result: "ok" } },
        },
      },
      objectives: {
        "checkout-ok": {
          description: "Checkouts succeed",
          owner: "maintainers",
          signal: "checkout",
          target: 0.999,
          windowDays: 28,
          minimumEvents: 50,
          runbook: "error-budget",
        },
      },
      left: [],
      added: ["objectives.checkout-ok: owner, runbook, minimumEvents: OpenSLO says nothing of these"],
    });
  });

  test("may have its SLI apart, and several objectives", () => {
    const text = `${foreign({ "spec.indicator": undefined, "spec.indicatorRef": "apart", "spec.objectives": [{ target: 0.99 }, { target: 0.999 }] })}
---
apiVersion: openslo/v1
kind: SLI
metadata: { name: apart }
spec:
  ratioMetric:
    counter: true
    bad: { metricSource: { spec: { query: jobs_failed_total } } }
    total: { metricSource: { spec: { query: jobs_total } } }
`;
    const imported = importOpenSlo(text, OPTIONS);
    expect(Object.keys(imported.objectives)).toEqual(["checkout-ok-1", "checkout-ok-2"]);
    expect(imported.signals).toEqual({
      apart: {
        kind: "events",
        description: "apart",
        total: { metric: "jobs_total" },
        bad: { metric: "jobs_failed_total" },
      },
    });
  });

  test("of a histogram knows one bucket, and says so", () => {
    const imported = importOpenSlo(
      foreign({
        [QUERY]: 'sum(rate(work_ms_bucket{le="250",job="a"}[5m]))',
        "spec.indicator.spec.ratioMetric.total.metricSource.spec.query": 'sum(rate(work_ms_count{job="a"}[5m]))',
      }),
      OPTIONS,
    );
    expect(imported.signals.checkout).toEqual({
      kind: "latency",
      description: "checkout",
      metric: "work_ms",
      where: { job: "a" },
      histogram: "classic",
      unit: "milliseconds",
      buckets: [0.25],
    });
    expect(imported.objectives["checkout-ok"]).toMatchObject({ thresholdSeconds: 0.25 });
    expect(imported.added).toContain(
      'the buckets of signal "checkout": only that of the threshold is known; add the others',
    );
  });

  test.each([
    [
      "a month",
      { "spec.timeWindow": [{ duration: "1M", isRolling: true }] },
      'its window is "1M"; Gatehouse\'s are 7, 28, 30, 90 days',
    ],
    [
      "the calendar",
      { "spec.timeWindow": [{ duration: "30d", isRolling: false, calendar: {} }] },
      "its window of 30d begins anew by the calendar; Gatehouse's roll",
    ],
    ["no window", { "spec.timeWindow": undefined }, "it has no timeWindow"],
    [
      "time slices of a ratio",
      { "spec.budgetingMethod": "Timeslices" },
      "its budget is counted by Timeslices; Gatehouse counts events (Occurrences)",
    ],
    ["ratio time slices", { "spec.budgetingMethod": "RatioTimeslices" }, "its budget is counted by RatioTimeslices"],
    ["no target", { "spec.objectives": [{ displayName: "x" }] }, "it has neither target nor targetPercent"],
    [
      "a target of all",
      { "spec.objectives": [{ target: 1 }] },
      "target would have to be a ratio of good to all, more than 0 and less than 1",
    ],
    [
      "composed",
      { "spec.objectives": [{ target: 0.9, indicatorRef: "other" }] },
      "it is composed of several indicators",
    ],
    [
      "an SLI elsewhere",
      { "spec.indicator": undefined, "spec.indicatorRef": "away" },
      'its SLI "away" is not in the file',
    ],
    [
      "another store",
      { "spec.indicator.spec.ratioMetric.good.metricSource.type": "Datadog" },
      'its metrics come from "Datadog"; Gatehouse asks Prometheus',
    ],
    [
      "no query",
      { "spec.indicator.spec.ratioMetric.good.metricSource.spec": {} },
      "its metricSource has no spec.query",
    ],
    ["no PromQL", { [QUERY]: "sum(rate(" }, "is no PromQL: it does not parse"],
    [
      "a sum by label",
      { [QUERY]: "sum by (route) (rate(x[5m]))" },
      "expected a sum of all series: by and without have no place",
    ],
    [
      "more than a selector",
      { [QUERY]: "sum(rate(a[5m])) + sum(rate(b[5m]))" },
      "expected one selector, perhaps in sum(rate(…))",
    ],
    ["a label twice", { [QUERY]: 'x{a!="b",a!="c"}' }, "labels of its query"],
    [
      "buckets of another histogram",
      { [QUERY]: 'a_bucket{le="1"}' },
      "its good events are buckets of a, and its total is not the count of the same",
    ],
    [
      "a ratio as such",
      { "spec.indicator.spec.ratioMetric": { rawType: "failure", raw: { metricSource: { spec: { query: "x" } } } } },
      'its ratio is computed already (raw, rawType "failure")',
    ],
    ["neither kind of metric", { "spec.indicator.spec": {} }, "its SLI has neither ratioMetric nor thresholdMetric"],
    [
      "a quantile",
      {
        "spec.indicator.spec": {
          thresholdMetric: { metricSource: { spec: { query: "histogram_quantile(0.99, x)" } } },
        },
        "spec.objectives": [{ op: "lte", value: 0.5, target: 0.99 }],
      },
      "expected what is used divided by what there is",
    ],
    [
      "a gauge",
      {
        "spec.indicator.spec": { thresholdMetric: { metricSource: { spec: { query: "temperature" } } } },
        "spec.objectives": [{ op: "gte", value: 20, target: 0.99 }],
      },
      '"temperature" gte 20 is no probe that succeeds: declare an alert of kind "query" for it',
    ],
  ])("is left with its reason: %s", (_, changes, reason) => {
    const imported = importOpenSlo(foreign(changes), OPTIONS);
    expect(imported.objectives).toEqual({});
    expect(imported.signals).toEqual({});
    expect(imported.left).toHaveLength(1);
    expect(imported.left[0]).toContain('SLO "Checkout.OK": ');
    expect(imported.left[0]).toContain(reason);
    expect(declarationText(imported, "x")).toContain("// Not taken over: SLO");
  });

  test("of two stages that differ is read once, and the other left", () => {
    const two = exported(relay).replace("target: 0.999", "target: 0.99");
    expect(importOpenSlo(two, OPTIONS).left[0]).toBe(
      'SLO "relay--production--availability": it differs from what was read as objective "availability" before; an objective is the same in all stages',
    );
  });

  test.each([
    ["nothing", "", "the file has no SLO; give one with kind: SLO"],
    ["no YAML", "a: [", "document 1 is no YAML: "],
    ["no object", "- 1", "document 1 is no object of OpenSLO"],
    ["no kind", "a: 1", "document 1, at apiVersion: "],
    [
      "another version",
      foreign({ apiVersion: "openslo/v1alpha" }),
      'SLO "Checkout.OK" is of "openslo/v1alpha"; expected "openslo/v1": rewrite it to that version first',
    ],
    ["a wrong shape", foreign({ "spec.objectives": [] }), 'SLO "Checkout.OK", at spec.objectives: '],
    [
      "several services",
      `${foreign()}\n---\n${foreign({ "spec.service": "bank" })}`,
      'the file has SLOs of several services; name one of the services: "shop", "bank"',
    ],
  ])("that is %s is refused", (_, text, message) => {
    expect(() => importOpenSlo(text, OPTIONS)).toThrow(message);
  });

  test("of several services is read for one of them", () => {
    const text = `${foreign()}\n---\n${foreign({ "spec.service": "bank", "metadata.name": "transfers" })}`;
    expect(Object.keys(importOpenSlo(text, { ...OPTIONS, service: "bank" }).objectives)).toEqual(["transfers"]);
    expect(() => importOpenSlo(text, { ...OPTIONS, service: "farm" })).toThrow('the file has no SLO of service "farm"');
  });

  test("can't run anything, nor reach into what objects inherit", () => {
    const text = foreign({
      "metadata.name": "constructor",
      "metadata.displayName": '"}); throw new Error("run"); ({"',
    });
    const imported = importOpenSlo(text, OPTIONS);
    expect(Object.keys(imported.objectives)).toEqual(["constructor"]);
    const read = new Function(`return {${declarationText(imported, "x\n; throw new Error()")}};`)();
    expect(read.objectives).toEqual(imported.objectives);
    const annotated = foreign({ "metadata.annotations": { "gatehouse/objective": "__proto__" } });
    expect(importOpenSlo(annotated, OPTIONS).left[0]).toContain("would have to be a key of 1 to 40");
    const broken = foreign({ "metadata.annotations": { "gatehouse/scope": "{" } });
    expect(importOpenSlo(broken, OPTIONS).left[0]).toContain('an annotation of Gatehouse is no JSON: "{"');
  });
});
