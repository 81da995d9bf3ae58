import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SealedSecrets } from "../../declaration/sealed";
import { type RotateOptions, type RotateReport, rotate } from "../../operations/rotate";
import { minimalFleet } from "../declaration/fixture";
import { type CloudflareFault, CloudflareStandIn } from "../support/cloudflare-stand-in";
import { EnvironmentKey } from "../support/github/environment-key";
import { type Fault, GithubStandIn } from "../support/github/github-stand-in";
import type { StandInRepository } from "../support/github/stand-in-repository";
import { SECRET } from "../support/secret-setting";
import { RecordingConsole } from "./recording-console";

const NAME = "gatehouse tiny production API_TOKEN";
const PERMISSIONS = ["Workers Scripts Write", "D1 Write"];
const MINUTE = 60_000;
const DAY = 86_400_000;
const settings = {
  API_TOKEN: { ...SECRET, token: { provider: "cloudflare", permissions: PERMISSIONS } },
  OTHER_TOKEN: SECRET,
};

let now: number;
let github: GithubStandIn;
let repository: StandInRepository;
let cloudflare: CloudflareStandIn;
let production: EnvironmentKey;
let root: string;
/** The value that GitHub gives to workflows. */
let inUse: string | undefined;

beforeEach(async () => {
  now = Date.parse("2026-11-27T04:00:00Z");
  github = await GithubStandIn.start();
  repository = github.repository("example/tiny");
  production = await EnvironmentKey.of("568250167242549743");
  production.giveTo(repository, "production");
  cloudflare = await CloudflareStandIn.start(() => now);
  root = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  mkdirSync(join(root, "services"));
  writeFileSync(file(), "{}\n");
  inUse = undefined;
});
afterEach(async () => {
  expect(github.problems).toEqual([]);
  expect(readdirSync(join(root, "services"))).toEqual(["tiny.sealed.json"]);
  await Promise.all([github.close(), cloudflare.close()]);
  rmSync(root, { recursive: true });
});

const file = () => join(root, "services/tiny.sealed.json");
const record = () => JSON.parse(readFileSync(file(), "utf8")) as SealedSecrets;
const sealed = () => record().production?.API_TOKEN;
const opened = () => production.open(sealed()?.ciphertext ?? "");

const fleetOf = (declared: object) =>
  minimalFleet({
    service: { settings: declared },
    organization: { cloudflare: { accountId: CloudflareStandIn.accountId, zones: {} } },
    sealed: record(),
  });

/** Each run is a minute after the one before it. */
async function run(options: Partial<RotateOptions> = {}, fleet = fleetOf(settings)) {
  now += MINUTE;
  const console = new RecordingConsole();
  const environment = { ...github.environment, ...cloudflare.environment };
  const props = { service: "tiny", stage: "production", key: "API_TOKEN", early: false, json: true, root, environment };
  const code = await rotate(fleet, { ...props, ...options }, console, { now: () => now, sleep: async () => {} });
  expect(console.text).not.toContain("canary");
  return { code, console, report: options.json === false ? undefined : (console.json as RotateReport) };
}

/** What a run is refused with; no value is in it. */
async function refusal(options?: Partial<RotateOptions>): Promise<string> {
  const refused: Error = await run(options).then(
    () => new Error("it was not refused"),
    (error) => error,
  );
  expect(`${refused.stack}${JSON.stringify(refused)}`).not.toContain("canary");
  return refused.message;
}

/** What Terraform does from main: GitHub gets what is sealed. */
function deploy(): void {
  now += MINUTE;
  inUse = opened();
  const setAt = new Date(now).toISOString().replace(/\.\d+/, "");
  repository.environmentSecrets.set("production", new Map([["API_TOKEN", setAt]]));
}

/** From nothing to one token that is deployed. */
async function begin(): Promise<void> {
  await run();
  deploy();
  await run();
}

/** One token, which may do what is declared, is sealed, and works where it is used. */
function expectOne(): void {
  const tokens = cloudflare.named(NAME);
  expect(tokens.map(({ id }) => id)).toEqual([sealed()?.tokenId]);
  expect(tokens[0]?.policies.map(({ permission_groups }) => permission_groups.map(({ name }) => name).sort())).toEqual([
    [...PERMISSIONS].sort(),
  ]);
  expect(inUse).toBe(tokens[0]?.value);
  expect(opened()).toBe(inUse);
  expect(cloudflare.tokens).toHaveLength(61);
}

describe("gatehouse rotate (POS-9)", () => {
  test("the first time it makes a token with exactly the declared permissions, checks it and seals it", async () => {
    const { code, report } = await run();
    const [token] = cloudflare.named(NAME);
    expect(code).toBe(0);
    expect(report).toEqual({
      version: 1,
      service: "tiny",
      environment: "production",
      key: "API_TOKEN",
      state: "made",
      why: "no token of this name is the sealed one",
      revoked: [],
      toRevoke: [],
    });
    expect(sealed()).toEqual({
      ciphertext: expect.any(String),
      keyId: "568250167242549743",
      tokenId: token?.id,
      owner: "maintainers",
      sealedAt: "2026-11-27T04:01:00Z",
      rotateBy: "2027-02-25T04:01:00Z",
    });
    expect(opened()).toBe(token?.value);
    expect(cloudflare.calls.slice(-3)).toEqual(["GET /tokens/permission_groups", "POST /tokens", "GET /tokens/verify"]);
    deploy();
    expect((await run()).report).toMatchObject({ state: "done", revoked: [] });
    expectOne();
  });

  test("what is not due is left alone", async () => {
    await begin();
    const before = sealed();
    now += 70 * DAY;
    expect(await run()).toMatchObject({ code: 0, report: { state: "done", revoked: [], toRevoke: [] } });
    expect(sealed()).toEqual(before);
    expectOne();
  });

  test("two weeks before it is due another takes its place, and it is revoked once GitHub has that", async () => {
    await begin();
    const former = sealed()?.tokenId ?? "";
    const used = inUse ?? "";
    now += 77 * DAY;
    expect(await run()).toMatchObject({ code: 0, report: { state: "made", revoked: [], toRevoke: [former] } });
    expect(await run()).toMatchObject({ code: 2, report: { state: "waiting", revoked: [], toRevoke: [former] } });
    expect(cloudflare.takes(used)).toBe(true);
    deploy();
    expect(await run()).toMatchObject({ code: 0, report: { state: "done", revoked: [former], toRevoke: [] } });
    expect(cloudflare.takes(used)).toBe(false);
    expectOne();
  });

  test("one that lives for a week is renewed in its second half, and not all the time", async () => {
    const weekly = { ...settings.API_TOKEN, rotateEveryDays: 7 };
    const fleet = () => fleetOf({ ...settings, API_TOKEN: weekly });
    await run({}, fleet());
    deploy();
    expect((await run({}, fleet())).report).toMatchObject({ state: "done" });
    now += 4 * DAY;
    expect((await run({}, fleet())).report).toMatchObject({
      state: "made",
      why: "the present one is due on 2026-12-04",
    });
  });

  test("people read what was done, and what is to do", async () => {
    await begin();
    const former = sealed()?.tokenId ?? "";
    const { console } = await run({ early: true, json: false });
    expect(console.text).toBe(
      [
        "✓ tiny, production: API_TOKEN: another token is made, checked, and sealed in services/tiny.sealed.json: another was asked for",
        `to do: commit services/tiny.sealed.json; once it is on main and npx cdktf deploy tiny-production has set it, run this again to revoke the former: ${former}`,
      ].join("\n"),
    );
    expect((await run({ json: false })).console.text).toContain("and GitHub has it not yet\nto do: commit");
    deploy();
    expect((await run({ json: false })).console.text).toBe(
      `✓ the token ${former} is revoked\n✓ tiny, production: API_TOKEN is one token with the declared permissions, and GitHub has it`,
    );
    expectOne();
  });

  test.each([
    ["fewer permissions", (policy: object) => ({ ...policy, permission_groups: [{ id: "1", name: "D1 Write" }] })],
    ["another resource", (policy: object) => ({ ...policy, resources: { "com.cloudflare.api.account.*": "*" } })],
  ])("a token with %s than declared is replaced", async (_what, change) => {
    await begin();
    const [token] = cloudflare.named(NAME);
    if (token !== undefined) token.policies = token.policies.map((policy) => ({ ...policy, ...change(policy) }));
    const { report } = await run();
    expect(report).toMatchObject({ state: "made", why: "what the present one may do is not what is declared" });
    deploy();
    await run();
    expectOne();
  });

  test.each([
    ["that was switched off", () => Object.assign(cloudflare.named(NAME)[0] ?? {}, { status: "disabled" })],
    [
      "in whose place somebody sealed a value by hand",
      () => writeFileSync(file(), readFileSync(file(), "utf8").replace(/ *"tokenId".*\n/, "")),
    ],
  ])("a token %s is replaced", async (_what, change) => {
    await begin();
    const [token] = cloudflare.named(NAME);
    change();
    expect((await run()).report).toMatchObject({ state: "made", toRevoke: [token?.id] });
    deploy();
    await run();
    expectOne();
  });

  test("what is sealed for a key that GitHub has no more can't be set, and is replaced", async () => {
    await run();
    production = await EnvironmentKey.of("568250167242549744");
    production.giveTo(repository, "production");
    expect((await run()).report?.why).toBe("the present one is sealed for a key that the environment has no more");
    deploy();
    await run();
    expectOne();
  });

  test("a token that Cloudflare doesn't know at once is asked for again; one that never works is revoked", async () => {
    cloudflare.unknownFor = 3;
    await run();
    cloudflare.unknownFor = 9;
    const [kept] = cloudflare.named(NAME);
    expect(await refusal({ early: true })).toMatch(
      /^the new token \w{32} doesn't work: Cloudflare says Invalid API Token\nthe new token \w{32} is revoked again; the former ones are as they were$/,
    );
    expect(cloudflare.named(NAME)).toEqual([kept]);
  });

  test("a token that may do more than it was asked for is revoked at once", async () => {
    cloudflare.generous = true;
    expect(await refusal()).toMatch(/^the new token \w{32} may do something else than what was asked for\n/);
    expect(cloudflare.named(NAME)).toEqual([]);
  });

  test("a token that can't be kept is revoked; if even that fails, the next run does it", async () => {
    await begin();
    writeFileSync(`${file()}.lock`, "1\n");
    expect(await refusal({ early: true })).toMatch(/^services\/tiny.sealed.json.lock is there .*is revoked again/s);
    expect(cloudflare.named(NAME)).toHaveLength(1);
    cloudflare.faults.set(cloudflare.calls.length + 5, "cut before");
    expect(await refusal({ early: true })).toMatch(/could not be revoked: no answer .*\nrun this again/s);
    rmSync(`${file()}.lock`);
    const lost = cloudflare.named(NAME).find(({ id }) => id !== sealed()?.tokenId);
    expect((await run()).report).toMatchObject({ state: "done", revoked: [lost?.id] });
    expectOne();
  });

  test("no signal is heard between the token and its seal", async () => {
    const controller = new AbortController();
    controller.abort(new Error("interrupted"));
    expect(await refusal({ signal: controller.signal })).toBe("interrupted");
    expect(cloudflare.calls).toEqual([]);
  });

  test.each([
    [
      "a secret without declared permissions",
      { key: "OTHER_TOKEN" },
      'settings.OTHER_TOKEN of services/tiny.ts is no token with declared permissions; nothing was changed\ndeclare token: { provider: "cloudflare", permissions: [ … ] }, or renew it by hand: npx gatehouse seal tiny production OTHER_TOKEN',
    ],
    ["an unknown stage", { stage: "prodution" }, 'tiny has no stage or environment "prodution"'],
    [
      "no token of Cloudflare's",
      { environment: {} },
      "CLOUDFLARE_API_TOKEN is not set\nset it to a token that may make",
    ],
  ])("%s is refused before anything is asked", async (_what, options, said) => {
    expect(await refusal(options)).toContain(said);
    expect([...cloudflare.calls, ...github.calls]).toEqual([]);
  });

  test("Cloudflare's refusals are said, without its administrator's token", async () => {
    cloudflare.faults.set(0, 403);
    expect(await refusal()).toMatch(
      /^Cloudflare answered 403 to GET \/accounts\/\w+\/tokens\?per_page=50&page=1: it is \*\*\* that fails\nexpected a CLOUDFLARE_API_TOKEN/,
    );
    cloudflare.faults.set(1, "no JSON");
    expect(await refusal()).toMatch(/^Cloudflare's answer to GET .*, 200, is none that it documents$/);
  });
});

describe("interrupted at any call, it is run again, and nothing that is in use is revoked (POS-9)", () => {
  jest.setTimeout(120_000);

  /** Runs and deploys until it is done; the value in use works all the time. */
  async function finish(): Promise<void> {
    for (let runs = 0; runs < 6; runs += 1) {
      const { report } = await run();
      expect(cloudflare.takes(inUse ?? "")).toBe(true);
      if (report?.state === "done") return;
      deploy();
    }
    throw new Error("it was never done");
  }

  /** Calls of each phase of a rotation: of GitHub's and of Cloudflare's. */
  async function phases() {
    const count = () => [github.calls.length, cloudflare.calls.length] as const;
    const began = count();
    await run();
    const made = count();
    deploy();
    await run();
    const done = count();
    return {
      make: [made[0] - began[0], made[1] - began[1]] as const,
      revoke: [done[0] - made[0], done[1] - made[1]] as const,
    };
  }

  /** A rotation is due; with `deployed`, its first half is over. */
  async function due(deployed: boolean): Promise<void> {
    await begin();
    now += 80 * DAY;
    if (!deployed) return;
    await run();
    deploy();
  }

  const interrupted = async (deployed: boolean, fault: () => void) => {
    forget();
    await due(deployed);
    fault();
    await refusal();
    expect(cloudflare.takes(inUse ?? "")).toBe(true);
    await finish();
    expectOne();
  };

  /** As before the first token. */
  function forget(): void {
    writeFileSync(file(), "{}\n");
    cloudflare.tokens = cloudflare.tokens.filter(({ name }) => name !== NAME);
    cloudflare.faults.clear();
    github.faults.clear();
    repository.environmentSecrets.clear();
  }

  test.each<CloudflareFault>(["cut before", "cut after", 500, "no JSON"])("Cloudflare: %s", async (fault) => {
    await due(false);
    const { make, revoke } = await phases();
    expect([make[1], revoke[1]]).toEqual([5, 3]);
    for (const [deployed, calls] of [
      [false, make[1]],
      [true, revoke[1]],
    ] as const)
      for (let call = 0; call < calls; call += 1)
        await interrupted(deployed, () => cloudflare.faults.set(cloudflare.calls.length + call, fault));
  });

  test.each<Fault>(["cut before", "cut after", { status: 500, message: "No" }])("GitHub: %j", async (fault) => {
    await due(false);
    const { make, revoke } = await phases();
    expect([make[0], revoke[0]]).toEqual([2, 2]);
    for (const deployed of [false, true])
      for (let call = 0; call < 2; call += 1)
        await interrupted(deployed, () => github.faults.set(github.calls.length + call, fault));
  });
});
