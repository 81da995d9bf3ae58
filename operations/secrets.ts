import type { Fleet } from "../declaration/fleet";
import { inPhase } from "../declaration/in-phase";
import { assertRight } from "../stacks/fleet-problems";
import { type Clock, systemClock } from "./clock";
import { auditClusterSecrets } from "./cluster-secret-audit";
import { type Console, mark, printable, table, wrapped } from "./console";
import { declaredEntry } from "./declared-service";
import { EXIT } from "./failure";
import { GithubReader } from "./github-reader";
import { auditSecrets, type SecretSight } from "./secret-audit";
import { secretPlaces } from "./secret-places";

export interface SecretsOptions {
  readonly service: string;
  readonly json: boolean;
  /** Root of the project, where `services/` lies. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** What was seen; `version` rises when a property goes away or changes its meaning. */
export interface SecretsReport {
  readonly version: 1;
  readonly service: string;
  readonly secrets: readonly SecretSight[];
}

const SYMBOL = {
  "as declared": mark.ok,
  differs: mark.drift,
  "not declared": mark.drift,
  "could not be seen": mark.failed,
} as const;

const WIDEST = 50;

/**
 * `gatehouse secrets <service>`: asks GitHub for the names of secrets, in every place from which a workflow of the service could get one, and holds
 * them against the declaration; and what is sealed for clusters. Exit code 0 when all is as declared, 2 when something is not, 1 when a place could not be seen.
 */
export async function secrets(
  fleet: Fleet,
  options: SecretsOptions,
  console: Console,
  clock: Pick<Clock, "now"> = systemClock,
): Promise<number> {
  assertRight(fleet);
  const entry = declaredEntry(fleet, options.service);
  const service = inPhase(entry);
  const places = await secretPlaces(fleet.organization, { service, sealed: entry.sealed }, new GithubReader(options));
  options.signal?.throwIfAborted();
  const found = [
    ...auditSecrets({ service, sealed: entry.sealed }, places, clock.now()),
    ...auditClusterSecrets(service, options.root, clock.now()),
  ];
  if (options.json) {
    const report: SecretsReport = { version: 1, service: options.service, secrets: found };
    console.print(JSON.stringify(report, undefined, 2));
  } else print(found, options.service, console);
  if (found.some(({ answer }) => answer === "could not be seen")) return EXIT.failed;
  return found.every(({ answer }) => answer === "as declared") ? EXIT.fine : EXIT.found;
}

function print(found: readonly SecretSight[], service: string, console: Console): void {
  const rows = found.map(({ place, key, owner = "", ageDays, due = "", answer, said }) => [
    `${SYMBOL[answer]} ${printable(place)}`,
    printable(key),
    owner,
    ageDays === undefined ? "" : `${ageDays} d`,
    due,
    answer,
    wrapped(printable(said), WIDEST),
  ]);
  if (rows.length > 0) console.print(table(["place", "secret", "owner", "age", "due", "answer", "seen"], rows));
  for (const todo of new Set(found.flatMap(({ todo }) => todo ?? []))) console.print(`to do: ${todo}`);
  const count = (answer: SecretSight["answer"]) => found.filter((sight) => sight.answer === answer).length;
  console.print(
    `secrets of ${printable(service)}: ${count("as declared")} as declared, ${count("differs")} differ, ${count("not declared")} not declared, ${count("could not be seen")} could not be seen`,
  );
}
