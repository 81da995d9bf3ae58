import { isTrainable } from "../../cluster/train-service";
import { code } from "../markdown";
import { minutes } from "../periods";
import { teamMention } from "../team-mention";
import type { Block, RunbookSource } from "./runbook-source";

/** Title of the on-call runbook's section on rolling back; other runbooks link to it. */
export const ROLLBACK_SECTION = "4. Stop the damage before you look for the cause";

/** How a version is taken back: where a runbook says it, else in one sentence. Relative to `docs/runbooks/`. */
export function rollbackLink({ service }: RunbookSource): string {
  if (service.runbooks.includes("rollback") && isTrainable(service)) return "[roll back](rollback.md)";
  if (!service.runbooks.includes("on-call")) return "revert the newest change and merge the revert";
  return `[roll back](on-call.md#${anchor(ROLLBACK_SECTION)})`;
}

/** Who comes next, and where to go on. */
export function escalation(source: RunbookSource): Block {
  const { service, organization } = source;
  const { channel, respondWithinMinutes, escalateTo } = service.onCall;
  return [
    `- Say what you find in ${code(channel)}; first response within ${minutes(respondWithinMinutes)}.`,
    `- After ${minutes(respondWithinMinutes)} without an answer, or when the steps don't end it: ${code(escalateTo)} (${code(teamMention(escalateTo, service, organization))}).`,
    `- A deployment explains it: ${rollbackLink(source)}.`,
    ...(service.runbooks.includes("on-call") ? ["- Customers notice: [first response](on-call.md)."] : []),
    ...(service.runbooks.includes("incident-template")
      ? ["- Afterwards: [the incident is written up](incident-template.md)."]
      : []),
  ];
}

/** As GitHub makes the anchor of a heading: lower-case, without punctuation, dashes for spaces. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
}
