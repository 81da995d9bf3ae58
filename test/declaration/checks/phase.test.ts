import { PHASES } from "../../../declaration/phase";
import { type Changes, REMOVED } from "../change";
import { minimalRefusals, summitRefusals as refusals } from "../fixture";

/** What is wrong with summit after changes, wherever its dry runs are not required: that goes with a check that these tests take away. */
function summitRefusals(changes: Changes) {
  return refusals({ "ci.jobs.migrations.dryRun.blocking": false, ...changes });
}

describe("a phase is entered with what it needs", () => {
  test("summit is right in every phase", () => {
    for (const phase of PHASES.keys()) expect(refusals({ phase })).toEqual([]);
  });

  test.each([[12], [-1], [2.5], ["canary"]])("the phase %j is refused", (phase) => {
    expect(summitRefusals({ phase })).toEqual([
      {
        path: "phase",
        came: JSON.stringify(phase),
        expected: "a phase: a whole number from 0 (preflight) to 11 (observability)",
        remedy: "write the number of the phase the service is in; npx gatehouse phase <service> lists them",
      },
    ]);
  });

  test("a service in a phase without its five roles is refused, each with what it answers for", () => {
    const missing = minimalRefusals({ phase: 1 });
    expect(missing.map(({ path }) => path)).toEqual([
      "owners.platform",
      "owners.delivery",
      "owners.security",
      "owners.data",
      "owners.release-captain",
    ]);
    expect(missing[1]).toEqual({
      path: "owners.delivery",
      came: "nothing",
      expected: "a team that answers for CI/CD: workflows, registries, what is deployed how",
      remedy: "declare owners.delivery; a service without phase needs no such roles",
    });
  });

  test("a service without a phase needs none of them", () => {
    expect(minimalRefusals({})).toEqual([]);
  });

  test.each([0, 1, 2, 3])(
    "in the phase %d only checks that come later are refused: main would take every change",
    (phase) => {
      expect(
        summitRefusals({ phase, "main.firstChecks": REMOVED, "main.requiredChecks": [{ job: "codeql" }] }),
      ).toEqual([
        {
          path: "main.requiredChecks",
          came: `in the phase ${phase}, only checks of jobs that come later: "codeql" (phase 4)`,
          expected: "a check that is reported already: a main without any takes every change",
          remedy:
            "name some of them in main.firstChecks (their jobs run from the phase 1 on), or begin at a later phase",
        },
      ]);
    },
  );

  test("from the phase 4 on the same is fine, and with first checks from the beginning", () => {
    const requiredChecks = [{ job: "codeql" }];
    expect(summitRefusals({ phase: 4, "main.firstChecks": REMOVED, "main.requiredChecks": requiredChecks })).toEqual(
      [],
    );
    expect(
      summitRefusals({ phase: 1, "main.firstChecks": requiredChecks, "main.requiredChecks": requiredChecks }),
    ).toEqual([]);
  });

  test("the phase 10 without the label that it brings is refused", () => {
    const changes = { "labels.freeze/main-red": REMOVED };
    expect(summitRefusals({ phase: 10, ...changes })).toEqual([
      {
        path: 'labels["freeze/main-red"]',
        came: "nothing",
        expected: "the label that stops merging while main is red: the phase 10 brings it",
        remedy: 'declare labels["freeze/main-red"], or stay below the phase 10',
      },
    ]);
    expect(summitRefusals({ phase: 9, ...changes })).toEqual([]);
  });
});

describe("what is required at first is some of what is required", () => {
  test("a first check that is not in the full list is refused", () => {
    const required = [{ job: "git-hygiene" }, { job: "shellcheck" }];
    expect(summitRefusals({ "main.requiredChecks": required })).toEqual([
      {
        path: "main.firstChecks[0]",
        came: '{"job":"ci-pr"}, which main.requiredChecks has not',
        expected: "some of main.requiredChecks: the full list, from the phase 9 (checks) on, drops nothing",
        remedy: "add it to main.requiredChecks, or remove it here",
      },
    ]);
  });

  test("a leg of a matrix that the full list requires whole is some of it; the whole is not some of a leg", () => {
    const leg = [{ job: "codeql", leg: { language: "actions" } }];
    expect(summitRefusals({ "main.firstChecks": leg })).toEqual([]);
    const narrow = summitRefusals({
      "main.firstChecks": [{ job: "codeql" }],
      "main.requiredChecks": [{ job: "ci-pr" }, ...leg],
    });
    expect(narrow.map(({ path }) => path)).toEqual(["main.firstChecks[0]"]);
  });

  test("a first check of no job is refused, with the one that was meant", () => {
    expect(summitRefusals({ "main.firstChecks": [{ job: "ci-rp" }] })).toEqual([
      {
        path: "main.firstChecks[0].job",
        came: '"ci-rp"',
        expected:
          'one of the jobs of ci: "git-hygiene", "shellcheck", "unit", "ci-pr", "codeql", "scan", "trivy-config-scan", "package", "migrations"',
        remedy:
          'no job reports this check: declare the job, or correct the reference if the job was renamed; did you mean "ci-pr"?',
      },
    ]);
  });

  test("a first check whose job needs one that isn't is refused: skipped, it would count as passed", () => {
    expect(summitRefusals({ "main.firstChecks": [{ job: "migrations" }] })).toMatchObject([
      {
        path: "main.firstChecks[0].job",
        came: '"migrations", which needs "unit", which is not required',
      },
    ]);
  });

  test("a first check twice is refused", () => {
    expect(summitRefusals({ "main.firstChecks": [{ job: "ci-pr" }, { job: "ci-pr" }] })).toMatchObject([
      { path: "main.firstChecks[1]", came: '{"job":"ci-pr"}, which requires a check a second time' },
    ]);
  });
});
