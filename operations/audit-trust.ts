import { createPublicKey, type KeyObject } from "node:crypto";
import type { AuditTrail } from "../declaration/audit-trail";
import type { BundleVerifier, TrustedWorkflow } from "./audit-bundle";
import { keyId, type TrustedKey, type TrustedKeys } from "./audit-envelope";
import { keysOfFiles } from "./audit-keys";
import { Failure } from "./failure";

/** Whose entries are believed. */
export interface AuditTrust {
  readonly keys: TrustedKeys;
  readonly workflows: readonly TrustedWorkflow[];
  /**
   * What verifies entries that a workflow signed; it is made when the first of them comes.
   * @throws Failure when there is nothing to make it from
   */
  readonly sigstore: () => Promise<BundleVerifier>;
}

export interface TrustOptions {
  /** Files with public keys, beside the declared ones. */
  readonly trust: readonly string[];
  /** File with Sigstore's trusted root. @default - Sigstore's own repository has it */
  readonly trustedRoot?: string | undefined;
}

/** Trust in these keys alone, and in no workflow. */
export function trustInKeys(keys: TrustedKeys): AuditTrust {
  return { keys, workflows: [], sigstore: () => Promise.reject(new Failure("no workflow is trusted")) };
}

/**
 * Trust in whom a declaration names, and in keys of files.
 * @throws Failure when nobody is trusted, or a key can't be read
 */
export async function auditTrust(
  declared: AuditTrail | undefined,
  { trust, trustedRoot }: TrustOptions,
): Promise<AuditTrust> {
  const keys: TrustedKey[] = [];
  const workflows: TrustedWorkflow[] = [];
  for (const [name, signer] of Object.entries(declared?.signers ?? {})) {
    const until = signer.until === undefined ? undefined : Date.parse(signer.until);
    if ("identity" in signer) workflows.push({ name, identity: signer.identity, issuer: signer.issuer, until });
    else keys.push({ name, key: declaredKey(signer.publicKey), until });
  }
  keys.push(...(await keysOfFiles(trust)));
  if (keys.length === 0 && workflows.length === 0)
    throw new Failure(
      "no key to verify with: a trail can't say itself whom to trust\ndeclare audit.signers in services/organization.ts, or give --trust <file> with a public key in PEM",
    );
  let verifier: Promise<BundleVerifier> | undefined;
  const sigstore = () => {
    const { bundleVerifier } = require("./sigstore-verifier") as typeof import("./sigstore-verifier");
    verifier ??= bundleVerifier(trustedRoot);
    return verifier;
  };
  return { keys: new Map(keys.map((key) => [keyId(key.key), key])), workflows, sigstore };
}

function declaredKey(publicKey: string): KeyObject {
  return createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
}
