import type { z } from "zod";
import { missingSecrets } from "../../declaration/missing-secrets";
import type { SealedValue } from "../../declaration/sealed";
import { openclawPos } from "../../services/openclaw-pos";

const sealedValue: z.infer<typeof SealedValue> = {
  ciphertext: `${"A".repeat(66)}==`,
  keyId: "1",
  owner: "platform",
  sealedAt: "2026-11-21T09:30:00Z",
  rotateBy: "2027-02-19T09:30:00Z",
};

test("every secret of every environment is missing until somebody seals it", () => {
  const missing = missingSecrets({ service: openclawPos, sealed: {}, stateful: {} });
  expect(missing.map(({ environment, key }) => `${environment} ${key}`)).toEqual([
    "staging CLOUDFLARE_API_TOKEN",
    "staging SENTRY_DSN",
    "production CLOUDFLARE_API_TOKEN",
    "production SENTRY_DSN",
    "production-backup CLOUDFLARE_BACKUP_TOKEN",
    "production-backup BACKUP_R2_ACCESS_KEY_ID",
    "production-backup BACKUP_R2_SECRET_ACCESS_KEY",
    "production-restore CLOUDFLARE_BACKUP_TOKEN",
    "production-restore BACKUP_R2_ACCESS_KEY_ID",
    "production-restore BACKUP_R2_SECRET_ACCESS_KEY",
    "production-restore BACKUP_AGE_IDENTITY",
  ]);
});

test("a missing secret says who answers for it and whether the service works without it", () => {
  const missing = missingSecrets({ service: openclawPos, sealed: {}, stateful: {} });
  expect(missing[1]).toEqual({
    service: "openclaw-pos",
    stage: "staging",
    environment: "staging",
    key: "SENTRY_DSN",
    owner: "maintainers",
    optional: true,
  });
  expect(missing[4]).toMatchObject({ stage: "production", environment: "production-backup", optional: false });
});

test("a secret that is sealed for one environment is still missing in the others", () => {
  const sealed = { production: { CLOUDFLARE_API_TOKEN: sealedValue } };
  const missing = missingSecrets({ service: openclawPos, sealed, stateful: {} });
  const environments = missing
    .filter(({ key }) => key === "CLOUDFLARE_API_TOKEN")
    .map(({ environment }) => environment);
  expect(environments).toEqual(["staging"]);
});
