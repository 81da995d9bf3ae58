import { show } from "../problem";
import { clusterRunbookProblems } from "./cluster-runbooks";
import type { CheckContext } from "./context";
import { refersTo } from "./refers-to";

/** Labels, on-call and runbooks refer to what is declared. */
export function peopleProblems(context: CheckContext): void {
  const { service, report } = context;
  const labels = Object.keys(service.labels);
  refersTo(report, ["flakes", "label"], service.flakes.label, labels, "labels", "declare the label");
  const folded = new Map<string, string>();
  for (const label of labels) {
    const other = folded.get(label.toLowerCase());
    if (other !== undefined) {
      report(["labels", label], {
        came: show(label),
        expected: `another name than ${show(other)}: GitHub's labels know no case`,
        remedy: "remove one",
      });
    }
    folded.set(label.toLowerCase(), label);
  }
  const roles = Object.keys(service.owners);
  refersTo(
    report,
    ["onCall", "escalateTo"],
    service.onCall.escalateTo,
    roles,
    "roles in owners",
    "name who is called when nobody answers",
  );
  const hasBackup = Object.values(service.edge?.d1 ?? {}).some((database) => database.backup !== undefined);
  service.runbooks.forEach((runbook, index) => {
    if (service.runbooks.indexOf(runbook) !== index) {
      report(["runbooks", index], {
        came: `${show(runbook)} a second time`,
        expected: "each once",
        remedy: "remove one",
      });
    }
    if (runbook === "d1-backup-and-restore" && !hasBackup) {
      report(["runbooks", index], {
        came: `${show(runbook)} without a backup`,
        expected: "a database with a backup",
        remedy: "declare edge.d1.<key>.backup, or drop the runbook",
      });
    }
  });
  if (hasBackup && !service.runbooks.includes("d1-backup-and-restore")) {
    report(["runbooks"], {
      came: show(service.runbooks),
      expected: '"d1-backup-and-restore" among them: there is a backup to restore',
      remedy: "add it",
    });
  }
  clusterRunbookProblems(context);
}
