import type { Service } from "../../declaration/service";
import { TRIES_ARTIFACT } from "../ci/flaky-tests";
import { SBOM_ARTIFACT } from "../library/package-workflow";
import { JUNIT_ARTIFACT } from "../library/test-workflow";

/** The largest artifact that is fetched. Bytes, packed. */
export const MOST_ZIP = 5_000_000;

/**
 * What a run of CI keeps that is summed up. Artifacts are only ever looked for by these names, and not known by what they are called: whoever opens
 * a pull request may call theirs as they like.
 */
export interface KeptReports {
  /** Of each job that tests, the beginnings of the names of its artifacts, one for each part. The number of the run's attempt follows. */
  readonly tests: readonly (readonly [job: string, artifacts: readonly string[]])[];
  /** The lane of flaky tests: the beginning of its artifact's name, and the index from which it fails. @default - there is none */
  readonly lane?: { readonly artifact: string; readonly below: number };
  /** Name of the artifact with the SBOM. @default - none is made */
  readonly sbom?: string;
}

/** What the declared jobs keep. */
export function keptReports({ ci }: Pick<Service, "ci">): KeptReports {
  const jobs = Object.entries(ci.jobs);
  const lane = jobs.map(([, job]) => job).find((job) => job.kind === "flaky-tests");
  return {
    tests: jobs.flatMap(([id, job]) => {
      if (job.kind !== "test") return [];
      const parts = Array.from({ length: job.shards ?? 1 }, (_, index) => `${JUNIT_ARTIFACT}${id}-${index + 1}-`);
      return [[id, parts] as const];
    }),
    ...(lane === undefined ? {} : { lane: { artifact: TRIES_ARTIFACT, below: lane.indexBelow } }),
    ...(jobs.some(([, job]) => job.kind === "package") ? { sbom: SBOM_ARTIFACT } : {}),
  };
}
