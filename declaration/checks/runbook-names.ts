import { RUNBOOKS } from "../people";
import { show } from "../problem";
import { alertRunbook, EMERGENCY_RUNBOOK, POSTGRES_RUNBOOK, runbookPath } from "../runbook-paths";
import type { CheckContext } from "./context";

/** Every runbook has a file of its own: an alert's is called neither as one of the library nor as another alert's. */
export function runbookNameProblems({ service, report }: CheckContext): void {
  const taken = new Map<string, string>([
    ...RUNBOOKS.map((name) => [name, `the runbook "${name}" of the library`] as const),
    [POSTGRES_RUNBOOK, "the runbook of the Postgres database"],
    [EMERGENCY_RUNBOOK, "the runbook of the emergency override"],
  ]);
  for (const [name, alert] of Object.entries(service.alerts ?? {})) {
    if (alert.response === undefined) continue;
    const base = alertRunbook(name);
    const other = taken.get(base);
    if (other === undefined) {
      taken.set(base, `the alert ${show(name)}`);
      continue;
    }
    report(["alerts", name], {
      came: `${show(name)}, whose runbook would be ${runbookPath(base)}, as that of ${other}`,
      expected: "a name from which a file follows that no other runbook has",
      remedy: "rename the alert",
    });
  }
}
