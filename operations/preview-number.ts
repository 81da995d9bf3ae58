import { show } from "../declaration/problem";
import { Failure } from "./failure";

/** So that a namespace's name fits, whatever its prefix. GitHub is far from it. */
const MOST_DIGITS = 9;

const PULL_REQUEST = new RegExp(`^[1-9]\\d{0,${MOST_DIGITS - 1}}$`);

/** Whether a text is the number of a pull request in the one way to write it. */
export function isPullRequestNumber(text: string): boolean {
  return PULL_REQUEST.test(text);
}

/**
 * The number of a pull request as it came from a command line.
 *
 * @throws Failure
 */
export function pullRequestNumber(text: string): number {
  if (isPullRequestNumber(text)) return Number(text);
  throw new Failure(
    `--pr ${show(text)} is no pull request\nexpected its number: 1 to ${"9".repeat(MOST_DIGITS)}, in digits, without a leading zero; copy it from the pull request's address`,
  );
}
