import { stageRules } from "../../objectives/stage-rules";
import { fleet } from "../../services/fleet";
import { describeWith } from "../support/programs";
import { type RunningPrometheus, startPrometheus } from "../support/prometheus";
import { builtBoard } from "./support/dashboard-boards";
import { healthySeries } from "./support/signal-series";

const NOW = 1_750_000_800;
const HOURS = 8;

/** What Grafana puts in place of its variables. */
const asked = (expression: string) =>
  expression.replaceAll("$__rate_interval", "5m").replaceAll("$__range", "6h").replaceAll("$__interval", "1m");

const observed = fleet.services.flatMap(({ service }) =>
  service.telemetry === undefined ? [] : [{ name: service.name, service, telemetry: service.telemetry }],
);

describeWith(["prometheus", "promtool"], "every query of every service, on a real Prometheus", () => {
  test("it is more than one service that is asked", () => {
    expect(observed.length).toBeGreaterThan(1);
  });

  describe.each(observed)("$name", ({ service, telemetry }) => {
    const stages = Object.keys(telemetry.stages);
    let prometheus: RunningPrometheus;
    beforeAll(async () => {
      prometheus = await startPrometheus({ openMetrics: healthySeries(telemetry, NOW, HOURS) });
    });
    afterAll(() => prometheus.stop());

    describe.each(stages)("%s", (stage) => {
      const { alerts } = stageRules(service, stage, fleet.organization);

      test.each(alerts)(
        "the alert $name has one value without labels while all is well, and it does not fire",
        async (alert) => {
          const samples = await prometheus.query(alert.query, NOW);
          expect(samples).toEqual([{ labels: {}, value: expect.any(Number) }]);
          const { operator, threshold } = alert.comparison;
          const [value = Number.NaN] = samples.map((sample) => sample.value);
          expect(Number.isFinite(value)).toBe(true);
          expect(operator === "above" ? value > threshold : value < threshold).toBe(false);
        },
      );

      test.each(builtBoard(service, stage).panels.map((panel) => [panel.title, panel] as const))(
        "the panel %s shows finite numbers",
        async (_title, panel) => {
          for (const { expr } of panel.targets as readonly { readonly expr?: string }[]) {
            const samples = await prometheus.query(asked(expr ?? ""), NOW);
            expect(samples.length).toBeGreaterThan(0);
            expect(samples.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
          }
        },
      );
    });
  });
});
