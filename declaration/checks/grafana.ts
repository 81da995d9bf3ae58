import type { Grafana, QuietHours } from "../grafana";
import type { Organization } from "../organization";
import { formatPath, type Problem, show } from "../problem";
import { isTimeZone } from "../time-zone";
import { refersTo } from "./refers-to";

/** Routes lead from teams that exist to contact points that exist, and quiet hours leave pages alone. */
export function grafanaProblems({ grafana, teams }: Organization): readonly Problem[] {
  if (grafana === undefined) return [];
  const problems: Problem[] = [];
  const report: Report = (path, problem) =>
    problems.push({ subject: "organization", path: formatPath(["grafana", ...path]), ...problem });
  routes(grafana, Object.keys(teams), report);
  distinctNames(grafana, report);
  for (const [name, quiet] of Object.entries(grafana.quietHours ?? {})) quietHours(name, quiet, report);
  return problems;
}

type Report = (path: readonly PropertyKey[], problem: Omit<Problem, "subject" | "path">) => void;

function routes(grafana: Grafana, teams: readonly string[], report: Report): void {
  const points = Object.keys(grafana.contactPoints);
  const used = new Set<string>([grafana.fallback]);
  refersTo(report, ["fallback"], grafana.fallback, points, "grafana.contactPoints");
  for (const [team, route] of Object.entries(grafana.routes)) {
    refersTo(report, ["routes", team], team, teams, "organization's teams");
    const severities = Object.entries(route);
    if (severities.length === 0) {
      report(["routes", team], {
        came: "no severity",
        expected: "a contact point for at least one severity",
        remedy: "write who is told, or drop the route: the fallback is told then",
      });
    }
    for (const [severity, point] of severities) {
      used.add(point);
      refersTo(report, ["routes", team, severity], point, points, "grafana.contactPoints");
    }
  }
  for (const point of points) {
    if (used.has(point)) continue;
    report(["contactPoints", point], {
      came: `the contact point ${show(point)}, to which no route leads`,
      expected: "a route, or the fallback",
      remedy: "name it in routes, or drop it",
    });
  }
}

/** Grafana knows data sources and contact points by name. */
function distinctNames({ dataSources, contactPoints }: Grafana, report: Report): void {
  const sources = Object.entries(dataSources).map(([key, { name }]) => [["dataSources", key, "name"], name] as const);
  const points = Object.entries(contactPoints).map(([key, point]) =>
    point.kind === "existing"
      ? ([["contactPoints", key, "name"], point.name] as const)
      : ([["contactPoints", key], key] as const),
  );
  for (const list of [sources, points]) {
    const seen = new Set<string>();
    for (const [path, name] of list) {
      if (seen.has(name)) {
        report(path, {
          came: `${show(name)} a second time`,
          expected: "a name that no other has",
          remedy: "rename one",
        });
      }
      seen.add(name);
    }
  }
}

function quietHours(name: string, quiet: QuietHours, report: Report): void {
  const path = ["quietHours", name];
  quiet.severities.forEach((severity, index) => {
    if (severity === "page") {
      report([...path, "severities", index], {
        came: show(severity),
        expected: "a severity that can wait until morning",
        remedy: "drop it: what need not wake anybody is no page",
      });
    } else if (quiet.severities.indexOf(severity) !== index) {
      report([...path, "severities", index], {
        came: `${show(severity)} a second time`,
        expected: "each severity once",
        remedy: "remove one",
      });
    }
  });
  quiet.times.forEach(({ start, end }, index) => {
    if (start < end) return;
    report([...path, "times", index], {
      came: `${start} to ${end}`,
      expected: "an end after the start",
      remedy: `over midnight write two periods: ${start} to 24:00 and 00:00 to ${end}`,
    });
  });
  if (!isTimeZone(quiet.location)) {
    report([...path, "location"], {
      came: show(quiet.location),
      expected: "a time zone of the IANA database",
      remedy: 'write e.g. "Europe/Berlin" or "UTC"',
      source: "https://www.iana.org/time-zones",
    });
  }
}
