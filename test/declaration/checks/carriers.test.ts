import { REMOVED } from "../change";
import { posRefusals } from "../fixture";

describe("what only exists once it is made reaches workflows by a variable", () => {
  test("the id of a database that no variable of a stage carries is refused", () => {
    expect(posRefusals({ "settings.D1_DATABASE_ID.environments.staging": REMOVED })).toEqual([
      {
        path: "settings",
        came: 'no variable of the environment "staging" with { from: "d1.main.id" }',
        expected: "a variable that carries d1.main.id: the Worker's binding names it",
        remedy: 'write "staging": { from: "d1.main.id" } among the environments of a variable',
      },
    ]);
  });

  test("an id written by hand carries nothing", () => {
    expect(
      posRefusals({ "settings.D1_DATABASE_ID.environments.staging": "8ecd0f8e-1b5e-4a8e-9a53-2f0d8a1f6a3b" }),
    ).toEqual([
      {
        path: "settings",
        came: 'no variable of the environment "staging" with { from: "d1.main.id" }',
        expected: "a variable that carries d1.main.id: the Worker's binding names it",
        remedy: 'write "staging": { from: "d1.main.id" } among the environments of a variable',
      },
    ]);
  });

  test("the account of a backup that no variable of its environment carries is refused", () => {
    expect(posRefusals({ "settings.CLOUDFLARE_ACCOUNT_ID.environments.production-backup": REMOVED })).toEqual([
      {
        path: "settings",
        came: 'no variable of the environment "production-backup" with { from: "cloudflare.accountId" }',
        expected: "a variable that carries cloudflare.accountId: backup and restore run in this account",
        remedy: 'write "production-backup": { from: "cloudflare.accountId" } among the environments of a variable',
      },
    ]);
  });

  test("a second database with a backup is refused", () => {
    expect(
      posRefusals(
        {
          "edge.d1.audit": {
            names: { staging: "audit-staging", production: "audit" },
            binding: "AUDIT",
            migrations: "audit",
            readReplication: "disabled",
            backup: {
              stage: "production",
              bucket: "audit-backups",
              schedule: "17 3 * * *",
              keep: { daily: 14, weekly: 8, monthly: 6 },
              environment: "production-backup",
              token: "CLOUDFLARE_BACKUP_TOKEN",
              accessKeyId: "BACKUP_R2_ACCESS_KEY_ID",
              secretAccessKey: "BACKUP_R2_SECRET_ACCESS_KEY",
              recipient: "BACKUP_AGE_RECIPIENT",
              criticalTables: ["events"],
              smokeScript: "smoke",
              drill: {
                schedule: "23 5 1 1,4,7,10 *",
                environment: "production-restore",
                identity: "BACKUP_AGE_IDENTITY",
                withinMinutes: 60,
                reportDays: 90,
              },
            },
          },
          "settings.AUDIT_ID": {
            kind: "variable",
            description: "Id of the audit database",
            owner: "platform",
            environments: { staging: { from: "d1.audit.id" }, production: { from: "d1.audit.id" } },
          },
        },
        {
          stateful: {
            "production/backup-bucket/main": "openclaw-pos-d1-backups",
            "production/d1/main": "openclaw-pos",
            "staging/d1/main": "openclaw-pos-staging",
            "production/d1/audit": "audit",
            "staging/d1/audit": "audit-staging",
            "production/backup-bucket/audit": "audit-backups",
          },
        },
      ),
    ).toEqual([
      {
        path: "edge.d1.audit.backup",
        came: 'a second backup, beside that of "main"',
        expected: "one database with a backup: its workflows and scripts have fixed names",
        remedy: "put the tables into one database, or this database into a service of its own",
      },
    ]);
  });
});
