import { installAge } from "../install-age";
import { setUpNode } from "../set-up-node";
import type { WorkflowStep } from "../workflow";

/** What the scripts call: wrangler as the repository's lock file has it, and age; the rest is on the runner. */
export function installBackupTools(): readonly WorkflowStep[] {
  return [
    setUpNode(),
    { name: "Install the packages of the lock file", run: "npm ci --no-audit --no-fund" },
    installAge(["sqlite3 --version", "aws --version"]),
  ];
}
