import { didYouMean, oneOf, show } from "../problem";
import type { CheckContext } from "./context";

/** Whether a reference names one of the candidates; reports it where not. */
export function refersTo(
  report: CheckContext["report"],
  path: readonly PropertyKey[],
  came: string,
  candidates: readonly string[],
  what: string,
  remedy = "declare it, or name one of them",
): boolean {
  if (candidates.includes(came)) return true;
  report(path, {
    came: show(came),
    expected: oneOf(candidates, what),
    remedy: `${remedy}${didYouMean(came, candidates)}`,
  });
  return false;
}
