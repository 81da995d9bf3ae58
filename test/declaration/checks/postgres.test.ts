import type { Service } from "../../../declaration/service";
import { relay } from "../../../services/relay";
import { SECRET } from "../../support/secret-setting";
import { type Changes, REMOVED } from "../change";
import { minimalRefusals } from "../fixture";

const RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
const secret = (environment: string) => ({ ...SECRET, environments: [environment] });

/** The minimal service with relay's database. */
const database: Changes = {
  postgres: relay.postgres,
  "stages.production.unattended": {
    "production-backup": { description: "The dump", branches: ["main"] },
    "production-restore": { description: "The drill", branches: ["main"] },
  },
  settings: {
    DATABASE_PUBLIC_URL: secret("production-backup"),
    BACKUP_AGE_IDENTITY: secret("production-restore"),
    BACKUP_AGE_RECIPIENT: {
      kind: "variable",
      description: "The recipient",
      owner: "maintainers",
      environments: { "production-backup": RECIPIENT },
    },
  },
};
const refusals = (change: Changes) => minimalRefusals({ ...database, ...change });

describe("a Postgres database", () => {
  test("of relay is declared as it should be (REL-3)", () => {
    const { postgres }: Service = relay;
    expect(refusals({})).toEqual([]);
    expect(postgres).toMatchObject({ schedule: "0 9 * * *", keepDays: 30, drill: { reportDays: 90 } });
    expect(Object.keys(postgres?.keyTables ?? {})).toEqual(["workspaces", "api_keys", "audit_logs", "sessions"]);
  });

  test("of a stage that doesn't exist is refused", () => {
    expect(refusals({ "postgres.stage": "productoin" })[0]).toEqual({
      path: "postgres.stage",
      came: '"productoin"',
      expected: 'one of the stages: "production"',
      remedy: 'name the stage whose data is dumped; did you mean "production"?',
    });
  });

  test("isn't dumped in an environment with reviewers: a schedule would wait for them for ever", () => {
    expect(refusals({ "postgres.environment": "production" })).toEqual([
      {
        path: "postgres.environment",
        came: '"production"',
        expected:
          'one of the unattended environments of the stage "production": "production-backup", "production-restore"',
        remedy: "declare it in stages.production.unattended: a schedule would wait for reviewers for ever",
      },
    ]);
  });

  test("isn't drilled in an environment that doesn't exist", () => {
    expect(refusals({ "postgres.drill.environment": "production-resotre" })).toEqual([
      {
        path: "postgres.drill.environment",
        came: '"production-resotre"',
        expected:
          'one of the unattended environments of the stage "production": "production-backup", "production-restore"',
        remedy:
          'declare it in stages.production.unattended: a schedule would wait for reviewers for ever; did you mean "production-restore"?',
      },
    ]);
  });

  test("needs a recipient, which the environment of the dump defines", () => {
    expect(refusals({ "postgres.recipient": REMOVED })).toEqual([
      {
        path: "postgres.recipient",
        came: "nothing",
        expected: "a key of A–Z, 0–9 and _, beginning with a letter, not with GITHUB_",
        remedy: "rename the key",
        source: "https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets",
      },
    ]);
    expect(refusals({ "settings.BACKUP_AGE_RECIPIENT": REMOVED })).toEqual([
      {
        path: "postgres.recipient",
        came: '"BACKUP_AGE_RECIPIENT", which is not declared',
        expected: 'one of the keys of settings: "DATABASE_PUBLIC_URL", "BACKUP_AGE_IDENTITY"',
        remedy: "declare it in settings, or name one of its keys",
      },
    ]);
    expect(refusals({ "settings.BACKUP_AGE_RECIPIENT.environments": { production: RECIPIENT } })).toEqual([
      {
        path: "postgres.recipient",
        came: '"BACKUP_AGE_RECIPIENT", which the environment "production-backup" doesn\'t define',
        expected: 'a key that "production-backup" defines: the workflow reads it there',
        remedy: 'add "production-backup" to settings.BACKUP_AGE_RECIPIENT.environments',
      },
    ]);
  });

  test("refuses an identity where everybody can read it, without showing it", () => {
    const path = "settings.BACKUP_AGE_RECIPIENT.environments";
    const identity = "AGE-SECRET-KEY-1QQPQYH8CHJQ7KQ4C40XVWWWL8P6L3Q0WC5Q2K4YV4KF0T9C8QTDQQQQQQQ";
    expect(refusals({ [path]: { "production-backup": identity } })).toEqual([
      {
        path: `${path}.production-backup`,
        came: "an age identity, which is a secret",
        expected: "an age recipient: age1 and 58 characters",
        remedy: "this identity counts as leaked: make a new one with age-keygen, and write its public key here",
        source: "https://github.com/FiloSottile/age#recipients",
      },
    ]);
    expect(refusals({ [path]: { "production-backup": "age1short" } })).toEqual([
      {
        path: `${path}.production-backup`,
        came: '"age1short"',
        expected: "an age recipient: age1 and 58 characters",
        remedy: "write the public key that age-keygen prints",
        source: "https://github.com/FiloSottile/age#recipients",
      },
    ]);
  });

  test("needs a drill with an identity, which the dump must not have", () => {
    expect(refusals({ "postgres.drill": REMOVED })[0]).toMatchObject({ path: "postgres.drill", came: "nothing" });
    expect(refusals({ "postgres.drill.identity": REMOVED })[0]).toMatchObject({ path: "postgres.drill.identity" });
    expect(
      refusals({ "settings.BACKUP_AGE_IDENTITY.environments": ["production-restore", "production-backup"] }),
    ).toEqual([
      {
        path: "postgres.drill.identity",
        came: '"BACKUP_AGE_IDENTITY", which the environment of the dump has too',
        expected: "an identity that only the drill can read: whoever stores dumps must not be able to read them",
        remedy: 'remove "production-backup" from settings.BACKUP_AGE_IDENTITY.environments',
      },
    ]);
  });

  test("can't be reached by the drill", () => {
    expect(
      refusals({ "settings.DATABASE_PUBLIC_URL.environments": ["production-backup", "production-restore"] }),
    ).toEqual([
      {
        path: "postgres.url",
        came: '"DATABASE_PUBLIC_URL", which the environment of the drill has too',
        expected: "a URL that the drill can't read: a restore that never meets production can't overwrite it",
        remedy: 'remove "production-restore" from settings.DATABASE_PUBLIC_URL.environments',
      },
    ]);
  });

  test.each([
    ["dumps", "postgres.keepDays"],
    ["reports", "postgres.drill.reportDays"],
  ])("of a public repository can't keep %s longer than GitHub does", (_what, path) => {
    expect(refusals({ [path]: 91 })).toEqual([
      {
        path,
        came: "91",
        expected: "at most 90 days: GitHub keeps artifacts of a public repository no longer",
        remedy: "write 90 or less",
        source:
          "https://docs.github.com/en/organizations/managing-organization-settings/configuring-the-retention-period-for-github-actions-artifacts-and-logs-in-your-organization",
      },
    ]);
    expect(refusals({ [path]: 401 })[0]).toMatchObject({ path, expected: "a whole number of days from 1 to 400" });
    expect(refusals({ [path]: 0 })[0]).toMatchObject({ path, expected: "a whole number of days from 1 to 400" });
  });

  test("tells its dump from its drill by their schedules", () => {
    expect(refusals({ "postgres.drill.schedule": "0 9 * * *" })).toEqual([
      {
        path: "postgres.drill.schedule",
        came: '"0 9 * * *", which is the schedule of the dump too',
        expected: "another schedule: from it the workflow tells which of the two a run is",
        remedy: "write another minute",
        source:
          "https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule",
      },
    ]);
  });

  test("has key tables, by names that are names", () => {
    expect(refusals({ "postgres.keyTables": {} })).toEqual([
      {
        path: "postgres.keyTables",
        came: "{}",
        expected: "at least one table",
        remedy: "name the tables that must never be lost, such as { workspaces: 1 }",
      },
    ]);
    expect(refusals({ "postgres.keyTables": { größe: 0, "abrechnung.posten": 1 } })).toEqual([]);
    expect(refusals({ "postgres.keyTables": { 'a"; DROP TABLE b': 1 } })[0]).toMatchObject({
      came: 'the key "a\\"; DROP TABLE b"',
      expected: 'the name of a table, such as "workspaces" or "billing.invoices"',
    });
    expect(refusals({ "postgres.keyTables": { workspaces: -1 } })[0]).toMatchObject({
      path: "postgres.keyTables.workspaces",
      expected: "a whole number of rows from 0 to 1,000,000,000",
    });
  });

  test("is of a version that still gets fixes", () => {
    expect(refusals({ "postgres.version": 9 })[0]).toMatchObject({
      path: "postgres.version",
      expected: "a whole number of major versions from 13 to 18",
      remedy: "write what SHOW server_version begins with",
    });
  });
});
