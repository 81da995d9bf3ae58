import type { Observed, Reported } from "./reported";

/** Windows that are longer than the store keeps samples: they would never be full, and nobody would see it. */
export function retentionProblems({ service, telemetry, dataSource }: Observed): readonly Reported[] {
  const problems: Reported[] = [];
  const kept = dataSource.retentionDays;
  const forgets = (path: readonly PropertyKey[], came: string, neededDays: number) => {
    if (neededDays <= kept) return;
    problems.push({
      path,
      came,
      expected: `at most what the data source ${JSON.stringify(telemetry.dataSource)} keeps: ${kept} days`,
      remedy: `write less, or raise the store's retention to ${Math.ceil(neededDays)} days and say so in grafana.dataSources`,
    });
  };
  for (const [key, { windowDays }] of Object.entries(service.objectives ?? {})) {
    forgets(["objectives", key, "windowDays"], `${windowDays} days`, windowDays);
  }
  for (const [name, alert] of Object.entries(service.alerts ?? {})) {
    if (alert.kind !== "traffic-drop") continue;
    alert.daysAgo.forEach((days, index) => {
      const path = ["alerts", name, "daysAgo", index];
      forgets(path, `the hour of ${days} days ago`, days + 1 / 24);
    });
  }
  if (service.dashboard === undefined) return problems;
  forgets(["dashboard", "hours"], `${service.dashboard.hours} hours`, service.dashboard.hours / 24);
  for (const [key, panel] of Object.entries(service.dashboard.panels)) {
    if (panel.kind === "count")
      forgets(["dashboard", "panels", key, "hours"], `${panel.hours} hours`, panel.hours / 24);
  }
  return problems;
}
