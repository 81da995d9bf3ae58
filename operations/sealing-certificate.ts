import { type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Failure, messageOf } from "./failure";

/** What values are sealed with for one cluster. */
export interface SealingCertificate {
  /** SHA-256 of the certificate, in hexadecimal: the controller makes a new one every month. */
  readonly id: string;
  readonly key: KeyObject;
}

const HOW_TO_GET =
  "get it from the cluster: kubeseal --fetch-cert --controller-namespace sealed-secrets --context <context> > <file>";
const FEWEST_BITS = 2048;

/**
 * The controller's certificate, from a file as `kubeseal --fetch-cert` writes it (PEM). Of several, the first counts, as it does to kubeseal.
 *
 * @param now Unix time. Milliseconds.
 * @throws Failure when nothing should be sealed with it
 */
export function sealingCertificate(root: string, path: string, now: number): SealingCertificate {
  const certificate = parsed(textOf(root, path), path);
  const { publicKey: key, validFrom, validTo } = certificate;
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== "rsa" || bits < FEWEST_BITS)
    throw new Failure(
      `the certificate in ${path} has no RSA key of ${FEWEST_BITS} bits or more; nothing was sealed\n${HOW_TO_GET}`,
    );
  if (now >= Date.parse(validTo) || now < Date.parse(validFrom))
    throw new Failure(
      `the certificate in ${path} is valid from ${validFrom} to ${validTo}, and the clock of this machine says ${new Date(now).toISOString()}; nothing was sealed\n${HOW_TO_GET}`,
    );
  return { id: certificate.fingerprint256.replaceAll(":", "").toLowerCase(), key };
}

function textOf(root: string, path: string): string {
  try {
    return readFileSync(resolve(root, path), "utf8");
  } catch (error) {
    throw new Failure(`the certificate could not be read: ${messageOf(error)}; nothing was sealed\n${HOW_TO_GET}`);
  }
}

/** A message of the parser's says nothing that helps; and a private key may stand there. */
function parsed(text: string, path: string): X509Certificate {
  const [first] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text) ?? [];
  try {
    return new X509Certificate(first ?? "");
  } catch {
    throw new Failure(`${path} holds no certificate in PEM; nothing was sealed\n${HOW_TO_GET}`);
  }
}
