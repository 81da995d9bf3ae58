import type { Fleet } from "../declaration/fleet";
import { assertRight } from "../stacks/fleet-problems";
import { type Clock, systemClock } from "./clock";
import { type Console, counted, mark, printable, table } from "./console";
import { declaredService } from "./declared-service";
import { EXIT } from "./failure";
import { GithubReader } from "./github-reader";
import { type OverrideUse, overrideUses } from "./override-uses";
import { repositoryPath } from "./preflight-repository";

export interface OverridesOptions {
  readonly service: string;
  readonly json: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

const SYMBOL = {
  "looked at": mark.ok,
  "to be looked at": mark.skipped,
  overdue: mark.drift,
  "no record": mark.failed,
  "not open": mark.failed,
  "not declared": mark.failed,
} as const;

const FINE: readonly OverrideUse["answer"][] = ["looked at", "to be looked at"];

const TODO: Partial<Record<OverrideUse["answer"], string>> = {
  overdue: "the reviewer looks at it, and closes the issue: docs/runbooks/emergency-override.md",
  "no record": "it is an incident: ask who merged it, and write down why, when and what was missing",
  "not open":
    "it is an incident: no opening of main.breakGlass has that time; ask who merged it, and find out why the ruleset let them (npx gatehouse drift)",
  "not declared":
    "nobody may pass the rules of main by: find out who changed the ruleset (npx gatehouse drift), and deploy it",
};

/**
 * `gatehouse overrides <service>`: merges of the last month that passed the rules of `main` by, each with what was written down of it. Exit code 0 when
 * there is none without, 2 when one has no record, is overdue or had no right to be, 1 when GitHub's record could not be seen.
 */
export async function overrides(
  fleet: Fleet,
  options: OverridesOptions,
  console: Console,
  clock: Pick<Clock, "now"> = systemClock,
): Promise<number> {
  assertRight(fleet);
  const service = declaredService(fleet, options.service);
  const path = repositoryPath(fleet.organization, service);
  const found = await overrideUses(path, service.main.breakGlass, new GithubReader(options), clock.now());
  options.signal?.throwIfAborted();
  if (options.json) console.print(JSON.stringify({ version: 1, service: options.service, ...found }, undefined, 2));
  else if (found.kind === "unseen") {
    console.print(`${mark.failed} could not be seen: ${printable(found.why)}`);
    console.print("to do: use a token that may read the repository's administration, issues and pull requests");
  } else print(found.uses, options.service, console);
  if (found.kind === "unseen") return EXIT.failed;
  return found.uses.every(({ answer }) => FINE.includes(answer)) ? EXIT.fine : EXIT.found;
}

function print(uses: readonly OverrideUse[], service: string, console: Console): void {
  const rows = uses.map(({ at, actor, commit, pullRequest, issue, answer }) => [
    printable(at),
    printable(actor),
    printable(commit.slice(0, 12)),
    pullRequest === undefined ? "" : `#${pullRequest}`,
    issue === undefined ? "" : `#${issue}`,
    `${SYMBOL[answer]} ${answer}`,
  ]);
  if (rows.length > 0) console.print(table(["merged", "by", "commit", "pull request", "issue", "answer"], rows));
  for (const answer of new Set(uses.map((use) => use.answer))) {
    const todo = TODO[answer];
    if (todo !== undefined) console.print(`to do: ${todo}`);
  }
  console.print(
    `main of ${printable(service)}: ${counted(uses.length, "merge")} of the last month passed its rules by`,
  );
}
