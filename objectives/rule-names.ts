/** Names of the alerts that follow from an objective: `light-latency` → `LightLatencyBudgetBurnPage`. */
export interface ObjectiveRuleNames {
  readonly page: string;
  readonly ticket: string;
  readonly absent: string;
}

export function objectiveRuleNames(objective: string): ObjectiveRuleNames {
  const stem = objective
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  return { page: `${stem}BudgetBurnPage`, ticket: `${stem}BudgetBurnTicket`, absent: `${stem}Absent` };
}

/** Names of all alerts that a service has in each of its stages, with what each follows from. */
export function ruleNames(service: {
  readonly objectives?: Readonly<Record<string, unknown>> | undefined;
  readonly alerts?: Readonly<Record<string, unknown>> | undefined;
}): readonly { readonly name: string; readonly origin: readonly ["objectives" | "alerts", string] }[] {
  const followed = Object.keys(service.objectives ?? {}).flatMap((key) =>
    Object.values(objectiveRuleNames(key)).map((name) => ({ name, origin: ["objectives", key] as const })),
  );
  const declared = Object.keys(service.alerts ?? {}).map((name) => ({ name, origin: ["alerts", name] as const }));
  return [...followed, ...declared];
}
