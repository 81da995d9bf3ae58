import type { Organization } from "../declaration/organization";
import type { Draft, NewService } from "./asked";
import { clusterService } from "./cluster-service";
import { edgeService } from "./edge-service";
import { flyService } from "./fly-service";
import { railwayService } from "./railway-service";

/** The declaration of a new service. */
export function newService(asked: NewService, organization: Organization): Draft {
  switch (asked.kind) {
    case "edge":
      return edgeService(asked, organization);
    case "cluster":
      return clusterService(asked, organization);
    case "railway":
      return railwayService(asked, organization);
    case "fly":
      return flyService(asked, organization);
  }
}
