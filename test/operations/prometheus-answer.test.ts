import { prometheusAnswer } from "../../operations/prometheus-answer";
import { instant } from "./prometheus-server";

const read = (json: unknown) => prometheusAnswer(JSON.stringify(json));
const sample = (value: unknown) => ({
  status: "success",
  data: { resultType: "vector", result: [{ metric: {}, value }] },
});

describe("the answer to an instant query", () => {
  it.each([
    ["1", 1],
    ["0", 0],
    ["-2.5", -2.5],
    ["1e+09", 1e9],
    ["1.5e-07", 1.5e-7],
    ["NaN", Number.NaN],
    ["+Inf", Number.POSITIVE_INFINITY],
    ["Inf", Number.POSITIVE_INFINITY],
    ["-Inf", Number.NEGATIVE_INFINITY],
  ])("has the value %s", (text, value) => {
    expect(read(instant(text))).toEqual({ value, warnings: [] });
  });

  it("has no value when nothing matches", () => {
    expect(read(instant(undefined))).toEqual({ value: undefined, warnings: [] });
  });

  it.each(["", " ", "1 ", "0x10", "1,5", "null", "Infinity", "--1", "1e"])("never takes %j for a number", (text) => {
    expect(read(instant(text))).toEqual({ unexpected: `the value ${JSON.stringify(text)}` });
  });

  it("hands over warnings, and remarks on the query's style not", () => {
    const warnings = ["PromQL info: metric might not be a counter", "remote read: one of two failed"];
    expect(read({ ...instant("1"), warnings })).toEqual({ value: 1, warnings: ["remote read: one of two failed"] });
    expect(read({ ...instant("1"), infos: ["anything"] })).toEqual({ value: 1, warnings: [] });
  });

  it("takes VictoriaMetrics' isPartial for a warning", () => {
    expect(read({ ...instant("1"), isPartial: true })).toEqual({ value: 1, warnings: ["the answer is partial"] });
    expect(read({ ...instant("1"), isPartial: false })).toEqual({ value: 1, warnings: [] });
  });

  it("may be a refusal in Prometheus' words", () => {
    expect(read({ status: "error", errorType: "bad_data", error: "parse error" })).toEqual({ error: "parse error" });
  });

  it.each([
    ["", "an empty body"],
    [" \n", "an empty body"],
    ["<!doctype html><title>Sign in</title>", "a page of HTML (a login page, or a proxy's error?)"],
    ["\n<html>", "a page of HTML (a login page, or a proxy's error?)"],
    ['{"status":"succ', "a body that is no JSON, or only its beginning"],
    ["OK", "a body that is no JSON, or only its beginning"],
    ["{}", "JSON of another shape (at status)"],
    ["null", "JSON of another shape (at its root)"],
    ["[1]", "JSON of another shape (at its root)"],
    [JSON.stringify({ ...instant("1"), status: "ok" }), "JSON of another shape (at status)"],
    [
      JSON.stringify({ status: "success", data: { resultType: "matrix", result: [] } }),
      "JSON of another shape (at data.resultType)",
    ],
    [JSON.stringify({ status: "success", data: { resultType: "vector" } }), "JSON of another shape (at data.result)"],
    [JSON.stringify(sample([0, 5])), "JSON of another shape (at data.result.0.value.1)"],
    [JSON.stringify(sample(["0", "5"])), "JSON of another shape (at data.result.0.value.0)"],
    [JSON.stringify(sample(undefined)), "JSON of another shape (at data.result.0.value)"],
    [JSON.stringify({ ...instant("1"), warnings: "all" }), "JSON of another shape (at warnings)"],
    [
      JSON.stringify({
        status: "success",
        data: { resultType: "vector", result: [1, 2].map((n) => ({ metric: { n: `${n}` }, value: [0, "1"] })) },
      }),
      "2 values",
    ],
  ])("is not %j", (body, unexpected) => {
    expect(prometheusAnswer(body)).toEqual({ unexpected });
  });
});
