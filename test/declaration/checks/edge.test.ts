import { REMOVED } from "../change";
import { minimalRefusals, posRefusals } from "../fixture";

describe("what runs at the edge belongs to stages and zones that exist", () => {
  test("a Worker of a stage that doesn't exist is refused", () => {
    expect(
      posRefusals(
        { "edge.workers.qa": "openclaw-pos-qa", "edge.d1.main.names.qa": "openclaw-pos-qa" },
        {
          stateful: {
            "production/backup-bucket/main": "openclaw-pos-d1-backups",
            "production/d1/main": "openclaw-pos",
            "staging/d1/main": "openclaw-pos-staging",
            "qa/d1/main": "openclaw-pos-qa",
          },
        },
      ),
    ).toEqual([
      {
        path: "edge.workers.qa",
        came: '"qa"',
        expected: 'one of the stages: "staging", "production"',
        remedy: "declare the stage, or name one of them",
      },
    ]);
  });

  test("an edge without any Worker is refused", () => {
    expect(
      minimalRefusals(
        {
          edge: {
            worker: {
              entry: "src/index.ts",
              compatibilityDate: "2026-11-01",
              observability: true,
              healthPath: "/health",
            },
            workers: {},
            addresses: {},
          },
        },
        { organization: { cloudflare: { accountId: "023e105f4ecef8ad9ca31a8372d0c353", zones: {} } } },
      ),
    ).toEqual([
      {
        path: "edge.workers",
        came: "no Worker",
        expected: "a Worker for at least one stage",
        remedy: "name the Worker of each stage",
      },
    ]);
  });

  test("an address in a zone that the organization lacks is refused", () => {
    expect(posRefusals({ "edge.addresses.staging.zone": "example.org" })).toEqual([
      {
        path: "edge.addresses.staging.zone",
        came: '"example.org"',
        expected: 'one of the zones of the organization: "example.com"',
        remedy: 'add the zone to services/organization.ts, or name one of them; did you mean "example.com"?',
      },
    ]);
  });

  test("a host name outside its zone is refused", () => {
    expect(posRefusals({ "edge.addresses.staging.hostname": "pos.example.org" })).toEqual([
      {
        path: "edge.addresses.staging.hostname",
        came: '"pos.example.org"',
        expected: "example.com or a name under it",
        remedy: "correct the host name or the zone",
      },
    ]);
  });

  test("a host name that only ends like its zone is refused", () => {
    expect(posRefusals({ "edge.addresses.staging.hostname": "notexample.com" })).toEqual([
      {
        path: "edge.addresses.staging.hostname",
        came: '"notexample.com"',
        expected: "example.com or a name under it",
        remedy: "correct the host name or the zone",
      },
    ]);
  });

  test("a route outside its zone is refused", () => {
    expect(posRefusals({ "edge.addresses.staging": { route: "api.example.org/*", zone: "example.com" } })).toEqual([
      {
        path: "edge.addresses.staging.route",
        came: '"api.example.org"',
        expected: "example.com or a name under it",
        remedy: "correct the host name or the zone",
      },
    ]);
  });

  test("an address that is neither a host name nor a route is refused", () => {
    expect(posRefusals({ "edge.addresses.staging": { zone: "example.com" } })).toEqual([
      {
        path: "edge.addresses.staging",
        came: '{"zone":"example.com"}',
        expected: "{ hostname, zone } for a custom domain, or { route, zone }",
        remedy: "say where the Worker answers",
      },
    ]);
  });

  test("a host name with a scheme is refused", () => {
    expect(posRefusals({ "edge.addresses.staging.hostname": "https://pos.example.com" })).toEqual([
      {
        path: "edge.addresses.staging.hostname",
        came: '"https://pos.example.com"',
        expected: 'a host name such as "pos.example.com", lower-case, without scheme or path',
        remedy: "write the host name alone; write an internationalized one in its xn-- form",
      },
    ]);
  });

  test("an address of a stage without a Worker is refused", () => {
    expect(posRefusals({ "edge.addresses.qa": { hostname: "qa.example.com", zone: "example.com" } })).toEqual([
      {
        path: "edge.addresses.qa",
        came: '"qa"',
        expected: 'one of the stages with a Worker: "staging", "production"',
        remedy: "name its Worker in edge.workers",
      },
    ]);
  });

  test("a schedule of a stage without a Worker is refused", () => {
    expect(posRefusals({ "edge.crons": { qa: ["5 * * * *"] } })).toEqual([
      {
        path: "edge.crons.qa",
        came: '"qa"',
        expected: 'one of the stages with a Worker: "staging", "production"',
        remedy: "name its Worker in edge.workers",
      },
    ]);
  });

  test("a schedule at minute 75 is refused", () => {
    expect(posRefusals({ "edge.crons": { staging: ["75 * * * *"] } })).toEqual([
      {
        path: "edge.crons.staging[0]",
        came: '"75 * * * *"',
        expected: 'a cron expression of five fields in UTC, such as "17 2 * * *"',
        remedy:
          "write minute, hour, day of month, month, day of week, the last as * or by name (MON-FRI): GitHub and Cloudflare number the days differently",
        source: "https://developers.cloudflare.com/workers/configuration/cron-triggers/#supported-cron-expressions",
      },
    ]);
  });

  test("two bindings of one name are refused", () => {
    expect(
      posRefusals(
        { "edge.kv": { cache: { names: { staging: "cache-staging", production: "cache" }, binding: "DB" } } },
        {
          stateful: {
            "production/backup-bucket/main": "openclaw-pos-d1-backups",
            "production/d1/main": "openclaw-pos",
            "staging/d1/main": "openclaw-pos-staging",
            "staging/kv/cache": "cache-staging",
            "production/kv/cache": "cache",
          },
        },
      ),
    ).toEqual([
      {
        path: "edge.kv.cache.binding",
        came: '"DB", which edge.d1.main has too',
        expected: "a binding of its own",
        remedy: "rename one",
      },
      {
        path: "settings",
        came: 'no variable of the environment "staging" with { from: "kv.cache.id" }',
        expected: "a variable that carries kv.cache.id: the Worker's binding names it",
        remedy: 'write "staging": { from: "kv.cache.id" } among the environments of a variable',
      },
      {
        path: "settings",
        came: 'no variable of the environment "production" with { from: "kv.cache.id" }',
        expected: "a variable that carries kv.cache.id: the Worker's binding names it",
        remedy: 'write "production": { from: "kv.cache.id" } among the environments of a variable',
      },
    ]);
  });

  test("a namespace without a name for a stage whose Worker has its binding is refused", () => {
    expect(
      posRefusals(
        { "edge.kv": { cache: { names: { production: "cache" }, binding: "CACHE" } } },
        {
          stateful: {
            "production/backup-bucket/main": "openclaw-pos-d1-backups",
            "production/d1/main": "openclaw-pos",
            "staging/d1/main": "openclaw-pos-staging",
            "production/kv/cache": "cache",
          },
        },
      ),
    ).toEqual([
      {
        path: "edge.kv.cache.names",
        came: 'no name for the stage "staging", whose Worker has the binding',
        expected: "a name for every stage with a Worker",
        remedy: "add names.staging",
      },
      {
        path: "settings",
        came: 'no variable of the environment "production" with { from: "kv.cache.id" }',
        expected: "a variable that carries kv.cache.id: the Worker's binding names it",
        remedy: 'write "production": { from: "kv.cache.id" } among the environments of a variable',
      },
    ]);
  });

  test("a service at the edge is refused in an organization without Cloudflare", () => {
    expect(
      posRefusals(
        {
          "settings.CLOUDFLARE_API_TOKEN.token": REMOVED,
          release: REMOVED,
          "settings.CLOUDFLARE_BACKUP_TOKEN.token": REMOVED,
          "edge.addresses": {},
          "edge.metrics": REMOVED,
          "settings.CLOUDFLARE_ACCOUNT_ID": REMOVED,
          "settings.HEALTHCHECK_URL": REMOVED,
        },
        { organization: { cloudflare: REMOVED } },
      ),
    ).toEqual([
      {
        path: "edge",
        came: "a service at the edge, in an organization without a Cloudflare account",
        expected: "the account it runs in",
        remedy: "declare cloudflare in services/organization.ts",
      },
      {
        path: "settings.CLOUDFLARE_BACKUP_TOKEN.token.permissions",
        came: "[]",
        expected: '"D1 Write": backup and drill export and restore the database with this token',
        remedy: 'add "D1 Write"',
      },
      {
        path: "settings",
        came: 'no variable of the environment "production-backup" with { from: "cloudflare.accountId" }',
        expected: "a variable that carries cloudflare.accountId: backup and restore run in this account",
        remedy: 'write "production-backup": { from: "cloudflare.accountId" } among the environments of a variable',
      },
      {
        path: "settings",
        came: 'no variable of the environment "production-restore" with { from: "cloudflare.accountId" }',
        expected: "a variable that carries cloudflare.accountId: backup and restore run in this account",
        remedy: 'write "production-restore": { from: "cloudflare.accountId" } among the environments of a variable',
      },
    ]);
  });
});
