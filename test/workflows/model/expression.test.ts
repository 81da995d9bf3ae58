import { type Expression, pathsIn, readExpression } from "../../../workflows/model/expression";
import { neverHolds, possible } from "../../../workflows/model/possible";

const nothing = () => undefined;

/** The value of an expression in which nothing is unknown. */
function value(text: string) {
  const values = possible(readExpression(text), nothing);
  expect(values).toHaveLength(1);
  return values?.[0];
}

function paths(expression: Expression): readonly string[] {
  return pathsIn(expression).map((path) => path.join("."));
}

describe("an expression", () => {
  test.each([
    ["'it''s'", "it's"],
    ["0x1F", 31],
    ["-2.5e1", -25],
    ["null", null],
    ["!'text'", false],
    ["!(1 == 1)", false],
    ["'A' == 'a'", true],
    ["'' == 0", true],
    ["null == false", true],
    ["'1' == true", true],
    ["'x' == 0", false],
    ["1 != 1 || 'else'", "else"],
    ["true && 'then' || 'else'", "then"],
    ["false && true || true", true],
    ["false && (true || true)", false],
    ["startsWith('Refs/Heads/x', 'refs/heads/')", true],
    ["endsWith('a.b', '.c')", false],
    ["contains('abc', 'B')", true],
    ["always()", true],
  ])("%s is %p", (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  test("says every path that it reads", () => {
    const text =
      "format('{0}', github.event['pull_request'].Head.ref) == inputs.x-y || needs.*.result && a[0].b[inputs.k]";
    expect(paths(readExpression(text))).toEqual([
      "github.event.pull_request.head.ref",
      "inputs.x-y",
      "needs.*.result",
      "a.*.b.*",
    ]);
  });

  test.each(["", "a b", "'open", "f(a b)", "(a", "a.", "a ==", "a | b", "a['b'"])("%p is none", (text) => {
    expect(() => readExpression(text)).toThrow(`the expression "${text}" can't be read at`);
  });
});

describe("a condition", () => {
  const known = ([first, second]: readonly string[]) =>
    first === "one" ? [second ?? ""] : first === "some" ? ["a", "b"] : undefined;

  test.each([
    ["one.push == 'pull_request'", true],
    ["one.push == 'push'", false],
    ["some.x == 'c'", true],
    ["some.x == 'b'", false],
    ["other.x == 'c'", false],
    ["other.x && false", true],
    ["false && other.x", true],
    ["other.x || false", false],
    ["!other.x", false],
    ["some.x != 'a' && some.x == 'c'", true],
    ["hashFiles('x') != ''", false],
  ])("%s never holds: %p", (text, expected) => {
    expect(neverHolds(readExpression(text), known)).toBe(expected);
  });
});
