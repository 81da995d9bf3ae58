import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { relay as declared } from "../../../services/relay";
import { describeWithPostgres } from "../../support/postgres";
import { interrupt } from "../interrupt";
import { RelayDatabase } from "./relay-database";

describeWithPostgres(["age", "bash", "jq"], "the drill with a dump of a real database", () => {
  let relay: RelayDatabase;
  let name: string;
  let whole: { readonly dump: Buffer; readonly sum: Buffer };
  beforeAll(async () => {
    relay = await RelayDatabase.start();
    expect(relay.dump().code).toBe(0);
    name = basename(relay.newest());
    whole = { dump: readFileSync(relay.newest()), sum: readFileSync(`${relay.newest()}.sha256`) };
  });
  afterAll(() => relay?.stop());
  beforeEach(() => {
    const dump = join(relay.dumps, name);
    relay.clear();
    relay.declare({});
    writeFileSync(dump, whole.dump);
    writeFileSync(`${dump}.sha256`, whole.sum);
  });

  const drilled = (...args: readonly string[]) => {
    const outcome = relay.drill(args);
    expect(relay.leftovers()).toEqual([]);
    return outcome;
  };
  /** The drill fails, and its report says the same as its output. */
  const failed = (...args: readonly string[]) => {
    const { code, output } = drilled(...args);
    expect(code).toBe(1);
    const { json, markdown } = relay.report();
    expect(json.outcome).toBe("failed");
    expect(json.failure).not.toBe("");
    expect(output).toContain(`✗ ${json.failure}`);
    expect(markdown).toContain(`**${json.failure}**`);
    return json.failure;
  };

  test("passes with the four key tables, and the report says what was compared (REL-3)", () => {
    expect(drilled().code).toBe(0);
    const { json, markdown } = relay.report();
    expect(json).toMatchObject({
      outcome: "verified",
      service: "relay",
      failure: "",
      tables: { expected: 7, found: 7 },
      missing: [],
      unexpected: [],
      differ: [],
      migration: { expected: { newest: "0002_keys", applied: 2 }, equal: true },
    });
    expect(json.keyTables).toEqual(
      Object.entries({ workspaces: 1, api_keys: 1, audit_logs: 1, sessions: 0 }).map(([table, least]) => ({
        table: `public.${table}`,
        least,
        exists: true,
        enough: true,
        equal: true,
      })),
    );
    expect(markdown).toContain("| public.workspaces | yes | yes (at least 1) | yes |\n");
    expect(markdown).toContain("| promised | 3600 |");
  });

  test("says how many rows there are only where the repository is not public", () => {
    relay.declare({}, { repository: { ...declared.repository, visibility: "private" } });
    expect(drilled().code).toBe(0);
    expect(relay.report().markdown).toContain("| public.workspaces | yes | yes (at least 1) | yes | 42 |");
    expect(relay.report().markdown).toContain("| public.audit_logs | yes | yes (at least 1) | yes | 500 |");
  });

  test("fails on a dump that was corrupted", () => {
    const bytes = Buffer.from(whole.dump);
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
    writeFileSync(relay.newest(), bytes);
    expect(failed()).toBe("the dump is damaged: its checksum differs; take another one");
    relay.sign(relay.newest());
    expect(failed()).toBe("the dump can't be decrypted; is this the identity of the recipient it was encrypted for?");
  });

  test("fails on a dump that was truncated", () => {
    truncateSync(relay.newest(), whole.dump.length - 5000);
    expect(failed()).toBe("the dump is damaged: its checksum differs; take another one");
    relay.sign(relay.newest());
    expect(failed()).toBe("the dump can't be decrypted; is this the identity of the recipient it was encrypted for?");
  });

  test("fails on a dump whose upload was interrupted", () => {
    rmSync(`${relay.newest()}.sha256`);
    expect(failed()).toContain("has no checksum beside it (.sha256): its backup was interrupted; take another dump");
  });

  test("fails on a checksum that is another file's", () => {
    writeFileSync(`${relay.newest()}.sha256`, `${"0".repeat(64)}  /etc/passwd\n`);
    expect(failed()).toContain(`.sha256 is not the checksum of ${basename(relay.newest())}; take another dump`);
  });

  test("fails on a dump that is damaged inside, whatever its checksums say", () => {
    relay.forge(({ directory, manifest }) => {
      const path = join(directory, "dump.pgc");
      truncateSync(path, 300_000);
      manifest.dump = relay.fingerprint(path);
    });
    expect(failed()).toContain("the dump could not be restored into the throwaway cluster");
  });

  test("fails on a dump of rows that contradict each other, and shows none of them to a public log", () => {
    const orphan = "SET session_replication_role = replica; INSERT INTO sessions VALUES ('geheim', 4711)";
    relay.server.sql("relay", orphan);
    try {
      relay.clear();
      expect(relay.dump().code).toBe(0);
      const { output } = drilled();
      expect(output).toContain("ERROR:  insert or update on table «sessions» violates foreign key constraint");
      expect(output).toContain("✗ the dump could not be restored into the throwaway cluster");
      expect(output).not.toMatch(/geheim|4711/);
      expect(relay.report().markdown).not.toMatch(/geheim|4711/);
    } finally {
      relay.server.sql("relay", "DELETE FROM sessions WHERE id = 'geheim'");
    }
  });

  test("fails on a dump that is not the one of its manifest", () => {
    relay.forge(({ directory }) => truncateSync(join(directory, "dump.pgc"), 300_000));
    expect(failed()).toBe("the dump is not the one that its manifest describes; take another one");
  });

  test("fails on a dump of another service, and of another format", () => {
    relay.forge(({ manifest }) => {
      manifest.service = "other";
    });
    expect(failed()).toBe("the dump is of other, expected relay; take another one");
    relay.forge(({ manifest }) => {
      manifest.format = 2;
    });
    expect(failed()).toContain("the manifest has another format than 1");
  });

  test("fails with another identity, and without one", () => {
    const other = join(relay.directory, "other.txt");
    if (!existsSync(other)) relay.newIdentity(other);
    expect(failed("--identity", other)).toContain("the dump can't be decrypted; is this the identity");
    expect(relay.run("restore-postgres.sh", ["--drill", "--dump", relay.newest(), "--report", relay.reports])).toEqual({
      code: 1,
      output: expect.stringContaining(
        "no age identity: name its file with --identity FILE, or set BACKUP_AGE_IDENTITY",
      ),
    });
  });

  test("fails when a key table is missing", () => {
    relay.declare({ keyTables: { workspaces: 1, invoices: 0 } });
    expect(failed()).toBe("the throwaway database is not what was dumped: the key table public.invoices is missing");
    expect(relay.report().markdown).toContain("| public.invoices | **no** | **no** (at least 0) |");
  });

  test("fails when a key table is empty", () => {
    relay.declare({ keyTables: { workspaces: 1, sessions: 8 } });
    expect(failed()).toBe(
      "the throwaway database is not what was dumped: a key table has fewer rows than it must have: public.sessions",
    );
    expect(relay.report().markdown).toContain("| public.sessions | yes | **no** (at least 8) | yes |");
  });

  test("fails when rows, tables or migrations are not those of the moment of the dump", () => {
    const tables = (manifest: Record<string, unknown>) => manifest.tables as Record<string, number>;
    relay.forge(({ manifest }) => {
      tables(manifest)["public.sessions"] = 9;
    });
    expect(failed()).toContain("rows differ: public.sessions (-2)");
    relay.forge(({ manifest }) => {
      tables(manifest)["public.sessions"] = 7;
      tables(manifest)["public.gone"] = 0;
    });
    expect(failed()).toContain("tables of the dump are missing: public.gone");
    relay.forge(({ manifest }) => {
      delete tables(manifest)["public.gone"];
      manifest.migration = { newest: "0003_later", applied: 3 };
    });
    expect(failed()).toContain("the newest migration differs: 0002_keys, expected 0003_later");
  });

  test("fails when it takes longer than promised, and says where the time went", () => {
    // A minute is the least that can be promised: the clock of the script is 90 seconds ahead from its second look on.
    const date = join(relay.directory, "clock");
    mkdirSync(date, { recursive: true });
    const seen = join(relay.temporary, "..", "reports", "looked");
    writeFileSync(
      join(date, "date"),
      `#!/bin/sh\n[ "$*" = +%s ] || exec /bin/date "$@"\nnow=$(/bin/date +%s)\nif [ -e ${seen} ]; then echo $((now + 90)); else : >${seen}; echo "$now"; fi\n`,
    );
    chmodSync(join(date, "date"), 0o755);
    relay.declare({ drill: { ...declared.postgres.drill, withinMinutes: 1 } });
    const { code, output } = relay.drill([], { PATH: `${date}:${process.env.PATH}` });
    expect(output).toContain("✗ slower than promised (1 min); the report says where the time went");
    expect(code).toBe(1);
    expect(relay.report().json).toMatchObject({ outcome: "too-slow", seconds: { promised: 60 } });
  });

  test("stops its cluster and leaves nothing behind when it is interrupted, and reports it", async () => {
    const programs = relay.programs({
      pg_restore: `[[ $1 == --list ]] || { echo begun >"$MARKS/begun"; sleep 600; }; exec "$real" "$@"`,
    });
    const args = ["--drill", "--dump", relay.newest(), "--identity", relay.identity, "--report", relay.reports];
    const script = relay.start("restore-postgres.sh", args, { POSTGRES_BIN: programs, MARKS: relay.temporary });
    const begun = join(relay.temporary, "begun");
    while (!existsSync(begun)) await pause(50);
    rmSync(begun);
    await interrupt(script);
    expect(relay.leftovers()).toEqual([]);
    expect(relay.report().json).toMatchObject({ outcome: "failed", failure: "interrupted" });
  });

  test.each<[string, readonly string[], string]>([
    ["nothing to do", [], "expected --drill, or --into NAME; see --help"],
    ["both at once", ["--drill", "--into", "x"], "expected --drill, or --into NAME; see --help"],
    ["an argument that it does not know", ["--drill", "--force"], "unknown argument: --force; see --help"],
    ["a file that is not there", ["--drill", "--dump", "/nowhere"], "the dump /nowhere is not there"],
  ])("refuses %s", (_what, args, message) => {
    const { code, output } = relay.run("restore-postgres.sh", [...args, "--report", relay.reports]);
    expect(output).toContain(message);
    expect(code).toBe(1);
  });
});
