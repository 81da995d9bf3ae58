import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FlakyTestsJob, flakyTestsTool } from "../../../workflows/ci/flaky-tests";
import { minimalService } from "../../declaration/fixture";

const JOB: FlakyTestsJob = {
  kind: "flaky-tests",
  gate: "unit",
  timeoutMinutes: 5,
  command: "npm run test:flaky",
  report: "flaky.xml",
  retries: 2,
  indexBelow: 0.05,
  keepDays: 30,
};

/** A report: a test by name, passed or not. */
function junit(tests: Readonly<Record<string, boolean>>): string {
  const cases = Object.entries(tests).map(
    ([name, passed]) => `<testcase classname="c" name="${name}">${passed ? "" : "<failure>no</failure>"}</testcase>`,
  );
  return `<testsuites><testsuite name="s">${cases.join("")}<testcase name="left out"><skipped/></testcase></testsuite></testsuites>`;
}

describe("the lane of flaky tests", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "gatehouse-flaky-"));
    writeFileSync(join(directory, "tool.py"), flakyTestsTool(minimalService, "flaky", JOB).content);
    mkdirSync(join(directory, "junit-of-others", "junit-unit-1-1"), { recursive: true });
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** Runs the lane, where each try leaves the next of these reports, and fails when it has a failure. */
  function run(tries: readonly string[], others = 97) {
    tries.forEach((content, index) => {
      writeFileSync(join(directory, `try-${index + 1}`), content);
    });
    const other = junit(Object.fromEntries(Array.from({ length: others }, (_, index) => [`t${index}`, true])));
    writeFileSync(join(directory, "junit-of-others", "junit-unit-1-1", "unit.xml"), other);
    const { status, stdout, stderr } = spawnSync("python3", ["tool.py"], {
      cwd: directory,
      encoding: "utf8",
      env: {
        ...process.env,
        PYTHONIOENCODING: "utf-8",
        GITHUB_STEP_SUMMARY: join(directory, "summary.md"),
        COMMAND: 'cp "try-$ATTEMPT" flaky.xml; ! grep --quiet "<failure" flaky.xml',
      },
    });
    return { status, output: stdout + stderr };
  }

  test("that passes at once is run once, and counts with the others", () => {
    const { status, output } = run([junit({ a: true })]);
    expect({ status, output }).toEqual({
      status: 0,
      output:
        "Flake index 0.0000: 0 failures that passed on a later try, of 98 runs of tests; it must stay below 0.05.\n",
    });
    expect(readdirSync(join(directory, "junit-of-tries"))).toEqual(["1.xml", "flake-index.json"]);
  });

  test("that passes on a later try stops nothing; the index says it, and the summary whom and where", () => {
    const { status, output } = run([junit({ a: false, b: true }), junit({ a: true, b: true })], 96);
    expect(status).toBe(0);
    expect(output).toContain("Flake index 0.0100: 1 failures that passed on a later try, of 100 runs of tests");
    expect(readFileSync(join(directory, "junit-of-tries", "flake-index.json"), "utf8")).toBe(
      '{"failures": 1, "runs": 100}',
    );
    expect(output).toContain('- flaky: "c \\u203a a"');
    expect(output).toContain("::warning::1 flaky tests, 0 that failed on every try");
    const summary = readFileSync(join(directory, "summary.md"), "utf8");
    expect(summary).toContain("### Flaky tests\n\nFlake index 0.0100");
    expect(summary).toContain(`- builders mend or remove them within ${minimalService.flakes.fixWithinDays} days`);
    expect(summary).toContain(`template of the label ${minimalService.flakes.label}.`);
  });

  test("that never passes is run three times, stops nothing, and is no flake", () => {
    const { status, output } = run([junit({ a: false }), junit({ a: false }), junit({ a: false })]);
    expect(status).toBe(0);
    expect(output).toContain("Flake index 0.0000");
    expect(output).toContain("- failed on every try:");
    expect(readdirSync(join(directory, "junit-of-tries")).toSorted()).toEqual([
      "1.xml",
      "2.xml",
      "3.xml",
      "flake-index.json",
    ]);
  });

  test("fails from the limit on", () => {
    expect(run([junit({ a: false }), junit({ a: true })], 18)).toMatchObject({
      status: 1,
      output: expect.stringContaining("Flake index 0.0500: 1 failures"),
    });
  });

  test("text of a report can't speak to the runner or to Markdown, nor fill the summary", () => {
    const name = "x&#10;::error::no ##[error] [l](http://x) &lt;b&gt; `c` @all";
    const tests = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${index}${name}`, false]));
    const { output } = run([junit(tests), junit(tests), junit(tests)]);
    expect(output).not.toMatch(/^::error/m);
    const summary = readFileSync(join(directory, "summary.md"), "utf8");
    expect(summary.split("\n").filter((line) => line.startsWith("- "))).toHaveLength(52);
    expect(summary).not.toMatch(/##\[|\]\(|<b>|`|@all/);
  });

  test.each([
    ["no XML", "<testsuite>", "flaky.xml is no JUnit report: no element found"],
    [
      "in an encoding that nobody knows",
      '<?xml version="1.0" encoding="x-nobodys"?><testsuite/>',
      "flaky.xml is no JUnit report: nobody knows its encoding",
    ],
    [
      "a document type with entities",
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><testsuite>&a;</testsuite>',
      "flaky.xml is no JUnit report: it has a document type, which no test runner writes",
    ],
    [
      "20 MB and more",
      `<testsuite>${" ".repeat(20_000_001)}</testsuite>`,
      "flaky.xml is no JUnit report: it has more than 20000000 bytes",
    ],
  ])("a report that is %s is no result", (_what, report, words) => {
    const { status, output } = run([report]);
    expect(status).toBe(2);
    expect(output).toContain(words);
  });

  test("a command that leaves no report, or fails without a failed test, is no result", () => {
    expect(run([])).toMatchObject({ status: 2, output: expect.stringContaining("flaky.xml can't be read") });
    expect(run([`${junit({ a: true })}<!-- <failure -->`])).toMatchObject({
      status: 2,
      output: expect.stringContaining("the command failed (exit 1), and its report has no failed test"),
    });
  });
});
