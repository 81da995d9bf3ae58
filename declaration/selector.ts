import { z } from "zod";
import { matching, wanted } from "./values";

const LABELS = "https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels";

export const metricName = matching(
  /^[A-Za-z_:][A-Za-z0-9_:]{0,199}$/,
  "the name of a metric: letters, digits, _ and :, not beginning with a digit",
  "copy it from what the service exposes",
  LABELS,
);

export const labelName = matching(
  /^(?!__)[A-Za-z_][A-Za-z0-9_]{0,99}$/,
  "the name of a label: letters, digits and _, not beginning with a digit or __",
  "copy it from what the service exposes",
  LABELS,
);

const labelValue = matching(
  /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{0,300}$/u,
  "a label's value: at most 300 characters without line breaks or control characters",
  "copy it from what the service exposes",
);

const expression = matching(
  /^(?!.*\(\?(?:[=!]|<[=!]))(?!.*\\[1-9k])[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,300}$/u,
  "an RE2 expression that the whole value must match, without lookarounds and backreferences",
  "write it as Prometheus takes it; it is anchored at both ends",
  "https://github.com/google/re2/wiki/Syntax",
).refine(compiles, {
  error: wanted(
    "a regular expression whose brackets close",
    "write it as Prometheus takes it",
    "https://github.com/google/re2/wiki/Syntax",
  ),
});

/** What a label's value must be: itself, another than this, or matched (or not) by an RE2 expression. */
export const LabelMatch = z.union(
  [
    labelValue,
    z.strictObject({ not: labelValue }),
    z.strictObject({ matches: expression }),
    z.strictObject({ notMatches: expression }),
  ],
  {
    error: wanted(
      "a value, { not: … }, { matches: … } or { notMatches: … }",
      'write e.g. "GET" or { matches: "5.." }',
      "https://prometheus.io/docs/prometheus/latest/querying/basics/#instant-vector-selectors",
    ),
  },
);
export type LabelMatch = z.infer<typeof LabelMatch>;

/** What labels of series must be, by label. */
export const Matchers = z.record(labelName, LabelMatch);
export type Matchers = z.infer<typeof Matchers>;

/** Series by their metric and labels. */
export const Selector = z.strictObject({
  metric: metricName,
  /** @default - every series of the metric (in the stage) */
  where: Matchers.optional(),
});
export type Selector = z.infer<typeof Selector>;

/** RE2 has no lookarounds and backreferences, which are refused above; what is left is near enough to say whether brackets close. */
function compiles(source: string): boolean {
  try {
    new RegExp(
      source.replace(/\(\?[imsU-]+[):]?/g, (flags) => (flags.endsWith(":") ? "(?:" : "")),
      "u",
    );
    return true;
  } catch {
    return false;
  }
}
