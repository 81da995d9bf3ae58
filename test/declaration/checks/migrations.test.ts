import type { Ci } from "../../../declaration/ci";
import { minimalRefusals } from "../fixture";

const gate: Ci["jobs"][string] = {
  kind: "migrations",
  gate: "migration",
  timeoutMinutes: 10,
  directory: "db/migrations",
  up: ".up.sql",
  down: ".down.sql",
  postgres: 17,
  plan: "migrations-plan.md",
  rollback: "migrations-rollback.md",
};

/** What is wrong with a service that has this gate, where it differs. */
function refusals(difference: Readonly<Record<string, unknown>>, more: Ci["jobs"] = {}) {
  return minimalRefusals({ "ci.jobs.migrations": { ...gate, ...difference }, ...wrapped(more) });
}

function wrapped(jobs: Ci["jobs"]) {
  return Object.fromEntries(Object.entries(jobs).map(([id, job]) => [`ci.jobs.${id}`, job]));
}

describe("the gate of migrations is declared so that it can work (SUM-7)", () => {
  test("as written it is taken", () => {
    expect(refusals({})).toEqual([]);
    expect(refusals({ directory: "src/db/sql_2", up: ".sql.sql", down: ".undo.sql" })).toEqual([]);
  });

  test("a second one is refused", () => {
    expect(refusals({}, { again: gate })).toEqual([
      {
        path: "ci.jobs.again.kind",
        came: 'a second gate of migrations beside "migrations"',
        expected: "one: its script and its documents are there once",
        remedy: "remove one of the two jobs",
      },
    ]);
  });

  test("another gate than that of migrations is refused: the phase would not find it", () => {
    expect(refusals({ gate: "unit" })).toEqual([
      {
        path: "ci.jobs.migrations.gate",
        came: '"unit"',
        expected: '"migration": the phase that brings the gate is found by it',
        remedy: 'write gate: "migration"',
      },
    ]);
  });

  test.each([
    [{ down: ".up.sql" }, "ci.jobs.migrations.down", "another end than that of the files that change the schema"],
    [{ up: ".sql" }, "ci.jobs.migrations.up", "an end that tells the two apart"],
    [{ down: ".sql" }, "ci.jobs.migrations.down", "an end that tells the two apart"],
    [{ rollback: "migrations-plan.md" }, "ci.jobs.migrations.rollback", "another document than the plan"],
    [{ up: "up.sql" }, "ci.jobs.migrations.up", 'the end of a file name such as ".up.sql"'],
    [
      { directory: "../db" },
      "ci.jobs.migrations.directory",
      "the directory of the migrations: a relative path of letters, digits, and . _ - /",
    ],
    [
      { directory: "db/**" },
      "ci.jobs.migrations.directory",
      "the directory of the migrations: a relative path of letters, digits, and . _ - /",
    ],
    [
      { plan: "/plan.md" },
      "ci.jobs.migrations.plan",
      "the document with the plan: a relative path of letters, digits, and . _ - /",
    ],
    [{ postgres: 12 }, "ci.jobs.migrations.postgres", "a whole number of major versions of PostgreSQL from 13 to 18"],
  ])("%j is refused", (difference, path, expected) => {
    expect(refusals(difference)).toEqual([expect.objectContaining({ path, expected })]);
  });
});
