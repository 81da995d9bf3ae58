import { startSandbox } from "../../sandbox/sandbox";

/** A sandbox in a process of its own, for a test to kill: `killable-sandbox.ts DIRECTORY` prints its environment as JSON. */
async function main(): Promise<void> {
  const types = new Set(["resource:github_repository", "resource:github_issue_label"]);
  const { environment } = await startSandbox({ directory: process.argv[2] ?? "", typesInUse: () => types });
  process.stdout.write(`${JSON.stringify(environment)}\n`);
}

void main();
