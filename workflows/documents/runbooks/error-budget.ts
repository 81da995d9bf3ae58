import { burnAlerts } from "../../../declaration/burn-alerts";
import type { Objective } from "../../../declaration/objectives";
import { runbookPath } from "../../../declaration/runbook-paths";
import type { RenderedFile } from "../../rendered-file";
import { budgetTable } from "../budget-table";
import { markdownFile, shell, table } from "../markdown";
import { budget, burnCondition, guard, measured, panelsOf, promise } from "../objective-words";
import { sentence } from "../sentence";
import { deliveryOf } from "./delivery";
import { escalation, rollbackLink } from "./escalation";
import { notified } from "./notified";
import type { Block, RunbookSource } from "./runbook-source";

/** What a page and a ticket on a burning error budget mean, and what may be released while it is green, yellow or red. */
export function errorBudgetRunbook(source: RunbookSource): RenderedFile {
  const { service } = source;
  const objectives = Object.entries(service.objectives ?? {});
  return markdownFile(runbookPath("error-budget"), service.name, [
    `# Error budgets of ${service.name}`,
    "A promise below 100 % leaves a budget for failures. It may be spent on releases and risks; when it is gone, the promise is broken. Alerts speak of how fast it goes, not of single failures.",
    ...page(source),
    ...ticket(),
    ...absence(),
    "## Colours",
    "They say how much of the budget the window has used, and what may be released:",
    budgetTable(service, ["Green", "Yellow", "Red"]),
    ...colours(source),
    "## The objectives",
    ...objectives.flatMap(([name, objective]) => objectiveSection(source, name, objective)),
    "## It doesn't end",
    escalation(source),
  ]);
}

function page(source: RunbookSource): readonly Block[] {
  return [
    "## A page",
    "The budget goes so fast that customers notice now; from which figures on, the table of each objective says. Take it at once.",
    [
      "1. Open the panel that the notification links to. Since when, and which part: one endpoint, one dependency, everything?",
      `2. A deployment is marked just before it began: ${rollbackLink(source)}, and look for the cause afterwards.`,
      "3. No deployment: look at what the service needs (database, cache, network, the platform's status page), in this order.",
      "4. It is over when the short window is below its limit again; the alert then ends by itself. What was used stays used: look at the colour below.",
    ],
  ];
}

function ticket(): readonly Block[] {
  return [
    "## A ticket",
    "The budget goes too slowly to wake anybody, and too fast to let it be. Take it within the working day.",
    [
      "1. Open an issue with the panel's link: what fails, how often, since when.",
      "2. Find the largest single cause, and fix that one first: one slow query or one broken client is usual.",
      "3. Nothing to fix, because the promise was never realistic: change the objective in the declaration, in a reviewed pull request that says why. Silencing the alert is no answer.",
    ],
  ];
}

function absence(): readonly Block[] {
  return [
    "## No figures",
    "An alert that ends in `Absent`: the series that an objective is measured by are gone, so nobody can say whether the promise is kept. That is not good news.",
    [
      "1. Does the service answer? If not, the alert of the outage goes first.",
      "2. Is it scraped or probed? Look at the targets of the metrics store: a renamed job, label or port is usual after a deployment.",
      "3. The metric was renamed in the code: correct the declaration and the code in one pull request.",
    ],
  ];
}

function colours(source: RunbookSource): readonly Block[] {
  const { service } = source;
  const stages = Object.keys(service.telemetry?.stages ?? {});
  const delivered = deliveryOf(service)?.stage ?? "";
  const stage = stages.includes(delivered) ? delivered : stages.at(-1);
  return [
    [
      "- **Green**: release as usual; risky changes belong here.",
      `- **Yellow**: releases go on, each is watched until its figures are seen. No experiments and no risky migrations. ${notified(service.onCall.escalateTo, source)} hears of it, and the largest cause has an owner and a date.`,
      "- **Red**: releases are frozen. Only what gives budget back is released: rollbacks, fixes of the cause, security fixes. The freeze ends when the budget is yellow again; an exception is asked for in the channel, and its reason written into the release.",
    ],
    ...(stage === undefined
      ? []
      : [
          "What the gate says of all objectives just now, asked in the platform's repository (exit code 0: pass, 2: fail, 1: no verdict):",
          shell(`npx gatehouse gate ${service.name} --stage ${stage}`),
        ]),
  ];
}

function objectiveSection(source: RunbookSource, name: string, objective: Objective): readonly Block[] {
  const { service } = source;
  const signal = service.telemetry?.signals[objective.signal];
  const panels = panelsOf(name, objective, service.dashboard?.panels ?? {});
  const alerts = (answer: "page" | "ticket") =>
    burnAlerts(objective.windowDays)
      .filter((alert) => alert.answer === answer)
      .map((alert) => burnCondition(alert, objective))
      .join("; or ");
  const note = guard(objective);
  return [
    `### ${name}`,
    `${sentence(objective.description)}${note === "" ? "" : ` ${note}`}`,
    table(
      ["What", "Value"],
      [
        ["Promise", promise(objective)],
        ...(signal === undefined
          ? []
          : [
              ["Measured by", measured(objective, signal)],
              ["Budget", budget(objective, signal)],
            ]),
        ["Page", alerts("page")],
        ["Ticket", alerts("ticket")],
        ["Owner", notified(objective.owner, source)],
        ...(panels === "" ? [] : [["Panels", panels]]),
      ],
    ),
  ];
}
