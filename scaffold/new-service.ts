import type { Organization } from "../declaration/organization";
import type { Draft, NewService } from "./asked";
import { edgeService } from "./edge-service";

/** The declaration of a new service. */
export function newService(asked: NewService, organization: Organization): Draft {
  return edgeService(asked, organization);
}
