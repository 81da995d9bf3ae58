import type { Problem } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { backupWorkflow } from "./backup/backup-workflow";
import { drillWorkflow } from "./backup/drill-workflow";
import { settingProblems } from "./check-settings";
import { ciWorkflow } from "./ci/ci-workflow";
import { releaseWorkflow } from "./release/release-workflow";
import type { Workflow } from "./workflow";

/** Mistakes that only show in the workflows that follow from a declaration: keys that a job reads and its environment does not define. */
export function workflowProblems(service: Service): readonly Problem[] {
  return serviceWorkflows(service).flatMap((workflow) => settingProblems(service, workflow));
}

function serviceWorkflows(service: Service): readonly Workflow[] {
  return [ciWorkflow(service), releaseWorkflow(service), backupWorkflow(service), drillWorkflow(service)].filter(
    (workflow) => workflow !== undefined,
  );
}
