import { literalText, propertyText } from "../../scaffold/literal-text";
import { formatted } from "./formatted";

const long = (columns: number) => "x".repeat(columns);

describe("plain data as text", () => {
  it("stands on one line where it fits, else a property a line", () => {
    expect(literalText({ a: 1, "b-c": ["d", true] })).toBe('{ a: 1, "b-c": ["d", true] }');
    expect(literalText({ a: long(60), b: long(60) })).toBe(`{\n  a: "${long(60)}",\n  b: "${long(60)}",\n}`);
  });

  it("has a list of records a record a line, however short", () => {
    expect(
      literalText([
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ]),
    ).toBe("[\n  { a: 1, b: 2 },\n  { a: 3, b: 4 },\n]");
    expect(literalText([{ job: "a" }, { job: "b" }])).toBe('[{ job: "a" }, { job: "b" }]');
  });

  it("parts the thousands of round numbers only", () => {
    expect(literalText([1024, 12_000, 10_001, 1_500_000])).toBe("[1024, 12_000, 10001, 1_500_000]");
  });

  it("has the comment of a property above it, which then stands on lines of its own", () => {
    expect(propertyText("a", { b: { c: 1 }, d: 2 }, { "a.b.c": "why" }, 2)).toBe(
      "  a: {\n    b: {\n      // why\n      c: 1,\n    },\n    d: 2,\n  }",
    );
  });
});

describe("the project's formatter has nothing to change", () => {
  const CASES: readonly (readonly [string, unknown])[] = [
    ["quotes", { a: 'say "hi"', b: "it's", c: `it's "q"`, d: `"it's" "q"`, e: "back\\slash", "it's": 1, 'a"b': 2 }],
    ["keys", { "a-b": 1, a_b: 2, "1a": 3, A1: 4, $a: 5 }],
    ["many numbers", { buckets: Array.from({ length: 60 }, (_, index) => index / 100) }],
    [
      "nested lists",
      {
        a: [
          ["a", "b"],
          ["c", "d"],
        ],
        b: [["a"], ["b"]],
        c: [{ a: 1 }, { a: 1, b: 2 }],
        d: [[1, 2]],
      },
    ],
    ["empty", { a: {}, b: [], c: { d: {} } }],
    ["a long string, which stands below its key", { description: long(110), again: { description: long(130) } }],
    ["wide characters", { description: "店".repeat(50), other: "é".repeat(100), emoji: "🚀".repeat(52) }],
    ["a long list of words", { words: Array.from({ length: 30 }, (_, index) => `word-${index}`) }],
    ["one record in a list", { steps: [{ name: long(50), run: `npm ci\nnpm ${long(50)}` }] }],
    ...Array.from({ length: 12 }, (_, index): readonly [string, unknown] => [
      `lines of ${110 + index} columns`,
      {
        a: { b: long(90 + index), c: 1 },
        bc: long(103 + index),
        bcd: long(104 + index),
        d: [long(50), long(44 + index)],
      },
    ]),
  ];

  // One run of the formatter for all of them: starting it takes longer than its work.
  const texts = CASES.map(([, data], index) => {
    const head = `export const data${index} = `;
    return `${head}${literalText(data, {}, { taken: head.length + 1 })};\n`;
  });
  let lines: readonly string[];
  beforeAll(() => {
    lines = formatted(texts.join("")).split(/^(?=export)/m);
  });

  it.each(CASES.map(([title], index) => [title, index] as const))("%s", (_, index) => {
    expect(lines[index]).toBe(texts[index]);
  });
});
