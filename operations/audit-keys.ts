import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { TrustedKey } from "./audit-envelope";
import { Failure } from "./failure";

export const HOW_TO_MAKE =
  "make one with openssl genpkey -algorithm ed25519 -out <file>, and keep it away from the repository";

/**
 * The key that signs: of the file, or else PEM in `GATEHOUSE_AUDIT_KEY`. Undefined where there is neither.
 * @throws Failure that shows nothing of it
 */
export async function signingKey(
  file: string | undefined,
  { GATEHOUSE_AUDIT_KEY: pem }: Readonly<Record<string, string | undefined>>,
): Promise<KeyObject | undefined> {
  if (file === undefined && !pem) return undefined;
  const where = file ?? "GATEHOUSE_AUDIT_KEY";
  const text = file === undefined ? pem : await read(file);
  return ed25519(where, "private", () => createPrivateKey(text ?? ""));
}

/** Keys to verify with. @throws Failure when one can't be read */
export function keysOfFiles(files: readonly string[]): Promise<readonly TrustedKey[]> {
  return Promise.all(
    files.map(async (file) => {
      const text = await read(file);
      if (/PRIVATE KEY/.test(text))
        throw new Failure(`${file} holds a private key\nexpected the public one: openssl pkey -in ${file} -pubout`);
      return { name: file, key: ed25519(file, "public", () => createPublicKey(text)), until: undefined };
    }),
  );
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new Failure(`the key ${file} can't be read: ${(error as NodeJS.ErrnoException).code ?? "unknown"}`);
  }
}

/** What OpenSSL says of a bad key may quote it. */
function ed25519(where: string, kind: string, parse: () => KeyObject): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = parse();
  } catch {
    // Said below, without what came.
  }
  if (key?.asymmetricKeyType === "ed25519") return key;
  const came = key === undefined ? "no key that can be read" : `a key of the kind ${key.asymmetricKeyType}`;
  throw new Failure(`${where} holds ${came}\nexpected an ed25519 ${kind} key in PEM\n${HOW_TO_MAKE}`);
}
