import { minimalRefusals, posRefusals } from "./fixture";

describe("the organization says what all services share", () => {
  test("a plan that doesn't exist is refused", () => {
    expect(minimalRefusals({}, { organization: { "github.plan": "pro" } })).toEqual([
      {
        path: "github.plan",
        came: '"pro"',
        expected: 'the organization\'s GitHub plan: "free", "team", "enterprise"',
        remedy: 'write one of "free", "team", "enterprise"',
      },
    ]);
  });

  test("a login that GitHub doesn't give is refused", () => {
    expect(minimalRefusals({}, { organization: { "github.login": "ex--ample" } })).toEqual([
      {
        path: "github.login",
        came: '"ex--ample"',
        expected: "the login of a GitHub organization: at most 39 letters, digits and single dashes",
        remedy: "copy it from https://github.com/<login>",
      },
    ]);
  });

  test("a Cloudflare account that isn't an id is refused", () => {
    expect(posRefusals({}, { organization: { "cloudflare.accountId": "my account" } })).toEqual([
      {
        path: "cloudflare.accountId",
        came: '"my account"',
        expected: "32 hexadecimal digits, lower-case",
        remedy:
          "copy the id from the Cloudflare dashboard (account home → ⋯ → copy account id; zone → overview → zone id)",
      },
    ]);
  });

  test("a state backend that doesn't exist is refused", () => {
    expect(minimalRefusals({}, { organization: { state: { kind: "gcs", bucket: "states" } } })).toEqual([
      {
        path: "state.kind",
        came: '"gcs"',
        expected: 'a state backend of kind "local", "s3", "pg" or "cloud"',
        remedy: 'write { kind: "local" } for a first look',
      },
    ]);
  });

  test("a state in S3 needs a bucket and a region", () => {
    expect(minimalRefusals({}, { organization: { state: { kind: "s3" } } })).toEqual([
      {
        path: "state.bucket",
        came: "nothing",
        expected: "the name of a bucket: 3 to 63 of a–z, 0–9, . and -",
        remedy: "write the bucket's name",
      },
      {
        path: "state.region",
        came: "nothing",
        expected: 'a region such as "eu-central-1", or "auto" for R2',
        remedy: "write the bucket's region",
      },
    ]);
  });

  test("an endpoint in clear is refused", () => {
    expect(
      minimalRefusals(
        {},
        {
          organization: { state: { kind: "s3", bucket: "states", region: "auto", endpoint: "http://localhost:9000" } },
        },
      ),
    ).toEqual([
      {
        path: "state.endpoint",
        came: '"http://localhost:9000"',
        expected: "an https URL",
        remedy: "write the endpoint, beginning with https://",
      },
    ]);
  });

  test("a credential in the state backend is refused", () => {
    expect(
      minimalRefusals({}, { organization: { state: { kind: "pg", connStr: "postgres://user:password@host/db" } } }),
    ).toEqual([
      {
        path: "state.connStr",
        came: 'the property "connStr"',
        expected: "a property that the declaration language has",
        remedy: "remove it, or correct its name",
      },
    ]);
  });

  test("an organization ruleset is refused on the free plan", () => {
    expect(
      minimalRefusals({}, { organization: { "github.plan": "free", "github.protectDefaultBranches": true } }),
    ).toEqual([
      {
        path: "github.protectDefaultBranches",
        came: 'organization rulesets on the GitHub plan "free"',
        expected: 'the GitHub plan "team" or "enterprise"',
        remedy: "drop protectDefaultBranches: every repository has its own rulesets",
        source:
          "https://docs.github.com/en/organizations/managing-organization-settings/creating-rulesets-for-repositories-in-your-organization",
      },
    ]);
  });
});
