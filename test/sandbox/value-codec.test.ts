import { encode } from "@msgpack/msgpack";
import { isUnknown, UNKNOWN, Unknown } from "../../sandbox/protocol/unknown";
import { conform, decodeValue, encodeValue } from "../../sandbox/protocol/value-codec";
import type { ValueType } from "../../sandbox/schema/schema";

const OBJECT: ValueType = ["object", { name: "string", count: "number", tags: ["set", "string"] }];

function roundTrip(value: unknown, type: ValueType): unknown {
  return decodeValue(encodeValue(value, type), type);
}

describe("values of Terraform's wire format", () => {
  test.each<[string, unknown, ValueType]>([
    ["a string", "é😀", "string"],
    ["a string that looks like an interpolation", '${jsondecode(file("/etc/passwd"))}', "string"],
    ["a whole number", 15_368, "number"],
    ["a fraction", 0.1, "number"],
    ["a number beyond 53 bits, as its digits", "12345678901234567890123", "number"],
    ["a truth value", false, "bool"],
    ["an absence", null, OBJECT],
    ["a list", ["b", "a", "b"], ["list", "string"]],
    ["a map", { b: [1], a: [] }, ["map", ["list", "number"]]],
    ["an object", { name: "x", count: null, tags: ["a", "b"] }, OBJECT],
    ["a value of open type", { $type: ["list", "number"], $value: [1, 2] }, "dynamic"],
  ])("keep %s", (_, value, type) => {
    expect(roundTrip(value, type)).toEqual(value);
  });

  test("fractions travel as the decimal that was written, not as the nearest float", () => {
    expect(encodeValue(0.1, "number")).toEqual(encode("0.1"));
  });

  test("whole numbers of 64 bits arrive exactly", () => {
    expect(decodeValue(encode(9_007_199_254_740_993n, { useBigInt64: true }), "number")).toBe("9007199254740993");
    expect(decodeValue(encode(42n, { useBigInt64: true }), "number")).toBe(42);
  });

  test("what is unknown stays unknown, one zero byte under extension 0", () => {
    expect(Buffer.from(encodeValue(UNKNOWN, "string")).toString("hex")).toBe("d40000");
    expect(isUnknown(roundTrip(UNKNOWN, "string"))).toBe(true);
  });

  test("what is known of an unknown value passes through unread", () => {
    const refined = roundTrip(new Unknown(Uint8Array.from([0x81, 0x01, 0xc2])), "string");
    expect(refined).toBeInstanceOf(Unknown);
    expect([...((refined as Unknown).refinement ?? [])]).toEqual([0x81, 0x01, 0xc2]);
  });

  test("objects have every attribute of their type, and no other", () => {
    expect(conform({ name: "x", stray: 1 }, OBJECT)).toEqual({ name: "x", count: null, tags: null });
  });

  test("sets that are equal are equal arrays", () => {
    expect(conform(["b", "a"], ["set", "string"])).toEqual(conform(["a", "b"], ["set", "string"]));
  });
});
