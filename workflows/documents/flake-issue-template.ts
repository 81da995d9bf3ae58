import type { Service } from "../../declaration/service";
import { checkNames } from "../check-names";
import { ciWorkflow } from "../ci/ci-workflow";
import { plainText } from "../plain-text";
import type { RenderedFile } from "../rendered-file";
import { map, sequence, text, yamlFile } from "../yaml-nodes";
import { field } from "./issue-form";
import { days } from "./periods";

/**
 * The issue form for a flaky check; it carries the label by which flakes are counted.
 * https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
 */
export function flakeIssueTemplate(service: Pick<Service, "name" | "ci" | "settings" | "flakes">): RenderedFile {
  const { label, fixWithinDays } = service.flakes;
  const checks = [...new Set(checkNames(ciWorkflow(service)).map((check) => check.name))];
  const contents = map({
    name: text("Flaky check"),
    description: text("A check that fails without a cause in the change, and passes when it is run again"),
    title: text("Flaky check: "),
    labels: sequence([text(label)]),
    body: sequence([
      field("markdown", undefined, {
        value: text(`A flaky check is fixed or removed within ${days(fixWithinDays)}. Running it again is not a fix.`),
      }),
      field("dropdown", "check", {
        label: text("Check"),
        options: sequence(checks.map((name) => text(plainText(name)))),
      }),
      field("input", "run", {
        label: text("Failed run"),
        description: text("Link to the run that failed, and to the one of the same commit that passed"),
      }),
      field("textarea", "symptom", {
        label: text("What it said"),
        description: text("The lines of the log around the failure; no secrets"),
        render: text("text"),
      }),
      field(
        "textarea",
        "suspicion",
        { label: text("What you suspect"), description: text("Time, order, network, shared state…") },
        false,
      ),
    ]),
  });
  return {
    path: ".github/ISSUE_TEMPLATE/ci-flake.yml",
    content: yamlFile(service.name, contents),
    executable: false,
  };
}
