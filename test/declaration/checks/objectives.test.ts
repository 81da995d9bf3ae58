import { minimalRefusals, relayRefusals } from "../fixture";

describe("an objective promises something that can be kept, and missed", () => {
  test.each([0, 1, -0.5, 50, 99.9, Number.NaN, Number.POSITIVE_INFINITY, "99.9 %"])("%p is no target", (target) => {
    expect(relayRefusals({ "objectives.availability.target": target })).toEqual([
      expect.objectContaining({
        path: "objectives.availability.target",
        expected: "a ratio of good to all, more than 0 and less than 1",
        remedy: "write e.g. 0.999 for 99.9 %; 1 leaves no budget for errors, and 0 promises nothing",
      }),
    ]);
  });

  test.each([0, 1, 14, 31, 30.5, "30"])("%p days are no window", (windowDays) => {
    expect(relayRefusals({ "objectives.availability.windowDays": windowDays })).toEqual([
      expect.objectContaining({
        path: "objectives.availability.windowDays",
        expected: "7, 28, 30 or 90 days",
        remedy: "write one of these",
      }),
    ]);
  });

  test("an owner whom nobody plays is refused", () => {
    expect(relayRefusals({ "objectives.errors.owner": "maintainer" })).toEqual([
      {
        path: "objectives.errors.owner",
        came: '"maintainer"',
        expected: 'one of the roles in owners: "maintainers", "platform", "security"',
        remedy: 'declare it, or name one of them; did you mean "maintainers"?',
      },
    ]);
  });

  test("a runbook that isn't rendered is refused", () => {
    expect(relayRefusals({ "objectives.errors.runbook": "errors" })).toEqual([
      {
        path: "objectives.errors.runbook",
        came: '"errors"',
        expected: 'one of the runbooks of the service: "on-call", "incident-template", "secret-leak", "error-budget"',
        remedy: "add it to runbooks, or name one of them",
      },
    ]);
  });

  test("a latency objective says what is quick enough", () => {
    expect(relayRefusals({ "objectives.light-latency.thresholdSeconds": undefined })).toEqual([
      {
        path: "objectives.light-latency.thresholdSeconds",
        came: "nothing",
        expected: 'the duration within which an event is good: "light" is a latency signal',
        remedy: "write e.g. 0.5",
      },
    ]);
  });

  test("only a latency objective does", () => {
    expect(relayRefusals({ "objectives.errors.thresholdSeconds": 1 })).toEqual([
      {
        path: "objectives.errors.thresholdSeconds",
        came: '1, of the events signal "requests"',
        expected: "nothing: only latency signals have it",
        remedy: "drop it, or name a latency signal",
      },
    ]);
  });

  test("an objective on saturation says from where time is bad", () => {
    expect(relayRefusals({ "objectives.errors.signal": "database" })).toEqual([
      {
        path: "objectives.errors.limit",
        came: "nothing",
        expected: 'the utilization above which time is bad: "database" is a saturation signal',
        remedy: "write e.g. 0.9",
      },
    ]);
  });

  test("events of which nobody knows whether they were good can't be promised", () => {
    expect(relayRefusals({ "objectives.errors.signal": "rate-limited" })).toEqual([
      {
        path: "objectives.errors.signal",
        came: '"rate-limited", which says of no event whether it was good or bad',
        expected: "a signal with bad or good",
        remedy: "declare telemetry.signals.rate-limited.bad, or name another signal",
      },
    ]);
  });

  test("the budget turns red after it turned yellow", () => {
    expect(relayRefusals({ "objectives.errors.budget": { yellowFrom: 0.8, redFrom: 0.5 } })).toEqual([
      {
        path: "objectives.errors.budget.redFrom",
        came: "0.5, with yellowFrom 0.8",
        expected: "more than yellowFrom",
        remedy: "write shares of the budget that rise, e.g. 0.5 and 0.8",
      },
    ]);
  });

  test("a runbook on error budgets needs objectives", () => {
    expect(minimalRefusals({ "runbooks.1": "error-budget" })).toEqual([
      {
        path: "runbooks[1]",
        came: '"error-budget" without objectives',
        expected: "objectives, whose budgets it is about",
        remedy: "declare objectives, or drop the runbook",
      },
    ]);
  });
});
