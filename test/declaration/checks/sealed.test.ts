import { posRefusals } from "../fixture";

/** Sealed for the key of an environment, a year before it is due. */
const value = {
  ciphertext: `${"A".repeat(66)}==`,
  keyId: "568250167242549743",
  owner: "maintainers",
  sealedAt: "2026-11-21T09:30:00Z",
  rotateBy: "2027-11-21T09:30:00Z",
};

describe("what is sealed is a declared secret of its environment", () => {
  test("a sealed value of a declared secret is fine", () => {
    expect(posRefusals({}, { sealed: { production: { SENTRY_DSN: value } } })).toEqual([]);
  });

  test("a sealed value that nobody declared is refused", () => {
    expect(posRefusals({}, { sealed: { production: { SENTRY_DNS: value } } })).toEqual([
      {
        path: "sealed.production.SENTRY_DNS",
        came: 'a sealed value of "SENTRY_DNS" for "production"',
        expected: 'one of the secrets that settings declare for "production": "CLOUDFLARE_API_TOKEN", "SENTRY_DSN"',
        remedy: 'declare it, or remove the sealed value; did you mean "SENTRY_DSN"?',
      },
    ]);
  });

  test("a sealed value for an environment that doesn't have the secret is refused", () => {
    expect(posRefusals({}, { sealed: { "production-backup": { SENTRY_DSN: value } } })).toEqual([
      {
        path: "sealed.production-backup.SENTRY_DSN",
        came: 'a sealed value of "SENTRY_DSN" for "production-backup"',
        expected:
          'one of the secrets that settings declare for "production-backup": "CLOUDFLARE_BACKUP_TOKEN", "BACKUP_R2_ACCESS_KEY_ID", "BACKUP_R2_SECRET_ACCESS_KEY"',
        remedy: "declare it, or remove the sealed value",
      },
    ]);
  });

  test("a sealed value whose owner is nobody is refused", () => {
    expect(posRefusals({}, { sealed: { production: { SENTRY_DSN: { ...value, owner: "sales" } } } })).toEqual([
      {
        path: "sealed.production.SENTRY_DSN.owner",
        came: '"sales"',
        expected: 'one of the roles in owners: "maintainers", "platform", "security"',
        remedy: "seal it again, with an owner that exists",
      },
    ]);
  });

  test("a sealed value that was due before it was sealed is refused", () => {
    expect(posRefusals({}, { sealed: { production: { SENTRY_DSN: { ...value, rotateBy: value.sealedAt } } } })).toEqual(
      [
        {
          path: "sealed.production.SENTRY_DSN.rotateBy",
          came: '"2026-11-21T09:30:00Z"',
          expected: "a time after 2026-11-21T09:30:00Z, when it was sealed",
          remedy: "seal the value again",
        },
      ],
    );
  });

  test("a sealed value that lives longer than its secret is rotated is refused", () => {
    expect(
      posRefusals({}, { sealed: { production: { SENTRY_DSN: { ...value, rotateBy: "2028-11-21T09:30:00Z" } } } }),
    ).toEqual([
      {
        path: "sealed.production.SENTRY_DSN.rotateBy",
        came: '"2028-11-21T09:30:00Z"',
        expected: "a time at most 365 days after 2026-11-21T09:30:00Z, as settings.SENTRY_DSN.rotateEveryDays says",
        remedy: "seal a new value",
      },
    ]);
  });

  test("a value in clear in a sealed one's place is refused and not shown", () => {
    expect(
      posRefusals(
        {},
        { sealed: { production: { SENTRY_DSN: { ...value, ciphertext: "https://s3cr3t@sentry.example.com/1" } } } },
      ),
    ).toEqual([
      {
        path: "production.SENTRY_DSN.ciphertext",
        came: "a value that is not shown",
        expected: "base64 of a libsodium sealed box (at least 49 bytes)",
        remedy: "seal the value; if this is the value itself it has leaked: revoke it",
        source: "https://docs.github.com/en/rest/guides/encrypting-secrets-for-the-rest-api",
      },
    ]);
  });

  test("a date that doesn't exist is refused", () => {
    expect(
      posRefusals(
        {},
        {
          sealed: {
            production: {
              SENTRY_DSN: { ...value, sealedAt: "2026-02-30T09:30:00Z", rotateBy: "2026-03-21T09:30:00Z" },
            },
          },
        },
      ),
    ).toEqual([
      {
        path: "production.SENTRY_DSN.sealedAt",
        came: "a value that is not shown",
        expected: "a time such as 2026-11-21T09:30:00Z",
        remedy: "seal the value again",
      },
    ]);
  });
});
