import type { Service } from "../../declaration/service";
import type { RenderedFile } from "../rendered-file";
import { markdownFile, prose } from "./markdown";

/** What the author of a pull request says, and the checklist. */
export function pullRequestTemplate(
  service: Pick<Service, "name" | "pullRequestChecklist" | "repository">,
): RenderedFile {
  return markdownFile(".github/pull_request_template.md", service.name, [
    "## What changes, and why",
    "<!-- What somebody will notice, and the reason. Link the issue. -->",
    "## How it was checked",
    "<!-- Commands, and what they showed. -->",
    "## How to undo it",
    "<!-- Reverting is enough? Say what else is needed: a migration, a setting, a cache. -->",
    "## Checklist",
    service.pullRequestChecklist.map((item) => `- [ ] ${prose(item)}`),
  ]);
}
