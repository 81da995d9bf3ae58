import { setTimeout } from "node:timers/promises";
import { Failure } from "./failure";
import { recordOf } from "./record-of";
import { whyNoAnswer } from "./why-no-answer";

/** Where a run asks for its identity, and what lets it ask. */
export interface TokenRequest {
  readonly url: string;
  readonly token: string;
}

const TIMEOUT_MILLISECONDS = 10_000;
/** After the first attempt, when there was no answer, or a fault's. */
const REPEATS = 2;
const FIRST_WAIT_MILLISECONDS = 200;

/** Undefined in what is no run, and in a run that may not ask: https://docs.github.com/en/actions/reference/security/oidc */
export function tokenRequestOf({
  ACTIONS_ID_TOKEN_REQUEST_URL: url,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: token,
}: Readonly<Record<string, string | undefined>>): TokenRequest | undefined {
  return url && token ? { url, token } : undefined;
}

/**
 * Asks GitHub for a token that says which workflow this is, for one audience.
 * @throws Failure that shows nothing of a token
 */
export async function identityToken(request: TokenRequest, audience: string): Promise<string> {
  for (let repeats = 0; ; repeats++) {
    const answer = await asked(request, audience);
    if (answer.token !== undefined) return answer.token;
    if (!answer.again || repeats === REPEATS)
      throw new Failure(
        `nothing was appended: GitHub gave this run no identity: ${answer.why}\nlook whether its job is granted id-token: write, and run it again`,
      );
    await setTimeout(FIRST_WAIT_MILLISECONDS * 2 ** repeats);
  }
}

type Answer =
  | { readonly token: string }
  | { readonly token?: undefined; readonly why: string; readonly again: boolean };

async function asked({ url, token }: TokenRequest, audience: string): Promise<Answer> {
  try {
    const address = new URL(url);
    address.searchParams.set("audience", audience);
    const response = await fetch(address, {
      headers: { Accept: "application/json", Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    if (!response.ok)
      return { why: `it answered ${response.status}`, again: response.status >= 500 || response.status === 429 };
    const { value } = recordOf(await response.json());
    return typeof value === "string" && value !== ""
      ? { token: value }
      : { why: "its answer holds no token", again: false };
  } catch (error) {
    return { why: whyNoAnswer(error), again: true };
  }
}
