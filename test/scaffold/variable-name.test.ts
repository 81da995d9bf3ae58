import { variableName, variablesOf } from "../../scaffold/variable-name";

describe("what a service is called in the code", () => {
  it("is its name in camel case", () => {
    expect(variableName("openclaw-pos")).toBe("openclawPos");
    expect(variableName("a-1-b")).toBe("a1B");
  });

  it.each(["new", "default", "in", "eval", "fleet", "organization", "await"])(
    'is never a word that the language or the fleet has for itself: "%s"',
    (word) => {
      expect(variableName(word)).toBe(`${word}Service`);
    },
  );

  it("is another when one of its three variables is taken", () => {
    expect(variableName("a-1", new Set(["a1"]))).toBe("a1Service");
    expect(variableName("foo", new Set(["fooSealed"]))).toBe("fooService");
    expect(variableName("foo", new Set(["foo", "fooService"]))).toBe("fooService2");
    expect(variablesOf("foo")).toEqual(["foo", "fooSealed", "fooStateful"]);
  });
});
