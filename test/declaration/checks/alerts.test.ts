import { relayRefusals } from "../fixture";

describe("an alert watches a signal of its kind, and links to a runbook that exists", () => {
  test.each(["serviceDown", "Service Down", "Service-Down", "S", "", "日本"])("%j is no name", (name) => {
    const alert = { kind: "down", summary: "a", action: "b", owner: "platform", severity: "info", signal: "redis" };
    const refusals = relayRefusals({ alerts: { [name]: { ...alert, forMinutes: 1, response: ["c"] } } });
    expect(refusals.filter(({ path }) => path.startsWith("alerts"))).toEqual([
      expect.objectContaining({
        expected: "the name of an alert: 2 to 60 letters and digits, beginning with a capital",
        remedy: 'write it as one word, such as "ServiceDown"',
      }),
    ]);
  });

  test("a severity that nobody knows is refused", () => {
    expect(relayRefusals({ "alerts.RedisDown.severity": "fatal" })).toEqual([
      {
        path: "alerts.RedisDown.severity",
        came: '"fatal"',
        expected: 'a severity: "page", "critical", "warning", "info"',
        remedy: 'write one of "page", "critical", "warning", "info"',
      },
    ]);
  });

  test("an owner whom nobody plays is refused", () => {
    expect(relayRefusals({ "alerts.RedisDown.owner": "sre" })).toEqual([
      {
        path: "alerts.RedisDown.owner",
        came: '"sre"',
        expected: 'one of the roles in owners: "maintainers", "platform", "security"',
        remedy: "declare it, or name one of them",
      },
    ]);
  });

  test("without a runbook it says nobody what to do", () => {
    expect(relayRefusals({ "alerts.RedisDown.response": undefined })).toEqual([
      {
        path: "alerts.RedisDown.response",
        came: "neither response nor runbook",
        expected: "one of them: the notification links to one runbook",
        remedy: "write response, the steps of a runbook of its own, or name a runbook of the service",
      },
    ]);
  });

  test("a runbook of its own and another are one too many", () => {
    expect(relayRefusals({ "alerts.RedisDown.runbook": "on-call" })).toEqual([
      expect.objectContaining({ path: "alerts.RedisDown.runbook", came: "both response and runbook" }),
    ]);
  });

  test("a runbook that isn't rendered is refused", () => {
    const refusals = relayRefusals({
      "alerts.RedisDown.response": undefined,
      "alerts.RedisDown.runbook": "redis-down",
    });
    expect(refusals).toEqual([
      expect.objectContaining({
        path: "alerts.RedisDown.runbook",
        came: '"redis-down"',
        expected: expect.stringContaining('one of the runbooks that the repository gets: "on-call",'),
        remedy: expect.stringContaining("add it to runbooks, or write response instead"),
      }),
    ]);
  });

  test("another alert's runbook is one", () => {
    expect(
      relayRefusals({ "alerts.RedisDown.response": undefined, "alerts.RedisDown.runbook": "service-down" }),
    ).toEqual([]);
  });

  test("a signal of another kind is refused", () => {
    expect(relayRefusals({ "alerts.RedisDown.signal": "requests" })).toContainEqual({
      path: "alerts.RedisDown.signal",
      came: '"requests", a signal of kind "events"',
      expected: 'a signal of kind "probe": the alert is of kind "down"',
      remedy: "name another signal, or another kind of alert",
    });
  });

  test("failures of events that are neither good nor bad can't be counted", () => {
    expect(relayRefusals({ "alerts.HighErrorStreak.signal": "rate-limited" })).toEqual([
      expect.objectContaining({
        path: "alerts.HighErrorStreak.signal",
        came: '"rate-limited", which says of no event whether it was good or bad',
      }),
    ]);
  });

  const query = { kind: "query", summary: "a", action: "b", owner: "platform", severity: "info", forMinutes: 1 };

  test.each([
    [{}, "neither above nor below"],
    [{ above: 1, below: 0 }, "both above and below"],
  ])("a query with %p has no threshold", (thresholds, came) => {
    const alert = { ...query, ...thresholds, runbook: "on-call", query: "up" };
    expect(relayRefusals({ "alerts.Odd": alert })).toEqual([
      {
        path: "alerts.Odd",
        came,
        expected: "one of them",
        remedy: "write the threshold that fires; for a range write two alerts",
      },
    ]);
  });

  test("a day counts once in a baseline", () => {
    const drop = {
      kind: "traffic-drop",
      signal: "requests",
      drop: 0.4,
      daysAgo: [7, 14, 7],
      minimumEvents: 10,
    };
    expect(relayRefusals({ "alerts.Drop": { ...query, ...drop, runbook: "on-call" } })).toEqual([
      { path: "alerts.Drop.daysAgo[2]", came: "7 a second time", expected: "each day once", remedy: "remove one" },
    ]);
  });
});
