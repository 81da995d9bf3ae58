import { minimalRefusals } from "../fixture";

const LIBRARY = { repository: "example/library", commit: "0".repeat(40), version: "v1.0.0" };

const common = { gate: "unit", timeoutMinutes: 5 };
const test_ = { kind: "test", ...common, command: "npm test", report: "junit.xml", keepDays: 30 };
const build = { kind: "build", ...common, command: "npm run build", output: "dist" };

function refusals(job: object, library: object | "nowhere" = LIBRARY) {
  return minimalRefusals({ "ci.jobs.test": job }, library === "nowhere" ? {} : { organization: { library } });
}

describe("jobs that a workflow of the library does", () => {
  test.each([
    ["test", test_],
    ["test in parts", { ...test_, shards: 3 }],
    ["build", build],
    ["scan", { kind: "scan", ...common, severities: ["HIGH"] }],
    ["package", { kind: "package", ...common, keepDays: 90 }],
  ])("%s is accepted", (_kind, job) => {
    expect(refusals(job)).toEqual([]);
  });

  test("are refused where nobody says where the library is", () => {
    expect(refusals(test_, "nowhere")).toEqual([
      {
        path: "ci.jobs.test.kind",
        came: '"test", which a workflow of the library does, and an organization without one',
        expected: "organization.library: repository, commit and version",
        remedy: "say in services/organization.ts where the reusable workflows are",
      },
    ]);
  });

  test.each([
    ["a test", test_],
    ["a build", build],
  ])("%s that deploys is refused", (_what, job) => {
    expect(refusals({ ...job, command: "npm ci && npx wrangler deploy" })).toEqual([
      {
        path: "ci.jobs.test.command",
        came: '"wrangler deploy" in the CI workflow, which pull requests start',
        expected: "a command that checks and changes nothing outside",
        remedy: "deploy with a release, which only main can start",
      },
    ]);
  });

  test.each([
    ["an expression in a command", { ...test_, command: "echo ${{ github.head_ref }}" }, "ci.jobs.test.command"],
    ["no command", { ...test_, command: "" }, "ci.jobs.test.command"],
    ["one part", { ...test_, shards: 1 }, "ci.jobs.test.shards"],
    ["a report that leaves the repository", { ...test_, report: "../junit.xml" }, "ci.jobs.test.report"],
    ["91 days", { ...test_, keepDays: 91 }, "ci.jobs.test.keepDays"],
    ["no severity", { kind: "scan", ...common, severities: [] }, "ci.jobs.test.severities"],
  ])("%s is refused", (_what, job, path) => {
    expect(refusals(job)).toEqual([expect.objectContaining({ path })]);
  });

  test.each([
    ["a branch", { ...LIBRARY, commit: "main" }, "library.commit", "a full commit SHA: 40 hexadecimal digits"],
    ["a URL", { ...LIBRARY, repository: "https://x/y" }, "library.repository", "a repository as owner/name"],
    [
      "no version",
      { ...LIBRARY, version: "1" },
      "library.version",
      "the version that the commit stands for, such as v1.2.0",
    ],
  ])("a library at %s is refused", (_what, library, path, expected) => {
    expect(refusals(test_, library)).toEqual([expect.objectContaining({ path, expected })]);
  });
});

describe("a job that stands for others", () => {
  test("is refused without them", () => {
    expect(refusals({ kind: "all-of", ...common })).toEqual([
      {
        path: "ci.jobs.test.needs",
        came: "no job",
        expected: "the jobs that this one stands for",
        remedy: "name them, or drop this job: a check of nothing would say nothing",
      },
    ]);
  });

  test("may be required without them: it is never skipped", () => {
    const one = { kind: "steps", ...common, steps: [{ name: "Test", run: "npm test" }] };
    expect(minimalRefusals({ "ci.jobs": { unit: one, test: { kind: "all-of", ...common, needs: ["unit"] } } })).toEqual(
      [],
    );
    expect(
      minimalRefusals({ "ci.jobs": { unit: one, test: { ...one, needs: ["unit"] } } }).map(({ came }) => came),
    ).toEqual(['"test", which needs "unit", which is not required']);
  });
});

describe("the lane of flaky tests", () => {
  const flaky = { ...test_, kind: "flaky-tests", retries: 2, indexBelow: 0.05, needs: ["test"] };
  const refused = (change: object, more: Readonly<Record<string, unknown>> = {}) =>
    minimalRefusals(
      { "ci.jobs.test": test_, "ci.jobs.flaky": { ...flaky, ...change }, ...more },
      { organization: { library: LIBRARY } },
    );

  test("is accepted after the tests that it counts with", () => {
    expect(refused({})).toEqual([]);
  });

  test("is refused without them", () => {
    expect(refused({ needs: [] })).toEqual([
      {
        path: "ci.jobs.flaky.needs",
        came: "no job whose test report it counts with",
        expected: 'jobs of kind "test"',
        remedy: "name those whose tests are marked",
      },
    ]);
  });

  test("is refused a second time", () => {
    expect(refused({}, { "ci.jobs.more": flaky })).toEqual([
      {
        path: "ci.jobs.more.kind",
        came: 'a second lane of flaky tests beside "flaky"',
        expected: "one: its script is there once",
        remedy: "remove one of the two jobs",
      },
    ]);
  });

  test.each([
    ["no retry", { retries: 0 }, "retries"],
    ["an index that nothing reaches", { indexBelow: 1 }, "indexBelow"],
  ])("%s is refused", (_what, change, field) => {
    expect(refused(change)).toEqual([expect.objectContaining({ path: `ci.jobs.flaky.${field}` })]);
  });
});
