import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describeWithPostgres } from "../../support/postgres";
import { interrupt } from "../interrupt";
import { RelayDatabase } from "./relay-database";

describeWithPostgres(["age", "bash", "jq"], "the dump of a real database", () => {
  let relay: RelayDatabase;
  beforeAll(async () => {
    relay = await RelayDatabase.start();
  });
  afterAll(() => relay?.stop());
  beforeEach(() => {
    relay.clear();
    relay.declare({});
  });

  const dumped = (change: Readonly<Record<string, string | undefined>> = {}) => {
    const outcome = relay.dump(change);
    expect(relay.leftovers()).toEqual([]);
    return outcome;
  };
  const refused = (change: Readonly<Record<string, string | undefined>>) => {
    const { code, output } = dumped(change);
    expect(code).toBe(1);
    expect(relay.stored()).toEqual([]);
    expect(output).not.toContain(relay.server.password);
    return output;
  };

  test("is encrypted, and comes with its checksum", () => {
    const { code, output } = dumped();
    expect(output).toContain("7 tables");
    expect(code).toBe(0);
    expect(relay.stored()).toEqual([
      expect.stringMatching(/^relay-\d{8}T\d{6}Z\.tar\.age$/),
      expect.stringMatching(/^relay-\d{8}T\d{6}Z\.tar\.age\.sha256$/),
    ]);
    expect(readFileSync(relay.newest(), "latin1").startsWith("age-encryption.org/v1\n")).toBe(true);
  });

  test("shows neither password nor URL to the list of processes, nor figures of the data to a public log", () => {
    const log = `printf '%s\\n' "$*" "$(env)" "$(tr '\\0' ' ' </proc/$PPID/cmdline)" >>"$MARKS/$(basename "$0")"\nexec "$real" "$@"`;
    const { code, output } = dumped({
      POSTGRES_BIN: relay.programs({ psql: log, pg_dump: log }),
      MARKS: relay.reports,
      DATABASE_URL: relay.server.url("relay"),
    });
    expect(code).toBe(0);
    for (const program of ["psql", "pg_dump"]) {
      const text = readFileSync(join(relay.reports, program), "utf8");
      expect(text).toContain("service=live");
      expect(text).not.toContain(relay.server.password);
      expect(text).not.toContain(encodeURIComponent(relay.server.password));
    }
    expect(output).not.toContain(relay.server.password);
    expect(output).not.toMatch(/workspaces|\b42\b/);
  });

  test("holds the rows of one moment, also when others write meanwhile", () => {
    const insert = `INSERT INTO sessions VALUES ('late')`;
    const programs = relay.programs({
      pg_dump: `"$(dirname "$0")/psql" -q "$LATE" -c "${insert}" && exec "$real" "$@"`,
    });
    try {
      expect(dumped({ POSTGRES_BIN: programs, LATE: relay.server.url("relay") }).code).toBe(0);
      expect(relay.server.sql("relay", "SELECT count(*) FROM sessions WHERE id = 'late'")).toBe("1");
      const drill = relay.drill();
      expect(drill.output).toContain("✓ the throwaway database has the tables, rows and migration of the dump");
    } finally {
      relay.server.sql("relay", "DELETE FROM sessions WHERE id = 'late'");
    }
  });

  test("stores nothing when the database is down", () => {
    relay.server.pause();
    try {
      const output = refused({});
      expect(output).toContain("the database could not be looked at; nothing was stored. Does it answer");
      expect(output).not.toContain("127.0.0.1");
    } finally {
      relay.server.resume();
    }
  });

  test("stores nothing when the password is wrong", () => {
    const output = refused({ DATABASE_URL: relay.server.url("relay", "reader", "guessed") });
    expect(output).toContain("password authentication failed");
    expect(output).toContain("is the URL right");
    expect(output).not.toContain("guessed");
  });

  test("stores nothing when row-level security would hide rows from its role", () => {
    relay.server.sql("relay", "CREATE ROLE short LOGIN PASSWORD 's'; GRANT pg_read_all_data TO short");
    expect(refused({ DATABASE_URL: relay.server.url("relay", "short", "s") })).toContain(
      "ERROR:  query would be affected by row-level security policy for table «workspaces»\n✗ the database could not be looked at",
    );
  });

  test("stores nothing when the database goes down in the middle of it", () => {
    const programs = relay.programs({ pg_dump: `"$real" "$@" && truncate -s 1000 "\${@: -1}"; exit 1` });
    expect(refused({ POSTGRES_BIN: programs })).toContain("✗ the dump failed; nothing was stored");
  });

  test("stores nothing when what was dumped is empty or no dump", () => {
    const file = `for argument; do [[ $argument != --file=* ]] || file=\${argument#--file=}; done`;
    expect(refused({ POSTGRES_BIN: relay.programs({ pg_dump: `${file}\n: >"$file"` }) })).toContain(
      "the dump is empty; nothing was stored",
    );
    expect(refused({ POSTGRES_BIN: relay.programs({ pg_dump: `${file}\necho no >"$file"` }) })).toContain(
      "pg_restore can't read the dump; nothing was stored",
    );
  });

  test("stores nothing of a database without a key table", () => {
    relay.declare({ keyTables: { workspaces: 1, invoices: 1 } });
    expect(refused({})).toContain(
      "the database has no table public.invoices; nothing was stored: is this the right database, and is it whole?",
    );
  });

  test("says that a key table is empty, and is stored all the same: it may be the newest that there is", () => {
    relay.declare({ keyTables: { sessions: 8 } });
    const { code, output } = dumped();
    expect(output).toContain(
      "! fewer rows than a key table must have: public.sessions; the drill will not accept this dump",
    );
    expect(code).toBe(0);
  });

  test("leaves nothing behind when it is interrupted", async () => {
    const programs = relay.programs({ pg_dump: `echo begun >"$MARKS/begun"; "$real" "$@"; sleep 600` });
    const script = relay.start("backup-postgres.sh", ["--out", relay.dumps], {
      POSTGRES_BIN: programs,
      MARKS: relay.reports,
    });
    while (!existsSync(join(relay.reports, "begun"))) await pause(50);
    await interrupt(script);
    expect(relay.stored()).toEqual([]);
    expect(relay.leftovers()).toEqual([]);
  });

  test("wants programs of the declared version", () => {
    relay.declare({ version: 14 });
    expect(refused({})).toMatch(/psql is of PostgreSQL \d+, expected 14; name its directory in POSTGRES_BIN/);
  });

  test("refuses a newer server than the declared one", () => {
    const next = relay.server.major + 1;
    const psql = `"$real" "$@" | sed -u 's/"major" : [0-9]*/"major" : ${next}/'`;
    expect(refused({ POSTGRES_BIN: relay.programs({ psql }) })).toContain(
      `the server is PostgreSQL ${next}, declared is ${relay.server.major}; write postgres.version: ${next} in services/relay.ts`,
    );
  });

  test.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ["no URL", { DATABASE_URL: undefined }, "DATABASE_URL is not set"],
    ["another database's URL", { DATABASE_URL: "mysql://u:geheim@h/d" }, "is not the URL of a Postgres database"],
    ["a URL without a database", { DATABASE_URL: "postgres://u:geheim@h:5432" }, "DATABASE_URL names no database"],
    ["several servers", { DATABASE_URL: "postgres://u:geheim@a,b/d" }, "DATABASE_URL names several servers; name one"],
    [
      "a way without encryption",
      { DATABASE_URL: "postgres://u:geheim@db.example.com/d?sslmode=prefer" },
      "DATABASE_URL has sslmode=prefer, which allows data and password in clear; write sslmode=require or verify-full",
    ],
    [
      "a parameter that is none",
      { DATABASE_URL: "postgres://u:geheim@db.example.com/d?service=other" },
      "DATABASE_URL has a parameter that libpq does not know; remove it",
    ],
    [
      "a line break in the password",
      { DATABASE_URL: "postgres://u:ge%0Aheim@db.example.com/d" },
      "DATABASE_URL has a password with a control character",
    ],
    ["no recipient", { BACKUP_AGE_RECIPIENT: undefined }, "BACKUP_AGE_RECIPIENT is not set"],
    [
      "an identity in the recipient's place",
      { BACKUP_AGE_RECIPIENT: "AGE-SECRET-KEY-1QQ" },
      "BACKUP_AGE_RECIPIENT is not an age recipient (age1…); never put the identity",
    ],
    [
      "half a recipient",
      { BACKUP_AGE_RECIPIENT: "age1qqqq" },
      "age could not encrypt the dump; is BACKUP_AGE_RECIPIENT a whole recipient?",
    ],
  ])("refuses %s", (_what, change, message) => {
    const output = refused(change);
    expect(output).toContain(message);
    expect(output).not.toMatch(/ge\n?heim/);
  });

  test("refuses an argument that it does not know", () => {
    expect(relay.run("backup-postgres.sh", ["--all"])).toEqual({
      code: 1,
      output: "✗ unknown argument: --all; see --help\n",
    });
  });
});
