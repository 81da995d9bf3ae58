import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describeWith } from "../../support/programs";
import { interrupt } from "../interrupt";
import { CloudShop } from "./cloud-shop";
import { finished } from "./local-shop";

describeWith(
  ["age", "age-keygen", "sqlite3", "jq", "aws", "curl"],
  "backup-d1.sh and restore-d1.sh against an account and an S3 API",
  () => {
    let shop: CloudShop;
    const restore = (...args: readonly string[]) =>
      shop.runRemote("restore-d1.sh", "--identity", shop.identity, ...args);

    beforeAll(async () => {
      shop = new CloudShop();
      shop.fill();
      await shop.bucket.listen();
    });
    afterAll(() => shop.dispose());

    test("an upload that arrives damaged fails", async () => {
      shop.bucket.damage = (key, body) => (key.endsWith(".age") ? Buffer.concat([body, Buffer.from("x")]) : body);
      const { code, output } = await shop.runRemote("backup-d1.sh");
      expect(code).toBe(1);
      expect(output).toMatch(
        /daily\/openclaw-pos\/\S+\.sql\.gz\.age arrived damaged in s3:\/\/openclaw-pos-d1-backups: size and MD5 are/,
      );
      expect([...shop.bucket.objects.keys()].filter((key) => key.endsWith(".sha256"))).toEqual([]);
      shop.bucket.damage = (_key, body) => body;
      shop.bucket.objects.clear();
    });

    test("a backup goes to the bucket, and neither a secret nor the link of the export is printed", async () => {
      const { code, output } = await shop.runRemote("backup-d1.sh");
      expect(output).toContain("✓ stored in s3://openclaw-pos-d1-backups:");
      expect(code).toBe(0);
      expect(shop.bucket.objects.size).toBe(9);
      expect(output).not.toMatch(/secret|example\.com/);
    });

    test("the drill makes a clone, compares it and deletes it; one left behind is named, and a taken port is no reason to fail", async () => {
      writeFileSync(join(shop.account, "port-taken"), "");
      const { code, output } = await restore("--into", "staging-clone", "--smoke");
      expect(output).toContain("✓ the clone has the rows and migrations of the manifest");
      expect(output).toContain("✓ the smoke tests passed");
      expect(shop.calls("dev")).toHaveLength(2);
      expect(output).toContain("! left behind by an earlier run: openclaw-pos-restore-20260101t000000z");
      expect(code).toBe(0);
      expect(shop.calls("d1 create")[0]).toMatch(
        /^d1 create openclaw-pos-restore-\d{8}t\d{6}z --config \S+ --location weur$/,
      );
      expect(shop.calls("d1 delete")[0]).toMatch(/^d1 delete openclaw-pos-restore-\d{8}t\d{6}z --skip-confirmation/);
      expect(readdirSync(shop.account).sort()).toEqual(["calls", "openclaw-pos"]);
      expect(output).not.toMatch(/secret|example\.com/);
    });

    test("a clone that can't be deleted fails the drill and is named", async () => {
      writeFileSync(join(shop.account, "fail-delete"), "");
      const { code, output } = await restore("--into", "staging-clone");
      expect(code).toBe(1);
      expect(output).toMatch(
        /the clone openclaw-pos-restore-\S+ could not be deleted; delete it by hand: npx wrangler d1 delete/,
      );
      rmSync(join(shop.account, "fail-delete"));
    });

    test("a drill that is interrupted, and again while it tidies up, deletes its clone all the same", async () => {
      const hang = join(shop.account, "hang");
      writeFileSync(hang, "");
      const drill = shop.startRemote("restore-d1.sh", "--identity", shop.identity, "--into", "staging-clone");
      const end = finished(drill);
      while (existsSync(hang) && drill.exitCode === null) await setTimeout(20);
      const left = readdirSync(shop.account).length;
      await interrupt(drill);
      expect((await end).output).toMatch(/The clone openclaw-pos-restore-\S+ is deleted/);
      expect(readdirSync(shop.account)).toHaveLength(left - 1);
      expect(readdirSync(shop.temporary)).toEqual([]);
    });

    test("before production is replaced, the bookmark that takes it back is printed and kept in the report", async () => {
      shop.remote("--command", "DELETE FROM payments");
      const { code, output } = await restore("--into", "production", "--yes-restore", "openclaw-pos");
      expect(output).toContain(
        "npx wrangler d1 time-travel restore openclaw-pos --bookmark 00000085-0000024c-00004c6d",
      );
      expect(code).toBe(0);
      expect(JSON.parse(shop.report("json")).undoBookmark).toBe("00000085-0000024c-00004c6d");
      expect(shop.remote("--command", "SELECT count(*) AS n FROM payments")).toEqual([{ n: 2 }]);
    });
  },
);
