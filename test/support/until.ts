/**
 * Asks again and again until the answer is neither undefined nor false.
 *
 * @param what for the message, e.g. "the Rollout is paused"
 * @param limitSeconds how long at most @default - 30
 * @param stuck says more when the time is over, e.g. the end of a log @default - nothing
 * @throws Error when the time is over
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  limitSeconds = 30,
  stuck: () => string = () => "",
): Promise<T> {
  const end = performance.now() + limitSeconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`${limitSeconds} s have passed before ${what}\n${stuck()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
