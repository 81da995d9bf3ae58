import { flyConfigFile, flyHealthUrl, flyUrl } from "../../../declaration/fly";
import { validate } from "../../../declaration/validate";
import { hotdash } from "../../../services/hotdash";
import { relay } from "../../../services/relay";
import { REMOVED } from "../change";
import { hotdashFleet, hotdashRefusals, summitRefusals } from "../fixture";

describe("deployments to Fly come from main, ask for Machines that there are, and find what they read", () => {
  test("hotdash is declared without a mistake", () => {
    expect(hotdashRefusals({})).toEqual([]);
  });

  test.each([
    ["stage", "prod"],
    ["rehearsal", "stagin"],
  ])("an unknown %s is refused", (key, came) => {
    expect(hotdashRefusals({ [`fly.${key}`]: came })).toContainEqual({
      path: `fly.${key}`,
      came: `"${came}"`,
      expected: 'one of the stages: "staging", "production"',
      remedy: expect.stringContaining("declare it, or name one of them"),
    });
  });

  test("a rehearsal on the stage itself is refused", () => {
    expect(hotdashRefusals({ "fly.rehearsal": "production" })).toContainEqual({
      path: "fly.rehearsal",
      came: '"production"',
      expected: "another stage than fly.stage",
      remedy: "name the stage before it, or drop rehearsal",
    });
  });

  test("deployments from other branches than main are refused", () => {
    expect(hotdashRefusals({ "stages.staging.branches": ["main", "hotfix/*"] })).toEqual([
      {
        path: "stages.staging.branches",
        came: '["main","hotfix/*"]',
        expected: '["main"]: releases are deployed from main only',
        remedy: 'write ["main"]',
      },
    ]);
  });

  test("a stage without an app is refused, and an app of a stage that nothing is deployed to", () => {
    expect(hotdashRefusals({ "fly.stages.staging": REMOVED })).toEqual([
      {
        path: "fly.stages",
        came: 'none for the stage "staging", which is deployed to',
        expected: "an app for each stage that is deployed to",
        remedy: "write fly.stages.staging",
      },
    ]);
    const stagin = { ...hotdash.fly.stages.staging, app: "hotdash-stagin" };
    expect(hotdashRefusals({ "fly.stages.stagin": stagin })).toEqual([
      {
        path: "fly.stages.stagin",
        came: '"stagin"',
        expected: 'one of the stages that fly deploys to: "staging", "production"',
        remedy: 'remove it, or name one of them; did you mean "staging"?',
      },
    ]);
  });

  test.each([
    ["shared", 2, 256, "512 to 4096 MiB, in steps of 256"],
    ["shared", 2, 2000, "512 to 4096 MiB, in steps of 256"],
    ["performance", 2, 2048, "4096 to 16384 MiB, in steps of 1024"],
    ["performance", 1, 16_384, "2048 to 8192 MiB, in steps of 1024"],
  ])("%s processors, %d of them, with %d MiB are refused", (cpuKind, cpus, memoryMebibytes, expected) => {
    expect(hotdashRefusals({ "fly.stages.production.machine": { cpuKind, cpus, memoryMebibytes } })).toEqual([
      {
        path: "fly.stages.production.machine.memoryMebibytes",
        came: `${memoryMebibytes} MiB for ${cpus} ${cpuKind} processor${cpus === 1 ? "" : "s"}`,
        expected,
        remedy: "write such a size, or other processors",
        source: "https://fly.io/docs/machines/guides-examples/machine-sizing/",
      },
    ]);
  });

  test("more shared processors than Fly sells are refused", () => {
    const machine = { cpuKind: "shared", cpus: 16, memoryMebibytes: 8192 };
    expect(hotdashRefusals({ "fly.stages.production.machine": machine })).toEqual([
      {
        path: "fly.stages.production.machine.cpus",
        came: "16 shared processors",
        expected: "at most 8 of them",
        remedy: 'write fewer, or cpuKind "performance"',
      },
    ]);
  });

  test("a soft limit that is no lower than the hard one is refused", () => {
    expect(hotdashRefusals({ "fly.stages.production.concurrency": { soft: 250, hard: 250 } })).toEqual([
      {
        path: "fly.stages.production.concurrency.soft",
        came: "250, with a hard limit of 250",
        expected: "fewer than the hard limit: else no other Machine is asked before requests wait",
        remedy: "lower soft, or raise hard",
      },
    ]);
  });

  test.each(["tcp", "http"])("an answer of the %s check that may come after the next question is refused", (kind) => {
    expect(
      hotdashRefusals({ [`fly.checks.${kind}.everySeconds`]: 5, [`fly.checks.${kind}.timeoutSeconds`]: 10 }),
    ).toEqual([
      {
        path: `fly.checks.${kind}.timeoutSeconds`,
        came: "10, with a check every 5 s",
        expected: "at most the time between two checks",
        remedy: "lower it: the next check must not begin before this one has ended",
      },
    ]);
  });

  test.each([
    ["fly.checks.tcp.everySeconds", 61, "a whole number of seconds between two checks from 2 to 60"],
    ["fly.killTimeoutSeconds", 301, "a whole number of seconds until a kill from 1 to 300"],
    ["fly.deploy.maxUnavailablePercent", 51, "a whole number of percent from 1 to 50"],
    ["fly.stages.production.machines", 0, "a whole number of Machines from 1 to 100"],
    ["fly.region", "eu-1", 'the code of a region: three letters, such as "fra"'],
    [
      "fly.stages.production.url",
      "http://hotdash.example.com",
      'a public URL such as "https://shop.example.com": https, a host name in lower case, no path',
    ],
    [
      "fly.stages.production.app",
      "Hotdash",
      "the name of an app of Fly: 2 to 40 of a–z, 0–9 and single dashes, beginning with a letter",
    ],
    ["fly.deploy.releaseCommand.2", "x && y", 'one word of a command, such as "npm"'],
    ["fly.deploy.releaseCommand", [], "a program"],
  ])("%s: %p is refused", (path, came, expected) => {
    expect(hotdashRefusals({ [path]: came })).toEqual([
      expect.objectContaining({ path: path.replace(/\.(\d)$/, "[$1]"), expected }),
    ]);
  });

  test("a secret of the process that a stage lacks, that stands there twice or that deploys is refused", () => {
    expect(hotdashRefusals({ "settings.SESSION_SECRET.environments": ["production", "previews"] })).toEqual([
      {
        path: "fly.secrets[4]",
        came: '"SESSION_SECRET", which the environment "staging" doesn\'t define',
        expected: 'a key that "staging" defines: the workflow reads it there',
        remedy: 'add "staging" to settings.SESSION_SECRET.environments',
      },
    ]);
    expect(hotdashRefusals({ "fly.secrets": ["SESSION_SECRET", "SESSION_SECRET", "FLY_API_TOKEN"] })).toEqual([
      expect.objectContaining({ path: "fly.secrets[1]", came: '"SESSION_SECRET" a second time' }),
      expect.objectContaining({ path: "fly.secrets[2]", came: '"FLY_API_TOKEN", which deploys' }),
    ]);
  });

  test("previews in the organization of the stages are refused: their token could destroy production", () => {
    expect(hotdashRefusals({ "fly.previews.organization": "openclaw" })).toEqual([
      {
        path: "fly.previews.organization",
        came: '"openclaw", where the stages are',
        expected: "another organization of Fly: the token of previews may destroy every app of its own",
        remedy: "make one for previews (`flyctl orgs create`), and name it",
        source: "https://fly.io/docs/security/tokens/",
      },
    ]);
  });

  test("previews find their environment, and in it a token and each secret of the process", () => {
    expect(hotdashRefusals({ "fly.previews.environment": "staging" })).toContainEqual(
      expect.objectContaining({
        path: "fly.previews.environment",
        expected: 'one of the unattended environments: "previews"',
      }),
    );
    expect(hotdashRefusals({ "settings.DATABASE_URL.environments": ["staging", "production"] })).toEqual([
      expect.objectContaining({
        path: "fly.secrets[3]",
        came: '"DATABASE_URL", which the environment "previews" doesn\'t define',
      }),
    ]);
    expect(hotdashRefusals({ "fly.previews.token": "FLY_API_TOKEN" })).toEqual([
      expect.objectContaining({ path: "fly.previews.token" }),
    ]);
  });

  test("an app that is named like a preview is refused, and previews whose memory Fly doesn't sell", () => {
    expect(hotdashRefusals({ "fly.stages.staging.app": "hotdash-pr-1" })).toEqual([
      expect.objectContaining({
        path: "fly.stages.staging.app",
        came: '"hotdash-pr-1", the name of the preview of pull request 1',
      }),
    ]);
    expect(hotdashRefusals({ "fly.previews.machine.memoryMebibytes": 300 })).toEqual([
      expect.objectContaining({ path: "fly.previews.machine.memoryMebibytes" }),
    ]);
  });

  test("previews on Fly beside those in a cluster are refused", () => {
    expect(summitRefusals({ fly: hotdash.fly })).toContainEqual(
      expect.objectContaining({ path: "fly.previews", came: "previews on Fly beside those in a cluster" }),
    );
  });

  test("Fly beside Railway is refused, and beside a release train", () => {
    expect(hotdashRefusals({ railway: relay.railway })).toContainEqual(
      expect.objectContaining({ path: "fly", came: "deployments to Fly beside railway" }),
    );
    expect(summitRefusals({ fly: hotdash.fly })).toContainEqual(
      expect.objectContaining({ path: "cluster.train", came: "a release train beside fly" }),
    );
  });

  test("two stages, or two services, with one app are refused: Fly has one of a name", () => {
    expect(hotdashRefusals({ "fly.stages.staging.app": "hotdash" })).toEqual([
      expect.objectContaining({
        path: "fly.stages.production.app",
        came: "the app hotdash of Fly, which it itself has already",
      }),
    ]);
    const [first] = hotdashFleet().services;
    const [second] = hotdashFleet({ service: { name: "other" } }).services;
    if (first === undefined || second === undefined) throw new Error("no service");
    const problems = validate({ ...hotdashFleet(), services: [first, second] });
    expect(problems.map(({ path }) => path)).toEqual([
      "fly.stages.staging.app",
      "fly.stages.production.app",
      "fly.stages.production.url",
      "fly.previews.appPrefix",
    ]);
  });
});

test("a stage answers at its own host name, or at its app's", () => {
  expect(flyUrl(hotdash.fly, "production")).toBe("https://hotdash.example.com");
  expect(flyHealthUrl(hotdash, "staging")).toBe("https://hotdash-staging.fly.dev/health");
  expect(flyHealthUrl(hotdash, "elsewhere")).toBeUndefined();
  expect(flyHealthUrl({}, "staging")).toBeUndefined();
  expect([flyConfigFile(hotdash.fly, "staging"), flyConfigFile(hotdash.fly, "production")]).toEqual([
    "fly.toml",
    "fly.production.toml",
  ]);
});
