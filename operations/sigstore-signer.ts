import { bundleToJSON } from "@sigstore/bundle";
import { DEFAULT_FULCIO_URL, DEFAULT_REKOR_URL, DSSEBundleBuilder, FulcioSigner, RekorWitness } from "@sigstore/sign";
import type { AuditEntry } from "../declaration/audit-entry";
import { Bundle, storedBundle } from "./audit-bundle";
import { PAYLOAD_TYPE, payloadOf } from "./audit-payload";
import { Failure, messageOf } from "./failure";
import { identityToken, type TokenRequest } from "./identity-token";
import { recordOf } from "./record-of";

/** Of whom Fulcio wants to be meant. */
const AUDIENCE = "sigstore";

/** One attempt takes at most so long, and is made again after a fault, or where there was no answer. */
const PATIENCE = { timeout: 10_000, retry: { retries: 2, minTimeout: 500 } };

/**
 * The object of an entry, signed as the workflow that this run is of: with a key that is made for it, certified by Fulcio, entered into Rekor's public
 * log, and thrown away. Rekor is sent the entry, and keeps its digest, the signature and the certificate:
 * https://github.com/sigstore/rekor/blob/main/pkg/types/dsse/README.md
 *
 * @throws Failure that shows nothing of a token
 */
export async function signedByRun(entry: AuditEntry, request: TokenRequest): Promise<Buffer> {
  const token = await identityToken(request, AUDIENCE);
  const builder = new DSSEBundleBuilder({
    signer: new FulcioSigner({
      fulcioBaseURL: DEFAULT_FULCIO_URL,
      identityProvider: { getToken: () => Promise.resolve(token) },
      ...PATIENCE,
    }),
    witnesses: [
      // An answer that got lost is asked for: the log takes nothing twice.
      new RekorWitness({ rekorBaseURL: DEFAULT_REKOR_URL, entryType: "dsse", fetchOnConflict: true, ...PATIENCE }),
    ],
  });
  let made: unknown;
  try {
    made = bundleToJSON(await builder.create({ data: payloadOf(entry), type: PAYLOAD_TYPE }));
  } catch (error) {
    throw new Failure(
      `nothing was appended: ${whose(error)}\nappend again when Sigstore is there (https://status.sigstore.dev), or sign with a key: --key <file>`,
    );
  }
  const { success, data } = Bundle.safeParse(made);
  if (!success)
    throw new Failure(
      `nothing was appended: Sigstore's answer is not as this Gatehouse writes entries\nsign with a key: --key <file>`,
    );
  return storedBundle(data);
}

/** Of an answer only its status: it may quote the token. */
function whose(error: unknown): string {
  const { code, cause } = recordOf(error);
  const { statusCode } = recordOf(cause);
  const why =
    typeof statusCode === "number" ? `it answered ${statusCode}` : `it can't be reached (${messageOf(cause)})`;
  if (code === "IDENTITY_TOKEN_PARSE_ERROR") return "GitHub's token, which says which workflow this is, can't be read";
  if (code === "CA_CREATE_SIGNING_CERTIFICATE_ERROR") return `Fulcio certified no key: ${why}`;
  if (code === "TLOG_CREATE_ENTRY_ERROR" || code === "TLOG_FETCH_ENTRY_ERROR")
    return `Rekor has not taken the entry into its log: ${why}`;
  return "Sigstore's answer can't be read";
}
