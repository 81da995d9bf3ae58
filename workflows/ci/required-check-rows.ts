import { TITLE_CHECK } from "../../declaration/conventional-commits";
import { MIGRATIONS_DRY_RUN } from "../../declaration/dry-run";
import { MAIN_IS_GREEN } from "../../declaration/freeze-when-red";
import type { Gate } from "../../declaration/job-common";
import type { Service } from "../../declaration/service";
import { checkNames } from "../check-names";
import { FREEZE_WORKFLOW } from "../freeze/names";
import { DRY_RUN_WORKFLOW } from "../migrations/names";
import { TITLE_WORKFLOW } from "../title/names";
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
  /** Undefined for what serves no single one of them: titles, and whether `main` is green. */
  readonly gate: Gate | undefined;
}

/** Required checks that other workflows than that of CI report. */
const ELSEWHERE: ReadonlyMap<string, Pick<RequiredCheck, "workflow" | "job" | "gate">> = new Map([
  [TITLE_CHECK, { workflow: TITLE_WORKFLOW, job: TITLE_CHECK, gate: undefined }],
  [MIGRATIONS_DRY_RUN, { workflow: DRY_RUN_WORKFLOW, job: "dry-run", gate: "migration" }],
  [MAIN_IS_GREEN, { workflow: FREEZE_WORKFLOW, job: "reconcile", gate: undefined }],
]);

/** The required checks of a service, in the order in which its ruleset names them. */
export function requiredCheckRows(service: Service): readonly RequiredCheck[] {
  const ci = ciWorkflow(service);
  const jobs = new Map(checkNames(ci).map(({ name, job }) => [name, job]));
  return requiredChecks(service).flatMap((check) => {
    const job = jobs.get(check);
    const reported =
      job === undefined ? ELSEWHERE.get(check) : { workflow: ci.file, job, gate: service.ci.jobs[job]?.gate };
    return reported === undefined ? [] : [{ service: service.name, check, ...reported }];
  });
}
