import { GATES } from "../../declaration/job-common";
import type { Service } from "../../declaration/service";
import { checkNames, jobName } from "../check-names";
import { type CiSource, ciWorkflow } from "../ci/ci-workflow";
import { INDEX_FILE } from "../ci/flaky-tests";
import { JUNIT_READER } from "../ci/junit-reader";
import { requiredChecks } from "../ci/required-checks";
import { generatedBy } from "../generated-by";
import type { RenderedFile } from "../rendered-file";
import { keptReports, MOST_ZIP } from "./kept-reports";
import { SUMMARY_MARKER, SUMMARY_TOOL, SUMMARY_WORKFLOW } from "./names";
import { REPORT_FUNCTIONS } from "./report-functions";
import { RESULT_FUNCTIONS } from "./result-functions";

const MAIN = String.raw`
def comment(most_failed, linked, passed_too):
    """The comment, with so many failed tests at most, checks that are links, and those that passed too."""
    rows = check_rows(linked, passed_too)
    blocks = [MARKER, heading(), about()]
    blocks += [table(["Gate", "Check", "Required", "Result"], rows)] if rows else []
    blocks += [*tests(most_failed), *lane(), *sbom()]
    blocks.append(f"<sub>Results are GitHub's. Counts and names of tests are what the run's own code reported. {WORKFLOW} keeps this comment.</sub>")
    return "\n\n".join(blocks)


def loaded(name):
    return json.loads((work / name).read_bytes())


work = pathlib.Path(sys.argv[1])
run, jobs, kept = loaded("ci-run"), loaded("jobs"), loaded("kept")
named = {}
for one in jobs:
    named.setdefault(one["name"], []).append(one)
read = read_tests()
details = [(50, True, True), (10, False, True), (10, False, False)]
bodies = (comment(*detail) for detail in details)
# Shorter than GitHub's bound of 65,536 characters, whatever it takes for one.
body = next((body for body in bodies if len(body.encode()) <= 65_000), "\n\n".join([MARKER, heading(), about()]))
sys.stdout.buffer.write(body.encode())
`;

/**
 * `.github/tools/pr-summary.py`: the comment, from what the script has fetched. In Python, whose standard library reads ZIP and XML in memory and
 * within bounds.
 */
export function summaryTool(service: CiSource & Pick<Service, "main">): RenderedFile {
  const workflow = ciWorkflow(service);
  const required = requiredChecks(service);
  const { tests, lane, sbom } = keptReports(service);
  const gateOf = (id: string) => service.ci.jobs[id]?.gate ?? GATES[0];
  const checks = checkNames(workflow).toSorted((a, b) => GATES.indexOf(gateOf(a.job)) - GATES.indexOf(gateOf(b.job)));
  const constants = {
    MARKER: SUMMARY_MARKER,
    WORKFLOW: SUMMARY_WORKFLOW,
    JOBS: Object.fromEntries(
      Object.entries(workflow.jobs).map(([id, job]) => [
        id,
        { name: jobName(id, job), gate: gateOf(id), needs: job.needs ?? [] },
      ]),
    ),
    CHECKS: checks.map(({ job, name }) => [gateOf(job), job, name, required.includes(name) ? "yes" : ""]),
    TESTS: tests,
    LANE: lane?.artifact ?? "",
    BELOW: lane?.below ?? 0,
    SBOM: sbom ?? "",
    INDEX: INDEX_FILE,
    MOST_ZIP,
  };
  const head = [
    ...[
      ...generatedBy(service.name),
      "",
      "Writes the comment that sums up a run of CI from what scripts/pr-summary.sh has fetched into a directory.",
    ].map((line) => `# ${line}`.trimEnd()),
    ...["json", "pathlib", "re", "sys", "zipfile"].map((name) => `import ${name}`),
    "from xml.parsers import expat",
    "",
    // JSON's texts, numbers and lists are Python's.
    ...Object.entries(constants).map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
    "MOST_BYTES = 20_000_000",
    "MOST_FILES = 100",
  ].join("\n");
  const parts = [head, RESULT_FUNCTIONS, JUNIT_READER, REPORT_FUNCTIONS, MAIN.trim()];
  return { path: SUMMARY_TOOL, content: `${parts.join("\n\n\n")}\n`, executable: false };
}
