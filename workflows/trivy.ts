import { ACTIONS } from "./actions";
import { TOOLS } from "./tool-versions";
import type { ActionStep, Variables } from "./workflow";

/** A scan by Trivy, at one version of the program. */
export function trivyStep(name: string, inputs: Variables): ActionStep {
  return {
    name,
    uses: ACTIONS.trivy,
    env: {
      // The checks that this version carries: newer ones would fail a change that has nothing to do with them.
      // https://trivy.dev/docs/latest/scanner/misconfiguration/check/builtin
      TRIVY_SKIP_CHECK_UPDATE: true,
      TRIVY_SKIP_VERSION_CHECK: true,
      TRIVY_DISABLE_TELEMETRY: true,
    },
    with: {
      version: TOOLS.trivy,
      // A cache could be filled by another run with a binary of its own.
      cache: false,
      "scan-ref": ".",
      ...inputs,
    },
  };
}
