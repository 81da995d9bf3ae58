import { show } from "../problem";
import type { CheckContext } from "./context";

/** Percentages of a release rise, each once, up to 100. */
export function percentSteps(
  report: CheckContext["report"],
  path: readonly PropertyKey[],
  steps: readonly number[],
): void {
  steps.forEach((percent, index) => {
    const before = steps[index - 1];
    if (before !== undefined && percent <= before) {
      report([...path, index], {
        came: `${percent} after ${before}`,
        expected: "rising percentages",
        remedy: "sort them and write each once",
      });
    }
  });
  if (steps.at(-1) !== 100) {
    report(path, {
      came: show(steps),
      expected: "100 as the last step",
      remedy: "add 100: a release that never gets all the traffic is none",
    });
  }
}
