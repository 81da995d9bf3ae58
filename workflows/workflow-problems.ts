import type { Organization } from "../declaration/organization";
import { type Problem, show } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { checkNames } from "./check-names";
import { settingProblems } from "./check-settings";
import { ciWorkflow } from "./ci/ci-workflow";
import { LIBRARY } from "./library/library";
import { workflowFindings } from "./model/workflow-findings";
import { serviceWorkflows } from "./service-workflows";
import type { Workflow } from "./workflow";

/**
 * Mistakes that only show in the workflows that follow from a declaration: keys that a job reads and its environment does not define, two
 * jobs or legs whose checks GitHub would report under one name, and whatever is wrong in a workflow by itself.
 */
export function workflowProblems(service: Service, organization: Organization): readonly Problem[] {
  const workflows = serviceWorkflows(service, organization);
  const settings = workflows.flatMap((workflow) => settingProblems(service, workflow));
  return [
    ...settings,
    ...nameProblems(service),
    ...fileProblems(service, workflows),
    ...structureProblems(service, workflows),
  ];
}

function structureProblems({ name }: Service, workflows: readonly Workflow[]): readonly Problem[] {
  return workflows.flatMap((workflow) => findingProblems(`service ${show(name)}`, workflow, workflows));
}

/** What is wrong in the workflows of the library, which services call. */
export function libraryProblems(): readonly Problem[] {
  return LIBRARY.flatMap((workflow) => findingProblems("library of workflows", workflow, LIBRARY));
}

function findingProblems(subject: string, workflow: Workflow, repository: readonly Workflow[]): readonly Problem[] {
  return workflowFindings(workflow, repository).map((finding) => ({
    ...finding,
    subject,
    path: `${workflow.file}: ${finding.path}`,
  }));
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
