import type { RenderedFile } from "../../rendered-file";
import { code, markdownFile, table } from "../markdown";
import { minutes } from "../periods";
import type { RunbookSource } from "./runbook-source";

/** What is written during and after an incident; copied into its issue. */
export function incidentTemplate({ service }: RunbookSource): RenderedFile {
  return markdownFile("docs/runbooks/incident-template.md", service.name, [
    "# Incident: what customers saw",
    "<!-- Facts first, causes later. Nobody is blamed: what made the mistake easy is what gets fixed. -->",
    table(
      ["Fact", "Value"],
      [
        ["Severity", "critical / major / minor"],
        ["Began (UTC)", "YYYY-MM-DD HH:MM"],
        ["Noticed (UTC), and by what", "alert / customer / person"],
        ["First response (UTC)", `promised within ${minutes(service.onCall.respondWithinMinutes)}`],
        ["Ended (UTC)", ""],
        [
          "Release at the time",
          service.release === undefined ? "commit" : `tag ${code(service.release.tags)} and commit`,
        ],
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
      "- [ ] If a secret may have been seen: the leak procedure was followed to its end",
      "- [ ] If data was restored: the post-restore checklist was followed to its end",
    ],
  ]);
}
