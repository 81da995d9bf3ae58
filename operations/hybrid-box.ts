import { constants, createCipheriv, type KeyObject, publicEncrypt, randomBytes } from "node:crypto";

const SESSION_KEY_BYTES = 32;
/** Each session key seals one value, so the nonce may be zero. */
const NONCE = Buffer.alloc(12);

/**
 * A value as the controller of Sealed Secrets opens it: an AES-256 key of its own in RSA-OAEP (SHA-256), and the value in AES-GCM under it. Two
 * bytes of length, the sealed key, the sealed value, the tag.
 * https://github.com/bitnami-labs/sealed-secrets/blob/v0.36.6/pkg/crypto/crypto.go
 *
 * @param label opens with the same label only: it ties the value to one Secret
 * @returns Base64
 */
export function hybridBox(value: Uint8Array, key: KeyObject, label: string): string {
  const sessionKey = randomBytes(SESSION_KEY_BYTES);
  const sealedKey = publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256", oaepLabel: Buffer.from(label) },
    sessionKey,
  );
  const length = Buffer.alloc(2);
  length.writeUInt16BE(sealedKey.length);
  const cipher = createCipheriv("aes-256-gcm", sessionKey, NONCE);
  const sealed = Buffer.concat([cipher.update(value), cipher.final()]);
  return Buffer.concat([length, sealedKey, sealed, cipher.getAuthTag()]).toString("base64");
}
