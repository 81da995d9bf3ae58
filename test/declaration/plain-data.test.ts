import { plainData } from "../../declaration/plain-data";
import { posRefusals } from "./fixture";

const EXPECTED = "plain data: text, numbers, true or false, lists and records";

describe("a declaration is plain data", () => {
  test("plain data is copied as it is", () => {
    const data = { a: [1, "x", true, null, { b: undefined }] };
    const copy = plainData("x", data);
    expect(copy).toEqual({ data, problems: [] });
    expect(copy.data).not.toBe(data);
  });

  test.each([
    ["a function", () => 1, "a function", "write the value itself"],
    ["a symbol", Symbol("x"), "Symbol(x)", "write the value itself"],
    ["a big integer", 5n, "5", "write the value itself"],
    ["a date", new Date(0), 'an object of the kind "Date"', "write the value itself"],
    ["a map", new Map(), 'an object of the kind "Map"', "write the value itself"],
    [
      "an object of a class",
      new (class Thing {})(),
      "a record with a prototype of its own",
      'remove "__proto__" or write a record { … }',
    ],
    [
      "a list with holes",
      new Array(4_000_000_000),
      "a list with holes, or with properties of its own",
      "write every item, and nothing else",
    ],
    [
      "a list with a property",
      Object.assign([1], { x: 1 }),
      "a list with holes, or with properties of its own",
      "write every item, and nothing else",
    ],
    [
      "a proxy that throws",
      new Proxy(
        {},
        {
          getPrototypeOf: () => {
            throw new Error("no");
          },
        },
      ),
      "an object that can't be read",
      "write the value itself",
    ],
    ["a proxy that was taken away", revoked(), "an object that can't be read", "write the value itself"],
  ])("%s is refused", (_what, value, came, remedy) => {
    expect(posRefusals({ description: value })).toEqual([{ path: "description", came, expected: EXPECTED, remedy }]);
  });

  test("what is no data is left out of a record: it is not there, and so nobody takes it for something", () => {
    const { data } = plainData("x", { a: () => 1, b: undefined, c: 1 });
    expect(Object.keys(data as object)).toEqual(["b", "c"]);
  });

  test("a getter is refused without being asked", () => {
    const owner = {
      get team(): string {
        throw new Error("asked");
      },
      access: "admin",
    };
    expect(posRefusals({ "owners.platform": owner })).toEqual([
      { path: "owners.platform.team", came: "a getter", expected: EXPECTED, remedy: "write the value itself" },
    ]);
  });

  test("a key that is a symbol is refused", () => {
    expect(plainData("x", { [Symbol("k")]: 1 }).problems).toEqual([
      { subject: "x", path: "", came: "the key Symbol(k)", expected: EXPECTED, remedy: "use text as key" },
    ]);
  });

  test.each(["__proto__", "constructor", "prototype"])("a key %s of its own is refused", (key) => {
    expect(posRefusals({ [`owners.${key}`]: { team: "platform", access: "admin" } })).toEqual([
      {
        path: `owners.${key}`,
        came: `the key "${key}"`,
        expected: "a key that is not a property of every object",
        remedy: "rename the key",
      },
    ]);
  });

  test("a prototype written as a literal is refused", () => {
    const labels = { __proto__: { incident: { color: "b60205", description: "Inherited" } } };
    expect(posRefusals({ labels })).toEqual([
      {
        path: "labels",
        came: "a record with a prototype of its own",
        expected: EXPECTED,
        remedy: 'remove "__proto__" or write a record { … }',
      },
    ]);
  });

  test("a record without a prototype is plain", () => {
    const record = Object.assign(Object.create(null), { a: 1 });
    expect(plainData("x", record)).toEqual({ data: { a: 1 }, problems: [] });
  });

  test("something that contains itself is refused once, however often it does", () => {
    const circle: Record<string, unknown> = {};
    for (let key = 0; key < 50; key++) circle[`k${key}`] = circle;
    const { problems } = plainData("x", circle);
    expect(problems).toHaveLength(50);
    expect(problems[0]).toMatchObject({ path: "k0", came: "something that contains itself" });
  });

  test("something that stands in a million places is read once", () => {
    let bomb: unknown = "x";
    for (let level = 0; level < 19; level++) bomb = Array.from({ length: 10 }, () => bomb);
    expect(plainData("x", bomb).problems).toEqual([]);
    expect(posRefusals({ description: bomb })).toHaveLength(1);
  });

  test("ten thousand levels are refused at the twentieth", () => {
    let deep: unknown = "x";
    for (let level = 0; level < 10_000; level++) deep = { a: deep };
    expect(plainData("x", deep).problems).toMatchObject([
      { came: "data nested deeper than 20 levels", remedy: "flatten it" },
    ]);
  });
});

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
