import { z } from "zod";
import { JobCommon } from "./job-common";
import { command, keepDays } from "./library-jobs";
import { repositoryPath, wanted, wholeNumber } from "./values";

const error = wanted("a share above 0 and below 1", "write 0.05 for 5 %");

/**
 * The lane of tests that are marked `@flaky`, which the jobs of kind "test" leave out. They are run again when they fail, a few times; none of
 * them stops the chain. The flake index is the share of failures that passed on a later try in all runs of tests that this job finds reports of.
 */
export const FlakyTestsJob = z.strictObject({
  kind: z.literal("flaky-tests"),
  ...JobCommon,
  /** Installs what the tests need and runs those that are marked. Finds `ATTEMPT`, from 1 on. */
  command: command("the command that runs the tests marked @flaky"),
  /** Where the command leaves its JUnit report. */
  report: repositoryPath("the JUnit report"),
  /** How often they are run again while one of them fails. */
  retries: wholeNumber({
    what: "retries",
    from: 1,
    to: 5,
    remedy: "a test that needs more is broken; mend or remove it",
  }),
  /** Flake index from which the job fails. */
  indexBelow: z.number({ error }).gt(0, { error }).lt(1, { error }),
  /** Days that the reports are kept. */
  keepDays,
});
