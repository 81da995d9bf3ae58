import sodium from "libsodium-wrappers";
import type { PublicKey } from "./public-key";

/**
 * A libsodium sealed box: only who has the private key opens it, not even who sealed it; and it doesn't say who that was. It is 48 bytes longer
 * than the value.
 *
 * @returns Base64, as GitHub takes it
 * https://docs.github.com/en/rest/guides/encrypting-secrets-for-the-rest-api
 */
export async function sealedBox(value: Uint8Array, { bytes }: Pick<PublicKey, "bytes">): Promise<string> {
  await sodium.ready;
  return sodium.to_base64(sodium.crypto_box_seal(value, bytes), sodium.base64_variants.ORIGINAL);
}
