import { fleet } from "../../services/fleet";
import { relay } from "../../services/relay";
import { GateRun } from "./gate-run";
import { figures } from "./prometheus-figures";

describe("gatehouse gate with versions", () => {
  let run: GateRun;
  beforeEach(() => {
    run = new GateRun();
  });

  const versions = { canary: 'version="2"', baseline: 'version="1"' };

  it("fails a canary that is worse than the stable version, though it keeps the objective", async () => {
    const measured = { errors: { bad: "60", total: "10000" } };
    const stable = { errors: { bad: "10", total: "10000" } };
    await expect(run.against(figures({ measured, stable }, versions), versions)).resolves.toBe(2);
    expect(run.report).toMatchObject(versions);
    expect(run.objective("errors")).toMatchObject({
      verdict: "fail",
      baseline: { bad: 10, total: 10_000, badRatio: 0.001 },
      comparison: { worse: true },
      reason: expect.stringContaining("the canary is worse by more than chance"),
    });
  });

  it("judges by the objective alone without a stable version, and says so", async () => {
    await expect(run.against(figures({ stable: { errors: {} } }, versions), versions)).resolves.toBe(0);
    expect(run.objective("errors")?.reason).toContain("the objective alone decides: the stable version has no events");
  });

  it("judges probes that know no versions by the whole stage, and says so", async () => {
    await expect(run.against(figures({ unversioned: ["availability"] }, versions), versions)).resolves.toBe(0);
    expect(run.objective("availability")?.reason).toContain(
      "its signal doesn't tell versions apart, so it is about the whole stage",
    );
    expect(run.objective("availability")?.queries.total).not.toContain("version");
  });

  it.each([{ baseline: 'version="1"' }, { canary: 'version!="1"' }, versions])(
    "does not take everything for the canary when no series has its label: %j",
    async (selectors) => {
      const names = Object.keys(relay.objectives);
      const answer = figures({ unversioned: names }, selectors);
      await expect(run.against(answer, { ...selectors, deadlineSeconds: 0 })).resolves.toBe(1);
      expect(run.objective("errors")?.reason).toBe(
        "no series of the signal has the labels by which versions are told apart: version",
      );
    },
  );

  it("does not judge by the whole stage alone: then the label is wrong", async () => {
    const availability = relay.objectives.availability;
    const probed = Object.entries(relay.alerts).filter(([, { signal }]) => signal === "health" || signal === "redis");
    const { dashboard: _, ...service } = { ...relay, objectives: { availability }, alerts: Object.fromEntries(probed) };
    const {
      requests: _r,
      "rate-limited": _l,
      light: _g,
      webhook: _w,
      database: _d,
      ...signals
    } = relay.telemetry.signals;
    const only = { ...service, telemetry: { ...relay.telemetry, signals } };
    const entries = fleet.services.map((entry) =>
      entry.service.name === "relay" ? { ...entry, service: only } : entry,
    );
    const canary = 'verison="2"';
    const answer = figures({ unversioned: ["availability"] }, { canary });
    const of = { ...fleet, services: entries };
    await expect(run.against(answer, { canary, deadlineSeconds: 0 }, of)).resolves.toBe(1);
    expect(run.objective("availability")?.reason).toBe("no objective's series have the labels verison");
  });

  it("refuses a selector that is none, before it asks anything", async () => {
    await expect(run.against(figures({}), { canary: "2" })).rejects.toThrow(
      "--canary\ncame:     2\nexpected: label matchers",
    );
    expect(run.received).toEqual([]);
  });
});
