import type { Service } from "../../declaration/service";
import { plainText } from "../plain-text";
import type { RenderedFile } from "../rendered-file";
import { map, sequence, text, yamlFile } from "../yaml-nodes";
import { INCIDENT_CLASSES } from "./incident-class";
import { field } from "./issue-form";
import { minutes } from "./periods";

/** The label that incidents carry. */
export const INCIDENT_LABEL = "incident";

/** The issue form for an incident, with its class. Undefined for a service without the runbook on classes. */
export function incidentIssueTemplate(
  service: Pick<Service, "name" | "labels" | "onCall" | "runbooks">,
): RenderedFile | undefined {
  if (!service.runbooks.includes("incident-classes") || !Object.hasOwn(service.labels, INCIDENT_LABEL))
    return undefined;
  const { channel, respondWithinMinutes } = service.onCall;
  const contents = map({
    name: text("Incident"),
    description: text("Something is broken for customers, or was"),
    title: text("Incident: "),
    labels: sequence([text(INCIDENT_LABEL)]),
    body: sequence([
      field("markdown", undefined, {
        value: text(
          plainText(
            `First response within ${minutes(respondWithinMinutes)}. Say in ${channel} that you have it, then write here; what matters is what customers see. No secrets, no customer data.`,
          ),
        ),
      }),
      field("dropdown", "class", {
        label: text("Class"),
        description: text("By what customers notice; in doubt the higher one"),
        options: sequence(INCIDENT_CLASSES.map(({ name, customers }) => text(`${name}: ${customers}`))),
      }),
      field("textarea", "seen", { label: text("What customers see, since when (UTC), and how many") }),
      field("input", "noticed", {
        label: text("Noticed by"),
        description: text("An alert, a customer, a person; with a link"),
      }),
      field(
        "input",
        "release",
        { label: text("Newest release"), description: text("Its tag; did it begin with it?") },
        false,
      ),
      field("textarea", "timeline", { label: text("Timeline (UTC)"), description: text("As things happen") }, false),
    ]),
  });
  return {
    path: ".github/ISSUE_TEMPLATE/incident.yml",
    content: yamlFile(service.name, contents),
    executable: false,
  };
}
