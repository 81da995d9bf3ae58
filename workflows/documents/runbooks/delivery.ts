import { VERSION_TAGS } from "../../../declaration/fly";
import type { Service } from "../../../declaration/service";
import { isTrainable, TRAIN_WORKFLOW } from "../../cluster/train-service";
import { DEPLOY_WORKFLOW as FLY_WORKFLOW } from "../../fly/deploy-workflow";
import { DEPLOY_WORKFLOW } from "../../railway/deploy-workflow";
import { RELEASE_WORKFLOW } from "../../release/release-workflow";

/** How a commit reaches the stage that customers see, as far as people who mend it need to know. */
export interface Delivery {
  /** File of the workflow. */
  readonly workflow: string;
  /** Options that start it with the newest commit of `main`; before them, `git fetch origin main`. */
  readonly again: string;
  /** Options that start it to go back at once. */
  readonly back: string;
  /** Whether whoever goes back must say to which commit. */
  readonly backTo: "a commit" | "what was good before";
  readonly stage: string;
  /** Pattern of the tags of what was delivered. */
  readonly tags: string;
  readonly migrationNotes: string;
}

/** Workflows that go back to the commit that they are told. */
const BY_COMMIT = {
  again: '--field sha="$(git rev-parse origin/main)"',
  back: "--field mode=rollback --field sha=<full SHA of the last good commit>",
  backTo: "a commit",
} as const;

/** The train: it knows itself what was good. */
const BY_TRAIN = {
  again: '--field action=release --field commit="$(git rev-parse origin/main)" --field reason="<why>"',
  back: '--field action=rollback --field reason="<what is wrong>"',
  backTo: "what was good before",
} as const;

/** Undefined when Gatehouse writes no workflow that delivers the service. */
export function deliveryOf(service: Service): Delivery | undefined {
  const { fly, railway, release } = service;
  if (release !== undefined) return { ...BY_COMMIT, workflow: RELEASE_WORKFLOW, ...release };
  if (railway !== undefined) {
    const { stage, tags, migrations } = railway;
    return { ...BY_COMMIT, workflow: DEPLOY_WORKFLOW, stage, tags, migrationNotes: migrations.notes };
  }
  if (fly !== undefined) {
    const { stage, migrationNotes } = fly;
    return { ...BY_COMMIT, workflow: FLY_WORKFLOW, stage, tags: VERSION_TAGS, migrationNotes };
  }
  if (!isTrainable(service)) return undefined;
  const { stage, tags, migrationNotes } = service.cluster.train;
  return { ...BY_TRAIN, workflow: TRAIN_WORKFLOW, stage, tags, migrationNotes };
}

/** The command that goes back at once. */
export function rollbackCommand({ workflow, back }: Delivery, repository: string): string {
  return `gh workflow run ${workflow} --repo ${repository} --ref main ${back}`;
}
