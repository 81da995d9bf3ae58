import type { Job } from "../../declaration/ci";
import { ACTIONS } from "../actions";
import type { WorkflowJob } from "../workflow";
import { checkOut } from "./check-out";
import { jobBase } from "./job-base";

type CodeqlJob = Extract<Job, { readonly kind: "codeql" }>;
type Language = CodeqlJob["matrix"]["language"][number];

/**
 * Languages that CodeQL reads only while they are built; it builds them itself then. The others are read as they stand.
 * https://docs.github.com/en/code-security/reference/code-scanning/codeql/codeql-build-options-and-steps-for-compiled-languages
 */
const BUILT: readonly Language[] = ["go", "swift"];

/** CodeQL, one leg a language; findings appear under code scanning. */
export function codeqlJob(job: CodeqlJob): WorkflowJob {
  const built = job.matrix.language.filter((language) => BUILT.includes(language));
  return {
    ...jobBase(job),
    permissions: {
      actions: { access: "read", because: "CodeQL reads the run it is part of, in private repositories" },
      contents: "read",
      "security-events": { access: "write", because: "findings go to code scanning" },
    },
    matrix: job.matrix,
    steps: [
      checkOut(),
      {
        name: "Start CodeQL",
        uses: ACTIONS.codeqlInit,
        with: {
          languages: { expression: "matrix.language" },
          "build-mode": built.length === 0 ? "none" : { expression: buildMode(built) },
        },
      },
      {
        name: "Analyze",
        uses: ACTIONS.codeqlAnalyze,
        with: { category: ["/language:", { expression: "matrix.language" }] },
      },
    ],
  };
}

function buildMode(built: readonly Language[]): string {
  return `contains(fromJSON('${JSON.stringify(built)}'), matrix.language) && 'autobuild' || 'none'`;
}
