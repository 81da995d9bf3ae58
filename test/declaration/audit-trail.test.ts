import { minimalRefusals } from "./fixture";

/** The example key of RFC 8410, section 10.1. */
const PUBLIC_KEY = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";

const refusals = (audit: unknown) => minimalRefusals({}, { organization: { audit } });

describe("the organization says where its audit trail is, and who signs it (MAE-6)", () => {
  test("in a directory, by keys, one of which is out of use", () => {
    const signers = { ci: { publicKey: PUBLIC_KEY }, before: { publicKey: PUBLIC_KEY, until: "2026-11-01T00:00:00Z" } };
    expect(refusals({ directory: "audit/trail", signers })).toEqual([]);
  });

  test("a trail that nobody signs can't be verified", () => {
    expect(refusals({ directory: "audit", signers: {} })).toEqual([
      {
        path: "audit.signers",
        came: "{}",
        expected: "at least one signer",
        remedy: "declare the public key, or the workflow, whose entries are believed",
      },
    ]);
  });

  test.each([
    ["half a key", PUBLIC_KEY.slice(0, 40)],
    ["a key of another kind", `MCowBQYDK2VuAyEA${PUBLIC_KEY.slice(16)}`],
    ["a spelling of the same key that OpenSSL doesn't write", PUBLIC_KEY.replace("E=", "F=")],
    ["the whole of the PEM", `-----BEGIN PUBLIC KEY-----\n${PUBLIC_KEY}\n-----END PUBLIC KEY-----`],
  ])("%s is no signer", (_what, publicKey) => {
    expect(refusals({ directory: "audit", signers: { ci: { publicKey } } })).toMatchObject([
      {
        path: "audit.signers.ci.publicKey",
        expected: "the middle line of an ed25519 public key in PEM, which begins with MCowBQYDK2VwAyEA",
        source: "https://datatracker.ietf.org/doc/html/rfc8410#section-4",
      },
    ]);
  });

  const identity = "https://github.com/example/gatehouse/.github/workflows/deploy.yml@refs/heads/main";
  const issuer = "https://token.actions.githubusercontent.com";

  test.each([
    ["a workflow", { identity, issuer }],
    ["one that signs no more", { identity, issuer, until: "2026-11-01T00:00:00Z" }],
    ["one of an enterprise with an issuer of its own", { identity, issuer: `${issuer}/octo-enterprise` }],
  ])("%s signs without a key", (_what, deploy) => {
    expect(refusals({ directory: "audit", signers: { deploy } })).toEqual([]);
  });

  test.each([
    ["a pattern", identity.replace("deploy.yml", "*.yml")],
    ["no ref", identity.replace(/@.*/, "")],
    ["a pull request's ref", identity.replace("heads/main", "pull/7/merge")],
    ["a file that is no workflow", identity.replace(".github/workflows", "scripts")],
    ["a host that looks like it", identity.replace("github.com", "github.com.example.com")],
    ["a workflow as GitHub's variables have it", identity.replace("https://github.com/", "")],
  ])("%s is no identity", (_what, wrong) => {
    expect(refusals({ directory: "audit", signers: { deploy: { identity: wrong, issuer } } })).toMatchObject([
      {
        path: "audit.signers.deploy.identity",
        expected:
          "a workflow and the ref that it runs from: https://github.com/<owner>/<repository>/.github/workflows/<file>@refs/heads/<branch>",
        remedy: "write it out: the whole of it is compared, so a pattern matches nothing",
        source: "https://github.com/sigstore/fulcio/blob/main/docs/oidc.md#github",
      },
    ]);
  });

  test.each(["https://accounts.google.com", `${issuer}/`, "https://token.actions.githubusercontent.com.example.com"])(
    "%s does not say who a run is",
    (wrong) => {
      expect(refusals({ directory: "audit", signers: { deploy: { identity, issuer: wrong } } })).toMatchObject([
        {
          path: "audit.signers.deploy.issuer",
          expected: "GitHub's issuer of identity tokens",
          remedy:
            "write https://token.actions.githubusercontent.com, with /<enterprise> behind it where the enterprise has one of its own",
        },
      ]);
    },
  );

  test.each([
    ["a workflow of which nobody vouches", { identity }],
    ["both", { publicKey: PUBLIC_KEY, identity, issuer }],
    ["neither", {}],
  ])("a signer is a key or a workflow, not %s", (_what, signer) => {
    expect(refusals({ directory: "audit", signers: { ci: signer } })).toMatchObject([
      {
        path: "audit.signers.ci",
        expected: "a key (publicKey), or a workflow (identity and issuer)",
        remedy: "declare one of the two",
      },
    ]);
  });

  test.each(["../elsewhere", "/var/audit", ""])("the directory %p is not in the project", (directory) => {
    expect(refusals({ directory, signers: { ci: { publicKey: PUBLIC_KEY } } })).toMatchObject([
      {
        path: "audit.directory",
        remedy: "write it relative to the repository's root, without .., // or a dash in front",
      },
    ]);
  });

  test("in a bucket of its own account", () => {
    const audit = { bucket: { name: "openclaw-audit" }, signers: { ci: { publicKey: PUBLIC_KEY } } };
    const cloudflare = { accountId: "023e105f4ecef8ad9ca31a8372d0c353", zones: {} };
    expect(minimalRefusals({}, { organization: { audit, cloudflare } })).toEqual([]);
    expect(refusals(audit)).toEqual([
      {
        path: "audit.bucket",
        came: "a bucket, and no account to make it in",
        expected: "cloudflare.accountId, where there is a bucket",
        remedy: "declare cloudflare, or keep the trail in a directory",
      },
    ]);
  });

  test.each([
    ["nowhere", {}],
    ["in two places", { directory: "audit", bucket: { name: "openclaw-audit" } }],
  ])("a trail is not %s", (_where, place) => {
    expect(refusals({ ...place, signers: { ci: { publicKey: PUBLIC_KEY } } })).toMatchObject([
      { path: "audit", expected: "either a directory or a bucket: a trail is in one place" },
    ]);
  });

  test("a key is out of use from a time on", () => {
    const signers = { ci: { publicKey: PUBLIC_KEY, until: "tomorrow" } };
    expect(refusals({ directory: "audit", signers })).toMatchObject([
      { path: "audit.signers.ci.until", expected: "a time such as 2026-11-21T09:30:00Z" },
    ]);
  });
});
