import type { Problem } from "../../declaration/problem";
import { objectiveProblems } from "../../objectives/objective-problems";
import { type FleetChanges, relayFleet } from "../declaration/fixture";

function problems(changes: FleetChanges): readonly Omit<Problem, "subject">[] {
  const { organization, services } = relayFleet(changes);
  return services.flatMap(({ service }) =>
    objectiveProblems(service, organization).map(({ subject: _subject, ...problem }) => problem),
  );
}

describe("an alert that is sent reaches somebody of the team that owns it", () => {
  test("relay's do", () => {
    expect(problems({})).toEqual([]);
  });

  test("a severity without a route is said once, where it is first asked for", () => {
    const routes = { page: "relay-on-call", critical: "relay-on-call", warning: "relay-mail" };
    expect(problems({ organization: { "grafana.routes.relay-maintainers": routes } })).toEqual([
      {
        path: "alerts.RateLimitBreaches.severity",
        came: 'an alert of severity "info" in "production", which routes to nobody of the team "relay-maintainers"',
        expected: 'one of the severities that "relay-maintainers" has a route for: "page", "critical", "warning"',
        remedy: "add grafana.routes.relay-maintainers.info to services/organization.ts",
      },
    ]);
  });

  test("a team without any route is told so, for each severity that an objective has", () => {
    const found = problems({ organization: { "grafana.routes": {} }, service: { alerts: undefined } });
    expect(found.map(({ path, expected }) => [path, expected])).toEqual(
      ["page", "warning", "critical"].map(() => [
        "objectives.availability",
        'a route of the team "relay-maintainers", which has none',
      ]),
    );
  });

  test("a stage that notifies nobody needs no route", () => {
    const changes = { "telemetry.stages.production.notify": false };
    expect(problems({ organization: { "grafana.routes": {} }, service: changes })).toEqual([]);
  });

  test("a stage that sends pages as warnings needs the route of warnings only", () => {
    const organization = { "grafana.routes": { "relay-maintainers": { warning: "relay-mail" } } };
    const service = { alerts: undefined, "telemetry.stages.production.mostSevere": "warning" };
    expect(problems({ organization, service })).toEqual([]);
  });
});
