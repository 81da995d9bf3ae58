import { z } from "zod";
import { DocsPolicyJob } from "./docs-policy-job";
import { DryRun } from "./dry-run";
import { FlakyTestsJob } from "./flaky-tests-job";
import { GitleaksJob } from "./gitleaks-job";
import { JobCommon, jobId } from "./job-common";
import { BuildJob, PackageJob, ScanJob, Severities, TestJob } from "./library-jobs";
import { LicensesJob } from "./licenses-job";
import {
  entryKey,
  literals,
  matching,
  oneLine,
  repositoryPath,
  settingKey,
  text,
  wanted,
  wholeNumber,
  yesOrNo,
} from "./values";

/** An action at a full commit SHA, with the version it was looked up from: `actions/checkout@<40 hex>`. */
export const PinnedAction = z.strictObject({
  uses: matching(
    /^(?=.{1,250}$)[A-Za-z0-9][A-Za-z0-9-]*\/(?!\.{1,2}[/@])[\w.-]+(?:\/(?!\.{1,2}[/@])[\w.-]+)*@[0-9a-f]{40}$/,
    "an action at a full commit SHA: owner/name@<40 hexadecimal digits>",
    "look the commit up (git ls-remote https://github.com/<owner>/<name> refs/tags/<version>) and write it in place of the tag",
    "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
  ),
  /** The released version that the SHA stands for; written beside it as a comment. */
  version: matching(
    /^v?\d+(?:\.\d+){0,3}(?:-[\w.]+)?$/,
    "the version the SHA belongs to, such as v4.2.2",
    "write the tag of the release",
  ),
});
export type PinnedAction = z.infer<typeof PinnedAction>;

/** What a step's environment variable holds: a plain value, or a reference to the secret and variable matrix. */
export const StepValue = z.union(
  [
    matching(oneLine(1000, 0), "a plain value of one line, at most 1,000 characters", "write a short value"),
    z.strictObject({ setting: settingKey }),
  ],
  { error: wanted("a plain value, or { setting: KEY }", "refer to a key of the settings matrix") },
);
export type StepValue = z.infer<typeof StepValue>;

const StepCommon = {
  name: text("what the step does"),
  /** @default - no variables of its own */
  env: z
    .record(matching(/^[A-Za-z_]\w{0,99}$/, "the name of an environment variable", "rename it"), StepValue)
    .optional(),
};

/** One step of a job written in the declaration. A script reads values from `env` only: expressions inside it would be an injection. */
export const Step = z.union(
  [
    z.strictObject({
      ...StepCommon,
      run: z
        .string()
        .min(1, { error: wanted("a shell script", "write the commands") })
        .max(20_000, {
          error: wanted("a shell script of at most 20,000 characters", "move it into a file of the repository"),
        })
        .refine((script) => !script.includes("${{"), {
          error: wanted(
            "a script without ${{ … }} expressions",
            "pass the value through env and read it as a shell variable",
            "https://docs.github.com/en/actions/concepts/security/script-injections",
          ),
        }),
    }),
    z.strictObject({
      ...StepCommon,
      action: PinnedAction,
      /** Inputs of the action. @default - none */
      with: z.record(matching(/^[\w-]{1,100}$/, "the name of an input", "rename it"), StepValue).optional(),
    }),
  ],
  { error: wanted("a step with either run or action", "write { name, run } or { name, action: { uses, version } }") },
);
export type Step = z.infer<typeof Step>;

/** The path of one file or directory. */
function plainPath(what: string) {
  return matching(
    /^(?=.{1,100}$)(?!.*(?:^|\/)\.{1,2}(?:\/|$))[\w.][\w.-]*(?:\/[\w.][\w.-]*)*$/,
    `${what}: a relative path of letters, digits, and . _ - /`,
    "write it relative to the repository's root, without .. and without patterns",
  );
}

const sqlSuffix = matching(
  /^\.(?:[a-z]{1,20}\.)?sql$/,
  'the end of a file name such as ".up.sql"',
  "write it with its dots, ending in .sql",
);

/** Values of a matrix by key; the job runs once for every combination. */
export const Matrix = z.record(
  entryKey,
  z
    .array(matching(/^[\w.+/-]{1,80}$/, "a matrix value of letters, digits and . + / - _", "rename the value"))
    .min(1, { error: wanted("at least one value", "drop the key or give it values") })
    .readonly(),
);
export type Matrix = z.infer<typeof Matrix>;

/** Where the migrations and their documents lie, and the server that they are for. */
const MigrationRules = {
  /** Directory of the SQL files, named by number: `0007_add_plans.up.sql`. */
  directory: plainPath("the directory of the migrations"),
  /** End of the names of files that change the schema. */
  up: sqlSuffix,
  /** End of the names of files that take such a change back. */
  down: sqlSuffix,
  /** Major version of the server that production has. */
  postgres: wholeNumber({
    what: "major versions of PostgreSQL",
    from: 13,
    to: 18,
    remedy: "write the major version of the server",
  }),
  /** Document that says what a migration does, and accepts what it costs. Each pull request with migrations changes it. */
  plan: plainPath("the document with the plan"),
  /** Document that says how a migration is taken back. Each pull request with migrations changes it. */
  rollback: plainPath("the document with the way back"),
  /** A run on a clone of a database too. @default - on an empty database only */
  dryRun: DryRun.optional(),
};

/** A job of the CI workflow: one of the library's, or `steps` of the service's own. */
export const Job = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("docs-and-yaml-lint"), ...JobCommon }),
    /** ShellCheck over the given scripts. */
    z.strictObject({
      kind: z.literal("shellcheck"),
      ...JobCommon,
      scripts: z.array(repositoryPath("a script or a pattern of scripts")).min(1).readonly(),
    }),
    /** No conflict markers, no white-space errors, no files that are too large, no fixup commits; generated files as they were delivered. */
    z.strictObject({
      kind: z.literal("git-hygiene"),
      ...JobCommon,
      maxFileKilobytes: wholeNumber({
        what: "kilobytes",
        from: 1,
        to: 102_400,
        remedy: "GitHub refuses files over 100 MB",
      }),
    }),
    /** CodeQL; one leg a language. */
    z.strictObject({
      kind: z.literal("codeql"),
      ...JobCommon,
      matrix: z.strictObject({
        language: z
          .array(
            literals(
              [
                "actions",
                "c-cpp",
                "csharp",
                "go",
                "java-kotlin",
                "javascript-typescript",
                "python",
                "ruby",
                "rust",
                "swift",
              ],
              "a language of CodeQL",
            ),
          )
          .min(1, { error: wanted("at least one language", "name the languages of the repository") })
          .readonly(),
      }),
    }),
    /** Trivy over configuration files; findings of the given severities fail. */
    z.strictObject({
      kind: z.literal("trivy-config"),
      ...JobCommon,
      severities: Severities,
    }),
    /**
     * The gate of database migrations: names and numbers, plan and way back, statements that the version before can't live with, and a run in
     * a throwaway Postgres. It reports on every pull request, also on one that touches no migration. At most one job is of this kind.
     */
    z.strictObject({ kind: z.literal("migrations"), ...JobCommon, ...MigrationRules }),
    TestJob,
    ScanJob,
    PackageJob,
    BuildJob,
    LicensesJob,
    FlakyTestsJob,
    DocsPolicyJob,
    GitleaksJob,
    /** Succeeds when every job that it needs has: one check that stands for them all. It never is skipped. */
    z.strictObject({ kind: z.literal("all-of"), ...JobCommon }),
    z.strictObject({
      kind: z.literal("steps"),
      ...JobCommon,
      /** @default - one run */
      matrix: Matrix.optional(),
      /** Environment the job deploys to. Not in a workflow that pull requests start. @default - none */
      environment: entryKey.optional(),
      /**
       * What of GitHub the steps read beside the files of the repository: scripts then find a token in `GITHUB_TOKEN` that may read that, and
       * change nothing. @default - they find none
       */
      reads: z
        .array(literals(["issues", "pull-requests"], "what of GitHub the steps read"))
        .min(1, { error: wanted("at least one of them", "leave the property out: the steps get no token") })
        .readonly()
        .optional(),
      steps: z
        .array(Step)
        .min(1, { error: wanted("at least one step", "write what the job does") })
        .readonly(),
    }),
  ],
  {
    error: wanted(
      'a job of kind "docs-and-yaml-lint", "shellcheck", "git-hygiene", "codeql", "trivy-config", "migrations", "test", "scan", "package", "build", "licenses", "flaky-tests", "docs-policy", "gitleaks", "all-of" or "steps"',
      "name the kind of the job",
    ),
  },
);
export type Job = z.infer<typeof Job>;

/** The CI workflow: pull requests to `main` and pushes to `main` start it. */
export const Ci = z.strictObject({
  /** Name of its file without `.yml`. @default "ci" */
  workflow: matching(
    /^[a-z][a-z0-9-]{0,39}$/,
    "the name of a workflow's file without .yml: a–z, 0–9 and -",
    "rename it",
  ).optional(),
  /**
   * Only changes of these paths start the workflow. A job of such a workflow can't be required: where the filter skips it, its check is
   * pending for ever.
   * @default - every change
   */
  paths: z.array(repositoryPath("a path filter")).min(1).readonly().optional(),
  /**
   * Whether a red gate stops those after it: each job then waits for all jobs of the gates before its own, and `needs` names jobs of its own gate
   * only.
   * @default false - a job waits for what it needs by itself
   */
  failFast: yesOrNo("whether a red gate stops those after it").optional(),
  /**
   * Whether one comment on each pull request says gate by gate how CI ended on its newest commit. It comes with the phase "workflows", and once the
   * workflow that keeps it lies on `main`.
   * @default false
   */
  summary: yesOrNo("whether a comment on each pull request sums up CI").optional(),
  /**
   * Within how many minutes a pull request has the results of all checks that `main` requires, once there are runners for them. The timeouts of the
   * jobs must see to it: they are the only bound that GitHub holds a job to.
   * @default - however long the jobs may take
   */
  withinMinutes: wholeNumber({
    what: "minutes",
    from: 1,
    to: 360,
    remedy: "write how long a pull request may wait for its checks",
  }).optional(),
  jobs: z.record(jobId, Job),
});
export type Ci = z.infer<typeof Ci>;
