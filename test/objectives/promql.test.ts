import { checkedPromql, isFilter, labelsUsed, promqlProblem, resultType, scoped } from "../../objectives/promql";
import { series } from "../../objectives/series";
import { describeWith } from "../support/programs";
import { checkRules } from "./promtool";

const TAKEN = [
  "1",
  "up",
  "-up",
  'up{job="a"} offset 1d',
  "rate(http_requests_total[5m])",
  "sum by (code) (rate(http_requests_total[5m])) / on (code) group_left (owner) owners",
  "histogram_quantile(0.99, sum by (le) (rate(x_bucket[5m])))",
  "max_over_time((a / b)[1h:1m])",
  'label_replace(up, "a", "$1", "b", "(.*)")',
  'label_join(up, "a", "-", "b", "c")',
  "topk(5, up)",
  'count_values("version", build_info)',
  "quantile_over_time(0.9, x[5m])",
  "predict_linear(x[1h], 3600)",
  "clamp(up, 0, 1)",
  "round(up)",
  "round(up, 5)",
  "day_of_week()",
  "vector(scalar(up))",
  "absent(up)",
  "absent_over_time(up[5m])",
  "1 < bool 2",
  "up == bool 1",
  "time() - 3600",
  "up unless on (job) down",
  "up @ 1609746000 offset 5m",
  "max_over_time(up[1h:1m] offset 1d)",
  "((up))",
];

const REFUSED = [
  "",
  "rate(http_requests_total)",
  "sum(rate(x[5m])",
  "foo(x)",
  "up[5m]offset",
  "1 < 2",
  "x[5m] + 1",
  "sum(x[5m])",
  "-x[5m]",
  '"text" + 1',
  "1 and 2",
  "up and 1",
  "topk(up, 5)",
  "clamp(up, 0)",
  "round(up, 5, 6)",
  "vector(up)",
  "time(up)",
  "rate(sum(x)[5m])",
  "max_over_time(up)",
  "label_replace(up, 1, 2, 3, 4)",
  "up{job=5}",
  "up{job}",
  "5m5m5",
  "sum(up) @ 1609746000",
  "rate(up[5m]) offset 5m",
];

describe("PromQL", () => {
  test.each(TAKEN)("%s is taken", (expression) => {
    expect(promqlProblem(expression)).toBeUndefined();
    expect(checkedPromql(expression)).toBe(expression);
  });

  test.each(REFUSED)("%s is refused", (expression) => {
    expect(promqlProblem(expression)).not.toBeUndefined();
    expect(() => checkedPromql(expression)).toThrow("PromQL that Prometheus would refuse: ");
  });

  test("that does not parse says what came and where", () => {
    expect(promqlProblem("sum(rate(x[5m])")).toBe("it does not parse: something is missing at character 16, its end");
    expect(promqlProblem("sum(x) )")).toBe('it does not parse: unexpected ")" at character 8');
    expect(() => checkedPromql("rate(x")).toThrow("It is rate(x");
  });

  test("of a wrong type says which was wanted", () => {
    expect(promqlProblem("rate(x)")).toBe("rate takes a range vector, and x is an instant vector");
    expect(promqlProblem("sum(x[5m])")).toBe("sum takes an instant vector, and x[5m] is a range vector");
    expect(promqlProblem("clamp(x, 1)")).toBe("clamp takes 3 parameters, and 2 are given");
    expect(promqlProblem("1 < 2")).toBe("< between two numbers needs the modifier bool");
  });

  test("may have Grafana's durations, which are none of Prometheus'", () => {
    expect(promqlProblem("rate(x[$__rate_interval])")).toBeUndefined();
    expect(promqlProblem("increase(x[$__range])")).toBeUndefined();
    expect(promqlProblem("rate(x[$other])")).toContain("does not parse");
    expect(scoped("rate(x[$__rate_interval])", { a: "b" })).toBe('rate(x{a="b"}[$__rate_interval])');
  });

  test("gives what its outermost operation gives", () => {
    expect(resultType("1 + time()")).toBe("scalar");
    expect(resultType("scalar(up)")).toBe("scalar");
    expect(resultType("up")).toBe("vector");
    expect(resultType("1 + up")).toBe("vector");
    expect(resultType("up[5m]")).toBe("range");
    expect(resultType("up[5m:1m]")).toBe("range");
    expect(resultType('"text"')).toBe("string");
  });

  test("that has a value only while something is wrong is a filter", () => {
    expect(isFilter("up > 1")).toBe(true);
    expect(isFilter("(up == 0)")).toBe(true);
    expect(isFilter("up > bool 1")).toBe(false);
    expect(isFilter("sum(up > 1)")).toBe(true);
    expect(isFilter("count by (job) ((up == 0))")).toBe(true);
    expect(isFilter("topk(3, up > 1)")).toBe(true);
    expect(isFilter("absent(up)")).toBe(true);
    expect(isFilter("absent_over_time(up[5m])")).toBe(true);
    expect(isFilter("absent(up) or vector(0)")).toBe(false);
    expect(isFilter("a / (b > 0)")).toBe(false);
    expect(isFilter("up + 1")).toBe(false);
  });
});

describe("labels of an expression", () => {
  test.each([
    ['up{job="a",env!~"b"}', ["job", "env"]],
    ["sum by (code, route) (x)", ["code", "route"]],
    ["a / on (x) group_left (y) b", ["x", "y"]],
    ['label_replace(up, "made", "$1", "from", "(.*)")', ["from"]],
    ['sum by (made) (label_join(up, "made", "-", "b", "c"))', ["b", "c"]],
    ['count_values("version", info)', []],
    ['{__name__="up", "quoted.label"="x"}', ["quoted.label"]],
    ['{"metric.name"}', []],
  ])("of %s are found", (expression, labels) => {
    expect([...labelsUsed(expression)]).toEqual(labels);
  });
});

describe("matchers of a stage", () => {
  const stage = { service: "relay", env: { matches: "prod.*" } };

  test.each([
    ["up", 'up{service="relay",env=~"prod.*"}'],
    ["up{}", 'up{service="relay",env=~"prod.*"}'],
    ['{job="x"}', '{job="x",service="relay",env=~"prod.*"}'],
    ['up{job="x",}', 'up{job="x",service="relay",env=~"prod.*"}'],
    ['up{service="other"}', 'up{service="other",service="relay",env=~"prod.*"}'],
    ['up{service="relay"}', 'up{service="relay",env=~"prod.*"}'],
    ['{"metric.name"}', '{"metric.name",service="relay",env=~"prod.*"}'],
    [
      "rate(a[5m] offset 1d) / b",
      'rate(a{service="relay",env=~"prod.*"}[5m] offset 1d) / b{service="relay",env=~"prod.*"}',
    ],
    ['up{job="}{"} # {up}', 'up{job="}{",service="relay",env=~"prod.*"}'],
    ["max_over_time(x[1h:1m])", 'max_over_time(x{service="relay",env=~"prod.*"}[1h:1m])'],
    ["1 + time()", "1 + time()"],
  ])("are added to every selector of %s", (expression, expected) => {
    expect(scoped(expression, stage)).toBe(expected);
  });

  test("are added to nothing that does not parse", () => {
    expect(() => scoped("up{", stage)).toThrow("does not parse");
  });
});

const HOSTILE = ['say "hi"', "C:\\temp\\", "a}b{c", "日本\u{1f600}", "'`$__x", "a,b=c", "{{ .Value }}", 'end\\"'];

describe("values of labels", () => {
  test.each(HOSTILE)("%s stands in a selector as it is", (value) => {
    const text = series("up", [
      { job: value, path: { matches: "a\\.b" }, x: { not: value }, y: { notMatches: "c|d" } },
    ]).toString();
    expect(promqlProblem(text)).toBeUndefined();
    const [, quoted = '""'] = /job=("(?:[^"\\]|\\.)*")/.exec(text) ?? [];
    expect(JSON.parse(quoted)).toBe(value);
    expect(text).toContain('path=~"a\\\\.b"');
  });

  test("of several matchers all hold, and equal ones are written once", () => {
    expect(series("up", [{ job: "a" }, undefined, { job: "b" }, { job: "a" }], "5m").toString()).toBe(
      'up{job="a",job="b"}[5m]',
    );
  });
});

describeWith(["promtool"], "Prometheus itself", () => {
  const file = (expr: string) => JSON.stringify({ groups: [{ name: "one", rules: [{ record: "a:b", expr }] }] });

  test.each(TAKEN)("takes %s too", (expression) => {
    expect(checkRules(file(expression))).toMatchObject({ status: 0 });
  });

  test.each(REFUSED)("refuses %s too", (expression) => {
    expect(checkRules(file(expression)).status).not.toBe(0);
  });

  test.each(HOSTILE)("takes %s as the value of a label", (value) => {
    const selector = series("up", [{ job: value }]).toString();
    expect(checkRules(file(selector))).toMatchObject({ status: 0 });
    expect(checkRules(file(scoped("rate(x[5m])", { job: value })))).toMatchObject({ status: 0 });
  });
});
