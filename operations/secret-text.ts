import { Failure } from "./failure";

/** GitHub's limit for one secret, 48 KB: https://docs.github.com/en/actions/reference/security/secrets#limits-for-secrets */
export const MOST_BYTES = 48 * 1024;

/**
 * A value as it is sealed. What could be a slip of the hand is refused or, a line break that a shell adds at the end, left out; the value itself
 * is in no message.
 *
 * @param asIs every byte was meant: several lines, blanks at the ends, a line break at the end
 * @param limit whose limit MOST_BYTES is
 * @throws Failure when it can't be a secret
 */
export function secretText(came: Uint8Array, asIs: boolean, limit = "GitHub's limit for a secret"): Uint8Array {
  if (came.length > MOST_BYTES)
    throw new Failure(
      `the value has more than ${MOST_BYTES.toLocaleString("en")} bytes, which is ${limit}; nothing was sealed\nseal a key, and keep the large thing encrypted with it: https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets#storing-large-secrets`,
    );
  const text = decoded(came);
  if (text.trim() === "")
    throw new Failure(
      "the value is empty; nothing was sealed\ntype it at the prompt, or write it to the command's standard input: <what prints it> | npx gatehouse seal …",
    );
  if (asIs) return came;
  const line = text.replace(/\r?\n$/, "");
  if (/[\r\n]/.test(line))
    throw new Failure(
      "the value has more than one line; nothing was sealed\nif that is right, as of a key or a kubeconfig, give it on standard input with --as-is, which takes every byte of it",
    );
  if (line !== line.trim())
    throw new Failure(
      "the value begins or ends with blanks; nothing was sealed\nleave them out, or take every byte as it is: --as-is",
    );
  return Buffer.from(line);
}

/** A workflow or a container gets it as an environment variable: text, without what no variable can hold. */
function decoded(came: Uint8Array): string {
  const text = textOf(came);
  if (text !== undefined && !/(?![\t\r\n])\p{Cc}/u.test(text)) return text;
  throw new Failure(
    "the value is binary, or has control characters; nothing was sealed\nexpected text in UTF-8; seal the base64 of it, and decode it where it is read",
  );
}

function textOf(came: Uint8Array): string | undefined {
  try {
    // A byte order mark is no part of a token, and would be seen by nobody: it stays, to be refused as a blank.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(came);
  } catch {
    return undefined;
  }
}
