import { EMERGENCY_RUNBOOK, runbookPath } from "../../declaration/runbook-paths";
import type { Service } from "../../declaration/service";
import { plainText } from "../plain-text";
import type { RenderedFile } from "../rendered-file";
import { map, sequence, text, yamlFile } from "../yaml-nodes";
import { field } from "./issue-form";

/** The issue form of an emergency override, which asks for the reason. Undefined for a service without one. */
export function overrideIssueTemplate(service: Pick<Service, "name" | "main">): RenderedFile | undefined {
  const { breakGlass } = service.main;
  if (breakGlass === undefined) return undefined;
  const contents = map({
    name: text("Emergency override"),
    description: text("A pull request must be merged that does not meet the rules of main"),
    title: text("Emergency override: "),
    labels: sequence([text(breakGlass.label)]),
    body: sequence([
      field("markdown", undefined, {
        value: text(
          `Fill this in before you merge; ${runbookPath(EMERGENCY_RUNBOOK)} says who may, and how. No secrets.`,
        ),
      }),
      field("dropdown", "situation", {
        label: text("Situation"),
        options: sequence(breakGlass.when.map((situation) => text(plainText(situation)))),
      }),
      field("textarea", "reason", {
        label: text("Why it can't wait"),
        description: text("What happens, to whom, if the pull request waits for its checks and reviews"),
      }),
      field("input", "pull-request", { label: text("Pull request"), description: text("Its number or link") }, false),
      field("input", "decided-by", { label: text("Who decided it, and who read along") }),
    ]),
  });
  return {
    path: ".github/ISSUE_TEMPLATE/emergency-override.yml",
    content: yamlFile(service.name, contents),
    executable: false,
  };
}
