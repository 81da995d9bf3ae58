import type { AlertRule } from "../../../objectives/alert-rule";

/** An alert by threshold. */
export const serviceDown: AlertRule = {
  name: "ServiceDown",
  origin: { alert: "ServiceDown" },
  signal: "health",
  query: 'min(probe_success{job="blackbox"})',
  comparison: { operator: "below", threshold: 1 },
  forSeconds: 60,
  severity: "page",
  team: "relay-maintainers",
  summary: "The service does not answer",
  action: "Roll back the newest deployment",
  runbook: "docs/runbooks/service-down.md",
  noData: "Alerting",
};

/** An alert that follows from an objective, on a signal that no panel shows. */
export const budgetBurn: AlertRule = {
  name: "AvailabilityBudgetBurnTicket",
  origin: { objective: "availability" },
  signal: "requests",
  query: "slo:sli_error:ratio_rate6h",
  comparison: { operator: "above", threshold: 0.006 },
  forSeconds: 0,
  severity: "warning",
  team: "relay-maintainers",
  summary: "The budget burns",
  action: "Look at the dashboard",
  runbook: "docs/runbooks/error-budget.md",
  noData: "NoData",
};
