import { z } from "zod";
import { literals, matching, text, wholeNumber } from "./values";

/** The gates of the chain, in its order. */
export const GATES = ["lint", "unit", "contract", "smoke", "security", "sbom", "plan", "migration", "license"] as const;

/** The gate of the chain that a job serves. */
export const Gate = literals(GATES, "the gate that the job serves");
export type Gate = z.infer<typeof Gate>;

export const jobId = matching(
  /^[A-Za-z_][\w-]{0,99}$/,
  "a job id: letters, digits, - and _, beginning with a letter or _",
  "rename the job; a name for people goes into `name`",
  "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_id",
);

/** What every job of the CI workflow declares. */
export const JobCommon = {
  gate: Gate,
  /** The name the check gets. @default - the job's id */
  name: text("the name of the check").optional(),
  /** The job is stopped after so many minutes. */
  timeoutMinutes: wholeNumber({
    what: "minutes",
    from: 1,
    to: 360,
    remedy: "a job that takes longer is not a check; split it",
  }),
  /** Jobs that must have succeeded before. @default - none */
  needs: z.array(jobId).readonly().optional(),
};
