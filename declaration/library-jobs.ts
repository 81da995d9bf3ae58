import { z } from "zod";
import { JobCommon } from "./job-common";
import { literals, repositoryPath, wanted, wholeNumber } from "./values";

/** A command of the service's own, as it would be typed at the root of the repository. */
export const command = (what: string) =>
  z
    .string()
    .min(1, { error: wanted(what, "write the command") })
    .max(2000, { error: wanted(`${what} of at most 2,000 characters`, "move it into a script of the repository") })
    .refine((text) => !text.includes("${{"), {
      error: wanted(
        `${what} without \${{ … }} expressions`,
        "move what differs into a script, which finds GITHUB_* variables",
        "https://docs.github.com/en/actions/concepts/security/script-injections",
      ),
    });

/** Days that what a job leaves is kept. */
export const keepDays = wholeNumber({
  what: "days",
  from: 1,
  to: 90,
  remedy: "GitHub keeps artifacts of public repositories for at most 90 days",
  source: "https://docs.github.com/en/actions/reference/limits",
});

/** Severities of findings that fail a scan. */
export const Severities = z
  .array(literals(["UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"], "a severity"))
  .min(1, { error: wanted("at least one severity", 'write ["HIGH", "CRITICAL"]') })
  .readonly();

/** Tests, with Node.js and the packages of the lock file from a cache; their JUnit report is kept. */
export const TestJob = z.strictObject({
  kind: z.literal("test"),
  ...JobCommon,
  /** Installs what the tests need and runs them. Finds `SHARD` and `SHARDS`. */
  command: command("the command that runs the tests"),
  /** Where the command leaves its JUnit report. */
  report: repositoryPath("the JUnit report"),
  /** Parts that the tests are run in at the same time; each reports a check of its own. @default - one */
  shards: wholeNumber({
    what: "parts",
    from: 2,
    to: 20,
    remedy: "drop it for a single part; more than 20 wait for runners longer than they test",
  }).optional(),
  /** Days that the report is kept. */
  keepDays,
});

/** Trivy over the dependencies of lock files, and Gitleaks over the history. */
export const ScanJob = z.strictObject({ kind: z.literal("scan"), ...JobCommon, severities: Severities });

/** A CycloneDX SBOM of the repository, kept as an artifact. */
export const PackageJob = z.strictObject({
  kind: z.literal("package"),
  ...JobCommon,
  /** Days that the SBOM is kept. */
  keepDays,
});

/** Builds the commit twice, in two places, and compares what came of it: the same bytes, or the check fails. */
export const BuildJob = z.strictObject({
  kind: z.literal("build"),
  ...JobCommon,
  /** Installs what the build needs and builds. */
  command: command("the command that builds"),
  /** Directory or file that the command makes. */
  output: repositoryPath("what the build makes"),
});
