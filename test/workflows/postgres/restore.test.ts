import { describeWithPostgres } from "../../support/postgres";
import { RelayDatabase } from "./relay-database";

describeWithPostgres(["age", "bash", "jq"], "a restore into a database", () => {
  let relay: RelayDatabase;
  beforeAll(async () => {
    relay = await RelayDatabase.start();
    expect(relay.dump().code).toBe(0);
  });
  afterAll(() => relay?.stop());

  const restore = (database: string, url: string, ...args: readonly string[]) =>
    relay.run(
      "restore-postgres.sh",
      ["--into", database, "--dump", relay.newest(), "--identity", relay.identity, "--report", relay.reports, ...args],
      { RESTORE_DATABASE_URL: url },
    );

  test("brings back every table, row and policy into an empty one, whose name was said twice", () => {
    relay.server.sql("postgres", 'CREATE DATABASE "relay neu"');
    const { code, output } = restore("relay neu", relay.server.url("relay neu"), "--yes-restore", "relay neu");
    expect(output).toContain(
      "✓ the throwaway database has the tables, rows and migration of the dump\n✓ relay neu has",
    );
    expect(output).not.toContain(relay.server.password);
    expect(code).toBe(0);
    expect(relay.report().json).toMatchObject({ outcome: "restored", mode: "restore", failure: "" });
    const everything = `SELECT md5(string_agg(w::text, ',' ORDER BY id)) FROM workspaces w;
      SELECT md5(inhalt) FROM "größe"."表 ""mit"" Lücken' $(id)";
      SELECT policyname, roles FROM pg_policies;`;
    expect(relay.server.sql("relay neu", everything)).toBe(relay.server.sql("relay", everything));
  });

  test("is refused when the database has tables: production is never overwritten", () => {
    const before = relay.server.sql("relay", "SELECT count(*) FROM sessions");
    const { code, output } = restore("relay", relay.server.url("relay"), "--yes-restore", "relay");
    expect(output).toContain(
      "✗ relay has tables already; nothing was changed. Make an empty database and restore into that one",
    );
    expect(code).toBe(1);
    expect(relay.server.sql("relay", "SELECT count(*) FROM sessions")).toBe(before);
  });

  test("is refused when the URL leads to another database than the one that was named", () => {
    const { code, output } = restore("relay_new", relay.server.url("relay"));
    expect(output).toContain(
      "✗ RESTORE_DATABASE_URL leads to another database than --into relay_new; correct one of them",
    );
    expect(code).toBe(1);
  });

  test("is refused when nobody confirms, or another name is said", () => {
    relay.server.sql("postgres", "CREATE DATABASE empty");
    const url = relay.server.url("empty");
    expect(restore("empty", url).output).toContain("✗ nobody is here to confirm; repeat with --yes-restore empty");
    expect(restore("empty", url, "--yes-restore", "relay").output).toContain(
      "✗ the name is not empty; nothing was changed",
    );
    expect(relay.server.sql("empty", "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")).toBe(
      "0",
    );
  });

  test("changes nothing when it fails half-way: it is one transaction", () => {
    relay.server.sql("postgres", "CREATE DATABASE half");
    relay.server.sql("half", "CREATE DOMAIN sessions AS int");
    const { code, output } = restore("half", relay.server.url("half"), "--yes-restore", "half");
    expect(output).toContain("ERROR:  type «sessions» already exists");
    expect(output).toContain("✗ the dump could not be restored into half");
    expect(code).toBe(1);
    expect(relay.server.sql("half", "SELECT to_regclass('public.workspaces') IS NULL")).toBe("t");
  });
});
