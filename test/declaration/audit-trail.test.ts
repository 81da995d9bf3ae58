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
        remedy: "declare the public key with which entries are verified",
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
