import { artifactFindings } from "./artifacts";
import { callFindings } from "./calls";
import type { Finding } from "./finding";
import { injectionFindings } from "./injection";
import { inputFindings } from "./inputs";
import type { JudgedWorkflow } from "./judged-workflow";
import { permissionFindings } from "./least-permissions";
import { needsFindings } from "./needs";
import { outputFindings } from "./outputs";
import { pullRequestSecretFindings } from "./pull-request-secrets";
import { reachabilityFindings } from "./reachable-jobs";
import { startedByFindings } from "./started-by";
import { trustedEventFindings } from "./trusted-events";

const CHECKS: readonly ((workflow: JudgedWorkflow) => readonly Finding[])[] = [
  needsFindings,
  reachabilityFindings,
  inputFindings,
  callFindings,
  outputFindings,
  artifactFindings,
  injectionFindings,
  trustedEventFindings,
  pullRequestSecretFindings,
  permissionFindings,
];

/**
 * What is wrong in a workflow by itself, whoever wrote it.
 *
 * @param repository all workflows of its repository
 */
export function workflowFindings(workflow: JudgedWorkflow, repository: readonly JudgedWorkflow[]): readonly Finding[] {
  return [...CHECKS.flatMap((check) => check(workflow)), ...startedByFindings(workflow, repository)];
}
