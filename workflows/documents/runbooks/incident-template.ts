import { runbookPath } from "../../../declaration/runbook-paths";
import type { RenderedFile } from "../../rendered-file";
import { code, markdownFile, table } from "../markdown";
import { minutes } from "../periods";
import { deliveryOf } from "./delivery";
import { RESTORE_CHECKLIST, restoreRunbooks } from "./restore-runbooks";
import type { RunbookSource } from "./runbook-source";

/** What is written during and after an incident; copied into its issue. */
export function incidentTemplate({ service }: RunbookSource): RenderedFile {
  const delivery = deliveryOf(service);
  const restores = restoreRunbooks(service);
  const classes = service.runbooks.includes("incident-classes") ? `: \`${runbookPath("incident-classes")}\`` : "";
  return markdownFile(runbookPath("incident-template"), service.name, [
    "# Incident: what customers saw",
    "<!-- Facts first, causes later. Nobody is blamed: what made the mistake easy is what gets fixed. -->",
    table(
      ["Fact", "Value"],
      [
        ["Severity", `critical / major / minor${classes}`],
        ["Began (UTC)", "YYYY-MM-DD HH:MM"],
        ["Noticed (UTC), and by what", "alert / customer / person"],
        ["First response (UTC)", `promised within ${minutes(service.onCall.respondWithinMinutes)}`],
        ["Ended (UTC)", ""],
        ["Release at the time", delivery === undefined ? "commit" : `tag ${code(delivery.tags)} and commit`],
        ["Leads it", ""],
        ["Writes the timeline", ""],
      ],
    ),
    "## What customers saw, and how many",
    "<!-- Requests that failed, sums that were wrong, minutes of downtime, share of the error budget. -->",
    "## Timeline (UTC)",
    table(["Time", "What happened or was done", "Who"], [["HH:MM", "", ""]]),
    "## Cause",
    "<!-- Ask why until the answer is something that can be changed: a missing check, a default, a confusing screen. -->",
    "## What helped, what hindered",
    "<!-- Which alert, runbook or tool helped; which was missing, wrong or slow. -->",
    "## What will change",
    table(["Change", "Owner", "Due", "Issue"], [["", "", "", ""]]),
    "## Closed when",
    [
      "- [ ] Every change above has an issue, an owner and a date",
      "- [ ] The runbooks say what we now know",
      "- [ ] Customers who were affected were told",
      service.runbooks.includes("secret-leak")
        ? `- [ ] If a secret may have been seen: \`${runbookPath("secret-leak")}\` was followed to its end`
        : "- [ ] If a secret may have been seen: it is void, and another one is in its place",
      ...(restores === ""
        ? []
        : [`- [ ] If data was restored: "${RESTORE_CHECKLIST}" in ${restores} was followed to its end`]),
    ],
  ]);
}
