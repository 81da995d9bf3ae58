import type { AuditEntry } from "../declaration/audit-entry";
import type { AuditTrail } from "../declaration/audit-trail";
import { keyId, signedEntry } from "./audit-envelope";
import { HOW_TO_MAKE, signingKey } from "./audit-keys";
import { type AuditTrust, auditTrust, type TrustOptions, trustInKeys } from "./audit-trust";
import { Failure } from "./failure";
import { tokenRequestOf } from "./identity-token";

/** Makes the object of an entry. @throws Failure when it can't be signed */
export type EntrySigner = (entry: AuditEntry) => Promise<Buffer>;

export interface Signing {
  readonly sign: EntrySigner;
  readonly trust: AuditTrust;
}

interface SigningOptions extends TrustOptions {
  /** File of a private key. */
  readonly key?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Who signs, and whose entries before are believed: a key where one is given, and else the run of a workflow that may ask for its identity.
 * @throws Failure when there is neither, or nobody would believe what is signed so
 */
export async function auditSigning(declared: AuditTrail | undefined, options: SigningOptions): Promise<Signing> {
  const key = await signingKey(options.key, options.environment);
  const anybody = declared !== undefined || options.trust.length > 0;
  if (key !== undefined) {
    // Where nobody else is named, who signs believes what that key has signed before.
    const own = new Map([[keyId(key), { name: "that was given", key, until: undefined }]]);
    const trust = anybody ? await auditTrust(declared, options) : trustInKeys(own);
    return { sign: async (entry) => signedEntry(entry, key), trust };
  }
  const request = tokenRequestOf(options.environment);
  if (request === undefined)
    throw new Failure(
      `no key to sign with: give --key <file>, or set GATEHOUSE_AUDIT_KEY to a private key in PEM\n${HOW_TO_MAKE}; or, in a workflow that audit.signers names, grant its job id-token: write, and it signs without one`,
    );
  const trust = anybody ? await auditTrust(declared, options) : trustInKeys(new Map());
  // The log is public, and keeps everything: what nobody will believe is not brought there.
  if (trust.workflows.length === 0)
    throw new Failure(
      "no key to sign with, and audit.signers names no workflow that signs without one\ngive --key <file>, or set GATEHOUSE_AUDIT_KEY; or declare this workflow, with identity and issuer, in audit.signers of services/organization.ts",
    );
  const { signedByRun } = require("./sigstore-signer") as typeof import("./sigstore-signer");
  return { sign: (entry) => signedByRun(entry, request), trust };
}
