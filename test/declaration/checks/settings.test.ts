import { SECRET } from "../../support/secret-setting";
import { REMOVED } from "../change";
import { minimalRefusals, posRefusals } from "../fixture";

describe("the matrix names what exists", () => {
  test("a secret declared for a stage that doesn't exist is refused", () => {
    expect(posRefusals({ "settings.SENTRY_DSN.environments": ["staging", "prod"] })).toEqual([
      {
        path: "settings.SENTRY_DSN.environments[1]",
        came: '"prod"',
        expected:
          'one of the stages and unattended environments: "staging", "production", "production-backup", "production-restore"',
        remedy: "declare the stage, or name one that exists",
      },
    ]);
  });

  test("a variable declared for a stage that doesn't exist is refused", () => {
    expect(posRefusals({ "settings.APP_ENV.environments.qa": "qa" })).toEqual([
      {
        path: "settings.APP_ENV.environments.qa",
        came: '"qa"',
        expected:
          'one of the stages and unattended environments: "staging", "production", "production-backup", "production-restore"',
        remedy: "declare the stage, or name one that exists",
      },
    ]);
  });

  test("a setting whose owner is nobody is refused", () => {
    expect(posRefusals({ "settings.SENTRY_DSN.owner": "maintainer" })).toEqual([
      {
        path: "settings.SENTRY_DSN.owner",
        came: '"maintainer"',
        expected: 'one of the roles in owners: "maintainers", "platform", "security"',
        remedy: 'name who answers for the value; did you mean "maintainers"?',
      },
    ]);
  });

  test("a secret declared for one environment twice is refused", () => {
    expect(posRefusals({ "settings.SENTRY_DSN.environments": ["staging", "staging"] })).toEqual([
      {
        path: "settings.SENTRY_DSN.environments[1]",
        came: '"staging" a second time',
        expected: "each once",
        remedy: "remove one",
      },
    ]);
  });

  test("a secret without an environment is refused", () => {
    expect(posRefusals({ "settings.SENTRY_DSN.environments": [] })).toEqual([
      {
        path: "settings.SENTRY_DSN.environments",
        came: "[]",
        expected: "at least one environment",
        remedy: "name the environments that have the secret",
      },
    ]);
  });

  test("a secret with values by environment, as variables have them, is refused", () => {
    expect(posRefusals({ "settings.SENTRY_DSN.environments": { production: "https://key@example.com/1" } })).toEqual([
      {
        path: "settings.SENTRY_DSN.environments",
        came: "a value that is not shown",
        expected: 'a list of environments, such as ["production"]',
        remedy:
          "write their names only; if a value of the secret stood here, revoke it: it is in the history of the repository",
      },
    ]);
  });

  test("a variable with a list of environments, as secrets have it, is refused", () => {
    expect(posRefusals({ "settings.APP_ENV.environments": ["production"] })).toEqual([
      {
        path: "settings.APP_ENV.environments",
        came: '["production"]',
        expected: 'values by environment, such as { production: "…" }',
        remedy: "write each environment with its value",
      },
    ]);
  });

  test("a variable without any value is refused", () => {
    expect(
      minimalRefusals({
        "settings.NOTHING": { kind: "variable", description: "Nothing", owner: "maintainers", environments: {} },
      }),
    ).toEqual([
      {
        path: "settings.NOTHING",
        came: "a variable without any value",
        expected: "a value locally, in CI or in an environment",
        remedy: "give it a value, or remove it",
      },
    ]);
  });

  test("a setting of a kind that doesn't exist is refused", () => {
    expect(posRefusals({ "settings.APP_ENV.kind": "constant" })).toEqual([
      {
        path: "settings.APP_ENV.kind",
        came: '"constant"',
        expected: 'a setting of kind "secret" or "variable"',
        remedy: "say which it is",
      },
    ]);
  });

  test("a value derived from a database that doesn't exist is refused", () => {
    expect(posRefusals({ "settings.D1_DATABASE_ID.environments.staging.from": "d1.mian.id" })).toEqual([
      {
        path: "settings.D1_DATABASE_ID.environments.staging.from",
        came: '"d1.mian.id"',
        expected: 'd1.<key>, where <key> is one of the D1 databases of the stage "staging": "main"',
        remedy: 'declare it under edge with a name for the stage, or refer to one that exists; did you mean "main"?',
      },
      {
        path: "settings",
        came: 'no variable of the environment "staging" with { from: "d1.main.id" }',
        expected: "a variable that carries d1.main.id: the Worker's binding names it",
        remedy: 'write "staging": { from: "d1.main.id" } among the environments of a variable',
      },
    ]);
  });

  test("a value derived from something unknown is refused", () => {
    expect(posRefusals({ "settings.D1_DATABASE_ID.environments.staging.from": "d1.main.url" })).toEqual([
      {
        path: "settings.D1_DATABASE_ID.environments.staging.from",
        came: '"d1.main.url"',
        expected: "d1.<key>.id, d1.<key>.name, kv.<key>.id, bucket.<key>.name, cloudflare.accountId or health.url",
        remedy: "name what the value comes from",
      },
      {
        path: "settings",
        came: 'no variable of the environment "staging" with { from: "d1.main.id" }',
        expected: "a variable that carries d1.main.id: the Worker's binding names it",
        remedy: 'write "staging": { from: "d1.main.id" } among the environments of a variable',
      },
    ]);
  });

  test("an account id can't be derived in an organization without Cloudflare", () => {
    expect(
      minimalRefusals({
        "settings.ACCOUNT": {
          kind: "variable",
          description: "The account",
          owner: "maintainers",
          environments: { production: { from: "cloudflare.accountId" } },
        },
      }),
    ).toEqual([
      {
        path: "settings.ACCOUNT.environments.production.from",
        came: '"cloudflare.accountId"',
        expected: "an organization with a Cloudflare account",
        remedy: "declare cloudflare in services/organization.ts",
      },
    ]);
  });

  test("a token for Cloudflare can't be declared in an organization without Cloudflare", () => {
    expect(
      minimalRefusals({
        "settings.TOKEN": {
          ...SECRET,
          token: { provider: "cloudflare", permissions: ["D1 Read"] },
        },
      }),
    ).toEqual([
      {
        path: "settings.TOKEN.token",
        came: "a Cloudflare token, in an organization without a Cloudflare account",
        expected: "the account it is for",
        remedy: "declare cloudflare in services/organization.ts",
      },
    ]);
  });

  test("a health address can't be derived for a stage without an address", () => {
    expect(
      minimalRefusals({
        "settings.HEALTH": {
          kind: "variable",
          description: "The health check",
          owner: "maintainers",
          environments: { production: { from: "health.url" } },
        },
      }),
    ).toEqual([
      {
        path: "settings.HEALTH.environments.production.from",
        came: '"health.url"',
        expected: 'an address of the stage "production", one host with the paths under it',
        remedy: "declare edge.addresses.production, or write the URL here",
      },
    ]);
  });

  test("a health address can't be derived from a route that stands for many hosts", () => {
    const route = { route: "*.example.com/*", zone: "example.com" };
    expect(posRefusals({ "edge.addresses.staging": route, "edge.metrics": REMOVED })).toEqual([
      {
        path: "settings.HEALTHCHECK_URL.environments.staging.from",
        came: '"health.url"',
        expected: 'an address of the stage "staging", one host with the paths under it',
        remedy: "declare edge.addresses.staging, or write the URL here",
      },
    ]);
  });

  test("a hundred and one secrets in an environment are refused", () => {
    expect(
      minimalRefusals({
        settings: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`KEY_${i}`, SECRET])),
      }),
    ).toEqual([
      {
        path: "settings",
        came: '101 secrets in the environment "production"',
        expected: "at most 100 secrets an environment",
        remedy: "keep the rest in a store that the service reads itself",
        source: "https://docs.github.com/en/actions/reference/security/secrets#limits-for-secrets",
      },
    ]);
  });

  test("a secret that is never rotated is refused", () => {
    expect(posRefusals({ "settings.SENTRY_DSN.rotateEveryDays": 400 })).toEqual([
      {
        path: "settings.SENTRY_DSN.rotateEveryDays",
        came: "400",
        expected: "a whole number of days from 1 to 365",
        remedy: "rotate at least once a year; 90 is usual",
      },
    ]);
  });

  test("a permission that a token may not have is refused", () => {
    expect(posRefusals({ "settings.CLOUDFLARE_API_TOKEN.token.permissions.1": "Zone Write" })).toEqual([
      {
        path: "settings.CLOUDFLARE_API_TOKEN.token.permissions[1]",
        came: '"Zone Write"',
        expected:
          'a permission group of an account: "Workers Scripts Write", "Workers Scripts Read", "Workers KV Storage Write", "Workers Tail Read", "D1 Write", "D1 Read"',
        remedy:
          'write one of "Workers Scripts Write", "Workers Scripts Read", "Workers KV Storage Write", "Workers Tail Read", "D1 Write", "D1 Read"',
      },
      {
        path: "settings.CLOUDFLARE_API_TOKEN.token.permissions",
        came: '["Workers Scripts Write","Zone Write"]',
        expected: '"Workers Scripts Write" and "D1 Write": the release deploys with this token',
        remedy: 'add "D1 Write"',
      },
    ]);
  });

  test("a key that GitHub keeps for itself is refused", () => {
    expect(
      minimalRefusals({
        "settings.GITHUB_KEY": { kind: "variable", description: "No", owner: "maintainers", ci: "1", environments: {} },
      }),
    ).toEqual([
      {
        path: "settings.GITHUB_KEY",
        came: 'the key "GITHUB_KEY"',
        expected: "a key of A–Z, 0–9 and _, beginning with a letter, not with GITHUB_",
        remedy: "rename the key",
        source: "https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets",
      },
    ]);
  });
});
