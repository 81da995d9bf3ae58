import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SealedSecrets } from "../../declaration/sealed";
import { validate } from "../../declaration/validate";
import { type SealOptions, type SealReport, seal } from "../../operations/seal";
import { minimalFleet } from "../declaration/fixture";
import { EnvironmentKey } from "../support/github/environment-key";
import { GithubStandIn } from "../support/github/github-stand-in";
import type { StandInRepository } from "../support/github/stand-in-repository";
import { SECRET } from "../support/secret-setting";
import { RecordingConsole } from "./recording-console";

const CANARY = "canary-7d1c value";
const NOW = "2026-11-27T04:00:00Z";
const settings = {
  API_TOKEN: { ...SECRET, environments: ["production", "nightly"] },
  OTHER_TOKEN: SECRET,
  REGION: { kind: "variable", description: "Where it runs", owner: "maintainers", environments: { production: "eu" } },
};
const nightly = { description: "Runs at night", branches: ["main"] };

let github: GithubStandIn;
let repository: StandInRepository;
let production: EnvironmentKey;
let root: string;

beforeEach(async () => {
  github = await GithubStandIn.start();
  repository = github.repository("example/tiny");
  production = await EnvironmentKey.of("568250167242549743");
  production.giveTo(repository, "production");
  root = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  mkdirSync(join(root, "services"));
  write("{}\n");
});
afterEach(async () => {
  expect(github.problems).toEqual([]);
  await github.close();
  rmSync(root, { recursive: true });
});

const file = () => join(root, "services/tiny.sealed.json");
const write = (text: string) => writeFileSync(file(), text);
const record = () => JSON.parse(readFileSync(file(), "utf8")) as SealedSecrets;
const fleet = (sealed: unknown = {}) =>
  minimalFleet({ service: { settings, "stages.production.unattended": { nightly } }, sealed });

async function run({
  now = NOW,
  sleep = async () => {},
  sealed = {} as unknown,
  ...options
}: Partial<SealOptions> & {
  readonly now?: string;
  readonly sleep?: () => Promise<void>;
  readonly sealed?: unknown;
} = {}) {
  const console = new RecordingConsole();
  const code = await seal(
    fleet(sealed),
    {
      service: "tiny",
      stage: "production",
      key: "API_TOKEN",
      asIs: false,
      json: false,
      root,
      environment: github.environment,
      value: async () => Buffer.from(`${CANARY}\n`),
      ...options,
    },
    console,
    { now: () => Date.parse(now), sleep },
  );
  return { code, console };
}

/** What a run is refused with; it has left the file as it was, nothing beside it, and the value nowhere. */
async function refusal(options: Parameters<typeof run>[0], before = readFileSync(file(), "utf8")): Promise<string> {
  const refused: Error = await run(options).then(
    () => new Error("it was not refused"),
    (error) => error,
  );
  expect(readFileSync(file(), "utf8")).toBe(before);
  expect(readdirSync(join(root, "services"))).toEqual(["tiny.sealed.json"]);
  expect(`${refused.stack}${JSON.stringify(refused)}`).not.toContain("canary");
  return refused.message;
}

/** Must not be asked for: something else is wrong. */
const unasked = async () => {
  throw new Error("asked for the value");
};

describe("gatehouse seal (MAE-4)", () => {
  test("seals a value for the environment's key of now: its private key opens it, and the record is right", async () => {
    const { code, console } = await run();
    expect(code).toBe(0);
    const value = record().production?.API_TOKEN;
    expect(value).toEqual({
      ciphertext: expect.any(String),
      keyId: "568250167242549743",
      owner: "maintainers",
      sealedAt: NOW,
      rotateBy: "2027-02-25T04:00:00Z",
    });
    expect(production.open(value?.ciphertext ?? "")).toBe(CANARY);
    expect(validate(fleet(record()))).toEqual([]);
    expect(console.text).toBe(
      [
        "✓ tiny, production: API_TOKEN is sealed for the key 568250167242549743, in services/tiny.sealed.json",
        "maintainers renews it by 2027-02-25T04:00:00Z",
        "to do: commit services/tiny.sealed.json; once it is on main, npx cdktf deploy tiny-production sets it",
      ].join("\n"),
    );
    expect(github.writes).toEqual([]);
    expect(readdirSync(join(root, "services"))).toEqual(["tiny.sealed.json"]);
  });

  test("an unattended environment has a key of its own", async () => {
    const key = await EnvironmentKey.of("7");
    key.giveTo(repository, "nightly");
    await run({ stage: "nightly" });
    const { ciphertext = "", keyId } = record().nightly?.API_TOKEN ?? {};
    expect(keyId).toBe("7");
    expect(key.open(ciphertext)).toBe(CANARY);
    expect(() => production.open(ciphertext)).toThrow();
  });

  test("two boxes of one value have nothing in common, and each replaces the one before; others stay", async () => {
    await run({ key: "OTHER_TOKEN" });
    await run();
    const before = record();
    const { console } = await run({ now: "2026-11-28T04:00:00Z" });
    expect(record().production?.API_TOKEN?.ciphertext).not.toBe(before.production?.API_TOKEN?.ciphertext);
    expect(record().production?.OTHER_TOKEN).toEqual(before.production?.OTHER_TOKEN);
    expect(console.text).toContain("in place of the former value");
  });

  test("prints JSON without the sealed value", async () => {
    const { console } = await run({ json: true });
    expect(console.json as SealReport).toEqual({
      version: 1,
      service: "tiny",
      environment: "production",
      key: "API_TOKEN",
      keyId: "568250167242549743",
      owner: "maintainers",
      sealedAt: NOW,
      rotateBy: "2027-02-25T04:00:00Z",
      file: "services/tiny.sealed.json",
      replaced: false,
    });
  });

  test("a key and a kubeconfig keep every byte", async () => {
    const lines = "-----BEGIN SOMETHING-----\nAAAA\n-----END SOMETHING-----\n";
    await run({ asIs: true, value: async () => Buffer.from(lines) });
    expect(production.open(record().production?.API_TOKEN?.ciphertext ?? "")).toBe(lines);
  });

  test("a bad value is refused, and nothing is written", async () => {
    expect(await refusal({ value: async () => Buffer.from("") })).toContain("the value is empty");
    expect(await refusal({ value: async () => Buffer.from("canary\ncanary") })).toContain("more than one line");
    expect(await refusal({ value: async () => Buffer.alloc(65 * 1024, "x") })).toContain("more than 49,152 bytes");
  });

  test.each([
    [
      "service",
      { service: "tony" },
      'no service "tony" is declared\nexpected one of: tiny; see services/fleet.ts; did you mean "tiny"?',
    ],
    [
      "stage",
      { stage: "prodution" },
      'tiny has no stage or environment "prodution"\nexpected one of the environments: "production", "nightly"; did you mean "production"?',
    ],
    [
      "key",
      { key: "API_TOKN" },
      'services/tiny.ts declares no setting "API_TOKN"\nexpected one of the secrets that settings declare for "production": "API_TOKEN", "OTHER_TOKEN"; did you mean "API_TOKEN"?',
    ],
    [
      "key, being a variable,",
      { key: "REGION" },
      'REGION is a variable, and not a secret: everyone who sees the repository\'s settings reads it\nwrite its value into settings.REGION of services/tiny.ts; to be sealed, expected one of the secrets that settings declare for "production": "API_TOKEN", "OTHER_TOKEN"',
    ],
    [
      "key of another environment",
      { key: "OTHER_TOKEN", stage: "nightly" },
      'OTHER_TOKEN is no secret of "nightly": settings declare it for production\nexpected one of the secrets that settings declare for "nightly": "API_TOKEN"',
    ],
    [
      "key that is the value,",
      { key: CANARY },
      'services/tiny.ts declares no setting of that name, which is not shown: if it is a secret\'s value, it is in the shell\'s history now, and must be renewed\nexpected one of the secrets that settings declare for "production": "API_TOKEN", "OTHER_TOKEN"',
    ],
    [
      "key with the value behind it,",
      { key: "API_TOKEN=c" },
      'services/tiny.ts declares no setting of that name, which is not shown: if it is a secret\'s value, it is in the shell\'s history now, and must be renewed\nexpected one of the secrets that settings declare for "production": "API_TOKEN", "OTHER_TOKEN"; did you mean "API_TOKEN"?',
    ],
    [
      "stage that is the value,",
      { stage: CANARY },
      'tiny has no stage or environment of that name, which is not shown: if it is a secret\'s value, it is in the shell\'s history now, and must be renewed\nexpected one of the environments: "production", "nightly"',
    ],
  ])("a wrong %s is refused before the value is asked for", async (_what, options, message) => {
    expect(await refusal({ ...options, value: unasked })).toBe(message);
    expect(github.calls).toEqual([]);
  });

  test.each([
    [
      "31 bytes",
      { id: "1", key: Buffer.alloc(31, 1).toString("base64") },
      "is no public key: expected base64 of 32 bytes",
    ],
    [
      "33 bytes",
      { id: "1", key: Buffer.alloc(33, 1).toString("base64") },
      "is no public key: expected base64 of 32 bytes",
    ],
    ["no base64", { id: "1", key: `*${Buffer.alloc(32, 1).toString("base64")}` }, "is no public key"],
    ["no key id", { id: "", key: Buffer.alloc(32, 1).toString("base64") }, "has no key id of 1 to 20 digits"],
  ])("a public key of %s is refused before the value is asked for", async (_what, key, message) => {
    repository.environmentKeys.set("production", key);
    const said = await refusal({ value: unasked });
    expect(said).toContain(
      'the public key of "production" could not be seen: GitHub\'s answer to /repos/example/tiny/environments/production/secrets/public-key ',
    );
    expect(said).toContain(message);
    expect(said).toContain("nothing was sealed\nuse a token that may read environments");
  });

  test("a public key that would seal for everybody is refused", async () => {
    repository.environmentKeys.set("production", { id: "1", key: Buffer.alloc(32).toString("base64") });
    expect(await refusal({})).toBe(
      "nothing can be sealed for the public key 1 of the environment\nsee that GITHUB_BASE_URL names GitHub, and run this again",
    );
  });

  test("a key that GitHub replaced while the value was typed is not used any more", async () => {
    const next = await EnvironmentKey.of("568250167242549744");
    const value = async () => {
      next.giveTo(repository, "production");
      return Buffer.from(CANARY);
    };
    await run({ value });
    const { ciphertext = "", keyId } = record().production?.API_TOKEN ?? {};
    expect(keyId).toBe("568250167242549744");
    expect(next.open(ciphertext)).toBe(CANARY);
    expect(() => production.open(ciphertext)).toThrow();
  });

  test("an environment that is gone when the value was typed has no key: nothing is written", async () => {
    github.faults.set(1, { status: 404, message: "Not Found" });
    expect(await refusal({})).toContain('GitHub shows no environment "production"');
  });

  test("an environment that GitHub doesn't show, a refusal, a cut line and a missing token are said, each with what to do", async () => {
    github.faults.set(0, { status: 404, message: "Not Found" });
    expect(await refusal({ value: unasked })).toMatch(
      /^GitHub shows no environment "production", so there is no key to seal for; nothing was sealed\nif it is not there yet, deploy it: npx cdktf deploy tiny-production; else use a token/,
    );
    github.faults.set(1, { status: 403, message: "Resource not accessible by personal access token" });
    expect(await refusal({ value: unasked })).toContain(
      '{"message":"Resource not accessible by personal access token"}; nothing was sealed',
    );
    github.faults.set(2, "cut before");
    expect(await refusal({ value: unasked })).toContain("could not be seen: GitHub could not be asked for");
    expect(await refusal({ environment: {}, value: unasked })).toContain("GITHUB_TOKEN is not set; nothing was sealed");
  });

  test("a file edited by hand is kept where it is right, and refused where it is not, without a word of it", async () => {
    await run({ key: "OTHER_TOKEN" });
    write(readFileSync(file(), "utf8").replaceAll("\n", "").replaceAll("  ", ""));
    await run();
    expect(Object.keys(record().production ?? {})).toEqual(["API_TOKEN", "OTHER_TOKEN"]);
    write('{ "production": { "API_TOKEN": canary } }');
    expect(await refusal({})).toBe(
      "services/tiny.sealed.json is no JSON; nothing was written\nmend it by hand, or take it as it was: git checkout -- services/tiny.sealed.json",
    );
    write('{ "production": { "API_TOKEN": "canary" } }');
    expect(await refusal({})).toMatch(
      /^nothing was written\n\nservice "tiny", sealed secrets: production\.API_TOKEN\n {2}came: {5}a value that is not shown/,
    );
    write('["canary"]');
    expect(await refusal({})).toMatch(/^nothing was written\n\nservice "tiny", sealed secrets/);
  });

  test("a clock that was set back is noticed by what is sealed already", async () => {
    await run();
    expect(await refusal({ now: "2026-11-26T04:00:00Z" })).toBe(
      `the clock of this machine says 2026-11-26T04:00:00Z, and the value in services/tiny.sealed.json was sealed at ${NOW}; nothing was written\nset the clock, and seal again`,
    );
  });

  test("whoever comes second waits for the first, and loses nothing of it", async () => {
    await run({ key: "OTHER_TOKEN" });
    const written = readFileSync(file(), "utf8");
    write("{}\n");
    const lock = `${file()}.lock`;
    writeFileSync(lock, "1\n");
    let waits = 0;
    await run({
      sleep: async () => {
        waits += 1;
        if (waits < 3) return;
        write(written);
        rmSync(lock);
      },
    });
    expect(waits).toBe(3);
    expect(Object.keys(record().production ?? {})).toEqual(["API_TOKEN", "OTHER_TOKEN"]);
  });

  test("a lock that stays is named, and left alone", async () => {
    const lock = `${file()}.lock`;
    writeFileSync(lock, "1\n");
    await expect(run()).rejects.toThrow(
      "services/tiny.sealed.json.lock is there since 10.0 s or longer: another process writes services/tiny.sealed.json, or one was killed while it did; nothing was written\nif no gatehouse seal runs here, remove it and run this again",
    );
    expect(readFileSync(file(), "utf8")).toBe("{}\n");
    rmSync(lock);
  });

  test("a link in the place of the file or its directory is refused: it would be written elsewhere", async () => {
    const elsewhere = join(root, "elsewhere.json");
    writeFileSync(elsewhere, "{}\n");
    rmSync(file());
    symlinkSync(elsewhere, file());
    await expect(run()).rejects.toThrow("services/tiny.sealed.json is no plain file; nothing was written");
    expect(readFileSync(elsewhere, "utf8")).toBe("{}\n");
  });

  test("nothing is written once it is interrupted, also when the value was given already", async () => {
    const controller = new AbortController();
    const value = async () => {
      controller.abort(new Error("interrupted"));
      return Buffer.from(CANARY);
    };
    expect(await refusal({ signal: controller.signal, value })).toBe("interrupted");
  });
});
