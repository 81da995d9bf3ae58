import type { Fly } from "../../declaration/fly";
import type { Service } from "../../declaration/service";

/** A service that is deployed to Fly. */
export type OnFly = Service & { readonly fly: Fly };

export function isOnFly(service: Service): service is OnFly {
  return service.fly !== undefined;
}
