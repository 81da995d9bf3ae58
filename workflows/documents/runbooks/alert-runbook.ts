import type { Alert } from "../../../declaration/alerts";
import { alertRunbook, runbookPath } from "../../../declaration/runbook-paths";
import type { RenderedFile } from "../../rendered-file";
import { alertCondition } from "../alert-words";
import { code, markdownFile, prose, table } from "../markdown";
import { sentence } from "../sentence";
import { escalation } from "./escalation";
import { contactPoint, notified, stagesInWords } from "./notified";
import type { RunbookSource } from "./runbook-source";

/** The runbooks that alerts have of their own: of each with a `response`. */
export function alertRunbooks(source: RunbookSource): readonly RenderedFile[] {
  return Object.entries(source.service.alerts ?? {}).flatMap(([name, alert]) => {
    const { response } = alert;
    return response === undefined ? [] : [ownRunbook(source, name, alert, response)];
  });
}

function ownRunbook(source: RunbookSource, name: string, alert: Alert, response: readonly string[]): RenderedFile {
  const { service } = source;
  const { telemetry } = service;
  const signal = "signal" in alert ? telemetry?.signals[alert.signal] : undefined;
  const contact = contactPoint(alert.owner, alert.severity, source);
  return markdownFile(runbookPath(alertRunbook(name)), service.name, [
    `# ${name}`,
    sentence(alert.summary),
    table(
      ["What", "Value"],
      [
        ["Severity", alert.severity],
        ["Speaks when", alertCondition(alert)],
        ...(signal === undefined || !("signal" in alert) ? [] : [[code(alert.signal), prose(signal.description)]]),
        ["Told", `${notified(alert.owner, source)}${contact === "" ? "" : `, by ${contact}`}`],
        ...(telemetry === undefined ? [] : [["Stages", stagesInWords(telemetry)]]),
      ],
    ),
    "## First",
    sentence(alert.action),
    "## Then",
    response.map((step, index) => `${index + 1}. ${prose(step)}`),
    ...(service.dashboard === undefined
      ? []
      : [
          "## Where to look",
          "The notification links to its panel on the stage's golden-signals board; deployments and firing alerts are marked on it.",
        ]),
    "## It doesn't end",
    escalation(source),
  ]);
}
