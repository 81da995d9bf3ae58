import { type SecretsReport, secrets } from "../../operations/secrets";
import { minimalFleet } from "../declaration/fixture";
import { type GithubSays, World } from "./preflight-world";
import { RecordingConsole } from "./recording-console";

const REPOSITORY = "/repos/example/tiny";
const NOW = Date.parse("2026-11-01T00:00:00Z");
const secret = {
  kind: "secret",
  description: "A token",
  owner: "maintainers",
  local: "absent",
  environments: ["production"],
  rotateEveryDays: 90,
};
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

const nothing: Readonly<Record<string, GithubSays>> = {
  [`${REPOSITORY}/environments`]: { body: { environments: [{ name: "production" }] } },
  [`${REPOSITORY}/environments/production/secrets`]: names(),
  [`${REPOSITORY}/actions/secrets`]: names(),
  [`${REPOSITORY}/actions/organization-secrets`]: names(),
  [`${REPOSITORY}/dependabot/secrets`]: names(),
};

let world: World;
afterEach(() => world.close());

async function run(
  github: Readonly<Record<string, GithubSays>>,
  { settings = { TOKEN: secret } as object, values = {} as object, environment = {}, json = true } = {},
) {
  world = await World.of({ github: { ...nothing, ...github } });
  const console = new RecordingConsole();
  const fleet = minimalFleet({ service: { settings }, sealed: values });
  const options = { service: "tiny", json, environment: { ...world.environment, ...environment } };
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
        answer: "as declared",
        said: "set on 2026-09-01, due 2026-11-30",
      },
    ]);
    expect(code).toBe(0);
  });

  test("what is declared and not set differs, an optional one excepted", async () => {
    const { code, found } = await run({}, { settings: { TOKEN: secret, DSN: { ...secret, optional: true } } });
    expect(found.map(({ key, answer, said, todo }) => [key, answer, said, todo])).toEqual([
      ["TOKEN", "differs", "declared, and not set", "maintainers seals it, or sets it in its environment"],
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
    const set = names(["TOKEN", "2026-01-01T00:00:00Z"]);
    const again = await run({ [`${REPOSITORY}/environments/production/secrets`]: set }, { values });
    expect(again.found).toMatchObject([{ answer: "as declared", said: "set on 2026-01-01, due 2026-12-14" }]);
  });

  test("what was set by hand is overdue after its days", async () => {
    const { code, found } = await run({
      [`${REPOSITORY}/environments/production/secrets`]: names(["TOKEN", "2026-08-02T00:00:00Z"]),
    });
    expect(found).toEqual([
      {
        place: "environment production",
        key: "TOKEN",
        answer: "differs",
        said: "set on 2026-08-02, due 2026-10-31: overdue",
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

  test("people get a table and what to do; nothing is written, and no text of GitHub's moves the cursor", async () => {
    const { console } = await run({ [`${REPOSITORY}/actions/secrets`]: names("A\u001b[31m") }, { json: false });
    expect(console.text).toContain("not declared");
    expect(console.text).toContain("to do: maintainers seals it, or sets it in its environment");
    expect(console.text).toContain("secrets of tiny: 0 as declared, 1 differ, 1 not declared, 0 could not be seen");
    expect(console.text).toContain("A\\u001b[31M");
    expect(world.requests.every(({ method }) => method === "GET")).toBe(true);
  });
});
