import type { RenderedFile } from "../rendered-file";
import type { Deployable } from "./deployable";
import { HEALTH_FUNCTIONS } from "./health-functions";
import { railwayScript } from "./railway-script";

export const WAIT_SCRIPT = "scripts/railway-wait.sh";

const MAIN = String.raw`
: "$\{RELEASE_SHA:?set it to the commit}" "$\{DEPLOYMENT:?set it to the id of the deployment}"
prepare
follow "$DEPLOYMENT" "$RELEASE_SHA" || die "$DEPLOYMENT of $RELEASE_SHA is not live and well: $reason"
say "✓ $DEPLOYMENT of $RELEASE_SHA is live and well at $URL"
`;

/** `scripts/railway-wait.sh`: until that very deployment serves, and is well. */
export function waitScript(service: Deployable): RenderedFile {
  return railwayScript(service, {
    path: WAIT_SCRIPT,
    about: [
      "Waits until a deployment is live and its health check answers as its commit; fails when it is not in time.",
      "Reads STAGE, RELEASE_SHA, DEPLOYMENT, RAILWAY_TOKEN.",
    ],
    parts: [HEALTH_FUNCTIONS, MAIN],
  });
}
