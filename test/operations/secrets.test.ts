import { type SecretsReport, secrets } from "../../operations/secrets";
import { minimalFleet, summitFleet } from "../declaration/fixture";
import { SECRET } from "../support/secret-setting";
import { type GithubSays, World } from "./preflight-world";
import { RecordingConsole } from "./recording-console";

const REPOSITORY = "/repos/example/tiny";
const NOW = Date.parse("2026-11-01T00:00:00Z");
const sealed = {
  ciphertext: "A".repeat(68),
  keyId: "1",
  owner: "maintainers",
  sealedAt: "2026-09-15T00:00:00Z",
  rotateBy: "2026-12-14T00:00:00Z",
};
const names = (...set: readonly (string | readonly [string, string])[]): GithubSays => ({
  body: {
    secrets: set.map((one) => (typeof one === "string" ? { name: one } : { name: one[0], updated_at: one[1] })),
  },
});

const publicKey = (id: string): GithubSays => ({
  body: { key_id: id, key: Buffer.alloc(32, 1).toString("base64") },
});

const nothing: Readonly<Record<string, GithubSays>> = {
  [`${REPOSITORY}/environments`]: { body: { environments: [{ name: "production" }] } },
  [`${REPOSITORY}/environments/production/secrets`]: names(),
  [`${REPOSITORY}/environments/production/secrets/public-key`]: publicKey("1"),
  [`${REPOSITORY}/actions/secrets`]: names(),
  [`${REPOSITORY}/actions/organization-secrets`]: names(),
  [`${REPOSITORY}/dependabot/secrets`]: names(),
};

let world: World;
afterEach(() => world.close());

async function run(
  github: Readonly<Record<string, GithubSays>>,
  { settings = { TOKEN: SECRET } as object, values = {} as object, environment = {}, json = true } = {},
) {
  world = await World.of({ github: { ...nothing, ...github } });
  const console = new RecordingConsole();
  const fleet = minimalFleet({ service: { settings }, sealed: values });
  const options = { service: "tiny", json, root: "/nowhere", environment: { ...world.environment, ...environment } };
  const code = await secrets(fleet, options, console, { now: () => NOW });
  return { code, console, found: json ? (console.json as SecretsReport).secrets : [] };
}

describe("gatehouse secrets (HOT-3)", () => {
  test("all is as declared where each is set and none is past its rotation", async () => {
    const { code, found } = await run({
      [`${REPOSITORY}/environments/production/secrets`]: names(["TOKEN", "2026-09-01T10:00:00Z"]),
    });
    expect(found).toEqual([
      {
        place: "environment production",
        key: "TOKEN",
        owner: "maintainers",
        ageDays: 60,
        due: "2026-11-30",
        answer: "as declared",
        said: "set on 2026-09-01",
      },
    ]);
    expect(code).toBe(0);
  });

  test("what is declared and not set differs, an optional one excepted", async () => {
    const { code, found } = await run({}, { settings: { TOKEN: SECRET, DSN: { ...SECRET, optional: true } } });
    expect(found.map(({ key, answer, said, todo }) => [key, answer, said, todo])).toEqual([
      [
        "TOKEN",
        "differs",
        "declared, and not set",
        "maintainers seals it: npx gatehouse seal tiny production TOKEN; or sets it in its environment",
      ],
      ["DSN", "as declared", "not set; the service works without it", undefined],
    ]);
    expect(code).toBe(2);
  });

  test("an environment that isn't there has none of its secrets", async () => {
    const { found } = await run({ [`${REPOSITORY}/environments`]: { body: { environments: [] } } });
    expect(found).toMatchObject([{ key: "TOKEN", answer: "differs" }]);
  });

  test("what is sealed must be set too, and is due when its seal says", async () => {
    const values = { production: { TOKEN: sealed } };
    const { found } = await run({}, { values });
    expect(found).toMatchObject([{ answer: "differs", said: "sealed on 2026-09-15, and not set" }]);
    await world.close();
    const set = names(["TOKEN", "2026-10-01T00:00:00Z"]);
    const again = await run({ [`${REPOSITORY}/environments/production/secrets`]: set }, { values });
    expect(again.found).toMatchObject([
      { ageDays: 47, due: "2026-12-14", answer: "as declared", said: "set on 2026-10-01" },
    ]);
  });

  test("what was set before it was sealed is not what is sealed", async () => {
    const set = names(["TOKEN", "2026-01-01T00:00:00Z"]);
    const { code, found } = await run(
      { [`${REPOSITORY}/environments/production/secrets`]: set },
      { values: { production: { TOKEN: sealed } } },
    );
    expect(found).toMatchObject([
      {
        answer: "differs",
        said: "sealed on 2026-09-15, and what is set is of 2026-01-01",
        todo: "deploy the stages: Terraform sets what is sealed",
      },
    ]);
    expect(code).toBe(2);
  });

  test("a clock that was set back can't tell what is overdue", async () => {
    const { code, found } = await run({
      [`${REPOSITORY}/environments/production/secrets`]: names(["TOKEN", "2026-11-02T00:00:00Z"]),
    });
    expect(found).toMatchObject([
      {
        ageDays: 0,
        answer: "could not be seen",
        said: "set on 2026-11-02, and this machine's clock says 2026-11-01: it can't tell what is overdue",
        todo: "set the clock of this machine",
      },
    ]);
    expect(code).toBe(1);
  });

  test("what is sealed for a key that the environment has no more differs", async () => {
    const set = names(["TOKEN", "2026-09-16T00:00:00Z"]);
    const { code, found } = await run(
      {
        [`${REPOSITORY}/environments/production/secrets`]: set,
        [`${REPOSITORY}/environments/production/secrets/public-key`]: publicKey("2"),
      },
      { values: { production: { TOKEN: sealed } } },
    );
    expect(found).toEqual([
      {
        place: "environment production",
        key: "TOKEN",
        owner: "maintainers",
        ageDays: 47,
        due: "2026-12-14",
        answer: "differs",
        said: "sealed for the key 1, and the environment has another now, 2: it can't be set any more",
        todo: "maintainers seals it again: npx gatehouse seal tiny production TOKEN",
      },
    ]);
    expect(code).toBe(2);
  });

  test("a key that can't be seen is no right key", async () => {
    const { code, found } = await run(
      {
        [`${REPOSITORY}/environments/production/secrets`]: names(["TOKEN", "2026-09-16T00:00:00Z"]),
        [`${REPOSITORY}/environments/production/secrets/public-key`]: { status: 403, body: { message: "No" } },
      },
      { values: { production: { TOKEN: sealed } } },
    );
    expect(found).toMatchObject([{ answer: "could not be seen" }]);
    expect(found[0]?.said).toMatch(
      /^sealed for the key 1, and the environment's key could not be seen: GitHub answered 403/,
    );
    expect(code).toBe(1);
  });

  test("where nothing is sealed, no key is asked for", async () => {
    await run({});
    expect(world.requests.some(({ path }) => path.endsWith("public-key"))).toBe(false);
  });

  test("what was set by hand is overdue after its days", async () => {
    const { code, found } = await run({
      [`${REPOSITORY}/environments/production/secrets`]: names(["TOKEN", "2026-08-02T00:00:00Z"]),
    });
    expect(found).toEqual([
      {
        place: "environment production",
        key: "TOKEN",
        owner: "maintainers",
        ageDays: 91,
        due: "2026-10-31",
        answer: "differs",
        said: "set on 2026-08-02: overdue",
        todo: "maintainers renews it: docs/runbooks/secret-leak.md, Rotation",
      },
    ]);
    expect(code).toBe(2);
  });

  test("what is set in any place and not declared for it is named, with its place", async () => {
    const { code, found } = await run(
      {
        [`${REPOSITORY}/environments`]: { body: { environments: [{ name: "production" }, { name: "old one" }] } },
        [`${REPOSITORY}/environments/production/secrets`]: names("token_old"),
        [`${REPOSITORY}/environments/old%20one/secrets`]: names("TOKEN"),
        [`${REPOSITORY}/actions/secrets`]: names("TOKEN"),
        [`${REPOSITORY}/actions/organization-secrets`]: names(["SHARED", "2026-10-01T00:00:00Z"]),
        [`${REPOSITORY}/dependabot/secrets`]: names("NPM_TOKEN"),
      },
      { settings: {} },
    );
    expect(found.map(({ place, key, answer, said }) => [place, key, answer, said])).toEqual([
      ["environment production", "TOKEN_OLD", "not declared", "set"],
      ["environment old one", "TOKEN", "not declared", "set"],
      ["repository", "TOKEN", "not declared", "set"],
      ["organization", "SHARED", "not declared", "set on 2026-10-01"],
      ["Dependabot", "NPM_TOKEN", "not declared", "set"],
    ]);
    expect(code).toBe(2);
  });

  test.each([
    ["403", { status: 403, body: { message: "Resource not accessible" } }, "GitHub answered 403"],
    ["404", { status: 404, body: {} }, "it is not there, or this token may not list it"],
    ["no list", { body: { secrets: 7 } }, "holds no list"],
    ["no JSON", { text: "<html>" }, "is no JSON"],
  ])("a place that answers with %s could not be seen, which is neither well nor ill", async (_what, says, why) => {
    const { code, found } = await run({
      [`${REPOSITORY}/environments/production/secrets`]: says,
      [`${REPOSITORY}/dependabot/secrets`]: says,
    });
    expect(found.map(({ place, key, answer }) => [place, key, answer])).toEqual([
      ["environment production", "TOKEN", "could not be seen"],
      ["Dependabot", "", "could not be seen"],
    ]);
    expect(found[0]?.said).toContain(why);
    expect(code).toBe(1);
  });

  test("without a list of environments it is not known which others there are", async () => {
    const { code, found } = await run({ [`${REPOSITORY}/environments`]: { status: 404 } }, { settings: {} });
    expect(found).toMatchObject([{ place: "other environments", answer: "could not be seen" }]);
    expect(code).toBe(1);
  });

  test("a date that GitHub doesn't say is no date", async () => {
    const { found } = await run({ [`${REPOSITORY}/environments/production/secrets`]: names("TOKEN") });
    expect(found).toMatchObject([{ answer: "could not be seen", said: "set, and GitHub doesn't say when" }]);
  });

  test("without a token nothing could be seen", async () => {
    const { code, found } = await run({}, { environment: { GITHUB_TOKEN: "" } });
    expect(
      found.every(({ answer, said }) => answer === "could not be seen" && said === "GITHUB_TOKEN is not set"),
    ).toBe(true);
    expect(code).toBe(1);
  });

  test("what is sealed for clusters is among them", async () => {
    world = await World.of({ github: {} });
    const console = new RecordingConsole();
    const options = { service: "summit", json: true, root: "/nowhere", environment: {} };
    expect(await secrets(summitFleet(), options, console, { now: () => NOW })).toBe(1);
    const { secrets: found } = console.json as SecretsReport;
    expect(found.filter(({ place }) => place.startsWith("Secret ")).map(({ place, said }) => [place, said])).toEqual([
      ["Secret summit in summit-stage", "declared, and not sealed"],
      ["Secret summit in summit-prod", "declared, and not sealed"],
    ]);
  });

  test("people get a table and what to do; nothing is written, and no text of GitHub's moves the cursor", async () => {
    const { console } = await run({ [`${REPOSITORY}/actions/secrets`]: names("A\u001b[31m") }, { json: false });
    expect(console.text).toMatch(/place +│ secret +│ owner +│ age +│ due +│ answer +│ seen/);
    expect(console.text).toContain("not declared");
    expect(console.text).toContain("to do: maintainers seals it: npx gatehouse seal tiny production TOKEN");
    expect(console.text).toContain("secrets of tiny: 0 as declared, 1 differ, 1 not declared, 0 could not be seen");
    expect(console.text).toContain("A\\u001b[31M");
    expect(world.requests.every(({ method }) => method === "GET")).toBe(true);
  });
});
