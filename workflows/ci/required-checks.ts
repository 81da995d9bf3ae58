import { TITLE_CHECK } from "../../declaration/conventional-commits";
import { MIGRATIONS_DRY_RUN } from "../../declaration/dry-run";
import { MAIN_IS_GREEN } from "../../declaration/freeze-when-red";
import type { CheckReference } from "../../declaration/protected-main";
import type { Service } from "../../declaration/service";
import { type CheckName, checkNames } from "../check-names";
import { triedMigrations } from "../migrations/gated-migrations";
import { type CiSource, ciWorkflow } from "./ci-workflow";

/**
 * The names that the ruleset of `main` must require, from the references of the declaration: what the jobs of the CI workflow will report,
 * in the order of the references, each once; then the one that reads titles, and those that workflows on `main` set.
 *
 * @throws when a reference matches no check: requiring it would block every pull request for ever.
 */
export function requiredChecks(service: CiSource & Pick<Service, "main">): readonly string[] {
  const reported = checkNames(ciWorkflow(service));
  const required = service.main.requiredChecks.flatMap((reference) => {
    const matching = reported.filter((check) => matches(check, reference));
    if (matching.length > 0) return matching.map((check) => check.name);
    throw new Error(
      `service "${service.name}": main requires ${JSON.stringify(reference)}, which no job of the CI workflow reports ` +
        `(it reports ${reported.map((check) => `"${check.name}"`).join(", ") || "nothing"}); refer to a job of ci.jobs and to values of its matrix`,
    );
  });
  const { freezeWhenRed, conventionalCommits } = service.main;
  return [
    ...new Set(required),
    ...(conventionalCommits === undefined ? [] : [TITLE_CHECK]),
    ...(triedMigrations(service)?.dryRun.blocking === true ? [MIGRATIONS_DRY_RUN] : []),
    ...(freezeWhenRed?.blocking === true ? [MAIN_IS_GREEN] : []),
  ];
}

function matches(check: CheckName, reference: CheckReference): boolean {
  return (
    check.job === reference.job &&
    Object.entries(reference.leg ?? {}).every(
      ([key, value]) => Object.hasOwn(check.leg, key) && check.leg[key] === value,
    )
  );
}
