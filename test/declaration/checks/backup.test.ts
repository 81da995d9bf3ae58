import { posRefusals } from "../fixture";

describe("backups run unattended, are kept, and can be read by the drill only", () => {
  test("a backup of a stage that the database doesn't have is refused", () => {
    expect(
      posRefusals(
        { "edge.d1.main.backup.stage": "qa" },
        {
          stateful: {
            "production/backup-bucket/main": "openclaw-pos-d1-backups",
            "qa/backup-bucket/main": "openclaw-pos-d1-backups",
            "production/d1/main": "openclaw-pos",
            "staging/d1/main": "openclaw-pos-staging",
          },
        },
      ),
    ).toEqual([
      {
        path: "edge.d1.main.backup.stage",
        came: '"qa"',
        expected: 'one of the stages of the database: "staging", "production"',
        remedy: "name the stage whose data is backed up",
      },
      {
        path: "edge.d1.main.backup.environment",
        came: '"production-backup"',
        expected: 'one of the unattended environments of the stage "qa", of which there are none',
        remedy: "declare it in stages.qa.unattended: a schedule would wait for reviewers for ever",
      },
      {
        path: "edge.d1.main.backup.drill.environment",
        came: '"production-restore"',
        expected: 'one of the unattended environments of the stage "qa", of which there are none',
        remedy: "declare it in stages.qa.unattended: a schedule would wait for reviewers for ever",
      },
      {
        path: "edge.d1.main.backup.bucket",
        came: 'nothing, where the bucket of backups "openclaw-pos-d1-backups" of production was',
        expected:
          '"openclaw-pos-d1-backups": another name or key is another, empty thing, and the data of this one would be lost',
        remedy:
          'write "openclaw-pos-d1-backups" again. To really move: declare the new thing under a key of its own, restore a backup into it, switch the binding, and remove the old thing in a later change together with its line in the stateful record (services/<service>.stateful.json)',
      },
    ]);
  });

  test("a backup in an environment with reviewers is refused: its schedule would wait for them for ever", () => {
    expect(posRefusals({ "edge.d1.main.backup.environment": "production" })).toEqual([
      {
        path: "edge.d1.main.backup.environment",
        came: '"production"',
        expected:
          'one of the unattended environments of the stage "production": "production-backup", "production-restore"',
        remedy: "declare it in stages.production.unattended: a schedule would wait for reviewers for ever",
      },
    ]);
  });

  test("a drill in an environment that doesn't exist is refused", () => {
    expect(posRefusals({ "edge.d1.main.backup.drill.environment": "production-drill" })).toEqual([
      {
        path: "edge.d1.main.backup.drill.environment",
        came: '"production-drill"',
        expected:
          'one of the unattended environments of the stage "production": "production-backup", "production-restore"',
        remedy: "declare it in stages.production.unattended: a schedule would wait for reviewers for ever",
      },
    ]);
  });

  test("a retention of 0 days is refused", () => {
    expect(posRefusals({ "edge.d1.main.backup.keep.daily": 0 })).toEqual([
      {
        path: "edge.d1.main.backup.keep.daily",
        came: "0",
        expected: "a whole number of daily backups to keep from 1 to 366",
        remedy: "keep at least one daily backup; a retention of 0 would delete what it just stored",
      },
    ]);
  });

  test("a backup whose token isn't declared is refused", () => {
    expect(posRefusals({ "edge.d1.main.backup.token": "CLOUDFLARE_BACKUPS_TOKEN" })).toEqual([
      {
        path: "edge.d1.main.backup.token",
        came: '"CLOUDFLARE_BACKUPS_TOKEN", which is not declared',
        expected:
          'one of the keys of settings: "CLOUDFLARE_API_TOKEN", "CLOUDFLARE_BACKUP_TOKEN", "CLOUDFLARE_ACCOUNT_ID", "APP_ENV", "D1_DATABASE_ID", "D1_DATABASE_NAME", "HEALTHCHECK_URL", "SENTRY_DSN", "BACKUP_R2_ACCESS_KEY_ID", "BACKUP_R2_SECRET_ACCESS_KEY", "BACKUP_AGE_RECIPIENT", "BACKUP_AGE_IDENTITY"',
        remedy: 'declare it in settings, or name one of its keys; did you mean "CLOUDFLARE_BACKUP_TOKEN"?',
      },
    ]);
  });

  test("a backup whose token is a variable is refused", () => {
    expect(posRefusals({ "edge.d1.main.backup.token": "CLOUDFLARE_ACCOUNT_ID" })).toEqual([
      {
        path: "edge.d1.main.backup.token",
        came: 'the variable "CLOUDFLARE_ACCOUNT_ID"',
        expected: "a secret",
        remedy: "refer to a secret, or make the key one",
      },
    ]);
  });

  test("a backup whose token its environment doesn't define is refused", () => {
    expect(posRefusals({ "settings.CLOUDFLARE_BACKUP_TOKEN.environments": ["production-restore"] })).toEqual([
      {
        path: "edge.d1.main.backup.token",
        came: '"CLOUDFLARE_BACKUP_TOKEN", which the environment "production-backup" doesn\'t define',
        expected: 'a key that "production-backup" defines: the workflow reads it there',
        remedy: 'add "production-backup" to settings.CLOUDFLARE_BACKUP_TOKEN.environments',
      },
    ]);
  });

  test("a backup that could be read by whoever stores it is refused", () => {
    expect(
      posRefusals({ "settings.BACKUP_AGE_IDENTITY.environments": ["production-restore", "production-backup"] }),
    ).toEqual([
      {
        path: "edge.d1.main.backup.drill.identity",
        came: '"BACKUP_AGE_IDENTITY", which the environment of the backup has too',
        expected: "an identity that only the drill can read: whoever stores backups must not be able to read them",
        remedy: 'remove "production-backup" from settings.BACKUP_AGE_IDENTITY.environments',
      },
    ]);
  });

  test("a report of a public repository that is to be kept for a year is refused", () => {
    expect(posRefusals({ "edge.d1.main.backup.drill.reportDays": 365 })).toEqual([
      {
        path: "edge.d1.main.backup.drill.reportDays",
        came: "365",
        expected: "at most 90 days: GitHub keeps artifacts of a public repository no longer",
        remedy: "write 90 or less",
        source:
          "https://docs.github.com/en/organizations/managing-organization-settings/configuring-the-retention-period-for-github-actions-artifacts-and-logs-in-your-organization",
      },
    ]);
  });

  test("a backup whose critical tables nobody named is refused", () => {
    expect(posRefusals({ "edge.d1.main.backup.criticalTables": [] })).toEqual([
      {
        path: "edge.d1.main.backup.criticalTables",
        came: "[]",
        expected: "at least one table",
        remedy: "name the tables that must never come back empty",
      },
    ]);
  });
});
