import type { Job } from "../../declaration/ci";
import { BUILD_WORKFLOW } from "../library/build-workflow";
import { call } from "../library/library-workflow";
import { PACKAGE_WORKFLOW } from "../library/package-workflow";
import { SCAN_WORKFLOW } from "../library/scan-workflow";
import { TEST_WORKFLOW } from "../library/test-workflow";
import { plainText } from "../plain-text";
import type { CallingJob } from "../workflow";

type LibraryJob = Extract<Job, { readonly kind: "test" | "scan" | "package" | "build" }>;

/** A job that a workflow of the library does. */
export function libraryJob(id: string, job: LibraryJob): CallingJob {
  const base = {
    ...(job.name === undefined ? {} : { name: plainText(job.name) }),
    ...(job.needs === undefined || job.needs.length === 0 ? {} : { needs: job.needs }),
  };
  const limit = { "timeout-minutes": job.timeoutMinutes };
  switch (job.kind) {
    case "test": {
      const passed = { ...limit, command: job.command, report: job.report, artifact: id, "keep-days": job.keepDays };
      if (job.shards === undefined) return call(base, TEST_WORKFLOW, passed);
      const shard = Array.from({ length: job.shards }, (_, index) => String(index + 1));
      return call({ ...base, matrix: { shard } }, TEST_WORKFLOW, {
        ...passed,
        shard: { expression: "matrix.shard" },
        shards: job.shards,
      });
    }
    case "scan":
      return call(base, SCAN_WORKFLOW, { ...limit, severities: job.severities.join(",") });
    case "package":
      return call(base, PACKAGE_WORKFLOW, { ...limit, "keep-days": job.keepDays });
    case "build":
      return call(base, BUILD_WORKFLOW, { ...limit, command: job.command, output: job.output });
  }
}
