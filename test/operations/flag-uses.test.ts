import { OPENFEATURE_CALLS } from "../../declaration/flags";
import { type FlagUse, flagUses, isCode, namesOf } from "../../operations/flag-uses";

/** Keys (or "?") of the uses in a text. */
function keys(text: string, calls: readonly string[] = OPENFEATURE_CALLS, path = "a.ts"): readonly string[] {
  return flagUses(text, path, calls).map(({ key }) => key ?? "?");
}

function only(text: string, calls: readonly string[] = OPENFEATURE_CALLS): FlagUse {
  const [use, ...others] = flagUses(text, "a.ts", calls);
  if (use === undefined || others.length > 0) throw new Error(`expected one use in ${text}`);
  return use;
}

describe("a use of a flag (MAE-7)", () => {
  test.each([
    'client.getBooleanValue("new-till", false)',
    "client.getBooleanValue('new-till', false)",
    "client.getBooleanValue(`new-till`, false)",
    'if (await this.flags.client.getBooleanValue("new-till", false, { user })) sell();',
    'OpenFeature.getClient().getBooleanValue("new-till", false)',
    'clients[0].getBooleanValue("new-till")',
    'clients[name].getBooleanDetails("new-till", false)',
    'client?.getBooleanValue("new-till", false)',
    'client!.getBooleanValue("new-till" as const, false)',
    '(client as Client).getStringValue<Way>("new-till", "d1")',
    'client["getBooleanValue"]("new-till", false)',
    'this.#client.getBooleanValue("new-till", false)',
    'this.getBooleanValue("new-till", false)',
    'client\n  // a comment between\n  .getBooleanValue(\n    "new-till",\n    false,\n  );',
  ])("is %s", (text) => {
    expect(keys(text)).toEqual(["new-till"]);
  });

  test.each([
    '// client.getBooleanValue("new-till", false)',
    '/* client.getBooleanValue("new-till", false) */',
    "const text = 'client.getBooleanValue(\"new-till\", false)';",
    'getBooleanValue("new-till", false)',
    'client.getNumberValue("new-till", 1)',
    'client.getBooleanValues("new-till")',
    "class Client { getBooleanValue(key: string, otherwise: boolean) { return this.read(key) ?? otherwise; } }",
    "const read = client.getBooleanValue;",
    'new client.getBooleanValue("new-till")',
    'const expression = /client.getBooleanValue\\("new-till"\\)/;',
  ])("is not %s", (text) => {
    expect(keys(text)).toEqual([]);
  });

  test.each([
    "client.getBooleanValue(key, false)",
    "client.getBooleanValue(`till-${version}`, false)",
    'client.getBooleanValue("new" + "-till", false)',
    "client.getBooleanValue(KEYS.till, false)",
    "client.getBooleanValue()",
    "client.getBooleanValue(...all)",
    "client.getBooleanValue(true)",
  ])("has a computed key in %s", (text) => {
    expect(only(text).key).toBeUndefined();
  });

  test("is exactly what is declared: a name alone, one of an object, or one of any object", () => {
    const text =
      'isOn("a"); flags.isOn("b"); this.flags.isOn("c"); other.flags.isOn("d"); this.isOn("e"); get().isOn("f")';
    expect(keys(text, ["isOn"])).toEqual(["a", "e"]);
    expect(keys(text, ["flags.isOn"])).toEqual(["b", "c"]);
    expect(keys(text, ["*.flags.isOn"])).toEqual(["b", "c", "d"]);
    expect(keys(text, ["*.isOn"])).toEqual(["b", "c", "d", "e", "f"]);
    expect(keys(text, ["*.isOn", "isOn"])).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(keys('notflags.isOn("a"); flags.isOnly("b")', ["*.flags.isOn", "flags.isOn"])).toEqual([]);
  });

  test("has a line, what was called, and the value that the code falls back to where it is written there", () => {
    expect(
      flagUses('\n\nclient.getBooleanValue(\n"a", true); client.getStringValue("b", "c");', "a.js", OPENFEATURE_CALLS),
    ).toEqual([
      { line: 3, call: "*.getBooleanValue", key: "a", fallback: true },
      { line: 4, call: "*.getStringValue", key: "b", fallback: "c" },
    ]);
    expect(only('client.getBooleanValue("a", fallback)').fallback).toBeUndefined();
    expect(only('client.getBooleanValue("a")').fallback).toBeUndefined();
  });

  test("may have any characters in its key", () => {
    expect(keys('client.getBooleanValue("日本 👍\\u0007${x}", false)')).toEqual(["日本 👍\u0007${x}"]);
  });

  test.each([
    ["a.tsx", 'const Till = () => <b>{flags.isOn("a") ? <New /> : <Old<Way> way="b" />}</b>;'],
    ["a.jsx", 'const Till = () => <b title="isOn(&quot;b&quot;)">{flags.isOn("a")}</b>;'],
    ["a.mts", '@Injectable() class A { constructor(@Inject() private x: X) { flags.isOn("a" satisfies Key); } }'],
    ["a.cjs", '"use strict"; return flags.isOn("a");'],
    ["a.mjs", 'import x from "y"; await flags.isOn("a"); export default x;'],
    ["a.js", '#!/usr/bin/env node\nwith (x) { flags.isOn("a") }'],
    ["a.cts", 'let a; let a; flags.isOn("a");'],
  ])("is read in %s: %s", (path, text) => {
    expect(keys(text, ["flags.isOn"], path)).toEqual(["a"]);
  });

  test("is found behind a hundred thousand others, and in a chain as long, without a stack that overflows", () => {
    const many = 'flags.isOn("a");\n'.repeat(100_000);
    expect(flagUses(many, "a.js", ["flags.isOn"]).at(-1)).toMatchObject({ line: 100_000, key: "a" });
    expect(keys(`x${".y".repeat(100_000)}.isOn("a")`, ["*.isOn"])).toEqual(["a"]);
  });

  test("can't be told in what is no code", () => {
    expect(() => keys("flags.isOn(")).toThrow(/Unexpected token/);
  });

  test("is looked for in JavaScript and TypeScript only, where the last part of its name stands", () => {
    expect(["a.ts", "b/c.test.tsx", "d.mjs", "e.d.cts"].every(isCode)).toBe(true);
    expect(["a.py", "b.json", "ts", ".ts", "c.ts.md", "d.vue", "e.TS"].some(isCode)).toBe(false);
    expect(namesOf(["*.flags.isOn", "isOn", "get"])).toEqual(["isOn", "get"]);
  });
});
