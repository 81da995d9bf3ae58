import { MAIN_IS_GREEN } from "../../declaration/freeze-when-red";
import type { Gate } from "../../declaration/job-common";
import type { Service } from "../../declaration/service";
import { checkNames } from "../check-names";
import { freezeWorkflow } from "../freeze/freeze-workflow";
import { ciWorkflow } from "./ci-workflow";
import { requiredChecks } from "./required-checks";

/** One check that `main` requires, and where it comes from. */
export interface RequiredCheck {
  readonly service: string;
  /** As the ruleset names it. */
  readonly check: string;
  /** File in `.github/workflows/`. */
  readonly workflow: string;
  /** Id of the job that reports it; of the calling one, where it calls. */
  readonly job: string;
  /** Undefined for the check that is red while `main` is: it serves all of them. */
  readonly gate: Gate | undefined;
}

/** The required checks of a service, in the order in which its ruleset names them. */
export function requiredCheckRows(service: Service): readonly RequiredCheck[] {
  const ci = ciWorkflow(service);
  const jobs = new Map(checkNames(ci).map(({ name, job }) => [name, job]));
  const freeze = freezeWorkflow(service);
  return requiredChecks(service).flatMap((check) => {
    const job = jobs.get(check);
    if (job !== undefined)
      return [{ service: service.name, check, workflow: ci.file, job, gate: service.ci.jobs[job]?.gate }];
    return check === MAIN_IS_GREEN && freeze !== undefined
      ? Object.keys(freeze.jobs).map((id) => ({
          service: service.name,
          check,
          workflow: freeze.file,
          job: id,
          gate: undefined,
        }))
      : [];
  });
}
