import { describeWithPostgres } from "../../support/postgres";
import { type Files, HAS_PARSER, MigrationsBench } from "./migrations-bench";

const describeGate = (title: string, tests: () => void) =>
  HAS_PARSER
    ? describeWithPostgres(["git", "bash", "python3"], title, tests)
    : describe.skip(`${title} (skipped: pglast not installed)`, tests);

let bench: MigrationsBench;
beforeEach(() => {
  bench = new MigrationsBench();
});
afterEach(() => bench.dispose());

const STEM = "0003_notes";
const UP = "ALTER TABLE plans ADD COLUMN notes text;\n";
const DOWN = "ALTER TABLE plans DROP COLUMN notes;\n";
const good = (): Files => bench.migration(STEM, UP, DOWN);

describeGate("the gate of migrations (SUM-7, MAE-1)", () => {
  test("passes a change that touches no migration, says so, and needs no parser and no server for it", () => {
    const run = bench.over({ "src/app.ts": "export {};\n", "db/readme.md": "# Database\n" });
    expect(run).toEqual({ code: 0, output: "✓ nothing under db/migrations/ changes\n" });
    expect(bench.check("--changed", bench.base)).toEqual({ code: 0, output: "changed=no\n" });
  });

  test("runs a good one on top of main's, back, and again", () => {
    const run = bench.over(good());
    expect(run.output).toContain("✓ 1 new migration(s): 0003_notes\n✓ 2 migration(s) of main");
    expect(run.output).toContain(
      "✓ 0003_notes.up.sql\n✓ 0003_notes.down.sql brings the schema back\n✓ and there again\n",
    );
    expect(run.code).toBe(0);
    expect(bench.check("--changed", bench.base)).toEqual({ code: 0, output: "changed=yes\n" });
  });

  test("several: back in the opposite order", () => {
    const run = bench.over({
      ...bench.migration("0003_a", "CREATE TABLE a (id int PRIMARY KEY);", "DROP TABLE a;"),
      ...bench.migration("0004_b", "CREATE TABLE b (a int REFERENCES a); CREATE INDEX ON b (a);", "DROP TABLE b;"),
      "migrations-plan.md": "0003_a and 0004_b\n",
      "migrations-rollback.md": "0003_a and 0004_b\n",
    });
    expect(run.output).toContain("✓ 0004_b.down.sql brings the schema back\n✓ 0003_a.down.sql brings the schema back");
    expect(run.code).toBe(0);
  });

  test.each([
    ["migrations-plan.md", "is missing"],
    ["migrations-rollback.md", "is missing"],
  ])("refuses one without %s", (document, said) => {
    const run = bench.over({ ...good(), [document]: undefined });
    expect(run.output).toContain(`✗ ${document}: ${said}; a change of the schema is described there`);
    expect(run.code).toBe(1);
  });

  test("refuses a document that says nothing of the migration, or only where no reader sees it", () => {
    const hidden = bench.over({ ...good(), "migrations-plan.md": `# Plan\n<!-- ${STEM} -->\n` });
    expect(hidden.output).toContain("✗ migrations-plan.md: does not name 0003_notes");
    const other = bench.over({ ...good(), "migrations-plan.md": "0003_notes_and_more\n" });
    expect(other.output).toContain("✗ migrations-plan.md: does not name 0003_notes\n");
  });

  test("refuses documents that were there before and say nothing new", () => {
    bench.git("switch", "--quiet", "main");
    const before = bench.commit({
      "migrations-plan.md": `${STEM}\n`,
      "migrations-rollback.md": `${STEM}\n`,
    });
    bench.commit({ ...good(), "migrations-plan.md": `${STEM}\n`, "migrations-rollback.md": `${STEM}\n` });
    const run = bench.check(before);
    expect(run.output).toContain("✗ migrations-plan.md: says nothing new; describe this change of the schema");
    expect(run.output).toContain("✗ migrations-rollback.md: says nothing new");
  });

  test("refuses one that fails, with PostgreSQL's own words and no command to the runner", () => {
    const run = bench.over(
      bench.migration(STEM, "DO $$ BEGIN RAISE EXCEPTION E'\\n::error::no\\n##[error]no'; END $$;", "SELECT 1;", {
        plan: `- reviewed: ${STEM}: it fails`,
      }),
    );
    expect(run.output).toContain("✗ 0003_notes.up.sql fails; correct it: it was merged nowhere yet");
    expect(run.output).not.toMatch(/^\s*::error::|##\[/m);
    expect(run.code).toBe(1);
  });

  test("refuses a way back that fails, and one that does not bring the schema back, with the difference", () => {
    const failing = bench.over(bench.migration(STEM, UP, "ALTER TABLE plans DROP COLUMN nots;"));
    expect(failing.output).toContain('0003_notes.down.sql:1: ERROR:  column "nots" of relation "plans" does not exist');
    expect(failing.output).toContain("✗ 0003_notes.down.sql fails");
    const other = bench.over(bench.migration(STEM, UP, "SELECT 1;"));
    expect(other.output).toContain("| +    notes text\n");
    expect(other.output).toContain(
      "✗ 0003_notes.down.sql does not bring the schema back that was there before 0003_notes.up.sql",
    );
    expect(other.code).toBe(1);
  });

  test("refuses one that runs only once", () => {
    const run = bench.over(
      bench.migration(STEM, "INSERT INTO plans VALUES (7, 'seven', '');", "SELECT 1;", {
        plan: `- reviewed: ${STEM}: –`,
      }),
    );
    expect(run.output).toContain("✗ 0003_notes.up.sql fails after 0003_notes.down.sql");
    expect(run.code).toBe(1);
  });

  test("a column that comes back comes back last, and that is the same schema", () => {
    const run = bench.over(
      bench.migration(
        "0003_drop",
        "ALTER TABLE plans DROP COLUMN name;",
        "ALTER TABLE plans ADD COLUMN name text DEFAULT '' NOT NULL; ALTER TABLE plans ALTER name DROP DEFAULT; CREATE INDEX plans_by_name ON plans (name);",
        { plan: "- contract: 0003_drop: prod-20261001-1200-abc1234" },
      ),
    );
    expect(run.output).toContain("✓ 0003_drop.down.sql brings the schema back");
    expect(run.code).toBe(0);
  });

  test("a way back may be missing where the document says why", () => {
    const files = bench.migration(STEM, "CREATE TYPE kind AS ENUM ('a');", "DROP TYPE kind;");
    bench.commit(files);
    const { "db/migrations/0004_b.down.sql": _none, ...later } = bench.migration("0004_b", "SELECT 1;", "");
    const missing = bench.over({
      ...later,
      "migrations-plan.md": `${STEM}, 0004_b`,
      "migrations-rollback.md": `${STEM}, 0004_b`,
    });
    expect(missing.output).toContain(
      "✗ 0004_b.up.sql: has no way back; write 0004_b.down.sql, or say in migrations-rollback.md why there is none",
    );
    const said = bench.over({
      "migrations-rollback.md": `${STEM}, 0004_b\n\n- irreversible: 0004_b: a value of an enumeration can't be removed\n`,
    });
    expect(said.output).toContain("– 0004_b has no way back, as migrations-rollback.md says");
    expect(said.code).toBe(0);
  });

  test("refuses to change or to remove a migration of main", () => {
    const run = bench.over({
      ...good(),
      "db/migrations/0001_plans.up.sql": "CREATE TABLE plans (id int);\n",
      "db/migrations/0002_by_name.down.sql": undefined,
    });
    expect(run.output).toContain("✗ 0001_plans.up.sql: was changed; it may have run somewhere: leave it as it is");
    expect(run.output).toContain("✗ 0002_by_name.down.sql: was removed; it may have run somewhere");
    expect(run.code).toBe(1);
  });

  test("refuses two with one number, and a number that is not above main's newest", () => {
    const run = bench.over({
      ...bench.migration("0003_a", "SELECT 1;", "SELECT 1;"),
      ...bench.migration("03_b", "SELECT 1;", "SELECT 1;"),
      ...bench.migration("0002_late", "SELECT 1;", "SELECT 1;"),
      "migrations-plan.md": "0003_a 03_b 0002_late",
      "migrations-rollback.md": "0003_a 03_b 0002_late",
    });
    expect(run.output).toMatch(/✗ (0003_a|03_b): has the number of (0003_a|03_b); give each its own/);
    expect(run.output).toContain("✗ 0002_late: its number is not above 2, the newest on main");
  });

  test.each([
    ["0003 with space.up.sql", "0003 with space.up.sql"],
    ["0003_größe.up.sql", "0003_größe.up.sql"],
    ["0003_a\n::error::forged.up.sql", "0003_a\\u{a}::error::forged.up.sql"],
    ["notes.sql", "notes.sql"],
    ["sub/0003_a.up.sql", "sub/0003_a.up.sql"],
    ["0003_a.up.sql.bak", "0003_a.up.sql.bak"],
  ])("refuses the name %j, and shows it on one line", (name, shown) => {
    const run = bench.over({ [`db/migrations/${name}`]: "SELECT 1;\n" });
    expect(run.output).toContain(`✗ ${shown}: is no name of a migration`);
    expect(run.code).toBe(1);
  });

  test("refuses an empty one, one that is no SQL, no text, too large or no file", () => {
    bench.link("db/migrations/0007_link.up.sql", "/etc/passwd");
    const stems = ["0003_empty", "0004_psql", "0005_bytes", "0006_large", "0007_link"];
    const run = bench.over({
      ...Object.fromEntries(stems.map((stem) => [`db/migrations/${stem}.down.sql`, "SELECT 1;"])),
      "db/migrations/0003_empty.up.sql": "-- nothing yet\n/* ; */\n",
      "db/migrations/0004_psql.up.sql": "\\! touch stolen\nSELECT 1;\n",
      "db/migrations/0005_bytes.up.sql": Buffer.from([0x53, 0xff, 0xfe]),
      "db/migrations/0006_large.up.sql": `SELECT '${"x".repeat(1_000_000)}';`,
      "migrations-plan.md": stems.join(" "),
      "migrations-rollback.md": stems.join(" "),
    });
    expect(run.output).toContain("✗ 0003_empty.up.sql: has no statement");
    expect(run.output).toMatch(
      /✗ 0004_psql\.up\.sql: PostgreSQL can't read it: syntax error at or near "\\".*; it takes SQL only/,
    );
    expect(run.output).toContain("✗ 0005_bytes.up.sql: is not UTF-8");
    expect(run.output).toContain("✗ 0006_large.up.sql: has more than 1000000 bytes");
    expect(run.output).toContain("✗ 0007_link.up.sql: is no ordinary file");
    expect(run.output).toContain("5 problem(s)");
  });

  test("says so when main's own don't run in an empty database", () => {
    bench.git("switch", "--quiet", "main");
    const base = bench.commit({ "db/migrations/0003_broken.up.sql": "ALTER TABLE nowhere ADD COLUMN x int;\n" });
    bench.commit(bench.migration("0004_next", UP, DOWN));
    const run = bench.check(base);
    expect(run.output).toContain('0003_broken.up.sql:1: ERROR:  relation "nowhere" does not exist');
    expect(run.output).toContain("✗ 0003_broken.up.sql of main fails in an empty database");
    expect(run.code).toBe(1);
  });

  test("on the first push of main everything is new; what is no commit is refused", () => {
    expect(bench.check("0".repeat(40)).output).toContain("✗ migrations-plan.md: is missing");
    expect(bench.check("nonsense").output).toContain("✗ nonsense is no commit of this repository");
    expect(bench.check().output).toContain("✓ nothing under");
  });
});
