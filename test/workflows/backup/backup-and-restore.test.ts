import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describeWith } from "../../support/programs";
import { interrupt } from "../interrupt";
import { finished, LocalShop, type Outcome } from "./local-shop";

describeWith(
  ["age", "age-keygen", "sqlite3", "jq", "openssl", "curl"],
  "backup-d1.sh and restore-d1.sh on a real local D1",
  () => {
    let shop: LocalShop;
    let before: unknown;

    beforeAll(async () => {
      shop = new LocalShop();
      shop.fill();
      before = shop.contents();
      const { code, output } = await shop.backup();
      if (code !== 0) throw new Error(output);
    });
    afterAll(() => shop.dispose());

    /** A copy of the newest daily backup, alone in a store of its own, for tests that damage it. */
    function copyOfStore(name: string): { store: string; key: (ending: string) => string } {
      const store = join(shop.directory, name);
      rmSync(store, { recursive: true, force: true });
      cpSync(shop.store, store, { recursive: true });
      const daily = shop.stored().find((key) => key.startsWith("daily/") && key.endsWith(".age")) ?? "";
      return { store, key: (ending) => join(store, `${daily}${ending}`) };
    }
    const drillFrom = (store: string, ...args: readonly string[]) =>
      shop.run("restore-d1.sh", ["--into", "staging-clone", "--local", "--identity", shop.identity, ...args], {
        BACKUP_TARGET: `file://${store}`,
      });

    test("a backup lies encrypted under every tier's prefix, with manifest and checksums", () => {
      const tiers = shop
        .stored()
        .map((key) => key.replace(/\d{8}T\d{6}Z/, "<time>").replace(/\d{4}-W?\d\d-/, "<period>-"));
      expect(tiers).toEqual(
        [
          "daily/openclaw-pos/<time>",
          "monthly/openclaw-pos/<period>-<time>",
          "weekly/openclaw-pos/<period>-<time>",
        ].flatMap((key) => ["", ".manifest.json", ".sha256"].map((ending) => `${key}.sql.gz.age${ending}`)),
      );
      for (const key of shop.stored()) expect(readFileSync(join(shop.store, key), "latin1")).not.toContain("quote");
      const manifest = shop.stored().find((key) => key.endsWith("manifest.json")) ?? "";
      expect(JSON.parse(readFileSync(join(shop.store, manifest), "utf8"))).toMatchObject({
        database: "openclaw-pos",
        tables: { orders: 3, order_items: 2, payments: 2, products: 3 },
        migration: { name: "0001_first.sql", applied: 1 },
      });
    });

    test("the second backup of a week and month is kept as a daily one only", async () => {
      const own = copyOfStore("second");
      const target = { BACKUP_TARGET: `file://${own.store}` };
      await setTimeout(1100); // keys are by the second
      const { output } = await shop.backup(target);
      expect(output).toContain("daily/openclaw-pos/");
      // Unless the week or the month has just turned, which is no mistake.
      expect(readdirSync(join(own.store, "daily/openclaw-pos"))).toHaveLength(6);
      expect(readdirSync(join(own.store, "weekly/openclaw-pos")).length).toBeLessThanOrEqual(6);
    });

    test("a drill restores the newest backup into a clone, runs the smoke tests on it and reports times", async () => {
      const { code, output } = await shop.drill("--smoke");
      expect(output).toContain("✓ the clone has the rows and migrations of the manifest");
      expect(output).toContain("✓ the smoke tests passed");
      expect(code).toBe(0);
      expect(JSON.parse(readFileSync(join(shop.repository, "seen.json"), "utf8"))).toEqual({ orders: 3 });
      const report = JSON.parse(shop.report("json"));
      expect(report).toMatchObject({ outcome: "clone-verified", smoke: "passed", found: { tables: { orders: 3 } } });
      expect(Object.keys(report.seconds)).toEqual([
        "download",
        "decrypt",
        "restore",
        "verify",
        "smoke",
        "total",
        "promised",
      ]);
      expect(report.seconds.promised).toBe(3600);
      expect(shop.report("md")).toContain("| orders | 3 | 3 |");
      expect(readdirSync(shop.temporary)).toEqual([]);
    });

    test("production comes back whole, after its name has been given", async () => {
      shop.wrangler(
        "d1",
        "execute",
        "DB",
        "--command",
        "DELETE FROM payments; DROP VIEW totals; CREATE TABLE extra (a)",
      );
      const restore = (...args: readonly string[]) =>
        shop.run("restore-d1.sh", ["--into", "production", "--local", "--identity", shop.identity, ...args]);

      const unasked = await restore();
      expect(unasked.code).toBe(1);
      expect(unasked.output).toContain(
        "nobody is here to confirm: add --yes-restore openclaw-pos; nothing was changed",
      );
      const wrong = await restore("--yes-restore", "other");
      expect(wrong.output).toContain(
        "--yes-restore other is not the name of the database, openclaw-pos; nothing was changed",
      );
      expect(shop.query("SELECT count(*) AS n FROM payments")).toEqual([{ n: 0 }]);

      const { code, output } = await restore("--yes-restore", "openclaw-pos");
      expect(output).toContain("✓ production has the rows and migrations of the manifest");
      expect(output).toContain("Post-restore checklist");
      expect(code).toBe(0);
      expect(shop.contents()).toEqual(before);
      expect(
        shop.query("SELECT count(*) AS n FROM sqlite_schema WHERE name IN ('extra', 'totals', 'after_order')"),
      ).toEqual([{ n: 2 }]);
    });

    test("production without a proof verifies a clone first", async () => {
      const args = ["--into", "production", "--local", "--identity", shop.identity, "--yes-restore", "openclaw-pos"];
      const { output } = await shop.run("restore-d1.sh", [...args, "--report", "fresh-report"]);
      expect(output.indexOf("✓ the clone has")).toBeGreaterThan(-1);
      expect(output.indexOf("✓ the clone has")).toBeLessThan(output.indexOf("✓ production has"));
    });

    test("a damaged backup is refused", async () => {
      const { store, key } = copyOfStore("damaged");
      appendFileSync(key(""), "x");
      const { code, output } = await drillFrom(store);
      expect(code).toBe(1);
      expect(output).toContain(
        "the backup or its manifest is damaged: the checksum differs; take another backup (--backup KEY)",
      );
    });

    test("a changed manifest is refused", async () => {
      const { store, key } = copyOfStore("changed");
      writeFileSync(
        key(".manifest.json"),
        readFileSync(key(".manifest.json"), "utf8").replace('"orders": 3', '"orders": 2'),
      );
      const { code, output } = await drillFrom(store);
      expect(code).toBe(1);
      expect(output).toContain("the backup or its manifest is damaged");
    });

    test("rows that differ from the manifest are refused, and the report shows both", async () => {
      const { store, key } = copyOfStore("differs");
      const { createHash } = await import("node:crypto");
      const changed = readFileSync(key(".manifest.json"), "utf8").replace('"orders": 3', '"orders": 2');
      writeFileSync(key(".manifest.json"), changed);
      const sums = readFileSync(key(".sha256"), "utf8").split("\n");
      sums[1] = sums[1]?.replace(/^\w{64}/, createHash("sha256").update(changed).digest("hex")) ?? "";
      writeFileSync(key(".sha256"), sums.join("\n"));
      const { code, output } = await drillFrom(store, "--report", "differs-report");
      expect(code).toBe(1);
      expect(output).toContain("the clone differs from the manifest: found, then expected, above");
      expect(existsSync(join(shop.repository, "differs-report"))).toBe(true);
      expect(
        readdirSync(join(shop.repository, "differs-report")).filter((name) => name.startsWith("verified")),
      ).toEqual([]);
    });

    test("a backup without checksums is an interrupted one, and is never the latest", async () => {
      const { store, key } = copyOfStore("interrupted");
      rmSync(key(".sha256"));
      const { code, output } = await drillFrom(store);
      expect(code).toBe(1);
      expect(output).toContain("there is no whole backup under daily/openclaw-pos/");
    });

    test("another identity can't open a backup", async () => {
      const other = join(shop.directory, "other.txt");
      shop.newIdentity(other);
      const { code, output } = await shop.drill("--identity", other);
      expect(code).toBe(1);
      expect(output).toContain(
        "the backup can't be decrypted; is this the identity of the recipient it was encrypted for?",
      );
      expect(readdirSync(shop.temporary)).toEqual([]);
    });

    test("the identity may come from the environment, and is not printed", async () => {
      const identity = readFileSync(shop.identity, "utf8");
      const { code, output } = await shop.run("restore-d1.sh", ["--into", "staging-clone", "--local"], {
        BACKUP_AGE_IDENTITY: identity,
      });
      expect(code).toBe(0);
      expect(output).not.toContain("AGE-SECRET-KEY");
    });

    describe("interrupted, and interrupted again while it tidies up,", () => {
      /** Starts a script with an age that never ends and takes its time to be stopped, and interrupts it there. */
      async function interrupted(script: string, args: readonly string[], store: string): Promise<Outcome> {
        const bin = join(shop.directory, "slow");
        const begun = join(shop.directory, "begun");
        mkdirSync(bin, { recursive: true });
        const slow = `#!/usr/bin/env bash\ntrap 'trap "" TERM; sleep 1; exit 1' TERM\n: >"$BEGUN"\nwhile :; do sleep 0.1; done\n`;
        writeFileSync(join(bin, "age"), slow, { mode: 0o755 });
        const child = shop.start(script, args, {
          PATH: `${bin}:${process.env.PATH}`,
          BEGUN: begun,
          BACKUP_TARGET: `file://${store}`,
        });
        const end = finished(child);
        while (!existsSync(begun) && child.exitCode === null) await setTimeout(20);
        rmSync(begun);
        expect(readdirSync(shop.temporary)).toHaveLength(1);
        await interrupt(child);
        return end;
      }

      test("a backup leaves neither plaintext nor a backup", async () => {
        const own = join(shop.directory, "none");
        mkdirSync(own);
        expect((await interrupted("backup-d1.sh", ["--local"], own)).code).toBe(143);
        expect(readdirSync(shop.temporary)).toEqual([]);
        expect(readdirSync(own)).toEqual([]);
      });

      test("a restore leaves no plaintext, and says in its report that it was interrupted", async () => {
        const args = [
          "--into",
          "staging-clone",
          "--local",
          "--identity",
          shop.identity,
          "--report",
          "interrupted-report",
        ];
        expect((await interrupted("restore-d1.sh", args, shop.store)).code).toBe(143);
        expect(readdirSync(shop.temporary)).toEqual([]);
        const [report = ""] = readdirSync(join(shop.repository, "interrupted-report")).filter((name) =>
          name.endsWith(".json"),
        );
        expect(JSON.parse(readFileSync(join(shop.repository, "interrupted-report", report), "utf8"))).toMatchObject({
          outcome: "failed",
          failure: "interrupted",
        });
      });
    });

    test.each([
      ["no recipient", { BACKUP_AGE_RECIPIENT: "" }, "BACKUP_AGE_RECIPIENT is not set; set it to the public key"],
      [
        "an identity as recipient",
        { BACKUP_AGE_RECIPIENT: "AGE-SECRET-KEY-1X" },
        "BACKUP_AGE_RECIPIENT is not an age recipient (age1…); never put the identity",
      ],
      [
        "an unknown target",
        { BACKUP_TARGET: "ftp://x" },
        "BACKUP_TARGET is ftp://x; expected s3://<bucket> or file:///<directory>",
      ],
      [
        "a directory that isn't",
        { BACKUP_TARGET: "file:///nonexistent" },
        "/nonexistent is not a directory; make it first",
      ],
    ])("%s is refused", async (_what, env, message) => {
      const { code, output } = await shop.backup(env);
      expect(code).toBe(1);
      expect(output).toContain(message);
      expect(output).not.toContain("AGE-SECRET-KEY-1X");
    });

    test("a restore says what it can restore into", async () => {
      const { code, output } = await shop.run("restore-d1.sh", ["--into", "staging"]);
      expect(code).toBe(1);
      expect(output).toContain("--into is staging; expected staging-clone or production");
    });

    // The last ones: they break the database.
    test("a database that lacks a critical table is refused, and nothing is stored", async () => {
      const stored = shop.stored();
      shop.wrangler("d1", "execute", "DB", "--command", "DROP TABLE payments");
      const { code, output } = await shop.backup();
      expect(code).toBe(1);
      expect(output).toContain("the export has no table payments; nothing was stored");
      expect(shop.stored()).toEqual(stored);
    });

    test("an empty database is refused, and nothing is stored", async () => {
      const stored = shop.stored();
      rmSync(join(shop.repository, ".wrangler"), { recursive: true });
      const { code, output } = await shop.backup();
      expect(code).toBe(1);
      expect(output).toContain("the export is empty");
      expect(shop.stored()).toEqual(stored);
    });
  },
);
