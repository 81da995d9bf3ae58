import type { Service } from "../../declaration/service";
import { type GatedObjective, type GatePlan, type GatePlanProps, gatePlan } from "../../objectives/gate/gate-plan";
import { staleness } from "../../objectives/gate/staleness";
import { promqlProblem } from "../../objectives/promql";
import { relay } from "../../services/relay";
import { type Changes, changed, REMOVED } from "../declaration/change";

const plan = (props: Partial<GatePlanProps> = {}, changes: Changes = {}): GatePlan =>
  gatePlan(changed(relay as Service, changes), { stage: "production", ...props });

function objective(name: string, props: Partial<GatePlanProps> = {}, changes: Changes = {}): GatedObjective {
  const found = plan(props, changes).objectives.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no objective ${name}`);
  return found;
}

const SATURATION = {
  "objectives.pool": {
    description: "The pool has room",
    owner: "maintainers",
    signal: "database",
    target: 0.99,
    limit: 0.9,
    windowDays: 30,
    minimumEvents: 5,
    runbook: "error-budget",
  },
};

describe("the plan of a gate", () => {
  it("asks about every objective, in the stage's series", () => {
    const { objectives } = plan();
    expect(objectives.map(({ name }) => name)).toEqual(Object.keys(relay.objectives));
    for (const { measured } of objectives)
      for (const query of [measured.bad, measured.total, measured.newest, measured.series]) {
        expect(query).toMatch(/service="relay",env="production"|env="production",service="relay"/);
        expect(promqlProblem(query)).toBeUndefined();
      }
  });

  it("looks back for 10 minutes, for the objective's own time, or for as long as it is told", () => {
    expect(objective("errors").windowSeconds).toBe(600);
    expect(objective("errors").measured.total).toContain("[10m]");
    const own = { "objectives.errors.gateMinutes": 25 };
    expect(objective("errors", {}, own).measured.bad).toContain("[25m]");
    expect(objective("errors", { forSeconds: 90 }, own).measured.bad).toContain("[90s]");
    expect(objective("errors", { forSeconds: 90 }, own).windowSeconds).toBe(90);
  });

  it("without versions measures the whole stage and compares nothing", () => {
    for (const { stable, alone, versioned, wholeStage } of plan().objectives)
      expect({ stable, alone, versioned, wholeStage }).toEqual({});
  });

  it("measures the canary's series and the stable version's", () => {
    const { measured, stable, versioned } = objective("errors", {
      canary: 'version="2"',
      baseline: 'version="1"',
    });
    for (const query of [measured.bad, measured.total, measured.newest]) expect(query).toContain('version="2"');
    for (const query of [stable?.bad, stable?.total]) expect(query).toContain('version="1"');
    expect(versioned).toContain('version!=""');
  });

  it("measures the canary alone when there is no baseline", () => {
    const { measured, stable } = objective("light-latency", { canary: 'track=~"canary|preview"' });
    expect(measured.bad).toContain('track=~"canary|preview"');
    expect(stable).toBeUndefined();
  });

  it.each([
    ['version="1"', 'version!="1"'],
    ['version!="2"', 'version="2"'],
    ['version=~"1|2"', 'version!~"1|2"'],
    ['version!~"1|2"', 'version=~"1|2"'],
  ])("without --canary takes all that is not %s", (baseline, canary) => {
    const { measured, stable, versioned, wholeStage } = objective("errors", { baseline });
    expect(measured.total).toContain(canary);
    expect(stable?.total).toContain(baseline);
    expect(versioned).toContain('version!=""');
    expect(wholeStage).toBeUndefined();
  });

  it("asks probes and shared things whether they have versions, and compares neither", () => {
    const props = { canary: 'version="2"', baseline: 'version="1"' };
    for (const name of ["availability", "pool"]) {
      const { versioned, wholeStage, stable, alone } = objective(name, props, SATURATION);
      expect(versioned).toContain('version!=""');
      expect(wholeStage?.total).not.toContain("version");
      expect(stable).toBeUndefined();
      expect(alone).toMatch(/are not compared$/);
    }
    expect(objective("pool", { canary: 'version="2"' }, SATURATION).alone).toBeUndefined();
  });

  it("knows the newest sample of every kind of signal", () => {
    const synthetic = { "telemetry.signals.health.source": "synthetic" };
    const native = { "telemetry.signals.light.histogram": "native", "telemetry.signals.light.buckets": REMOVED };
    const metric = (query: GatedObjective) => /timestamp\((\w+)\{/.exec(query.measured.newest)?.[1];
    expect(metric(objective("errors"))).toBe("http_requests_total");
    expect(metric(objective("light-latency"))).toBe("http_request_duration_seconds_count");
    expect(metric(objective("light-latency", {}, native))).toBe("http_request_duration_seconds");
    expect(metric(objective("availability"))).toBe("probe_success");
    expect(metric(objective("availability", {}, synthetic))).toBe("probe_all_success_count");
    expect(metric(objective("pool", {}, SATURATION))).toBe("db_pool_connections_in_use");
  });
});

describe("what can't be gated is refused", () => {
  it("a stage that the service doesn't have", () => {
    expect(() => plan({ stage: "qa" })).toThrow(
      'service "relay" has no stage "qa"\nexpected one of its stages: "staging", "production"',
    );
    expect(() => plan({ stage: "constructor" })).toThrow("has no stage");
  });

  it("a stage without telemetry", () => {
    expect(() => plan({}, { "telemetry.stages.production": REMOVED })).toThrow(
      'nothing is known of the metrics of service "relay" in stage "production"\nexpected one of the stages of its telemetry: "staging"\ndeclare telemetry.stages.production, or gate another stage',
    );
    expect(() => plan({}, { telemetry: REMOVED })).toThrow("expected one of the stages of its telemetry: none");
  });

  it("a service without objectives", () => {
    const message =
      'service "relay" has no objectives\nexpected at least one: a gate without a promise would let everything pass';
    expect(() => plan({}, { objectives: {} })).toThrow(message);
    expect(() => plan({}, { objectives: REMOVED })).toThrow(message);
  });

  it.each([
    [{ canary: "2" }, "--canary\ncame:     2\nexpected: label matchers of PromQL"],
    [{ baseline: "" }, "--baseline\ncame:     nothing\nexpected: at least one label matcher"],
    [{ canary: 'env="staging"' }, '--canary\ncame:     the label "env", by which the stage is known already'],
    [{ baseline: 'code="200"' }, '--baseline\ncame:     the label "code", by which a signal is known already'],
    [{ canary: 'class!="light"' }, 'came:     the label "class", by which a signal is known already'],
    [{ canary: 'le="1"' }, 'came:     the label "le", by which a signal is known already'],
    [
      { canary: 'a="1",b="2"', baseline: 'b="2", a="1"' },
      '--canary and --baseline\ncame:     a="1",b="2", twice\nexpected: two versions',
    ],
    [
      { baseline: 'version="1",track="stable"' },
      '--baseline\ncame:     version="1",track="stable", without --canary\nexpected: one matcher, so that the canary is everything else',
    ],
  ])("versions like %j", (props, message) => {
    expect(() => plan(props)).toThrow(message);
  });
});

describe("the newest sample", () => {
  it("may be three minutes old, and no older", () => {
    expect(staleness(1000, 1180, "x")).toBeUndefined();
    expect(staleness(1000, 1000, "x")).toBeUndefined();
    expect(staleness(1000, 1180.6, "x")).toBe("the newest sample is 181 s old (at most 180 s) of x");
  });

  it("must be there, and have a time", () => {
    expect(staleness(undefined, 1000, "x{}")).toBe("there is no sample in the last minutes of x{}");
    expect(staleness(Number.NaN, 1000, "x")).toBe("the time of the newest sample is NaN of x");
    expect(staleness(Number.POSITIVE_INFINITY, 1000, "x")).toContain("the time of the newest sample is Infinity");
  });
});
