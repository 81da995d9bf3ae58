import type { Fleet } from "../declaration/fleet";
import type { SealedValue } from "../declaration/sealed";
import type { Secret } from "../declaration/settings";
import type { AccountTokens, NewToken } from "./account-tokens";
import type { Clock } from "./clock";
import { boxFor } from "./environment-seal";
import { Failure, messageOf } from "./failure";
import type { PublicKey } from "./public-key";
import { hasExactly } from "./rotation";
import { putSealed, type SealedPlace } from "./sealed-record";
import { sealingTimes } from "./sealing-times";

export interface SealedTokenProps {
  readonly fleet: Fleet;
  readonly place: SealedPlace;
  /** Name of the token at Cloudflare. */
  readonly name: string;
  readonly permissions: readonly string[];
  readonly secret: Pick<Secret, "owner" | "rotateEveryDays">;
  readonly publicKey: PublicKey;
  /** Root of the project. */
  readonly root: string;
  readonly clock: Pick<Clock, "now" | "sleep">;
}

/**
 * Makes a token, looks whether it works and may do exactly what is declared, and seals it. What fails after it was made revokes it again.
 *
 * @param tokens hear no signal: once the token is there, nobody could ask for its value again
 */
export async function makeSealedToken(tokens: AccountTokens, props: SealedTokenProps): Promise<void> {
  const made = await tokens.make(props.name, props.permissions);
  try {
    if (!hasExactly(made, props.permissions))
      throw new Failure(`the new token ${made.id} may do something else than what was asked for`);
    await tokens.verify(made);
    await keep(made, props);
  } catch (error) {
    throw new Failure(`${messageOf(error)}\n${await undone(tokens, made.id)}`);
  }
}

async function keep({ id, value }: NewToken, { publicKey, secret, ...props }: SealedTokenProps): Promise<void> {
  const { fleet, place, root, clock } = props;
  const ciphertext = await boxFor(Buffer.from(value), publicKey);
  const times = sealingTimes(clock.now(), secret.rotateEveryDays);
  const sealed: SealedValue = { ciphertext, keyId: publicKey.id, tokenId: id, owner: secret.owner, ...times };
  await putSealed(fleet, place, sealed, { root, clock });
}

async function undone(tokens: AccountTokens, id: string): Promise<string> {
  try {
    await tokens.revoke(id);
    return `the new token ${id} is revoked again; the former ones are as they were`;
  } catch (error) {
    return `the new token ${id} could not be revoked: ${messageOf(error)}\nrun this again: it is revoked with the former ones`;
  }
}
