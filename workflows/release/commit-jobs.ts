import { checkOut } from "../ci/check-out";
import { TOOLS } from "../tool-versions";
import { JOB_TOKEN, type Triggers, type Value, type Variables, type WorkflowJob, type WorkflowStep } from "../workflow";
import { CHECK_COMMIT_SCRIPT } from "./check-commit-script";
import { TAG_SCRIPT } from "./tag-script";

// What every workflow that delivers a commit of `main` has in common: what starts it, the check of the commit, the order of its jobs, the tag.

const VERIFY = "verify";

/** The working copy of what is delivered, and that of the scripts of `main`, which a rollback to an old commit runs too. */
export const SOURCE = "source";
export const TOOLS_DIRECTORY = "tools";

/** The commit and whether it is a release or a rollback, as the scripts read them. */
export const COMMIT = {
  RELEASE_SHA: { expression: `needs.${VERIFY}.outputs.sha` },
  MODE: { expression: `needs.${VERIFY}.outputs.mode` },
} as const satisfies Variables;

/** Where the run can be looked at. */
export const RUN_URL: Value = [
  { expression: "github.server_url" },
  "/",
  { expression: "github.repository" },
  "/actions/runs/",
  { expression: "github.run_id" },
];

/** What release notes say of migrations, beside what is known of them. */
export const MIGRATION_NOTE = {
  "migration-note": { description: "For the release notes", required: false, type: "string" },
} as const;

/** A push to `main`, or by hand; `rollback` says what that mode does. */
export function deliveryTriggers(rollback: string, more: Triggers["workflowDispatch"] = {}): Triggers {
  return {
    push: { branches: ["main"] },
    workflowDispatch: {
      sha: { description: "Commit on main, all 40 digits", required: true, type: "string" },
      mode: {
        description: rollback,
        required: true,
        type: "choice",
        options: ["release", "rollback"],
        default: "release",
      },
      ...more,
    },
  };
}

/** A job id has no slash, and no stage's job is called as another job of the workflow. */
export function deployJobId(stage: string): string {
  return `deploy-${stage.replaceAll("/", "-")}`;
}

/** Only releases: a rollback goes past the job. */
export const ONLY_RELEASE = `needs.${VERIFY}.outputs.mode == 'release'`;

/** After a job that a rollback goes past; what else keeps that job from having succeeded stops the delivery. */
export function afterRehearsal(job: string): string {
  return (
    `!cancelled() && needs.${VERIFY}.result == 'success' && ` +
    `(needs.${job}.result == 'success' || (needs.${job}.result == 'skipped' && needs.${VERIFY}.outputs.mode == 'rollback'))`
  );
}

/** The job `verify`: only a commit of `main` goes on. */
export function verifyJob(): WorkflowJob {
  return {
    runsOn: TOOLS.runner,
    timeoutMinutes: 10,
    permissions: { contents: "read" },
    outputs: {
      sha: { expression: "steps.check.outputs.sha" },
      mode: { expression: "steps.check.outputs.mode" },
    },
    steps: [
      checkOut({ "fetch-depth": 0 }),
      {
        name: "Check the commit",
        id: "check",
        env: {
          RELEASE_SHA: { expression: "inputs.sha || github.sha" },
          MODE: { expression: "inputs.mode || 'release'" },
        },
        run: CHECK_COMMIT_SCRIPT,
      },
    ],
  };
}

/** The scripts of `main`, beside the working copy of the commit. */
export function checkOutScripts(): WorkflowStep {
  const step = checkOut({ path: TOOLS_DIRECTORY, "sparse-checkout": "scripts" });
  return { ...step, name: "Check out the scripts of main" };
}

/** The working copy of a commit, and the scripts of `main` beside it. */
export function checkOutBoth(commit: Value): readonly WorkflowStep[] {
  return [checkOut({ ref: commit, path: SOURCE }), checkOutScripts()];
}

/** The job `tag`, after the deployment of the last stage, which names what it deployed in the output that `version` names, and what ran before in `previous`. */
export function tagJob(deployment: string, version: string): WorkflowJob {
  return {
    needs: [VERIFY, deployment],
    if: `!cancelled() && needs.${deployment}.result == 'success'`,
    runsOn: TOOLS.runner,
    timeoutMinutes: 10,
    permissions: { contents: { access: "write", because: "to make the tag and the release" } },
    outputs: { tag: { expression: "steps.tag.outputs.tag" } },
    steps: [
      checkOut({ "fetch-depth": 0 }),
      {
        name: "Tag and write the notes",
        id: "tag",
        env: {
          ...COMMIT,
          VERSION_ID: { expression: `needs.${deployment}.outputs.${version}` },
          PREVIOUS_VERSION_ID: { expression: `needs.${deployment}.outputs.previous` },
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
