import { summitRefusals } from "../fixture";

const DRY_RUN = "ci.jobs.migrations.dryRun";

describe("dry runs of migrations (SUM-7)", () => {
  test("as written they are taken, and a service may do without", () => {
    expect(summitRefusals({})).toEqual([]);
  });

  test("have their clone in an unattended environment", () => {
    expect(summitRefusals({ [`${DRY_RUN}.environment`]: "prod" })).toEqual([
      {
        path: `${DRY_RUN}.environment`,
        came: '"prod"',
        expected: 'one of the unattended environments: "previews", "migrations", "renovate", "traces"',
        remedy: "declare it in stages.<stage>.unattended: one with reviewers would have them approve every dry run",
      },
    ]);
  });

  test("read it from main only", () => {
    expect(summitRefusals({ "stages.stage.unattended.migrations.branches": ["main", "feat/*"] })).toContainEqual({
      path: "stages.stage.unattended.migrations.branches",
      came: '["main","feat/*"]',
      expected: '["main"]: on another branch anybody\'s workflow could read the clone',
      remedy: 'write ["main"]',
    });
  });

  test("find its URL there, as a secret", () => {
    expect(summitRefusals({ [`${DRY_RUN}.connection`]: "OTLP_TRACES_ENDPOINT" }).map(({ came }) => came)).toEqual([
      'the variable "OTLP_TRACES_ENDPOINT"',
      '"OTLP_TRACES_ENDPOINT", which the environment "migrations" doesn\'t define',
    ]);
  });

  test("block only where main requires their job too", () => {
    const without = (list: string) => ({ [`main.${list}`]: [{ job: "ci-pr" }] });
    expect(summitRefusals(without("requiredChecks"))).toEqual([
      {
        path: `${DRY_RUN}.blocking`,
        came: 'true, and main does not require the job "migrations"',
        expected: "a dry run that is required together with its job",
        remedy: 'add { job: "migrations" } to main.requiredChecks, or write false',
      },
    ]);
  });

  test("have a check of their own", () => {
    expect(summitRefusals({ "ci.jobs.unit.name": "migrations-dry-run" })).toEqual([
      {
        path: "ci.jobs.unit.name",
        came: '"migrations-dry-run", which the dry run of migrations reports',
        expected: "a name that nothing else reports",
        remedy: "rename the job",
      },
    ]);
  });

  test.each(["schema_migrations; DROP", 'a"b', "Schema_Migrations", ""])(
    "ask no table %j what was applied",
    (table) => {
      expect(summitRefusals({ [`${DRY_RUN}.applied.table`]: table })).toEqual([
        expect.objectContaining({ path: `${DRY_RUN}.applied.table`, remedy: "write it as it is without quotes" }),
      ]);
    },
  );
});
