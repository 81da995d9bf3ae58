import { relayRefusals } from "../fixture";

describe("a panel shows what there is", () => {
  test("a dashboard without panels is refused", () => {
    expect(relayRefusals({ "dashboard.panels": {} })).toContainEqual({
      path: "dashboard.panels",
      came: "no panel",
      expected: "at least one panel",
      remedy: "declare what it shows, or drop dashboard",
    });
  });

  test("an objective that isn't there is refused", () => {
    expect(relayRefusals({ "dashboard.panels.budget.objective": "error" })).toEqual([
      {
        path: "dashboard.panels.budget.objective",
        came: '"error"',
        expected: 'one of the objectives: "availability", "errors", "light-latency", "webhook-latency"',
        remedy: 'declare it, or name one of them; did you mean "errors"?',
      },
    ]);
  });

  test("a signal of another kind is refused", () => {
    expect(relayRefusals({ "dashboard.panels.errors.signal": "light" })).toEqual([
      {
        path: "dashboard.panels.errors.signal",
        came: '"light", a signal of kind "latency"',
        expected: 'a signal of kind "events": the panel is of kind "failure-ratio"',
        remedy: "name another signal, or another kind of panel",
      },
    ]);
  });

  test("classes of status need a status", () => {
    const panel = { kind: "status-classes", title: "Answers", signal: "rate-limited" };
    expect(relayRefusals({ "dashboard.panels.answers": panel })).toEqual([
      {
        path: "dashboard.panels.answers.signal",
        came: '"rate-limited", which has no status',
        expected: "a signal with status: the panel tells events apart by it",
        remedy: "declare telemetry.signals.rate-limited.status, or name another signal",
      },
    ]);
  });

  test("deployments need series that tell of them", () => {
    const panel = { kind: "last-deployment", title: "Deployed" };
    expect(relayRefusals({ "telemetry.deployments": undefined, "dashboard.panels.deployed": panel })).toEqual([
      {
        path: "dashboard.panels.deployed",
        came: "a panel on deployments, of which no series tells",
        expected: "telemetry.deployments",
        remedy: "declare it, or drop the panel",
      },
    ]);
  });
});
