import { z } from "zod";
import { JobCommon } from "./job-common";
import { keepDays } from "./library-jobs";

/**
 * Gitleaks over the commits of a pull request (on `main` over all commits) and over the files as they are then. A job of kind "scan" looks
 * with the same script over all commits, each time.
 */
export const GitleaksJob = z.strictObject({
  kind: z.literal("gitleaks"),
  ...JobCommon,
  /** Days that its report is kept: SARIF that says where something is, without showing it. */
  keepDays,
});
export type GitleaksJob = z.infer<typeof GitleaksJob>;
