import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import { checkOut } from "../ci/check-out";
import { call } from "../library/library-workflow";
import { PUBLISH_WORKFLOW } from "../library/publish-workflow";
import { checkOutBoth, deployJobId, RUN_URL, SOURCE, TOOLS_DIRECTORY } from "../release/commit-jobs";
import { TAG_SCRIPT } from "../release/tag-script";
import { TOOLS } from "../tool-versions";
import {
  type CallingJob,
  JOB_TOKEN,
  type Triggers,
  type Variables,
  type Workflow,
  type WorkflowJob,
} from "../workflow";
import { CHECK_SCRIPT } from "./check-script";
import { FREEZE_SCRIPT } from "./freeze-script";
import { REPRODUCE_SCRIPT } from "./reproduce-script";
import { SIGN_SCRIPT } from "./sign-script";
import { CHANGED, CHECKED, PUBLISHED, rollbackJob, stageJob } from "./stage-job";
import { EVIDENCE, keepEvidence, registryLogin } from "./stage-steps";
import { installTools } from "./tools";
import { buildEnvironment, isTrainable, TRAIN_WORKFLOW, type Trainable, trainStages } from "./train-service";

const TAG_JOB = "tag";
const NO_ROLLBACK = "needs.check.outputs.action != 'rollback'";

const TRIGGERS: Triggers = {
  push: { branches: ["main"] },
  workflowDispatch: {
    action: {
      description: "release: a commit; resume: watch on where a run was lost; rollback: production goes back, at once",
      required: true,
      type: "choice",
      options: ["release", "resume", "rollback"],
      default: "release",
    },
    reason: { description: "Why; it goes into the record", required: true, type: "string" },
    commit: {
      description: "Commit on main, all 40 digits; the newest when left empty; a rollback needs none",
      required: false,
      type: "string",
    },
    digest: {
      description: "Of a rollback: sha256:… to go back to; the known-good one when left empty",
      required: false,
      type: "string",
    },
  },
};

/** Where production is released, which makes the notes. */
const NOTE: Triggers["workflowDispatch"] = {
  "migration-note": { description: "For the release notes", required: false, type: "string" },
};

/** `release-train.yml`. Undefined for a service without a train, or before the phase in which images are signed. */
export function trainWorkflow(service: Service, organization: Pick<Organization, "clusters">): Workflow | undefined {
  if (!isTrainable(service)) return undefined;
  const stages = stageJobs(service, organization);
  const note = Object.hasOwn(stages, TAG_JOB) ? NOTE : {};
  return {
    file: TRAIN_WORKFLOW,
    service: service.name,
    name: "Release train",
    runName: [{ expression: "inputs.action || 'release'" }, " ", { expression: "inputs.commit || github.sha" }],
    triggers: { ...TRIGGERS, workflowDispatch: { ...TRIGGERS.workflowDispatch, ...note } },
    // One train at a time, never stopped half-way; of those that wait GitHub keeps the newest. A rollback waits for none: the canary that a train
    // watches may be what is to be taken back.
    // https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
    concurrency: {
      group: { expression: "inputs.action == 'rollback' && 'release-train-rollback' || 'release-train'" },
      cancelInProgress: false,
    },
    jobs: {
      check: checkJob(),
      publish: publishJob(service),
      sign: signJob(service),
      reproduce: reproduceJob(),
      ...stages,
    },
  };
}

function checkJob(): WorkflowJob {
  const outputs = ["action", "commit", "change", "reason", "digest", "released"];
  return {
    runsOn: TOOLS.runner,
    timeoutMinutes: 10,
    permissions: { contents: "read" },
    outputs: Object.fromEntries(outputs.map((name) => [name, { expression: `steps.check.outputs.${name}` }])),
    steps: [
      checkOut({ "fetch-depth": 0 }),
      {
        name: "Check commit, reason and freeze",
        id: "check",
        env: {
          ACTION: { expression: "inputs.action || 'release'" },
          COMMIT: { expression: "inputs.commit || github.sha" },
          REASON: { expression: "inputs.reason" },
          DIGEST: { expression: "inputs.digest" },
        },
        run: CHECK_SCRIPT,
      },
    ],
  };
}

/** The image, pushed and not signed yet: what runs the commit's Dockerfile holds no key, and no identity to sign with. */
function publishJob(service: Trainable): CallingJob {
  return call({ needs: ["check"], if: NO_ROLLBACK }, PUBLISH_WORKFLOW, {
    environment: buildEnvironment(service),
    commit: CHECKED.COMMIT,
    change: CHANGED.CHANGE,
    "timeout-minutes": 60,
  });
}

/** Signed here and not in the library, so that the name which a keyless signature carries is this workflow's, whatever the library's commit. */
function signJob(service: Trainable): WorkflowJob {
  const { signing, train } = service.cluster;
  const keys: Variables =
    signing.kind === "key"
      ? { COSIGN_PRIVATE_KEY: { secret: signing.privateKey }, COSIGN_PASSWORD: { secret: signing.password } }
      : {};
  return {
    needs: ["check", "publish"],
    runsOn: TOOLS.runner,
    timeoutMinutes: 30,
    environment: { name: buildEnvironment(service) },
    permissions: {
      contents: "read",
      ...(signing.kind === "keyless"
        ? { "id-token": { access: "write", because: "to sign as this workflow" } as const }
        : {}),
    },
    steps: [
      checkOut({ "sparse-checkout": "scripts" }),
      installTools(["cosign", "syft"]),
      {
        name: "Sign and describe",
        env: {
          COMMIT: CHECKED.COMMIT,
          ...CHANGED,
          ...PUBLISHED,
          BEGAN: { expression: "needs.publish.outputs.began" },
          EVIDENCE,
          RUN_URL,
          ...registryLogin(),
          ...keys,
        },
        run: SIGN_SCRIPT,
      },
      keepEvidence(["train-sign"], train.evidenceDays),
    ],
  };
}

/** Beside the train, which doesn't wait for it: without an environment, and so without a secret. */
function reproduceJob(): WorkflowJob {
  return {
    needs: ["check", "publish"],
    if: "needs.publish.outputs.built == 'true'",
    runsOn: TOOLS.runner,
    timeoutMinutes: 60,
    permissions: { contents: "read" },
    steps: [
      ...checkOutBoth(CHECKED.COMMIT),
      installTools(["buildx"]),
      {
        name: "Build again",
        env: {
          COMMIT: CHECKED.COMMIT,
          ...CHANGED,
          SOURCE,
          RELEASED_DIGEST: PUBLISHED.DIGEST,
        },
        run: `${TOOLS_DIRECTORY}/${REPRODUCE_SCRIPT}`,
      },
    ],
  };
}

/** The rehearsal needs the signed image, production the rehearsal; a rollback needs neither. */
function stageJobs(
  service: Trainable,
  organization: Pick<Organization, "clusters">,
): Readonly<Record<string, WorkflowJob | CallingJob>> {
  const jobs: Record<string, WorkflowJob | CallingJob> = {};
  let before = "sign";
  for (const stage of trainStages(service)) {
    jobs[deployJobId(stage)] = stageJob(service, organization, stage, ["check", "publish", before]);
    before = deployJobId(stage);
  }
  const { stage } = service.cluster.train;
  if (!trainStages(service).includes(stage)) return jobs;
  return { ...jobs, rollback: rollbackJob(service), freeze: freezeJob(stage), [TAG_JOB]: tagJob(stage) };
}

/** Apart from the deployment: what may write to the repository never meets the cluster's key. */
function freezeJob(stage: string): WorkflowJob {
  const deployment = deployJobId(stage);
  const went = (job: string) => `startsWith(needs.${job}.outputs.verdict, 'roll')`;
  // Of a deployment that failed GitHub may say nothing to its caller; then it may have been rolled back.
  const unknown = `needs.${deployment}.result == 'failure' && needs.${deployment}.outputs.verdict == ''`;
  return {
    needs: ["check", deployment, "rollback"],
    // Also when the run was cancelled meanwhile.
    if: `always() && (${went(deployment)} || (${unknown}) || ${went("rollback")})`,
    runsOn: TOOLS.runner,
    timeoutMinutes: 10,
    permissions: { contents: { access: "write", because: "to push the tag that stops the train" } },
    steps: [
      checkOut({ "fetch-depth": 0 }),
      {
        name: "Freeze the train",
        env: {
          COMMIT: CHECKED.COMMIT,
          REASON: [
            { expression: "needs.check.outputs.action" },
            ` in ${stage}: `,
            {
              expression: `needs.rollback.outputs.verdict || needs.${deployment}.outputs.verdict || 'failed without a verdict, perhaps rolled back'`,
            },
            " to ",
            {
              expression: `needs.rollback.outputs.went-to || needs.${deployment}.outputs.went-to || 'an unknown digest'`,
            },
            "; ",
            { expression: "needs.check.outputs.reason" },
          ],
          RUN_URL,
          GH_TOKEN: JOB_TOKEN,
        },
        run: `gh auth setup-git\n${FREEZE_SCRIPT}`,
      },
    ],
  };
}

/** A run that was lost before it came here is made up for by the one that resumes it. */
function tagJob(stage: string): WorkflowJob {
  const deployment = deployJobId(stage);
  return {
    needs: ["check", "publish", deployment],
    if: `!cancelled() && needs.${deployment}.result == 'success' && (needs.${deployment}.outputs.changed == 'yes' || needs.check.outputs.released != 'yes')`,
    runsOn: TOOLS.runner,
    timeoutMinutes: 10,
    permissions: { contents: { access: "write", because: "to make the tag and the release" } },
    steps: [
      checkOut({ "fetch-depth": 0 }),
      {
        name: "Tag and write the notes",
        env: {
          RELEASE_SHA: CHECKED.COMMIT,
          MODE: "release",
          VERSION_ID: PUBLISHED.DIGEST,
          PREVIOUS_VERSION_ID: { expression: `needs.${deployment}.outputs.before` },
          MIGRATION_NOTE: { expression: "inputs.migration-note" },
          RUN_URL,
          GH_TOKEN: JOB_TOKEN,
          GH_REPO: { expression: "github.repository" },
        },
        run: TAG_SCRIPT,
      },
    ],
  };
}
