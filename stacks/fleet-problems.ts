import type { Fleet } from "../declaration/fleet";
import { DeclarationError, type Problem } from "../declaration/problem";
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

/** @throws DeclarationError with every mistake of the fleet, if there is any */
export function assertRight(fleet: Fleet): void {
  const problems = fleetProblems(fleet);
  if (problems.length > 0) throw new DeclarationError(problems);
}
