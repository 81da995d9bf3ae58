import { InvalidArgumentError } from "commander";
import { duration, durationSeconds } from "../objectives/duration";
import { messageOf } from "./failure";

/** Reads an option that is a duration, such as `10m`, as seconds within limits. */
export function durationOption(least: number, most: number): (text: string) => number {
  const expected = `expected a duration from ${least === 0 ? "0s" : duration(least)} to ${duration(most)}, such as 10m`;
  return (text) => {
    let seconds: number;
    try {
      seconds = durationSeconds(text);
    } catch (error) {
      throw new InvalidArgumentError(`${messageOf(error)}; ${expected}`);
    }
    if (seconds < least || seconds > most) throw new InvalidArgumentError(expected);
    return seconds;
  };
}
