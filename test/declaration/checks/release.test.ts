import { REMOVED } from "../change";
import { minimalRefusals, posRefusals } from "../fixture";

describe("releases come from main, step by step, and find what they read", () => {
  test("a release without anything at the edge is refused", () => {
    expect(
      minimalRefusals({
        release: {
          stage: "production",
          steps: [100],
          observeSeconds: 60,
          smokeAttempts: 5,
          token: "TOKEN",
          accountId: "ACCOUNT",
          healthcheckUrl: "URL",
          tags: "prod-*",
          migrationNotes: "None",
        },
      }),
    ).toEqual([
      {
        path: "release",
        came: "a release without anything at the edge",
        expected: "edge: releases are versions of a Worker",
        remedy: "declare edge, or drop release",
      },
    ]);
  });

  test("a release to a stage without a Worker is refused", () => {
    expect(posRefusals({ "release.stage": "prod" })).toEqual([
      {
        path: "release.stage",
        came: '"prod"',
        expected: 'one of the stages with a Worker: "staging", "production"',
        remedy: "name one of them",
      },
    ]);
  });

  test("a release from other branches than main is refused", () => {
    expect(posRefusals({ "stages.production.branches": ["main", "hotfix/*"] })).toEqual([
      {
        path: "stages.production.branches",
        came: '["main","hotfix/*"]',
        expected: '["main"]: releases are deployed from main only',
        remedy: 'write ["main"]',
      },
    ]);
  });

  test("a release to a stage without an address is refused", () => {
    expect(
      posRefusals({
        "edge.addresses.production": REMOVED,
        "edge.metrics": REMOVED,
        "settings.HEALTHCHECK_URL.environments.production": "https://pos.example.com/health",
      }),
    ).toEqual([
      {
        path: "edge.addresses",
        came: 'no address for "production"',
        expected: "an address to check after the release",
        remedy: "declare edge.addresses.production",
      },
    ]);
  });

  test("a rehearsal on the stage itself is refused", () => {
    expect(posRefusals({ "release.rehearsal": "production" })).toEqual([
      {
        path: "release.rehearsal",
        came: '"production"',
        expected: "another stage than release.stage",
        remedy: "name the stage before it, or drop rehearsal",
      },
    ]);
  });

  test("steps that don't rise are refused", () => {
    expect(posRefusals({ "release.steps": [50, 50, 100] })).toEqual([
      {
        path: "release.steps[1]",
        came: "50 after 50",
        expected: "rising percentages",
        remedy: "sort them and write each once",
      },
    ]);
  });

  test("a last step below 100 percent is refused", () => {
    expect(posRefusals({ "release.steps": [10, 50] })).toEqual([
      {
        path: "release.steps",
        came: "[10,50]",
        expected: "100 as the last step",
        remedy: "add 100: a release that never gets all the traffic is none",
      },
    ]);
  });

  test("a step above 100 percent is refused", () => {
    expect(posRefusals({ "release.steps": [10, 150] })).toEqual([
      {
        path: "release.steps[1]",
        came: "150",
        expected: "a whole number of percent from 1 to 100",
        remedy: "write percentages such as [10, 50, 100]",
      },
      {
        path: "release.steps",
        came: "[10,150]",
        expected: "100 as the last step",
        remedy: "add 100: a release that never gets all the traffic is none",
      },
    ]);
  });

  test("a step that nobody watches is refused", () => {
    expect(posRefusals({ "release.observeSeconds": 0 })).toEqual([
      {
        path: "release.observeSeconds",
        came: "0",
        expected: "a whole number of seconds from 10 to 3,600",
        remedy: "a step that is not watched proves nothing; an hour is the most",
      },
    ]);
  });

  test("a release that reads a key which isn't declared is refused", () => {
    expect(posRefusals({ "release.token": "CLOUDFLARE_TOKEN" })).toEqual([
      {
        path: "release.token",
        came: '"CLOUDFLARE_TOKEN", which is not declared',
        expected:
          'one of the keys of settings: "CLOUDFLARE_API_TOKEN", "CLOUDFLARE_BACKUP_TOKEN", "CLOUDFLARE_ACCOUNT_ID", "APP_ENV", "D1_DATABASE_ID", "D1_DATABASE_NAME", "HEALTHCHECK_URL", "SENTRY_DSN", "BACKUP_R2_ACCESS_KEY_ID", "BACKUP_R2_SECRET_ACCESS_KEY", "BACKUP_AGE_RECIPIENT", "BACKUP_AGE_IDENTITY"',
        remedy: 'declare it in settings, or name one of its keys; did you mean "CLOUDFLARE_API_TOKEN"?',
      },
    ]);
  });

  test("a release that reads a secret as a variable is refused", () => {
    expect(posRefusals({ "release.healthcheckUrl": "SENTRY_DSN" })).toEqual([
      {
        path: "release.healthcheckUrl",
        came: 'the secret "SENTRY_DSN"',
        expected: "a variable",
        remedy: "refer to a variable, or make the key one",
      },
    ]);
  });

  test("a release that reads a key which its environment doesn't define is refused", () => {
    expect(posRefusals({ "settings.CLOUDFLARE_ACCOUNT_ID.environments.staging": REMOVED })).toEqual([
      {
        path: "release.accountId",
        came: '"CLOUDFLARE_ACCOUNT_ID", which the environment "staging" doesn\'t define',
        expected: 'a key that "staging" defines: the workflow reads it there',
        remedy: 'add "staging" to settings.CLOUDFLARE_ACCOUNT_ID.environments',
      },
    ]);
  });

  test("a token that may not deploy is refused", () => {
    expect(posRefusals({ "settings.CLOUDFLARE_API_TOKEN.token.permissions": ["D1 Read"] })).toEqual([
      {
        path: "settings.CLOUDFLARE_API_TOKEN.token.permissions",
        came: '["D1 Read"]',
        expected: '"Workers Scripts Write" and "D1 Write": the release deploys with this token',
        remedy: 'add "Workers Scripts Write" and "D1 Write"',
      },
    ]);
  });

  test("a token of which nobody says what it may do is refused", () => {
    expect(posRefusals({ "settings.CLOUDFLARE_API_TOKEN.token": REMOVED })).toEqual([
      {
        path: "settings.CLOUDFLARE_API_TOKEN.token.permissions",
        came: "[]",
        expected: '"Workers Scripts Write" and "D1 Write": the release deploys with this token',
        remedy: 'add "Workers Scripts Write" and "D1 Write"',
      },
    ]);
  });

  test("a tag pattern that isn't a prefix is refused", () => {
    expect(posRefusals({ "release.tags": "*" })).toEqual([
      {
        path: "release.tags",
        came: '"*"',
        expected: 'a tag pattern such as "prod-*"',
        remedy: "write a prefix and -*",
      },
    ]);
  });
});
