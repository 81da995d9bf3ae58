import sodium from "libsodium-wrappers";
import type { StandInRepository } from "./stand-in-repository";

/** A pair of keys of one environment. The private one is GitHub's alone; here it shows what was sealed. */
export class EnvironmentKey {
  private constructor(
    readonly id: string,
    private readonly pair: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array },
  ) {}

  static async of(id: string): Promise<EnvironmentKey> {
    await sodium.ready;
    return new EnvironmentKey(id, sodium.crypto_box_keypair());
  }

  /** Base64, as GitHub gives it. */
  get key(): string {
    return Buffer.from(this.pair.publicKey).toString("base64");
  }

  /** From now on it is the key of that environment. */
  giveTo({ environmentKeys }: StandInRepository, environment: string): void {
    environmentKeys.set(environment, this);
  }

  /** @throws Error when it was not sealed for this key */
  open(ciphertext: string): string {
    const { publicKey, privateKey } = this.pair;
    return Buffer.from(
      sodium.crypto_box_seal_open(Buffer.from(ciphertext, "base64"), publicKey, privateKey),
    ).toString();
  }
}
