import type { Service } from "../../../declaration/service";
import { DEPLOY_WORKFLOW } from "../../railway/deploy-workflow";
import { RELEASE_WORKFLOW } from "../../release/release-workflow";

/** How a commit reaches the stage that customers see, as far as people who mend it need to know. */
export interface Delivery {
  /** File of the workflow. It takes `sha`, and `mode=rollback` to go back at once. */
  readonly workflow: string;
  readonly stage: string;
  /** Pattern of the tags of what was delivered. */
  readonly tags: string;
  readonly migrationNotes: string;
}

/** Undefined when Gatehouse writes no workflow that delivers the service. */
export function deliveryOf(service: Pick<Service, "release" | "railway">): Delivery | undefined {
  const { railway, release } = service;
  if (release !== undefined) return { workflow: RELEASE_WORKFLOW, ...release };
  if (railway === undefined) return undefined;
  return {
    workflow: DEPLOY_WORKFLOW,
    stage: railway.stage,
    tags: railway.tags,
    migrationNotes: railway.migrations.notes,
  };
}
