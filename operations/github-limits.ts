/** How long a verb stays with a request that GitHub does not answer at once. */
export interface Patience {
  /** How often a request is made again after an answer of 500 or more, or none, if making it twice does no harm. */
  readonly repeats: number;
  /** The longest wait for a rate limit, for one request in all. Seconds. */
  readonly limitSeconds: number;
}

/** Every answer is taken as it comes: for verbs that only look, and are quickly run again. */
export const IMPATIENT: Patience = { repeats: 0, limitSeconds: 0 };

/** A passing fault should not cost a run of a workflow, nor keep its runner for long. */
export const BRIEFLY: Patience = { repeats: 3, limitSeconds: 2 * 60 };

/** An hour is the longest that a rate limit lasts; a little more, for clocks that differ. */
export const PATIENT: Patience = { repeats: 3, limitSeconds: 65 * 60 };

const FORBIDDEN = 403;
const TOO_MANY = 429;
const MINUTE = 60;

/**
 * How long GitHub wants to be left alone after an answer; undefined when the answer is not about a rate limit. Milliseconds.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 *
 * @param waits how often this request has waited already
 * @param now Unix time. Milliseconds
 */
export function limitWait(
  { status, headers, text }: { readonly status: number; readonly headers: Headers; readonly text: string },
  waits: number,
  now: number,
): number | undefined {
  if (status !== FORBIDDEN && status !== TOO_MANY) return undefined;
  const retryAfter = wholeNumberOf(headers.get("retry-after"));
  if (retryAfter !== undefined) return retryAfter * 1000;
  const reset = wholeNumberOf(headers.get("x-ratelimit-reset"));
  // A second more: the header has whole seconds.
  if (headers.get("x-ratelimit-remaining") === "0" && reset !== undefined)
    return Math.max(0, reset * 1000 - now) + 1000;
  if (status === TOO_MANY || /secondary rate limit/i.test(text)) return MINUTE * 1000 * 2 ** waits;
  return undefined;
}

/** The wait before a request is made again after a fault: one second, two, four, and up to half as much more, so that many don't come at once. */
export function faultWait(repeats: number, random: number): number {
  return 1000 * 2 ** repeats * (1 + random / 2);
}

function wholeNumberOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,10}$/.test(text.trim()) ? Number(text) : undefined;
}
