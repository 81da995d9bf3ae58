import { z } from "zod";
import type { Reading } from "../objectives/gate/counts";

/** `warnings`: the answer may be partial. `isPartial`: VictoriaMetrics' word for the same. Source: https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview */
const Notes = { warnings: z.array(z.string()).optional(), isPartial: z.boolean().optional() };

const Refusal = z.object({ status: z.literal("error"), error: z.string(), errorType: z.string().optional() });

const Success = z.object({
  status: z.literal("success"),
  data: z.object({
    resultType: z.literal("vector"),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
  ...Notes,
});

/** As Go's `strconv.FormatFloat` writes numbers. */
const NUMBER = /^(?:NaN|[+-]?Inf|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;

/** What the body of an answer says. */
export type PrometheusAnswer =
  | { readonly value: Reading; readonly warnings: readonly string[] }
  /** The query was refused or failed, in Prometheus' words. */
  | { readonly error: string }
  /** Not what Prometheus answers. */
  | { readonly unexpected: string };

/** Reads the answer to an instant query that gives one number, or none. */
export function prometheusAnswer(body: string): PrometheusAnswer {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    if (/^\s*</.test(body)) return { unexpected: "a page of HTML (a login page, or a proxy's error?)" };
    return { unexpected: body.trim() === "" ? "an empty body" : "a body that is no JSON, or only its beginning" };
  }
  const refusal = Refusal.safeParse(json);
  if (refusal.success) return { error: refusal.data.error };
  const success = Success.safeParse(json);
  if (!success.success) return { unexpected: `JSON of another shape (at ${place(success.error)})` };
  const { data, warnings = [], isPartial = false } = success.data;
  if (data.result.length > 1) return { unexpected: `${data.result.length} values` };
  const [sample] = data.result;
  if (sample !== undefined && !NUMBER.test(sample.value[1]))
    return { unexpected: `the value ${JSON.stringify(sample.value[1].slice(0, 40))}` };
  return {
    value: sample === undefined ? undefined : number(sample.value[1]),
    warnings: [...warnings.filter(lessens), ...(isPartial ? ["the answer is partial"] : [])],
  };
}

/** Remarks on the style of a query stood among the warnings until they got a list of their own. Source: https://github.com/prometheus/prometheus/pull/14327 */
function lessens(warning: string): boolean {
  return !warning.startsWith("PromQL info:");
}

function number(text: string): number {
  return text.endsWith("Inf") ? (text.startsWith("-") ? -Infinity : Infinity) : Number(text);
}

function place({ issues }: z.ZodError): string {
  const path = issues[0]?.path.join(".") ?? "";
  return path === "" ? "its root" : path;
}
