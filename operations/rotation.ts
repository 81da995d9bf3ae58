import { MILLISECONDS_A_DAY } from "../declaration/calendar-day";
import type { SealedValue } from "../declaration/sealed";
import type { AccountToken } from "./account-tokens";

/** What is known of a token that is kept in one environment. */
export interface RotationState {
  /** All tokens of its name in the account. */
  readonly tokens: readonly AccountToken[];
  /** What is sealed for the environment. @default - nothing */
  readonly sealed: SealedValue | undefined;
  /** Permission groups that are declared. */
  readonly permissions: readonly string[];
  /** Id of the environment's public key now. */
  readonly keyId: string;
  /** When GitHub was last given a value. Unix time. Milliseconds. @default - never */
  readonly setAt: number | undefined;
  /** Unix time. Milliseconds. */
  readonly now: number;
  /** Somebody asks for another one though it isn't due, as after a leak. */
  readonly early: boolean;
}

export interface RotationStep {
  /** `make`: another is needed. `wait`: it is sealed, and not set yet. `revoke`: it is set, so the former ones are needed no more. */
  readonly next: "make" | "wait" | "revoke" | "nothing";
  /** Tokens that the sealed one takes the place of; and those that were made and never sealed, whose value nobody has. */
  readonly former: readonly AccountToken[];
  /** Why another is needed. @default - none is */
  readonly why?: string;
}

/** So that it is committed, reviewed and deployed in time; of what lives shorter, half its life. */
const AHEAD_MILLISECONDS = 14 * MILLISECONDS_A_DAY;

/**
 * What brings the world nearer to one token with the declared permissions, which is sealed, set, and not due. It looks at the world alone, and
 * at nothing that a former run remembers: so it can be interrupted anywhere.
 */
export function rotationStep(state: RotationState): RotationStep {
  const { tokens, sealed, setAt, early } = state;
  const current = tokens.find(({ id, active }) => active && id === sealed?.tokenId);
  const others = tokens.filter((token) => token !== current);
  if (sealed === undefined || current === undefined)
    return { next: "make", former: others, why: "no token of this name is the sealed one" };
  // Cloudflare's clock and GitHub's, and not that of this machine.
  const isSet = setAt !== undefined && setAt > current.issuedAt;
  const why = early ? "another was asked for" : whyAnother(state, sealed, current, isSet);
  if (why !== undefined) return { next: "make", former: [current, ...others], why };
  if (!isSet) return { next: "wait", former: others };
  return { next: others.length > 0 ? "revoke" : "nothing", former: others };
}

function whyAnother(
  { permissions, keyId, now }: RotationState,
  sealed: SealedValue,
  current: AccountToken,
  isSet: boolean,
): string | undefined {
  if (!hasExactly(current, permissions)) return "what the present one may do is not what is declared";
  const due = Date.parse(sealed.rotateBy);
  if (due - now < Math.min(AHEAD_MILLISECONDS, (due - Date.parse(sealed.sealedAt)) / 2))
    return `the present one is due on ${sealed.rotateBy.slice(0, 10)}`;
  if (!isSet && sealed.keyId !== keyId) return "the present one is sealed for a key that the environment has no more";
  return undefined;
}

/** Whether a token may do this, and nothing else. */
export function hasExactly({ permissions: has }: AccountToken, permissions: readonly string[]): boolean {
  return has !== undefined && has.length === permissions.length && permissions.every((name) => has.includes(name));
}
