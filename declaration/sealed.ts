import { z } from "zod";
import { entryKey, matching, settingKey, wanted } from "./values";

const date = z.iso.datetime({
  precision: 0,
  error: wanted("a time such as 2026-11-21T09:30:00Z", "seal the value again"),
});

/** A secret's value, sealed for the public key of one environment (libsodium sealed box). Not a secret itself. */
export const SealedValue = z.strictObject({
  /** Base64 of at least 49 bytes: 32 of the ephemeral key, 16 of the tag, and the value. */
  ciphertext: matching(
    /^(?=.{68,})(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    "base64 of a libsodium sealed box (at least 49 bytes)",
    "seal the value; if this is the value itself it has leaked: revoke it",
    "https://docs.github.com/en/rest/guides/encrypting-secrets-for-the-rest-api",
  ),
  /** Id of the environment's public key at the time. */
  keyId: matching(/^\d{1,20}$/, "the id of the environment's public key", "seal the value again"),
  /** Id of the token at its provider, which revokes it; of a value that Gatehouse made. @default - a value that somebody typed */
  tokenId: matching(/^[0-9a-f]{32}$/, "the id of a token: 32 hexadecimal digits", "seal the value again").optional(),
  owner: entryKey,
  sealedAt: date,
  rotateBy: date,
});

export type SealedValue = z.infer<typeof SealedValue>;

/** Sealed values of one service: environment → key → value. */
export const SealedSecrets = z.record(entryKey, z.record(settingKey, SealedValue), {
  error: wanted("sealed values by environment and key", "write {} while nothing is sealed"),
});
export type SealedSecrets = z.infer<typeof SealedSecrets>;
