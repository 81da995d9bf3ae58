import { DELIVERY, repositoryName } from "../../declaration/delivery-trace";
import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import type { RenderedFile } from "../rendered-file";
import { shellScript } from "../shell-script";
import { CHANGE_FUNCTION, TRACE_FUNCTIONS } from "./trace-functions";

export const TRACE_CONTEXT_SCRIPT = "scripts/trace-context.sh";

const MAIN = String.raw`
die() {
  printf '::error::%s\n' "$*"
  exit 1
}

case $\{EVENT:-} in
  pull_request) change=$\{PULL_REQUEST:-} ;;
  *) change_of "$\{MESSAGE:-}" ;;
esac
trace_of "$change" "$\{COMMIT:-}"

attributes="$REVISION_ATTRIBUTE=$COMMIT,$TRACE_ATTRIBUTE=$trace_id"
[[ -z $change ]] || attributes="$CHANGE_ATTRIBUTE=$change,$attributes"
printf '%s=%s\n' change "$change" trace-id "$trace_id" traceparent "$TRACEPARENT" attributes "$attributes" |
  tee -a "$\{GITHUB_OUTPUT:-/dev/null}"
`;

/** `scripts/trace-context.sh`: the trace of the change that a run is about, for its steps; and for people, who start it by hand. */
export function traceContextScript(service: Service, organization: Pick<Organization, "github">): RenderedFile {
  return shellScript({
    path: TRACE_CONTEXT_SCRIPT,
    service: service.name,
    about: [
      "Says in which trace a change is delivered: change, trace-id, traceparent and attributes, as outputs of a step, and on the screen.",
      "Reads COMMIT; of a pull request EVENT=pull_request and its number in PULL_REQUEST (empty for one from a fork), else the commit's MESSAGE;",
      "and GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT and GITHUB_JOB: whose place in the trace it is.",
    ],
    constants: {
      REPOSITORY: repositoryName(service, organization),
      CHANGE_ATTRIBUTE: DELIVERY.change,
      REVISION_ATTRIBUTE: DELIVERY.revision,
      TRACE_ATTRIBUTE: DELIVERY.traceId,
    },
    parts: [CHANGE_FUNCTION, TRACE_FUNCTIONS, MAIN],
  });
}
