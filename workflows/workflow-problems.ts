import type { Organization } from "../declaration/organization";
import { type Problem, show } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { checkNames } from "./check-names";
import { settingProblems } from "./check-settings";
import { requiredChecks } from "./ci/required-checks";
import { withinMinutesProblems } from "./ci/within-minutes";
import { LIBRARY } from "./library/library";
import type { Finding } from "./model/finding";
import { requiredCheckFindings } from "./model/required-checks";
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
    ...nameProblems(service, workflows),
    ...fileProblems(service, workflows),
    ...structureProblems(service, workflows),
    ...withinMinutesProblems(service),
  ];
}

function structureProblems(service: Service, workflows: readonly Workflow[]): readonly Problem[] {
  const required = new Set(requiredChecks(service));
  return workflows.flatMap((workflow) => [
    ...findingProblems(`service ${show(service.name)}`, workflow, workflowFindings(workflow, workflows)),
    ...findingProblems(`service ${show(service.name)}`, workflow, requiredCheckFindings(workflow, required)),
  ]);
}

/** What is wrong in the workflows of the library, which services call. */
export function libraryProblems(): readonly Problem[] {
  return LIBRARY.flatMap((workflow) =>
    findingProblems("library of workflows", workflow, workflowFindings(workflow, LIBRARY)),
  );
}

function findingProblems(subject: string, { file }: Workflow, findings: readonly Finding[]): readonly Problem[] {
  return findings.map((finding) => ({ ...finding, subject, path: `${file}: ${finding.path}` }));
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

/** Of the workflows that a pull request starts: the commit of its head gets the checks of all of them. */
function nameProblems(service: Service, workflows: readonly Workflow[]): readonly Problem[] {
  const reporters = new Map<string, string>();
  const [ci] = workflows;
  return workflows.flatMap((workflow) =>
    workflow.triggers.pullRequest === undefined
      ? []
      : checkNames(workflow).flatMap(({ job, name }) => {
          const other = reporters.get(name);
          reporters.set(name, workflow === ci ? job : `${workflow.file}: ${job}`);
          if (other === undefined) return [];
          return [
            {
              subject: `service ${show(service.name)}`,
              path: workflow === ci ? `ci.jobs.${job}` : `${workflow.file}: jobs.${job}`,
              came: `the check ${show(name)}, which the job "${other}" reports too`,
              expected: "a name that no other job or leg reports",
              remedy: "rename one: GitHub can't tell two checks of one name apart",
            },
          ];
        }),
  );
}
