import { DeclarationError, didYouMean, formatPath, formatProblem, oneOf, show } from "../../declaration/problem";

const problem = {
  subject: 'service "tiny"',
  path: "stages.production.waitMinutes",
  came: "50000",
  expected: "a whole number of minutes from 0 to 43,200",
  remedy: "write 0 for no wait",
};

describe("a problem says where, what came, what was expected and what to do", () => {
  test("each on a line of its own", () => {
    expect(formatProblem(problem)).toBe(
      [
        'service "tiny": stages.production.waitMinutes',
        "  came:     50000",
        "  expected: a whole number of minutes from 0 to 43,200",
        "  to do:    write 0 for no wait",
      ].join("\n"),
    );
  });

  test("and where the rule is written down, when it is somebody else's", () => {
    expect(formatProblem({ ...problem, source: "https://docs.github.com" })).toContain(
      "\n  source:   https://docs.github.com",
    );
  });

  test("a problem of the whole has no path", () => {
    expect(formatProblem({ ...problem, path: "" }).split("\n")[0]).toBe('service "tiny"');
  });

  test("an error lists all of them and counts them", () => {
    const { message } = new DeclarationError([problem, { ...problem, path: "name" }]);
    expect(message).toMatch(/^2 problems in the declarations; nothing was synthesized\n\nservice "tiny": stages/);
    expect(message).toContain('service "tiny": name');
    expect(new DeclarationError([problem]).message).toMatch(/^1 problem in the declarations/);
  });
});

describe("a value is shown on one line, whole or cut", () => {
  test.each([
    ["nothing", undefined, "nothing"],
    ["text", "a", '"a"'],
    ["not a number", Number.NaN, "NaN"],
    ["infinity", Number.NEGATIVE_INFINITY, "-Infinity"],
    ["a big number", 5n, "5"],
    ["a symbol", Symbol("x"), "Symbol(x)"],
    ["a function", () => 1, "a function"],
    ["a record", { a: [1] }, '{"a":[1]}'],
    ["a big number inside", { a: 5n }, "something that can't be shown"],
    ["line breaks", "a\nb\u2028c", '"a\\nb\\u{2028}c"'],
    ["a color of the terminal", "\u001b[31m\u009b", '"\\u001b[31m\\u{9b}"'],
    ["text that turns its surroundings", "a\u202eb", '"a\\u{202e}b"'],
  ])("%s", (_what, value, shown) => {
    expect(show(value)).toBe(shown);
  });

  test("what contains itself is shown as something", () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(show(circle)).toBe("something that can't be shown");
  });

  test("more than 120 characters are cut, and counted", () => {
    expect(show("x".repeat(1_000_000))).toBe(`"${"x".repeat(119)}… (1000002 characters)`);
  });

  test("a cut never halves a character", () => {
    expect(show("👍".repeat(200)).startsWith(`"${"👍".repeat(119)}…`)).toBe(true);
  });
});

describe("a path is written as in the declaration", () => {
  test.each([
    [["stages", "production", "reviewers", 0], "stages.production.reviewers[0]"],
    [["edge", "zones", "example.com"], 'edge.zones["example.com"]'],
    [["labels", "good first issue"], 'labels["good first issue"]'],
    [["a", ""], 'a[""]'],
    [[], ""],
  ])("%j", (path, written) => {
    expect(formatPath(path)).toBe(written);
  });
});

describe("candidates of a reference", () => {
  test("are listed", () => {
    expect(oneOf(["a", "b"], "stages")).toBe('one of the stages: "a", "b"');
  });

  test("are said to be none", () => {
    expect(oneOf([], "stages")).toBe("one of the stages, of which there are none");
  });

  test("are cut at twelve, and counted", () => {
    const many = Array.from({ length: 14 }, (_, index) => `s${index}`);
    expect(oneOf(many, "stages")).toMatch(/"s11", … \(14 in all\)$/);
  });

  test("the nearest is suggested, whatever its case", () => {
    expect(didYouMean("PRODUCTOIN", ["staging", "production"])).toBe('; did you mean "production"?');
  });

  test("none is suggested that is far away", () => {
    expect(didYouMean("production", ["staging", "dev"])).toBe("");
  });

  test("a very long name suggests nothing", () => {
    expect(didYouMean("x".repeat(100_000), ["staging"])).toBe("");
  });
});
