import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DryRun } from "../../../declaration/dry-run";
import { DRY_RUN_SCRIPT } from "../../../workflows/migrations/names";
import { describeWithPostgres, PostgresServer } from "../../support/postgres";
import { until } from "../../support/until";
import { HAS_PARSER, MigrationsBench, type Run } from "./migrations-bench";

const describeDryRun = (title: string, tests: () => void) =>
  HAS_PARSER
    ? describeWithPostgres(["git", "bash", "python3"], title, tests)
    : describe.skip(`${title} (skipped: pglast not installed)`, tests);

const DRY_RUN: DryRun = {
  environment: "migrations",
  connection: "PG_DRYRUN_CONN",
  applied: { schema: "public", table: "schema_migrations", column: "version" },
  blocking: true,
};

/** What PostgreSQL would say of the clone's rows, and nobody may read here. */
const DATUM = "alice@example.com";
const STEM = "0003_notes";

describeDryRun("dry-run-migrations.sh (SUM-7)", () => {
  let server: PostgresServer;
  let bench: MigrationsBench;

  beforeAll(async () => {
    server = await PostgresServer.start("word");
    server.sql(
      "postgres",
      "CREATE ROLE dryrun LOGIN CREATEDB PASSWORD 'word'; CREATE DATABASE other; CREATE DATABASE clone;",
    );
    server.sql(
      "postgres",
      `CREATE ROLE maker LOGIN CREATEDB CREATEROLE PASSWORD 'word'; CREATE ROLE poor LOGIN PASSWORD 'word';
       CREATE ROLE reader LOGIN CREATEDB PASSWORD 'word' IN ROLE pg_read_server_files;
       CREATE ROLE landlord LOGIN CREATEDB PASSWORD 'word'; CREATE DATABASE hers OWNER landlord;`,
    );
    // It has the first of main's two migrations, and a row that an empty database has not.
    server.sql(
      "clone",
      `CREATE TABLE plans (id bigint PRIMARY KEY, name text NOT NULL, old text);
       INSERT INTO plans VALUES (1, 'first', 'x'), (2, '${DATUM}', NULL);
       CREATE TABLE schema_migrations (version bigint); INSERT INTO schema_migrations VALUES (1);
       ALTER TABLE plans OWNER TO dryrun; ALTER TABLE schema_migrations OWNER TO dryrun;`,
    );
    server.sql("postgres", "ALTER DATABASE clone IS_TEMPLATE true;");
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    bench = new MigrationsBench(DRY_RUN);
  });
  afterEach(() => {
    bench.dispose();
    expect(throwaways()).toEqual([]);
  });

  const throwaways = () =>
    server
      .sql("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'gatehouse%' ORDER BY 1")
      .split("\n")
      .filter((name) => name !== "");
  const start = (url = server.url("clone", "dryrun")) =>
    bench.start(DRY_RUN_SCRIPT, [bench.base, "HEAD"], { CLONE_URL: url });
  const tried = (up: string, down: string, plan = "", url?: string): Promise<Run> => {
    bench.commit(bench.migration(STEM, up, down, { plan: `- reviewed: ${STEM}: –\n${plan}` }));
    return start(url).ended;
  };
  /** A step of the script takes another time than it says. */
  const shorten = (from: string, to: string) => {
    const path = join(bench.directory, DRY_RUN_SCRIPT);
    const text = readFileSync(path, "utf8");
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
  };

  test("a good one runs there, back and there again, after what the clone lacks of main's; the clone stays as it was", async () => {
    const run = await tried("ALTER TABLE plans ADD COLUMN notes text;", "ALTER TABLE plans DROP COLUMN notes;");
    expect(run.output).toBe(
      `✓ 1 new migration(s): ${STEM}\n✓ a copy of the clone, with the migrations up to 1 and 1 more of main\n` +
        `✓ ${STEM}.up.sql\n✓ ${STEM}.down.sql brings the schema back\n✓ and there again\n`,
    );
    expect(run.code).toBe(0);
    expect(server.sql("clone", "SELECT count(*) FROM information_schema.columns WHERE table_name = 'plans'")).toBe("3");
  });

  test("a change without migrations needs no clone", async () => {
    bench.commit({ "src/app.ts": "export {};\n" });
    expect(await start("postgresql://nobody@127.0.0.1:1/none").ended).toEqual({
      code: 0,
      output: "✓ 0 new migration(s): none\n✓ no new migration\n",
    });
  });

  test("one that only fails on the clone's data fails here, with line and code and none of the data", async () => {
    const run = await tried(
      "SELECT 1;\nALTER TABLE plans ALTER COLUMN old SET NOT NULL;",
      "ALTER TABLE plans ALTER COLUMN old DROP NOT NULL;",
      `- contract: ${STEM}: prod-20261001-1200-abc1234`,
    );
    expect(run.output).toContain(`| line 2: 23502\n✗ ${STEM}.up.sql fails; correct it`);
    expect(run.code).toBe(1);
  });

  test("one without its way back, and a destructive one that names no release, are refused before the clone is asked", async () => {
    bench.commit({ ...bench.migration(STEM, "SELECT 1;", ""), [`db/migrations/${STEM}.down.sql`]: undefined });
    const missing = await start("postgresql://nobody@127.0.0.1:1/none").ended;
    expect(missing.output).toContain(`✗ ${STEM}.up.sql: has no way back`);
    expect(missing.code).toBe(1);
    const destructive = await tried("DROP TABLE plans;", "SELECT 1;", "", "postgresql://nobody@127.0.0.1:1/none");
    expect(destructive.output).toContain("drops the table plans: the version before may use it");
    expect(destructive.code).toBe(1);
  });

  test.each([
    ["a program", "COPY plans FROM PROGRAM 'id';", "COPY with a file or a program of the server"],
    ["a command of psql", "\\! id", "it takes SQL only, no commands of psql"],
    ["another database", "\\connect other", "it takes SQL only, no commands of psql"],
    ["the clone itself", "DROP DATABASE clone;", "is about more than this database"],
    ["a role", "ALTER ROLE dryrun PASSWORD 'mine';", "is about more than this database"],
  ])("one that reaches for %s is refused", async (_what, up, said) => {
    const run = await tried(up, "SELECT 1;");
    expect(run.output).toContain(said);
    expect(run.code).toBe(1);
  });

  test.each([
    ["a program", "COPY plans FROM PROGRAM 'id'"],
    ["a file", "COPY plans TO '/tmp/gatehouse-stolen'"],
    ["the clone", "ALTER DATABASE clone RENAME TO gone"],
    ["another's database", "ALTER DATABASE other CONNECTION LIMIT 0"],
    ["more rights", "ALTER ROLE dryrun CREATEROLE"],
    ["a way out", "CREATE EXTENSION dblink"],
  ])("what can't be seen before, hidden in DO, may not reach %s either", async (_what, statement) => {
    const hidden = `DO $$ BEGIN EXECUTE '${statement.replaceAll("'", "''")}'; END $$;`;
    const run = await tried(hidden, "SELECT 1;");
    expect(run.output).toMatch(/\| line 1: (42501|58P01|0A000)\n✗/);
    expect(run.code).toBe(1);
    expect(server.sql("postgres", "SELECT count(*) FROM pg_database WHERE datname IN ('clone', 'other')")).toBe("2");
  });

  test("neither errors, notices nor schemas bring data out", async () => {
    const raising = await tried(
      "DO $$ DECLARE n text; BEGIN SELECT name INTO n FROM plans WHERE id = 2; RAISE NOTICE '%', n; RAISE EXCEPTION '%', n; END $$;",
      "SELECT 1;",
    );
    expect(raising.output).toContain("| line 1: P0001\n");
    const commenting = await tried(
      "DO $$ BEGIN EXECUTE (SELECT format('COMMENT ON TABLE plans IS %L', name) FROM plans WHERE id = 2); END $$;",
      "SELECT 1;",
    );
    expect(commenting.output).toContain("the difference is not shown: it could hold data");
    for (const { code, output } of [raising, commenting]) {
      expect(code).toBe(1);
      expect(output).not.toContain("alice");
    }
  });

  test("one that never ends is ended, though it takes the server's limits away, and nothing of it runs on", async () => {
    shorten("LONGEST=10m", "LONGEST=3s");
    const run = await tried("SET statement_timeout = 0;\nSELECT pg_sleep(600);", "SELECT 1;");
    expect(run.output).toContain(`✗ ${STEM}.up.sql fails`);
    expect(run.code).toBe(1);
    expect(
      server.sql(
        "postgres",
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()",
      ),
    ).toBe("0");
  });

  test("a clone that can't be reached is nobody's mistake, and its address stays unsaid", async () => {
    const run = await tried("SELECT 1;", "SELECT 1;", "", "postgresql://dryrun:hidden@127.0.0.1:1/clone");
    expect(run.output).toContain(
      "✗ the server of the clone does not answer, or does not let the role of CLONE_URL in\n",
    );
    expect(run.output).not.toMatch(/hidden|127\.0\.0\.1/);
    expect(run.code).toBe(2);
  });

  test.each([
    ["owner", "clone", "its role is a superuser, or may become one"],
    ["maker", "clone", "its role may make roles, replicate, or pass row security"],
    ["reader", "clone", "its role is in one of PostgreSQL's own, which reach files, programs or others' sessions"],
    ["poor", "clone", "its role may not make databases (CREATEDB)"],
    ["landlord", "clone", "its role owns a database: a migration could change that one"],
    ["dryrun", "none", "there is no such database"],
    ["dryrun", "other", "it is no template"],
  ])("the role %s of %s is refused: %s", async (role, database, said) => {
    const run = await tried("SELECT 1;", "SELECT 1;", "", server.url(database, role));
    expect(run.output).toContain(`✗ CLONE_URL: ${said}`);
    expect(run.code).toBe(2);
  });

  test("what an interrupted run left is removed by a later one, and what one under way has is not", async () => {
    const old = "gatehouse_dry_run_1700000000_0123abcd";
    const young = `gatehouse_dry_run_${Math.floor(Date.now() / 1000)}_0123abcd`;
    for (const name of [old, young]) server.sql("postgres", `CREATE DATABASE ${name} OWNER dryrun;`);
    const run = await tried("SELECT 1;", "SELECT 1;");
    expect(run.output).toContain(`– ${old} was left behind, and is gone\n`);
    expect(run.code).toBe(0);
    expect(throwaways()).toEqual([young]);
    server.sql("postgres", `DROP DATABASE ${young};`);
  });

  test("interrupted it takes its database with it", async () => {
    bench.commit(bench.migration(STEM, "SELECT pg_sleep(600);", "SELECT 1;", { plan: `- reviewed: ${STEM}: –` }));
    const { child, ended } = start();
    const sleeping = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'";
    await until("the migration runs", () => server.sql("postgres", sleeping) === "1");
    child.kill("SIGINT");
    expect((await ended).code).toBe(130);
  });

  test("two at once don't meet", async () => {
    bench.commit(bench.migration(STEM, "CREATE TABLE a (id int PRIMARY KEY);", "DROP TABLE a;"));
    const runs = await Promise.all([start().ended, start().ended]);
    expect(runs.map(({ code, output }) => (code === 0 ? 0 : output))).toEqual([0, 0]);
  });
});
