import { defineService } from "../../../declaration/define-service";
import { validate } from "../../../declaration/validate";
import { openclawPos } from "../../../services/openclaw-pos";
import { relay } from "../../../services/relay";
import { REMOVED } from "../change";
import { posFleet, relayFleet, relayRefusals } from "../fixture";

describe("deployments to Railway come from main, are tested, and find what they read", () => {
  test("relay is declared without a mistake", () => {
    expect(relayRefusals({})).toEqual([]);
  });

  test.each([
    ["stage", "prod"],
    ["rehearsal", "stagin"],
  ])("an unknown %s is refused", (key, came) => {
    expect(relayRefusals({ [`railway.${key}`]: came })).toContainEqual({
      path: `railway.${key}`,
      came: `"${came}"`,
      expected: 'one of the stages: "staging", "production"',
      remedy: expect.stringContaining("declare the stage, or name one of them"),
    });
  });

  test("an unattended environment as the stage is refused", () => {
    expect(
      relayRefusals({
        "stages.production.unattended": { "production-night": { description: "Work at night", branches: ["main"] } },
        "railway.stage": "production-night",
      }),
    ).toContainEqual({
      path: "railway.stage",
      came: '"production-night", an unattended environment',
      expected: 'one of the stages: "staging", "production"',
      remedy: "name the stage: a deployment waits for its reviewers, which an unattended environment has not",
    });
  });

  test("a rehearsal on the stage itself is refused", () => {
    expect(relayRefusals({ "railway.rehearsal": "production" })).toContainEqual({
      path: "railway.rehearsal",
      came: '"production"',
      expected: "another stage than railway.stage",
      remedy: "name the stage before it, or drop rehearsal",
    });
  });

  test("deployments from other branches than main are refused", () => {
    expect(relayRefusals({ "stages.staging.branches": ["main", "hotfix/*"] })).toEqual([
      {
        path: "stages.staging.branches",
        came: '["main","hotfix/*"]',
        expected: '["main"]: releases are deployed from main only',
        remedy: 'write ["main"]',
      },
    ]);
  });

  test("a stage without a URL is refused", () => {
    expect(relayRefusals({ "railway.urls.staging": REMOVED })).toEqual([
      {
        path: "railway.urls",
        came: 'none for the stage "staging", which is deployed to',
        expected: "a public URL for each stage that is deployed to",
        remedy: "write railway.urls.staging",
      },
    ]);
  });

  test("a stage without a Railway environment is refused", () => {
    expect(relayRefusals({ "railway.environments.production": REMOVED })).toEqual([
      {
        path: "railway.environments",
        came: 'none for the stage "production", which is deployed to',
        expected: "the name of its Railway environment for each stage that is deployed to",
        remedy: "write railway.environments.production",
      },
    ]);
  });

  test("a URL of a stage that nothing is deployed to is refused", () => {
    expect(relayRefusals({ "railway.urls.stagin": "https://other.example.com" })).toEqual([
      {
        path: "railway.urls.stagin",
        came: '"stagin"',
        expected: 'one of the stages that railway deploys to: "staging", "production"',
        remedy: 'remove it, or name one of them; did you mean "staging"?',
      },
    ]);
  });

  test.each([
    ["http", "http://relay.example.com"],
    ["a path", "https://relay.example.com/v1"],
    ["a port", "https://relay.example.com:8443"],
    ["a login", "https://me@relay.example.com"],
    ["a name without a dot", "https://relay"],
  ])("a URL with %s is refused", (_what, url) => {
    expect(relayRefusals({ "railway.urls.production": url })).toEqual([
      {
        path: "railway.urls.production",
        came: `"${url}"`,
        expected: 'a public URL such as "https://relay.example.com": https, a host name in lower case, no path',
        remedy: "write https:// and the host name alone; keys and signatures are sent there, so never http://",
      },
    ]);
  });

  test.each([
    ["a space", "/v1/a b"],
    ["a line break", "/v1\n/b"],
    ["another host", "//example.com/v1"],
    ["a way out", "/v1/../admin"],
    ["no slash", "v1"],
  ])("a path with %s is refused", (_what, path) => {
    expect(relayRefusals({ "railway.smoke.list.path": path })).toEqual([
      {
        path: "railway.smoke.list.path",
        came: JSON.stringify(path),
        expected: 'a path such as "/v1/items?limit=1", without spaces',
        remedy: "write a path that begins with /; write what is special in a query as %XX",
      },
    ]);
  });

  test("a health path with a space is refused", () => {
    expect(relayRefusals({ "railway.healthPath": "/health check" })).toEqual([
      expect.objectContaining({ path: "railway.healthPath", expected: 'a path such as "/health", without spaces' }),
    ]);
  });

  test("a burst of nothing is refused", () => {
    expect(relayRefusals({ "railway.smoke.burst.requests": 0 })).toEqual([
      {
        path: "railway.smoke.burst.requests",
        came: "0",
        expected: "a whole number of requests from 2 to 1,000",
        remedy: "write more requests than the limit lets through; 65 for a limit of 60",
      },
    ]);
  });

  test("a body that is no JSON is refused", () => {
    expect(relayRefusals({ "railway.smoke.webhook.body": "{event:1}" })).toEqual([
      {
        path: "railway.smoke.webhook.body",
        came: '"{event:1}"',
        expected: "JSON",
        remedy: "correct the quotes, commas and braces",
      },
    ]);
  });

  test.each([
    ["token", "RAILWAY_TOKEN"],
    ["migrations.databaseUrl", "DATABASE_PUBLIC_URL"],
    ["smoke.audit.key", "ADMIN_KEY"],
    ["smoke.webhook.secret", "WEBHOOK_SIGNING_SECRET"],
  ])("a secret that an environment lacks is refused: %s", (place, key) => {
    expect(relayRefusals({ [`settings.${key}.environments`]: ["staging"] })).toContainEqual({
      path: `railway.${place}`,
      came: `"${key}", which the environment "production" doesn't define`,
      expected: 'a key that "production" defines: the workflow reads it there',
      remedy: `add "production" to settings.${key}.environments`,
    });
  });

  test("a key that isn't declared is refused", () => {
    expect(relayRefusals({ "railway.token": "RAILWAY_TOKE" })).toEqual([
      expect.objectContaining({
        path: "railway.token",
        came: '"RAILWAY_TOKE", which is not declared',
        remedy: expect.stringContaining('did you mean "RAILWAY_TOKEN"?'),
      }),
    ]);
  });

  test.each([
    ["which doesn't exist", "units", '"units"'],
    ["of the library", "git-hygiene", '"git-hygiene", a job of kind "git-hygiene" that serves the gate "lint"'],
  ])("unit tests in a job %s are refused", (_what, job, came) => {
    expect(relayRefusals({ "railway.unitTests": job })).toEqual([
      {
        path: "railway.unitTests",
        came,
        expected: 'one of the jobs of kind "steps" that serve the gate "unit": "unit"',
        remedy: expect.stringContaining("name the job that runs the unit tests"),
      },
    ]);
  });

  test("evidence that GitHub doesn't keep so long is refused", () => {
    expect(relayRefusals({ "railway.evidenceDays": 91 })).toEqual([
      expect.objectContaining({
        path: "railway.evidenceDays",
        came: "91",
        expected: "at most 90 days: GitHub keeps artifacts of a public repository no longer",
      }),
    ]);
  });

  test("a command that needs a shell is refused", () => {
    expect(relayRefusals({ "railway.migrations.command": ["npm run migrate && true"] })).toEqual([
      expect.objectContaining({
        path: "railway.migrations.command[0]",
        expected: 'one word of a command, such as "npm"',
      }),
    ]);
  });

  test("two stages in one Railway environment are refused", () => {
    expect(relayRefusals({ "railway.environments.staging": "production" })).toEqual([
      {
        path: "railway.environments.production",
        came: '"production", which the stage "staging" has too',
        expected: "an environment of its own for each stage",
        remedy: "correct one: a rehearsal in production is none",
      },
    ]);
  });

  test("two stages, and two services, at one address are refused", () => {
    expect(relayRefusals({ "railway.urls.staging": "https://relay.example.com" })).toEqual([
      expect.objectContaining({
        path: "railway.urls.production",
        came: "the host name relay.example.com, which it itself has already",
      }),
    ]);
    const pos = posFleet();
    const other = relayFleet({ service: { "railway.urls.production": "https://pos.example.com" } });
    expect(validate({ ...pos, services: [...pos.services, ...other.services] })).toEqual([
      expect.objectContaining({
        path: "railway.urls.production",
        came: 'the host name pos.example.com, which service "openclaw-pos" has already',
      }),
    ]);
  });

  test("the compiler refuses a stage, a job and a key that aren't declared, before synth does", () => {
    const { railway } = relay;
    // @ts-expect-error no stage "prod"
    const stage = defineService({ ...relay, railway: { ...railway, stage: "prod" } });
    // @ts-expect-error no job "units"
    const job = defineService({ ...relay, railway: { ...railway, unitTests: "units" } });
    // @ts-expect-error no setting "RAILWAY_TOKE"
    const key = defineService({ ...relay, railway: { ...railway, token: "RAILWAY_TOKE" } });
    const { organization } = relayFleet();
    for (const service of [stage, job, key]) {
      expect(validate({ organization, services: [{ service, sealed: {}, stateful: {} }] })).not.toEqual([]);
    }
  });

  test("a release to Cloudflare beside it is refused", () => {
    const { release } = openclawPos;
    expect(relayRefusals({ release })).toContainEqual({
      path: "railway",
      came: "deployments to Railway beside a release to Cloudflare",
      expected: "one of the two: both write scripts/release-check-commit.sh and scripts/release-tag.sh",
      remedy: "drop release or railway, or make the Worker a service of its own",
    });
  });

  test("unit tests that wait for an environment are refused", () => {
    expect(relayRefusals({ "ci.jobs.unit.environment": "staging" })).toContainEqual({
      path: "railway.unitTests",
      came: '"unit", which runs in the environment "staging"',
      expected: "a job without an environment: unit tests need no secrets, and must not wait for reviewers",
      remedy: "drop ci.jobs.unit.environment, or name another job",
    });
  });
});
