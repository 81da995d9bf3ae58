import type { Fly } from "../../declaration/fly";
import type { FlyPreviews } from "../../declaration/fly-previews";
import type { Service } from "../../declaration/service";

/** A service whose pull requests get previews on Fly. */
export type Previewed = Service & { readonly fly: Fly & { readonly previews: FlyPreviews } };

export function isPreviewed(service: Service): service is Previewed {
  return service.fly?.previews !== undefined;
}
