import type { Organization } from "../organization";
import type { Problem } from "../problem";
import type { SealedSecrets } from "../sealed";
import type { Service } from "../service";
import type { StatefulRecord } from "../stateful";

/** What a check across sections may read, and how it reports. */
export interface CheckContext {
  readonly organization: Organization;
  readonly service: Service;
  readonly sealed: SealedSecrets;
  readonly stateful: StatefulRecord;
  report(path: readonly PropertyKey[], problem: Omit<Problem, "subject" | "path">): void;
}
