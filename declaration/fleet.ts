import type { Organization } from "./organization";
import type { SealedSecrets } from "./sealed";
import type { Service } from "./service";
import type { StatefulRecord } from "./stateful";

/** One service with the two records that are kept beside its declaration. */
export interface ServiceEntry {
  readonly service: Service;
  /** Secrets' values, sealed. `{}` while nothing is sealed. */
  readonly sealed: SealedSecrets;
  /** Names under which the service's data exists. `{}` before the first. */
  readonly stateful: StatefulRecord;
}

/** Everything that is declared: the organization and its services. */
export interface Fleet {
  readonly organization: Organization;
  readonly services: readonly ServiceEntry[];
}
