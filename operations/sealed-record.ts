import type { Fleet } from "../declaration/fleet";
import type { SealedSecrets, SealedValue } from "../declaration/sealed";
import { sealedPath } from "../declaration/sealed-paths";
import { sortedByName } from "../declaration/sorted-by-name";
import { validate } from "../declaration/validate";
import { Failure } from "./failure";
import { type FileLockProps, locked } from "./file-lock";
import { refuse } from "./interview";
import { putFiles, readOwn, refuseLink } from "./new-files";
import { refuseSetBack } from "./sealing-times";

export interface SealedPlace {
  readonly service: string;
  readonly environment: string;
  readonly key: string;
}

/**
 * Puts a sealed value into its service's file, among whatever is there by now. The file is replaced as a whole, in one step in which no signal
 * is heard; of two at once, the second waits for the first.
 *
 * @returns what was there before
 * @throws Failure with the file as it was
 */
export async function putSealed(
  fleet: Fleet,
  place: SealedPlace,
  value: SealedValue,
  props: FileLockProps,
): Promise<SealedValue | undefined> {
  refuseLink(props.root, "services");
  return locked(sealedPath(place.service), props, () => replaced(fleet, place, value, props.root));
}

/** Everything between the look at the file and its replacement: synchronous, so that no signal finds it half-way. */
function replaced(fleet: Fleet, place: SealedPlace, value: SealedValue, root: string): SealedValue | undefined {
  const { service, environment, key } = place;
  const path = sealedPath(service);
  const text = readOwn(root, path);
  const before = sealedIn(text, path);
  refuse(validate(withSealed(fleet, service, before)));
  const former = before[environment]?.[key];
  refuseSetBack(path, former, value);
  const after: SealedSecrets = { ...before, [environment]: { ...before[environment], [key]: value } };
  refuse(validate(withSealed(fleet, service, after)));
  putFiles(root, [{ path, content: sealedText(after), before: text }]);
  return former;
}

/** The record as JSON has it; what it must be, `validate` says. A message of the parser's would quote what stands there, which may be a value. */
function sealedIn(text: string, path: string): SealedSecrets {
  try {
    return JSON.parse(text) as SealedSecrets;
  } catch {
    throw new Failure(
      `${path} is no JSON; nothing was written\nmend it by hand, or take it as it was: git checkout -- ${path}`,
    );
  }
}

function withSealed(fleet: Fleet, name: string, sealed: SealedSecrets): Fleet {
  const services = fleet.services.map((entry) => (entry.service.name === name ? { ...entry, sealed } : entry));
  return { ...fleet, services };
}

function sealedText(sealed: SealedSecrets): string {
  const all = Object.entries(sealed).map(([name, values]) => [name, sortedByName(values)] as const);
  return `${JSON.stringify(sortedByName(Object.fromEntries(all)), undefined, 2)}\n`;
}
