import type { LabelMatch, Matchers } from "../../declaration/selector";
import type { Scope, Signal } from "../../declaration/telemetry";
import { parseVersionSelector, SelectorError } from "./version-selector";

/** Which series are the canary's, and which the stable version's. */
export interface Versions {
  /** Undefined: the whole stage. */
  readonly canary: Matchers | undefined;
  /** Undefined: there is no comparison. */
  readonly stable: Matchers | undefined;
  /** Labels by which versions are told apart. */
  readonly labels: readonly string[];
}

/** Nobody asked for versions: the whole stage is judged. */
export const WHOLE_STAGE: Versions = { canary: undefined, stable: undefined, labels: [] };

export interface VersionSelectors {
  /** @default - with a baseline: everything of the stage that isn't the baseline; else the whole stage */
  readonly canary?: string | undefined;
  /** @default - no comparison */
  readonly baseline?: string | undefined;
}

/**
 * The versions that were asked for.
 *
 * @throws SelectorError when a selector is no selector, selects the same as the other, or narrows what the stage or a signal already fixes
 */
export function versionsOf(selectors: VersionSelectors, scope: Scope, signals: readonly Signal[]): Versions {
  const canary = parsed("--canary", selectors.canary, scope, signals);
  const stable = parsed("--baseline", selectors.baseline, scope, signals);
  if (canary === undefined && stable === undefined) return WHOLE_STAGE;
  if (canary === undefined && stable !== undefined)
    return { canary: rest(stable, selectors.baseline), stable, labels: Object.keys(stable) };
  if (sameSeries(canary, stable)) {
    throw new SelectorError(
      `--canary and --baseline\ncame:     ${selectors.canary}, twice\nexpected: two versions\nto do:    say which series are the stable version's, or drop --baseline`,
    );
  }
  return { canary, stable, labels: Object.keys(canary ?? {}) };
}

function parsed(
  option: string,
  text: string | undefined,
  scope: Scope,
  signals: readonly Signal[],
): Matchers | undefined {
  if (text === undefined) return undefined;
  try {
    const matchers = parseVersionSelector(text);
    for (const label of Object.keys(matchers)) refuseFixed(label, scope, signals);
    return matchers;
  } catch (error) {
    if (error instanceof SelectorError) throw new SelectorError(`${option}\n${error.message}`);
    throw error;
  }
}

/** A second condition on a label would measure something else than the objective, or nothing. */
function refuseFixed(label: string, scope: Scope, signals: readonly Signal[]): void {
  const by = Object.hasOwn(scope.where, label)
    ? "the stage"
    : label === "le" || signals.some((signal) => fixes(signal, label))
      ? "a signal"
      : undefined;
  if (by === undefined) return;
  throw new SelectorError(
    `came:     the label "${label}", by which ${by} is known already\nexpected: a label that tells versions apart\nto do:    give each version's series a label of its own, such as version or track`,
  );
}

function fixes(signal: Signal, label: string): boolean {
  const selectors =
    signal.kind === "events"
      ? [signal.total, signal.bad, signal.good]
      : signal.kind === "saturation"
        ? [signal.used, signal.capacity]
        : [signal];
  return selectors.some((selector) => Object.hasOwn(selector?.where ?? {}, label));
}

/** Everything that isn't the stable version. "Not a and b" is no selector: that takes one matcher. */
function rest(stable: Matchers, text: string | undefined): Matchers {
  const [[label, match] = ["", ""], ...others] = Object.entries(stable);
  if (others.length > 0) {
    throw new SelectorError(
      `--baseline\ncame:     ${text}, without --canary\nexpected: one matcher, so that the canary is everything else of the stage\nto do:    say which series are the canary's: --canary 'track="canary"'`,
    );
  }
  return { [label]: opposite(match) };
}

function opposite(match: LabelMatch): LabelMatch {
  if (typeof match === "string") return { not: match };
  if ("not" in match) return match.not;
  return "matches" in match ? { notMatches: match.matches } : { matches: match.notMatches };
}

function sameSeries(one: Matchers | undefined, other: Matchers | undefined): boolean {
  const sorted = (matchers: Matchers | undefined) => JSON.stringify(Object.entries(matchers ?? {}).sort());
  return sorted(one) === sorted(other);
}
