import type { Organization } from "../declaration/organization";
import { type Problem, show } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { backupWorkflow } from "./backup/backup-workflow";
import { drillWorkflow } from "./backup/drill-workflow";
import { checkNames } from "./check-names";
import { settingProblems } from "./check-settings";
import { ciWorkflow } from "./ci/ci-workflow";
import { trainWorkflow } from "./cluster/train-workflow";
import { freezeWorkflow } from "./freeze/freeze-workflow";
import { postgresWorkflow } from "./postgres/postgres-workflow";
import { previewWorkflows } from "./preview/preview-files";
import { deployWorkflow } from "./railway/deploy-workflow";
import { releaseWorkflow } from "./release/release-workflow";
import { tracesOf } from "./trace/trace-files";
import type { Workflow } from "./workflow";

/**
 * Mistakes that only show in the workflows that follow from a declaration: keys that a job reads and its environment does not define, and two
 * jobs or legs whose checks GitHub would report under one name.
 */
export function workflowProblems(service: Service, organization: Organization): readonly Problem[] {
  const workflows = serviceWorkflows(service, organization);
  const settings = workflows.flatMap((workflow) => settingProblems(service, workflow));
  return [...settings, ...nameProblems(service), ...fileProblems(service, workflows)];
}

/** Only the file of the CI workflow is named in the declaration. */
function fileProblems(service: Service, [ci, ...others]: readonly Workflow[]): readonly Problem[] {
  if (others.every(({ file }) => file !== ci?.file)) return [];
  return [
    {
      subject: `service ${show(service.name)}`,
      path: "ci.workflow",
      came: `${show(service.ci.workflow ?? "")}, the file of another workflow of the service`,
      expected: "a file of its own",
      remedy: 'choose another name, such as "ci" or "pr"',
    },
  ];
}

function nameProblems(service: Service): readonly Problem[] {
  const reporters = new Map<string, string>();
  return checkNames(ciWorkflow(service)).flatMap(({ job, name }) => {
    const other = reporters.get(name);
    reporters.set(name, job);
    if (other === undefined) return [];
    return [
      {
        subject: `service ${show(service.name)}`,
        path: `ci.jobs.${job}`,
        came: `the check ${show(name)}, which the job "${other}" reports too`,
        expected: "a name that no other job or leg reports",
        remedy: "rename one: GitHub can't tell two checks of one name apart",
      },
    ];
  });
}

function serviceWorkflows(service: Service, organization: Organization): readonly Workflow[] {
  return [
    ciWorkflow(service),
    releaseWorkflow(service),
    deployWorkflow(service),
    backupWorkflow(service),
    drillWorkflow(service),
    postgresWorkflow(service),
    trainWorkflow(service, organization),
    ...previewWorkflows(service),
    tracesOf(service, organization),
    freezeWorkflow(service),
  ].filter((workflow) => workflow !== undefined);
}
