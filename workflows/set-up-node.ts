import { ACTIONS } from "./actions";
import { TOOLS } from "./tool-versions";
import type { WorkflowStep } from "./workflow";

/** Node.js. Without a cache of packages: what other runs wrote there would meet the secrets of this one. */
export function setUpNode(): WorkflowStep {
  return {
    name: "Set up Node.js",
    uses: ACTIONS.setupNode,
    with: { "node-version": TOOLS.node, "package-manager-cache": false },
  };
}
