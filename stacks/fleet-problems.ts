import type { Fleet } from "../declaration/fleet";
import { inPhase } from "../declaration/in-phase";
import type { Organization } from "../declaration/organization";
import { DeclarationError, formatProblem, type Problem } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { validate } from "../declaration/validate";
import { objectiveProblems } from "../objectives/objective-problems";
import { documentProblems } from "../workflows/document-problems";
import { libraryProblems, workflowProblems } from "../workflows/workflow-problems";

/**
 * Every mistake of a fleet: of its declarations, and, where these are right, of what follows from them: workflows (one that reads what its
 * environment does not define), those of the library that services call, and rules (one that could never fire).
 */
export function fleetProblems(fleet: Fleet): readonly Problem[] {
  const problems = validate(fleet);
  if (problems.length > 0) return problems;
  const { organization, services } = fleet;
  const ofServices = services.flatMap((entry) => {
    const { service } = entry;
    const effective = inPhase(entry);
    const declared = problemsOfFiles(service, organization);
    // What is off may be what another workflow leans on; what is wrong in both is said once.
    const known = new Set(declared.map(formatProblem));
    const off = effective === service ? [] : problemsOfFiles(effective, organization);
    return [
      ...declared,
      ...off.filter((problem) => !known.has(formatProblem(problem))),
      ...objectiveProblems(service, organization),
    ];
  });
  return [...libraryProblems(), ...ofServices];
}

/** Only where the workflows are right can the files be looked at that they are among. */
function problemsOfFiles(service: Service, organization: Organization): readonly Problem[] {
  const problems = workflowProblems(service, organization);
  return problems.length > 0 ? problems : documentProblems(service, organization);
}

/** @throws DeclarationError with every mistake of the fleet, if there is any */
export function assertRight(fleet: Fleet): void {
  const problems = fleetProblems(fleet);
  if (problems.length > 0) throw new DeclarationError(problems);
}
