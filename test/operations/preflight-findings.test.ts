import type { Fleet, ServiceEntry } from "../../declaration/fleet";
import { GithubReader } from "../../operations/github-reader";
import { exitCodeOf, type Finding, worst } from "../../operations/preflight-finding";
import { ownersFindings } from "../../operations/preflight-owners";
import { repositoryFindings } from "../../operations/preflight-repository";
import { secretsFindings } from "../../operations/preflight-secrets";
import type { Changes } from "../declaration/change";
import { type FleetChanges, minimalFleet, summitFleet } from "../declaration/fixture";
import { World, type WorldProps } from "./preflight-world";

const REPOSITORY = "/repos/openclaw/summit";

let world: World;
beforeEach(async () => {
  world = await World.of({});
});
afterEach(() => world.close());

interface Looked {
  readonly fleet: Fleet;
  readonly entry: ServiceEntry;
  readonly github: GithubReader;
}

async function look(props: WorldProps, changes: FleetChanges = {}, environment = {}): Promise<Looked> {
  await world.close();
  world = await World.of(props);
  const all = { ...world.environment, ...environment };
  const fleet = summitFleet(changes);
  const [entry] = fleet.services;
  if (entry === undefined) throw new Error("a fleet without a service");
  return { fleet, entry, github: new GithubReader({ environment: all }) };
}

function named(findings: readonly Finding[], what: string): Finding | undefined {
  return findings.find((finding) => finding.what === what);
}

test("what could not be seen is never taken for well, and a failure is never hidden by it", () => {
  expect(exitCodeOf([{ sight: "ok" }])).toBe(0);
  expect(exitCodeOf([{ sight: "ok" }, { sight: "unseen" }])).toBe(1);
  expect(exitCodeOf([{ sight: "unseen" }, { sight: "failed" }, { sight: "ok" }])).toBe(2);
  expect(worst([])).toBe("unseen");
});

describe("owners", () => {
  const teams = {
    "/orgs/openclaw/teams": { body: ["summit-maintainers", "platform", "secops"].map((slug) => ({ slug })) },
  };

  test("each of the five roles is named with its team, and GitHub has the teams", async () => {
    const { fleet, entry, github } = await look({ github: teams });
    const findings = await ownersFindings(fleet, entry.service, github);
    expect(named(findings, "owner: release-captain")).toEqual({
      what: "owner: release-captain",
      sight: "ok",
      said: "the team release-captains",
    });
    expect(named(findings, "team: secops")?.sight).toBe("ok");
    expect(named(findings, "team: data")).toEqual({
      what: "team: data",
      sight: "failed",
      said: "openclaw has no such team that this token sees",
      todo: "deploy the stack organization: it makes the teams",
    });
  });

  test("a role that nobody plays has failed", async () => {
    const { github } = await look({ github: teams });
    const [tiny] = minimalFleet().services;
    if (tiny === undefined) throw new Error("a fleet without a service");
    const findings = await ownersFindings(minimalFleet(), tiny.service, github);
    expect(findings.slice(0, 5).map(({ sight }) => sight)).toEqual(Array(5).fill("failed"));
    expect(findings[3]?.said).toBe("nobody answers for database schemas and their migrations");
  });

  test.each([
    ["404, as for a token without access", {}, /does not see an organization openclaw/],
    ["403", { "/orgs/openclaw/teams": { status: 403 } }, /answered 403/],
  ])("after %s teams could not be seen", async (_what, github, why) => {
    const { fleet, entry, github: reader } = await look({ github });
    const finding = named(await ownersFindings(fleet, entry.service, reader), "team: data");
    expect(finding).toMatchObject({ sight: "unseen", said: expect.stringMatching(why) });
  });
});

describe("token and repository", () => {
  const MAY = "token: may write rulesets and environments";
  const admin = { private: false, permissions: { admin: true } };

  async function finding(
    github: NonNullable<WorldProps["github"]>,
    service: Changes = {},
    what = MAY,
  ): Promise<Finding | undefined> {
    const looked = await look({ github }, { service });
    return named(await repositoryFindings(looked.fleet.organization, looked.entry.service, looked.github), what);
  }

  test("an administrator's classic token with the scope repo may", async () => {
    const headers = { "x-oauth-scopes": "repo, read:org" };
    expect(await finding({ [REPOSITORY]: { body: admin, headers } })).toMatchObject({
      sight: "ok",
      said: "an administrator's classic token with repo, read:org",
    });
  });

  test("one without the scope may not, and public_repo is enough for public repositories only", async () => {
    expect(await finding({ [REPOSITORY]: { body: admin, headers: { "x-oauth-scopes": "read:org" } } })).toMatchObject({
      sight: "failed",
      said: "a classic token without the scope repo; it has read:org",
    });
    const headers = { "x-oauth-scopes": "public_repo" };
    expect(await finding({ [REPOSITORY]: { body: { ...admin, private: true }, headers } })).toMatchObject({
      sight: "failed",
    });
    expect(await finding({ [REPOSITORY]: { body: admin, headers } })).toMatchObject({ sight: "ok" });
  });

  test("somebody who does not administer the repository may not", async () => {
    expect(await finding({ [REPOSITORY]: { body: { permissions: { admin: false, push: true } } } })).toMatchObject({
      sight: "failed",
      said: "whose token it is does not administer the repository",
    });
  });

  test.each([[{}], [{ permissions: null }], [{ permissions: { admin: "yes" } }], [[]], [null], ["admin"]])(
    "an answer such as %j says nothing of permissions: not seen",
    async (body) => {
      expect(await finding({ [REPOSITORY]: { body } })).toMatchObject({
        sight: "unseen",
        said: "GitHub's answer says nothing of permissions",
      });
    },
  );

  test("of a token that is no classic one, a ruleset tells: who sees its bypass may write it", async () => {
    const rulesets = { [`${REPOSITORY}/rulesets`]: { body: [{ id: 7, source_type: "Repository" }] } };
    const with7 = (body: object) => ({
      [REPOSITORY]: { body: admin },
      ...rulesets,
      [`${REPOSITORY}/rulesets/7`]: { body },
    });
    expect(await finding(with7({ bypass_actors: [] }))).toMatchObject({ sight: "ok" });
    expect(await finding(with7({ name: "main" }))).toMatchObject({
      sight: "failed",
      said: "it does not see who may bypass a ruleset: it may not write it",
    });
  });

  test("without a ruleset of the repository's own it could not be seen", async () => {
    const organizations = { [`${REPOSITORY}/rulesets`]: { body: [{ id: 7, source_type: "Organization" }] } };
    expect(await finding({ [REPOSITORY]: { body: admin }, ...organizations })).toMatchObject({
      sight: "unseen",
      said: expect.stringContaining("there is no ruleset to tell by"),
    });
  });

  test("a repository that isn't there is made; one to be adopted could not be seen", async () => {
    expect(await finding({}, {}, "repository")).toMatchObject({
      sight: "ok",
      said: expect.stringContaining("Terraform makes it"),
    });
    expect(await finding({}, {})).toMatchObject({ sight: "unseen" });
    expect(await finding({}, { "repository.adopt": true }, "repository")).toMatchObject({ sight: "unseen" });
  });

  test("one that is there in the phase 0 must be said to be adopted", async () => {
    const there = { [REPOSITORY]: { body: admin } };
    expect(await finding(there, { phase: 0 }, "repository")).toMatchObject({
      sight: "failed",
      todo: "write repository.adopt: true, or choose another name",
    });
    expect(await finding(there, { phase: 0, "repository.adopt": true }, "repository")).toMatchObject({ sight: "ok" });
    expect(await finding(there, { phase: 1 }, "repository")).toMatchObject({ sight: "ok" });
  });
});

describe("secrets", () => {
  const secretsOf = (environment: string, ...names: string[]) => ({
    [`${REPOSITORY}/environments/${environment}/secrets`]: { body: { secrets: names.map((name) => ({ name })) } },
  });
  const sealedValue = {
    ciphertext: `${"A".repeat(66)}==`,
    keyId: "568250167242549743",
    owner: "data",
    sealedAt: "2026-11-21T09:30:00Z",
    rotateBy: "2027-11-21T09:30:00Z",
  };

  async function findings(
    github: NonNullable<WorldProps["github"]>,
    changes: FleetChanges = {},
  ): Promise<readonly Finding[]> {
    const looked = await look({ github }, changes);
    return secretsFindings(looked.fleet, looked.entry, looked.github);
  }

  test("every declared secret of every environment is looked for, and no other", async () => {
    const found = await findings({ [REPOSITORY]: { body: {} }, ...secretsOf("stage", "REGISTRY_USER", "OTHER") });
    const whats = found.map(({ what }) => what);
    for (const what of [
      "secret: REGISTRY_USER (stage)",
      "secret: REGISTRY_TOKEN (prod)",
      "secret: COSIGN_PRIVATE_KEY (stage)",
      "secret: COSIGN_PASSWORD (stage)",
      "secret: KUBE_CONFIG (prod)",
      "secret: PG_DRYRUN_CONN (migrations)",
      "secret: RENOVATE_TOKEN (renovate)",
    ])
      expect(whats).toContain(what);
    expect(whats.join()).not.toContain("OTHER");
    expect(named(found, "secret: REGISTRY_USER (stage)")).toMatchObject({ sight: "ok", said: "set in GitHub" });
  });

  test("one that is declared and not set has failed, with whose it is", async () => {
    const found = await findings({ [REPOSITORY]: { body: {} }, ...secretsOf("stage", "REGISTRY_USER") });
    expect(named(found, "secret: COSIGN_PASSWORD (stage)")).toEqual({
      what: "secret: COSIGN_PASSWORD (stage)",
      sight: "failed",
      said: "declared, not sealed, and not set in GitHub",
      todo: "security seals it: npx gatehouse seal summit <environment> <name>; or sets it: gh secret set <name> --env <environment>",
    });
    expect(named(found, "secret: KUBE_CONFIG (prod)")).toMatchObject({
      sight: "failed",
      said: expect.stringContaining("the environment is not there yet"),
    });
  });

  test("one that is sealed is set by Terraform, whatever GitHub says", async () => {
    const found = await findings({}, { sealed: { migrations: { PG_DRYRUN_CONN: sealedValue } } });
    expect(named(found, "secret: PG_DRYRUN_CONN (migrations)")).toMatchObject({
      sight: "ok",
      said: "sealed; Terraform sets it",
    });
  });

  test("where the repository or the list can't be seen, nothing is said of secrets", async () => {
    const found = await findings({});
    expect(new Set(found.map(({ sight }) => sight))).toEqual(new Set(["unseen"]));
    const refused = await findings({
      [REPOSITORY]: { body: {} },
      [`${REPOSITORY}/environments/stage/secrets`]: { status: 403, body: {} },
    });
    expect(named(refused, "secret: KUBE_CONFIG (stage)")).toMatchObject({
      sight: "unseen",
      said: expect.stringContaining("GitHub answered 403"),
    });
  });

  test.each([[{ secrets: "all" }], [[]], [{ secrets: { REGISTRY_USER: true } }]])(
    "a list such as %j is not seen",
    async (body) => {
      const found = await findings({
        [REPOSITORY]: { body: {} },
        [`${REPOSITORY}/environments/stage/secrets`]: { body },
      });
      expect(named(found, "secret: KUBE_CONFIG (stage)")?.sight).toBe("unseen");
    },
  );

  test("an optional one may be missing", async () => {
    const found = await findings(
      { [REPOSITORY]: { body: {} }, ...secretsOf("migrations") },
      { service: { "settings.PG_DRYRUN_CONN.optional": true } },
    );
    expect(named(found, "secret: PG_DRYRUN_CONN (migrations)")).toMatchObject({
      sight: "ok",
      said: "not set; the service works without it",
    });
  });
});
