import { railwayStages } from "../../declaration/railway-stages";
import type { Service } from "../../declaration/service";
import { ACTIONS } from "../actions";
import { checkOut } from "../ci/check-out";
import {
  afterRehearsal,
  COMMIT,
  deliveryTriggers,
  deployJobId,
  MIGRATION_NOTE,
  ONLY_RELEASE,
  RUN_URL,
  tagJob,
  verifyJob,
} from "../release/commit-jobs";
import { TOOLS } from "../tool-versions";
import { JOB_TOKEN, type Workflow, type WorkflowJob } from "../workflow";
import { deployJob, EVIDENCE, evidenceArtifact } from "./deploy-job";
import { type Deployable, isDeployable } from "./deployable";
import { EVIDENCE_SCRIPT } from "./evidence-script";
import { unitTestsJob } from "./unit-tests-job";

export const DEPLOY_WORKFLOW = "deploy.yml";

const UNIT_TESTS = "unit-tests";

/** `deploy.yml`. Undefined for a service that isn't deployed to Railway. */
export function deployWorkflow(service: Service): Workflow<WorkflowJob> | undefined {
  if (!isDeployable(service)) return undefined;
  const { railway } = service;
  const last = deployJobId(railway.stage);
  return {
    file: DEPLOY_WORKFLOW,
    service: service.name,
    name: "Deploy to Railway",
    triggers: deliveryTriggers(
      "rollback: at once, without tests and migrations, to a commit that was released before",
      MIGRATION_NOTE,
    ),
    // One at a time, and never stopped half-way: a deployment that is under way ends by itself, well or rolled back.
    concurrency: { group: "deploy-railway", cancelInProgress: false },
    jobs: {
      verify: verifyJob(),
      [UNIT_TESTS]: { ...unitTestsJob(service), needs: ["verify"], if: ONLY_RELEASE },
      ...deployJobs(service),
      tag: tagJob(last, "deployment"),
      evidence: evidenceJob(service),
    },
  };
}

/** The rehearsal needs the tests, the release the rehearsal; a rollback needs neither. */
function deployJobs(service: Deployable): Readonly<Record<string, WorkflowJob>> {
  const { rehearsal, stage } = service.railway;
  const before = rehearsal === undefined ? UNIT_TESTS : deployJobId(rehearsal);
  const release = deployJob(service, stage, {
    needs: ["verify", before],
    if: afterRehearsal(before),
  });
  if (rehearsal === undefined) return { [deployJobId(stage)]: release };
  return {
    [deployJobId(rehearsal)]: deployJob(service, rehearsal, { needs: ["verify", UNIT_TESTS] }),
    [deployJobId(stage)]: release,
  };
}

/** Of a rollback there is only the last stage. */
function evidenceJob({ railway }: Deployable): WorkflowJob {
  const stages = railwayStages(railway);
  const before = ["verify", UNIT_TESTS, ...stages.map(deployJobId), "tag"];
  return {
    needs: before,
    if: "!cancelled() && needs.tag.result == 'success'",
    runsOn: TOOLS.runner,
    timeoutMinutes: 10,
    permissions: { contents: "read", actions: { access: "read", because: "to find the report of the restore drill" } },
    steps: [
      checkOut({ "sparse-checkout": "scripts" }),
      ...stages.map((stage) => ({
        name: `Fetch what was kept of ${stage}`,
        ...(stage === railway.stage ? {} : { if: ONLY_RELEASE }),
        uses: ACTIONS.downloadArtifact,
        with: { name: evidenceArtifact(stage), path: `${EVIDENCE}/${stage}` },
      })),
      {
        name: "Put the evidence together",
        env: {
          ...COMMIT,
          EVIDENCE,
          TAG: { expression: "needs.tag.outputs.tag" },
          RESULTS: before.flatMap((job, index) => [
            `${index === 0 ? "" : " "}${job}=`,
            { expression: `needs.${job}.result` },
          ]),
          RUN_URL,
          GH_TOKEN: JOB_TOKEN,
          GH_REPO: { expression: "github.repository" },
        },
        run: EVIDENCE_SCRIPT,
      },
      {
        name: "Keep the evidence",
        uses: ACTIONS.uploadArtifact,
        with: {
          name: "release-evidence",
          path: `${EVIDENCE}/`,
          "retention-days": railway.evidenceDays,
          "if-no-files-found": "error",
          overwrite: true,
        },
      },
    ],
  };
}
