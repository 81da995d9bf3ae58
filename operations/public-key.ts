import type { GithubAnswer, GithubReader } from "./github-reader";
import { recordOf } from "./record-of";

/** What values are sealed with for one environment. */
export interface PublicKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The key, or why there is none. */
export type KeyAnswer =
  | { readonly kind: "found"; readonly key: PublicKey }
  | { readonly kind: "absent" }
  | { readonly kind: "unseen"; readonly why: string };

/** Of X25519. */
const BYTES = 32;

/**
 * The public key that GitHub has for an environment now.
 *
 * @param repository `/repos/<owner>/<name>`
 * https://docs.github.com/en/rest/actions/secrets#get-an-environment-public-key
 */
export async function environmentKey(
  github: Pick<GithubReader, "get">,
  repository: string,
  environment: string,
): Promise<KeyAnswer> {
  const path = `${repository}/environments/${encodeURIComponent(environment)}/secrets/public-key`;
  const answer: GithubAnswer = await github.get(path);
  if (answer.kind !== "found") return answer;
  const { key_id: id, key } = recordOf(answer.value);
  if (typeof id !== "string" || !/^\d{1,20}$/.test(id))
    return { kind: "unseen", why: `GitHub's answer to ${path} has no key id of 1 to 20 digits` };
  const bytes = typeof key === "string" ? Buffer.from(key, "base64") : Buffer.alloc(0);
  // Node's decoder passes over what is no base64; what it makes of the rest is not what GitHub meant.
  if (bytes.length !== BYTES || bytes.toString("base64") !== key)
    return { kind: "unseen", why: `GitHub's answer to ${path} is no public key: expected base64 of ${BYTES} bytes` };
  return { kind: "found", key: { id, bytes } };
}
