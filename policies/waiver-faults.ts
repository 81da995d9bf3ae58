import { daysAfter, daysBetween } from "../declaration/calendar-day";
import { didYouMean, show } from "../declaration/problem";
import { isSameMember, LONGEST_WAIVER_DAYS, type Waiver } from "./waiver";
import { scopeMistakes } from "./waiver-breadth";
import type { WaiverFault, WaiverFaultKind } from "./waiver-fault";
import type { PlacedWaiver } from "./waiver-file";
import { documentOf, placesOf } from "./waiver-scope";

export interface WaiverContext {
  /** Names of all rules. */
  readonly rules: readonly string[];
  /** The day in UTC. */
  readonly today: string;
}

/** What is wrong with waivers before anything is judged; all of it at once. */
export function waiverFaults(waivers: readonly PlacedWaiver[], context: WaiverContext): readonly WaiverFault[] {
  return waivers.flatMap((placed, index) => [
    ...ofScope(placed, context),
    ...ofPeople(placed),
    ...ofDays(placed, context),
    ...ofOthers(placed, waivers.slice(0, index)),
  ]);
}

type Said = Readonly<Pick<WaiverFault, "came" | "expected" | "remedy">>;

/** A fault of what a waiver says. @param path of which the first part is a key of the waiver */
export function faultOf({ waiver, lines }: PlacedWaiver, kind: WaiverFaultKind, path: string, said: Said): WaiverFault {
  const line = lines[path.replace(/\W.*$/, "") as keyof Waiver];
  return { kind, line, waiver: waiver.id, path, ...said };
}

function ofScope(placed: PlacedWaiver, { rules }: WaiverContext): readonly WaiverFault[] {
  const { rule } = placed.waiver;
  const mistakes = scopeMistakes(placed.waiver);
  const faults = mistakes.map(({ kind, path, ...said }) => faultOf(placed, kind, path, said));
  if (rules.includes(rule) || mistakes.some(({ path }) => path === "rule")) return faults;
  const remedy = `correct its name, or remove the waiver of a rule that is gone${didYouMean(rule, rules)}`;
  const expected = "the name of a rule in policies/, <pack>/<id>";
  return [...faults, faultOf(placed, "unknown-rule", "rule", { came: show(rule), expected, remedy })];
}

function ofPeople(placed: PlacedWaiver): readonly WaiverFault[] {
  const { owner, approver } = placed.waiver;
  if (!isSameMember(owner, approver)) return [];
  const said = {
    came: show(approver),
    expected: `somebody else than the owner, ${owner}`,
    remedy: "have somebody else approve it",
  };
  return [faultOf(placed, "self-approved", "approver", said)];
}

function ofDays(placed: PlacedWaiver, { today }: WaiverContext): readonly WaiverFault[] {
  const { id, created, expires } = placed.waiver;
  const faults: WaiverFault[] = [];
  const fault = (kind: WaiverFaultKind, path: string, expected: string, remedy: string) => {
    const came = path === "created" ? created : expires;
    faults.push(faultOf(placed, kind, path, { came, expected, remedy }));
  };
  if (created > today)
    fault(
      "created-in-the-future",
      "created",
      `a day until today, which is ${today} in UTC`,
      "correct it, or this machine's clock if that was set back; until then no waiver holds, for nobody knows which have expired",
    );
  if (expires < created)
    fault("malformed", "expires", `a day from ${created} on, when it was made`, "correct the days");
  else if (daysBetween(created, expires) > LONGEST_WAIVER_DAYS)
    fault(
      "too-long",
      "expires",
      `at most ${LONGEST_WAIVER_DAYS} days after it was made: ${daysAfter(created, LONGEST_WAIVER_DAYS)} or before`,
      "let it end earlier; it can be renewed with a new approval",
    );
  else if (expires < today)
    fault(
      "expired",
      "expires",
      `a day from today on, which is ${today} in UTC`,
      `repair what it waived and remove it, or have it approved again: npx gatehouse waiver renew ${id}`,
    );
  return faults;
}

/** The later of two is the duplicate. */
function ofOthers(placed: PlacedWaiver, before: readonly PlacedWaiver[]): readonly WaiverFault[] {
  const { waiver } = placed;
  const fault = (path: string, came: string, first: PlacedWaiver) =>
    faultOf(placed, "duplicate", path, duplicateOf(came, first));
  const sameId = before.find((other) => other.waiver.id === waiver.id);
  if (sameId !== undefined) return [fault("id", show(waiver.id), sameId)];
  const sameThings = before.filter(
    (other) => other.waiver.rule === waiver.rule && documentOf(other.waiver.scope) === documentOf(waiver.scope),
  );
  return placesOf(waiver.scope).flatMap(({ path, text }) => {
    const first = sameThings.find((other) => placesOf(other.waiver.scope).some((place) => place.text === text));
    return first === undefined ? [] : [fault(path, show(text), first)];
  });
}

/** What is said of a waiver that another one makes needless. */
export function duplicateOf(came: string, first: PlacedWaiver): Said {
  const { id } = first.waiver;
  return {
    came,
    expected: `what no other waiver says: "${id}" in line ${first.lines.id} does`,
    remedy: `remove one of the two, or renew the first: npx gatehouse waiver renew ${id}`,
  };
}
