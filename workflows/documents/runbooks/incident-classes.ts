import { runbookOfAlert, runbookPath } from "../../../declaration/runbook-paths";
import type { RenderedFile } from "../../rendered-file";
import { INCIDENT_CLASSES, type IncidentClass } from "../incident-class";
import { code, markdownFile, prose, shell, table } from "../markdown";
import { minutes } from "../periods";
import { responsibilityTable } from "../responsibility-table";
import { escalation } from "./escalation";
import { contactPoint, notified } from "./notified";
import { type Block, type RunbookSource, repositoryOf } from "./runbook-source";

/** How bad is it, who is called, and by when: the classes of incidents, with the service's own alerts as examples. */
export function incidentClassesRunbook(source: RunbookSource): RenderedFile {
  const { service } = source;
  return markdownFile(runbookPath("incident-classes"), service.name, [
    `# Classes of incidents of ${service.name}`,
    "The class says how much is dropped for it, and who hears of it. Whoever takes the incident chooses it at once, by what customers notice, not by what the cause might be. In doubt the higher one: going down is easy. It is said again whenever it changes.",
    table(
      ["Class", "Customers", "First response", "Alerts of severity"],
      INCIDENT_CLASSES.map((entry) => [
        `**${entry.name}**`,
        entry.customers,
        responseOf(entry, source),
        code(entry.severity),
      ]),
    ),
    "An alert of severity `info` is no incident: it is read when somebody looks.",
    ...INCIDENT_CLASSES.flatMap((entry) => section(source, entry)),
    "## Open it",
    'In the browser with the form "Incident", which asks for the class; or:',
    shell(
      `gh issue create --repo ${repositoryOf(source)} --label incident --title "Incident (<class>): <what customers see>"${service.runbooks.includes("incident-template") ? ` --body-file ${runbookPath("incident-template")}` : ""}`,
    ),
    "## Who does what",
    "Of the area that is concerned: who is responsible works on it, who is accountable decides, who is to be informed hears of every class but minor.",
    responsibilityTable(service),
    "## It doesn't end",
    escalation(source),
  ]);
}

function responseOf({ atOnce }: IncidentClass, { service }: RunbookSource): string {
  return atOnce ? `within ${minutes(service.onCall.respondWithinMinutes)}, day and night` : "within the working day";
}

function section(source: RunbookSource, entry: IncidentClass): readonly Block[] {
  const { service } = source;
  const { channel, escalateTo } = service.onCall;
  const alerts = Object.entries(service.alerts ?? {}).filter(([, { severity }]) => severity === entry.severity);
  const budgets = entry.budget === undefined ? [] : Object.entries(service.objectives ?? {});
  const owners = [...new Set([...alerts, ...budgets].map(([, { owner }]) => owner))];
  return [
    `## ${capital(entry.name)}`,
    `${entry.meaning}.`,
    [
      ...(owners.length === 0
        ? [`- Called: whoever is on call for the part that is concerned.`]
        : owners.map((owner) => {
            const contact = contactPoint(owner, entry.severity, source);
            return `- Called: ${notified(owner, source)}${contact === "" ? "" : `, by ${contact}`}.`;
          })),
      ...(entry.escalated ? [`- Told at once: ${notified(escalateTo, source)}, in ${code(channel)}.`] : []),
      ...entry.response.map((line) => `- ${line}`),
      ...released(source, entry),
    ],
    ...(alerts.length + budgets.length === 0
      ? []
      : [
          table(
            ["Begins with", "What it says", "Runbook"],
            [
              ...alerts.map(([name, alert]) => [
                code(name),
                prose(alert.summary),
                runbook(runbookOfAlert(name, alert)),
              ]),
              ...budgets.map(([name, objective]) => [
                `a ${entry.budget} on the budget of ${code(name)}`,
                prose(objective.description),
                runbook(objective.runbook),
              ]),
            ],
          ),
        ]),
  ];
}

function runbook(base: string): string {
  return code(runbookPath(base));
}

/** What a canary and a rollback are, of this class. */
function released({ service }: RunbookSource, { name }: IncidentClass): readonly string[] {
  const canaries = Object.values(service.cluster?.stages ?? {}).some(({ canary }) => canary !== undefined);
  if (!canaries) return [];
  switch (name) {
    case "critical":
      return ["- A release that can't be rolled back belongs here."];
    case "major":
      return ["- A release that was taken back after it had all requests belongs here."];
    case "minor":
      return ["- A canary that stopped itself belongs here: few requests saw it. It is written up like the others."];
  }
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
