import type { Dataquery } from "@grafana/grafana-foundation-sdk/prometheus";
import type { Panel } from "../../declaration/dashboard";
import type { Service } from "../../declaration/service";
import { signalsDashboard } from "../../objectives/signals-dashboard";
import { organization } from "../../services/organization";
import { relay } from "../../services/relay";
import { type BuiltPanel, builtBoard, EVERY_KIND, limitsOf, panelTitled, relayWith } from "./support/dashboard-boards";

describe("the board of a stage", () => {
  const board = builtBoard();

  test("has the eight panels of relay, in reading order (REL-6)", () => {
    expect(board.panels.map(({ id, type, title }) => [id, type, title])).toEqual([
      [1, "timeseries", "Requests per minute by endpoint"],
      [2, "timeseries", "Error rate"],
      [3, "timeseries", "Light endpoints"],
      [4, "timeseries", "Webhook execution"],
      [5, "stat", "Rate-limited requests (24 h)"],
      [6, "gauge", "Error budget left"],
      [7, "stat", "Availability (30 d)"],
      [8, "stat", "Requests (24 h)"],
    ]);
  });

  test("is asked again every 30 s, opens with the last 24 h, and can't be changed by hand", () => {
    expect(board.title).toBe("relay · production");
    expect(board.uid).toBe("relay_production_signals");
    expect(board.tags).toEqual(["gatehouse", "relay", "production"]);
    expect([board.refresh, board.time, board.timezone]).toEqual(["30s", { from: "now-24h", to: "now" }, "utc"]);
    expect(board.editable).toBe(false);
    expect(board.description).toContain("services/relay.ts");
  });

  test("asks the organization's data source by its uid, everywhere", () => {
    const source = { type: "prometheus", uid: "gatehouse_metrics" };
    for (const { datasource, targets } of board.panels) {
      expect(datasource).toEqual(source);
      for (const query of targets) expect(query.datasource).toEqual(source);
    }
  });

  test("asks for the series of its own stage, everywhere", () => {
    for (const stage of ["staging", "production"]) {
      const { panels, annotations } = builtBoard(relayWith(EVERY_KIND), stage);
      const queries = [...panels.flatMap(({ targets }) => targets), annotations.list?.[1]?.target as Dataquery];
      for (const { expr } of queries) {
        const metrics = expr.match(/\b(?:http|probe|db|relay)_\w+/g)?.length;
        expect(expr.match(new RegExp(`service="relay",env="${stage}"`, "g"))?.length).toBe(metrics);
      }
    }
  });

  test("marks alerts that fire and commits that begin to run", () => {
    const [alerts, deployments, ...others] = board.annotations.list ?? [];
    expect(alerts).toMatchObject({ builtIn: 1, enable: true, datasource: { uid: "-- Grafana --" } });
    expect(alerts?.target).toMatchObject({ type: "dashboard" });
    // With it, Grafana would show an alert on its own panel only.
    expect(alerts).not.toHaveProperty("type");
    expect(deployments).toMatchObject({ enable: true, titleFormat: "Deployed {{revision}}" });
    expect(deployments).toMatchObject({ target: { expr: deployments?.expr } });
    expect(others).toEqual([]);
  });

  test("marks no commits where no series tells them", () => {
    const unmarked = relayWith(EVERY_KIND_BUT_DEPLOYMENTS, { "telemetry.deployments": undefined });
    expect(builtBoard(unmarked).annotations.list).toHaveLength(1);
  });

  test("tells alerts which panel shows their signal: the first one", () => {
    expect(Object.fromEntries(signalsDashboard(relay, "production", organization).panelIds)).toEqual({
      requests: 1,
      light: 3,
      webhook: 4,
      "rate-limited": 5,
      health: 7,
    });
  });
});

describe("limits are drawn", () => {
  const board = builtBoard();

  test("across the error rate: what the objective and the alerts allow, the more severe where two agree", () => {
    const panel = panelTitled(board, "Error rate");
    expect(limitsOf(panel)).toEqual([
      [null, "green"],
      [0.01, "red"],
      [0.1, "dark-red"],
    ]);
    expect(panel.fieldConfig?.defaults.custom.thresholdsStyle).toEqual({ mode: "dashed" });
  });

  test("across latencies: the threshold of the objective", () => {
    const { LightEndpointLatencyHigh: _, ...alerts } = relay.alerts as NonNullable<Service["alerts"]>;
    const objectiveOnly = builtBoard({ ...relay, alerts });
    expect(limitsOf(panelTitled(objectiveOnly, "Light endpoints"))).toEqual([
      [null, "green"],
      [0.05, "yellow"],
    ]);
    expect(limitsOf(panelTitled(board, "Light endpoints"))).toEqual([
      [null, "green"],
      [0.05, "orange"],
    ]);
    expect(limitsOf(panelTitled(board, "Webhook execution"))).toEqual([
      [null, "green"],
      [1.2, "orange"],
    ]);
  });

  test("across a utilization: where its alert begins", () => {
    expect(limitsOf(panelTitled(builtBoard(relayWith(EVERY_KIND)), "Postgres connections"))).toEqual([
      [null, "green"],
      [0.9, "red"],
    ]);
  });

  test("in the color of the severity that the stage allows", () => {
    expect(limitsOf(panelTitled(builtBoard(relay, "staging"), "Error rate"))).toEqual([
      [null, "green"],
      [0.01, "orange"],
      [0.1, "orange"],
    ]);
  });

  test("nowhere without objectives and alerts", () => {
    const panels = { errors: EVERY_KIND.failures } as Record<string, Panel>;
    const panel = panelTitled(builtBoard(relayWith(panels, { objectives: {}, alerts: {} })), "Error rate");
    expect(limitsOf(panel)).toEqual([]);
    expect(panel.fieldConfig?.defaults.custom.thresholdsStyle).toBeUndefined();
  });

  test("on the budget: green above a half, red below a fifth, or where the objective says (REL-4)", () => {
    const colors = (budget?: { yellowFrom: number; redFrom: number }) => {
      const errors = { ...relay.objectives?.errors, budget } as NonNullable<Service["objectives"]>[string];
      const objectives = { ...relay.objectives, errors };
      return limitsOf(panelTitled(builtBoard({ ...relay, objectives }), "Error budget left"));
    };
    expect(colors()).toEqual([
      [null, "red"],
      [0.2, "yellow"],
      [0.5, "green"],
    ]);
    expect(colors({ yellowFrom: 0.3, redFrom: 0.9 })).toEqual([
      [null, "red"],
      [0.1, "yellow"],
      [0.7, "green"],
    ]);
  });

  test("on what was attained: green from the target on, with a digit more than the target has", () => {
    const panel = panelTitled(board, "Availability (30 d)");
    expect(limitsOf(panel)).toEqual([
      [null, "red"],
      [0.999, "green"],
    ]);
    expect(panel.fieldConfig?.defaults).toMatchObject({ unit: "percentunit", decimals: 2 });
  });
});

describe("units and legends", () => {
  const board = builtBoard(relayWith(EVERY_KIND));
  const legends = (panel: BuiltPanel) => panel.targets.map(({ legendFormat }) => legendFormat);

  test("say what a line is", () => {
    const own = builtBoard();
    expect(legends(panelTitled(own, "Requests per minute by endpoint"))).toEqual(["{{route}}"]);
    expect(legends(panelTitled(board, "Requests by status"))).toEqual(["2xx", "3xx", "4xx", "5xx"]);
    expect(legends(panelTitled(board, "Light endpoints"))).toEqual(["p50", "p99.9"]);
  });

  test("are those of the signal", () => {
    const unit = (title: string) => panelTitled(board, title).fieldConfig?.defaults.unit;
    expect([unit("Light endpoints"), unit("Error rate"), unit("Postgres connections")]).toEqual([
      "s",
      "percentunit",
      "percentunit",
    ]);
    expect(panelTitled(board, "Requests per second").fieldConfig?.defaults.custom.axisLabel).toBe("per second");
  });

  test("color the classes of status", () => {
    const { overrides } = panelTitled(board, "Requests by status").fieldConfig ?? {};
    const colors = overrides?.map(({ matcher, properties }) => [matcher.options, properties[0]?.value.fixedColor]);
    expect(colors).toEqual([
      ["2xx", "green"],
      ["3xx", "blue"],
      ["4xx", "orange"],
      ["5xx", "red"],
    ]);
  });
});

describe("an objective's panels", () => {
  test("ask what was recorded where the data source says who records", () => {
    const { grafana } = organization;
    const { metrics } = grafana?.dataSources ?? {};
    if (grafana === undefined || metrics === undefined) throw new Error("the organization has no data source");
    const dataSources = { metrics: { ...metrics, recordedBy: "rule-file" as const } };
    const { json } = signalsDashboard(relay, "production", { ...organization, grafana: { ...grafana, dataSources } });
    expect(panelTitled(JSON.parse(json), "Error budget left").targets[0]?.expr).toContain("slo:sli_error:ratio_rate7d");
    expect(panelTitled(builtBoard(), "Error budget left").targets[0]?.expr).not.toContain("slo:");
  });
});

describe("the JSON", () => {
  const json = (panels: Readonly<Record<string, Panel>>) =>
    signalsDashboard(relayWith(panels), "production", organization).json;

  test("is the same for the same declaration", () => {
    expect(json(EVERY_KIND)).toBe(json(structuredClone(EVERY_KIND)));
  });

  test("has its keys in order, and neither id nor version of the board", () => {
    const board = JSON.parse(json(EVERY_KIND), (_, value) => {
      if (typeof value === "object" && value !== null && !Array.isArray(value)) {
        expect(Object.keys(value)).toEqual(Object.keys(value).toSorted());
      }
      return value;
    });
    expect(Object.keys(board)).not.toEqual(expect.arrayContaining(["id"]));
    expect(Object.keys(board)).not.toEqual(expect.arrayContaining(["version"]));
    expect(board.schemaVersion).toBe(42);
  });

  test("keeps the panels that are there when one is added at the end", () => {
    const before = builtBoard(relayWith(EVERY_KIND)).panels;
    const more = { ...EVERY_KIND, again: { kind: "count", title: "Again", signal: "requests", hours: 1 } } as const;
    const after = builtBoard(relayWith(more)).panels;
    const withoutPlace = ({ gridPos: _, ...panel }: BuiltPanel) => panel;
    expect(after.slice(0, before.length).map(withoutPlace)).toEqual(before.map(withoutPlace));
    expect(after.at(-1)?.id).toBe(before.length + 1);
  });

  test("has no panels when none is declared, and one when one is", () => {
    expect(builtBoard(relayWith({})).panels).toEqual([]);
    const one = builtBoard(relayWith({ deployments: EVERY_KIND.deployments as Panel }));
    expect(one.panels.map(({ id, type, gridPos }) => [id, type, gridPos])).toEqual([
      [1, "table", { x: 0, y: 0, w: 12, h: 8 }],
    ]);
  });

  test("holds nothing that Terraform would evaluate", () => {
    expect(json(EVERY_KIND)).not.toMatch(/[$%]\{/);
  });
});

describe("what can't be shown is refused:", () => {
  const refusal = (panel: Panel, changes: Partial<Service> = {}) => {
    try {
      builtBoard(relayWith({ odd: panel }, changes));
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };

  test("a signal of another kind", () => {
    expect(refusal({ kind: "rate", title: "Odd", signal: "light", per: "second" })).toBe(
      'service "relay", dashboard.panels.odd: signal "light" is of kind "latency"; name one of kind "events", or take a panel of another kind',
    );
  });

  test("a signal or objective that is not declared", () => {
    expect(refusal({ kind: "failure-ratio", title: "Odd", signal: "nothing" })).toBe(
      'service "relay", dashboard.panels.odd: signal "nothing" is not declared; name one of kind "events", or take a panel of another kind',
    );
    expect(refusal({ kind: "attainment", title: "Odd", objective: "nothing" })).toBe(
      'service "relay", dashboard.panels.odd: objective "nothing" is not declared; name one of the service\'s',
    );
  });

  test("deployments that no series tells", () => {
    const { deployments: _, ...telemetry } = relay.telemetry;
    expect(refusal({ kind: "last-deployment", title: "Odd" }, { telemetry })).toBe(
      'service "relay", dashboard.panels.odd: telemetry.deployments is not declared; name the series that exist for each running version',
    );
  });

  test("a service without a dashboard", () => {
    const { dashboard: _, ...service } = relay;
    expect(() => signalsDashboard(service, "production", organization)).toThrow(
      'service "relay" declares no dashboard; declare one, or make none for it',
    );
  });
});

const { deployments: _deployments, ...EVERY_KIND_BUT_DEPLOYMENTS } = EVERY_KIND;
