import { didYouMean, oneOf, show } from "../../declaration/problem";
import type { Finding } from "./finding";
import type { JudgedWorkflow } from "./judged-workflow";

/** Names of workflows whose runs are to start this one, and that the repository doesn't have. GitHub says nothing of them. */
export function startedByFindings(
  workflow: JudgedWorkflow,
  repository: readonly Pick<JudgedWorkflow, "name">[],
): readonly Finding[] {
  const names = repository.map(({ name }) => name);
  return (workflow.triggers.workflowRun?.workflows ?? [])
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: "on.workflow_run.workflows",
      came: `${show(name)}, which is no workflow of the repository: its runs would never start this one`,
      expected: oneOf(names, "workflows"),
      remedy: `name one that exists${didYouMean(name, names)}`,
      source:
        "https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_run",
    }));
}
