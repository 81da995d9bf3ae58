import type { Job } from "../../declaration/ci";
import type { Service } from "../../declaration/service";
import { ACTIONS } from "../actions";
import { generatedBy } from "../generated-by";
import { restoreNpmCache } from "../library/npm-cache";
import { JUNIT_ARTIFACT } from "../library/test-workflow";
import type { RenderedFile } from "../rendered-file";
import { setUpNode } from "../set-up-node";
import type { WorkflowJob } from "../workflow";
import { checkOut } from "./check-out";
import { jobBase } from "./job-base";
import { JUNIT_READER } from "./junit-reader";

export type FlakyTestsJob = Extract<Job, { readonly kind: "flaky-tests" }>;

const TOOL = ".github/tools/flaky-tests.py";

/** Where the reports of the jobs that ran before lie, and those of the tries. */
const OTHERS = "junit-of-others";
const TRIES = "junit-of-tries";

/** Beginning of the name of the artifact with those; the number of the run's attempt follows. */
export const TRIES_ARTIFACT = "flaky-tests-";

/** File beside them with what the index is counted from: `{ failures, runs }`. */
export const INDEX_FILE = "flake-index.json";

const MAIN = String.raw`
def shown(text, most=120):
    """Text of a report as one line that no terminal, no runner and no Markdown takes for more."""
    escaped = json.dumps(text[:most])
    for character in "#&<>${"`"}|[]*_@":
        escaped = escaped.replace(character, f"\\u{ord(character):04x}")
    return escaped


def fail(message):
    print(f"✗ {message}", file=sys.stderr)
    sys.exit(2)


def read(path):
    try:
        content = path.read_bytes()
        if len(content) > MOST_BYTES:
            raise ValueError(f"it has more than {MOST_BYTES} bytes")
        return results_of(content)
    except OSError as error:
        fail(f"{path} can't be read ({error.strerror}); correct the command or the report of ci.jobs.{JOB} in the declaration")
    except ValueError as error:
        fail(f"{path} is no JUnit report: {error}")


report, tries = pathlib.Path(REPORT), pathlib.Path(TRIES)
tries.mkdir(exist_ok=True)
seen, runs = {}, 0
for attempt in range(1, RETRIES + 2):
    report.unlink(missing_ok=True)
    environment = {**os.environ, "ATTEMPT": str(attempt)}
    code = subprocess.run(["bash", "-euo", "pipefail", "-c", os.environ["COMMAND"]], env=environment).returncode
    results = read(report)
    shutil.copyfile(report, tries / f"{attempt}.xml")
    failed = [test for test, result in results if result == "failed"]
    if code != 0 and not failed:
        fail(f"the command failed (exit {code}), and its report has no failed test; see above")
    for test, result in results:
        if result != "skipped":
            runs += 1
            seen.setdefault(test, []).append(result)
    if not failed:
        break
for other in sorted(pathlib.Path(OTHERS).rglob("*.xml")):
    runs += sum(result != "skipped" for _, result in read(other))

flaky = {test: results for test, results in seen.items() if {"passed", "failed"} <= set(results)}
broken = [test for test, results in seen.items() if "passed" not in results]
failures = sum(results.count("failed") for results in flaky.values())
index = failures / runs if runs else 0.0
(tries / INDEX).write_text(json.dumps({"failures": failures, "runs": runs}), encoding="utf-8")
lines = [f"Flake index {index:.4f}: {failures} failures that passed on a later try, of {runs} runs of tests; it must stay below {BELOW}."]
for kind, tests in (("flaky", list(flaky)), ("failed on every try", broken)):
    lines += [f"- {kind}: {shown(' › '.join(part for part in test if part))}" for test in tests[:50]]
    lines += [f"- {kind}: and {len(tests) - 50} more"] if len(tests) > 50 else []
if flaky or broken:
    lines.append(f"- {OWNER} mend or remove them within {WITHIN_DAYS} days: one issue a test, with the template of the label {LABEL}.")
print("\n".join(lines))
with open(os.environ.get("GITHUB_STEP_SUMMARY", os.devnull), "a", encoding="utf-8") as summary:
    summary.write("### Flaky tests\n\n" + "\n".join([lines[0], "", *lines[1:]]) + "\n")
if flaky or broken:
    print(f"::warning::{len(flaky)} flaky tests, {len(broken)} that failed on every try; see the summary of this run")
sys.exit(1 if index >= BELOW else 0)
`;

/** Runs the lane after the jobs that it names, and counts with their reports. */
export function flakyTestsJob(job: FlakyTestsJob): WorkflowJob {
  return {
    ...jobBase(job),
    permissions: { contents: "read" },
    steps: [
      checkOut(),
      setUpNode(),
      restoreNpmCache(),
      {
        name: "Fetch the reports of the others",
        uses: ACTIONS.downloadArtifact,
        with: { pattern: `${JUNIT_ARTIFACT}*`, path: OTHERS },
      },
      { name: "Run the flaky tests", env: { COMMAND: job.command }, run: `python3 ${TOOL}` },
      {
        name: "Keep the reports",
        if: "!cancelled()",
        uses: ACTIONS.uploadArtifact,
        with: {
          name: [TRIES_ARTIFACT, { expression: "github.run_attempt" }],
          path: TRIES,
          "retention-days": job.keepDays,
          "if-no-files-found": "error",
        },
      },
    ],
  };
}

/** The lane's script. It reads its command from `COMMAND`. */
export function flakyTestsTool(
  service: Pick<Service, "name" | "flakes" | "owners">,
  id: string,
  job: FlakyTestsJob,
): RenderedFile {
  const constants = {
    JOB: id,
    REPORT: job.report,
    RETRIES: job.retries,
    BELOW: job.indexBelow,
    LABEL: service.flakes.label,
    WITHIN_DAYS: service.flakes.fixWithinDays,
    OWNER: service.owners.maintainers?.team ?? "the owners",
    OTHERS,
    TRIES,
    INDEX: INDEX_FILE,
  };
  const head = [
    ...[...generatedBy(service.name), "", "Runs the tests marked @flaky, again while they fail, and counts."].map(
      (line) => `# ${line}`.trimEnd(),
    ),
    ...["json", "os", "pathlib", "shutil", "subprocess", "sys"].map((name) => `import ${name}`),
    "from xml.parsers import expat",
    "",
    // JSON's texts and numbers are Python's.
    ...Object.entries(constants).map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
    "MOST_BYTES = 20_000_000",
  ].join("\n");
  return { path: TOOL, content: `${[head, JUNIT_READER, MAIN.trim()].join("\n\n\n")}\n`, executable: false };
}
