import { readFile } from "node:fs/promises";
import { bundleFromJSON } from "@sigstore/bundle";
import { TrustedRoot } from "@sigstore/protobuf-specs";
import { type TrustMaterial, toSignedEntity, toTrustMaterial, VerificationError, Verifier } from "@sigstore/verify";
import type { BundleVerifier } from "./audit-bundle";
import { Failure, messageOf } from "./failure";
import { whyNoAnswer } from "./why-no-answer";

const REPOSITORY = "https://tuf-repo-cdn.sigstore.dev";

const OLD_ROOT = "; was it written after the trusted root that is used? then take a newer one (--trusted-root <file>)";

/**
 * What verifies bundles: that the log has them, that the certificate is Fulcio's, was valid at the log's time and is in the log of certificates, and
 * that its key signed these bytes.
 *
 * @param file Sigstore's trusted root; else what its repository said last is used, and asked for where nothing is there or it is out of date
 * @throws Failure when there is none
 */
export async function bundleVerifier(file: string | undefined): Promise<BundleVerifier> {
  const verifier = new Verifier(file === undefined ? await materialOfRepository() : await materialOfFile(file), {
    tlogThreshold: 1,
    ctlogThreshold: 1,
    timestampThreshold: 1,
  });
  return (bundle) => {
    try {
      const { identity } = verifier.verify(toSignedEntity(bundleFromJSON(bundle)));
      const { subjectAlternativeName, extensions } = identity ?? {};
      if (subjectAlternativeName === undefined || extensions?.issuer === undefined)
        return { kind: "wrong key", why: "its certificate says of nobody that he signed it" };
      return { identity: subjectAlternativeName, issuer: extensions.issuer };
    } catch (error) {
      if (!(error instanceof VerificationError)) return { kind: "changed", why: "Sigstore can't read it" };
      const why = `Sigstore says: ${messageOf(error)}`;
      if (error.code === "CERTIFICATE_ERROR") return { kind: "wrong key", why: why + OLD_ROOT };
      return { kind: "changed", why: error.code === "TLOG_INCLUSION_PROMISE_ERROR" ? why + OLD_ROOT : why };
    }
  };
}

async function materialOfFile(file: string): Promise<TrustMaterial> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new Failure(`the trusted root ${file} can't be read: ${(error as NodeJS.ErrnoException).code ?? "unknown"}`);
  }
  try {
    const material = toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(text)));
    const { certificateAuthorities, tlogs, ctlogs } = material;
    if ([certificateAuthorities, tlogs, ctlogs].every(({ length }) => length > 0)) return material;
  } catch {
    // Said below.
  }
  throw new Failure(
    `${file} holds no trusted root of Sigstore\nexpected trusted_root.json of its repository, which names its certificate authorities and logs: ${REPOSITORY}`,
  );
}

async function materialOfRepository(): Promise<TrustMaterial> {
  const { getTrustedRoot } = require("@sigstore/tuf") as typeof import("@sigstore/tuf");
  try {
    return toTrustMaterial(
      await getTrustedRoot({
        mirrorURL: REPOSITORY,
        forceCache: true,
        timeout: 5000,
        retry: { retries: 2, minTimeout: 500 },
      }),
    );
  } catch (error) {
    throw new Failure(
      `entries that a workflow signed can't be judged: Sigstore's trusted root is not at hand: ${whyNoAnswer(error)}\nlet this machine reach ${REPOSITORY}, or give --trusted-root <file> with its trusted_root.json`,
    );
  }
}
