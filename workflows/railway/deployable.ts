import type { Railway } from "../../declaration/railway";
import type { Service } from "../../declaration/service";

/** A service that is deployed to Railway. */
export type Deployable = Service & { readonly railway: Railway };

export function isDeployable(service: Service): service is Deployable {
  return service.railway !== undefined;
}
