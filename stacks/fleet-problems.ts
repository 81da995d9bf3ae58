import type { Fleet } from "../declaration/fleet";
import type { Problem } from "../declaration/problem";
import { validate } from "../declaration/validate";
import { workflowProblems } from "../workflows/workflow-problems";

/**
 * Every mistake of a fleet: of its declarations, and, where these are right, of the workflows that follow from them (a workflow that reads what
 * its environment does not define).
 */
export function fleetProblems(fleet: Fleet): readonly Problem[] {
  const problems = validate(fleet);
  return problems.length > 0 ? problems : fleet.services.flatMap(({ service }) => workflowProblems(service));
}
