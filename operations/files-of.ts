import type { Fleet, ServiceEntry } from "../declaration/fleet";
import { inPhase } from "../declaration/in-phase";
import { isManaged } from "../declaration/phase";
import type { RenderedFile } from "../workflows/rendered-file";
import { serviceFiles } from "../workflows/service-files";

/** The files that a service's repository gets, as far as its phase is on. */
export function filesOf({ organization }: Pick<Fleet, "organization">, entry: ServiceEntry): readonly RenderedFile[] {
  return isManaged(entry.service) ? serviceFiles(inPhase(entry), organization, entry.sealed) : [];
}
