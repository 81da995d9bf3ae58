import { show } from "../../declaration/problem";
import type { Observed, Reported } from "../checks/reported";
import { hasGrafanaVariable } from "./grafana-text";

/** Texts and label values in which Grafana would replace a variable of its own, in a title or in a query. */
export function textProblems({ service, telemetry }: Pick<Observed, "service" | "telemetry">): readonly Reported[] {
  const { dashboard, objectives = {} } = service;
  return [
    ...Object.entries(dashboard?.panels ?? {}).flatMap(([key, { title }]) =>
      refused(title, ["dashboard", "panels", key, "title"]),
    ),
    ...Object.entries(objectives).flatMap(([key, { description }]) =>
      refused(description, ["objectives", key, "description"]),
    ),
    ...refused(telemetry, ["telemetry"]),
  ];
}

function refused(value: unknown, path: readonly PropertyKey[]): readonly Reported[] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, item]) =>
      refused(item, [...path, Array.isArray(value) ? Number(key) : key]),
    );
  }
  if (typeof value !== "string" || !hasGrafanaVariable(value)) return [];
  return [
    {
      path,
      came: show(value),
      expected: "text without $__, ${__ and [[__: Grafana's own variables, which it would replace",
      remedy: "write it in another way; Grafana knows no escape",
    },
  ];
}
