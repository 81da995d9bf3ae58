import { execFileSync } from "node:child_process";
import { constants, createDecipheriv, privateDecrypt } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the controller of Sealed Secrets has in a cluster: a certificate, and the key that opens what was sealed with it. Needs openssl. */
export class SealingKey {
  readonly certificate: string;
  readonly privateKey: string;

  /** @param directory where both are written, in PEM */
  constructor(directory: string, algorithm = "rsa:2048") {
    this.certificate = join(directory, "controller.pem");
    this.privateKey = join(directory, "controller.key");
    const words = ["req", "-x509", "-newkey", algorithm, "-nodes", "-subj", "/CN=sealed-secrets", "-days", "30"];
    execFileSync("openssl", [...words, "-keyout", this.privateKey, "-out", this.certificate], { stdio: "pipe" });
  }

  /** As the controller does it. @throws Error when it was sealed for another key or label */
  open(ciphertext: string, label: string): string {
    const bytes = Buffer.from(ciphertext, "base64");
    const end = 2 + bytes.readUInt16BE(0);
    const sessionKey = privateDecrypt(
      {
        key: readFileSync(this.privateKey),
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: "sha256",
        oaepLabel: Buffer.from(label),
      },
      bytes.subarray(2, end),
    );
    const decipher = createDecipheriv("aes-256-gcm", sessionKey, Buffer.alloc(12));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(end, -16)), decipher.final()]).toString();
  }
}
