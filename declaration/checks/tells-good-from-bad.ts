import { show } from "../problem";
import type { Signal } from "../telemetry";
import type { CheckContext } from "./context";

/** Reports an events signal, by its key, that says of no event whether it was good or bad, where somebody asks for that. */
export function tellsGoodFromBad(
  report: CheckContext["report"],
  path: readonly PropertyKey[],
  key: string,
  signal: Signal,
): void {
  if (signal.kind !== "events" || signal.bad !== undefined || signal.good !== undefined) return;
  report(path, {
    came: `${show(key)}, which says of no event whether it was good or bad`,
    expected: "a signal with bad or good",
    remedy: `declare telemetry.signals.${key}.bad, or name another signal`,
  });
}
