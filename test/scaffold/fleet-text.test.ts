import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withService } from "../../scaffold/fleet-text";
import { formatted } from "./formatted";

const FLEET = readFileSync(join(__dirname, "../../services/fleet.ts"), "utf8");

describe("a service is added to the text of services/fleet.ts", () => {
  it("by its three imports in their order, and its entry at the end: nothing else changes", () => {
    const { text, variable } = withService(FLEET, "demo");
    expect(variable).toBe("demo");
    const added = text.split("\n").filter((line) => !FLEET.split("\n").includes(line));
    expect(added).toEqual([
      'import { demo } from "./demo";',
      'import demoSealed from "./demo.sealed.json";',
      'import demoStateful from "./demo.stateful.json";',
      "    { service: demo, sealed: demoSealed, stateful: demoStateful },",
    ]);
    expect(
      text
        .split("\n")
        .filter((line) => !added.includes(line))
        .join("\n"),
    ).toBe(FLEET);
  });

  it.each(["aa", "openclaw-pos2", "zz-9", `a${"-bcdefgh".repeat(4)}-bcdefg`])("as the formatter has it: %s", (name) => {
    const { text } = withService(FLEET, name);
    expect(formatted(text)).toBe(text);
  });

  it("once: a text that has it comes back as it is", () => {
    const once = withService(FLEET, "demo");
    expect(withService(once.text, "demo")).toEqual(once);
  });

  it.each(["zeta", "zeta-of-the-longer-names-in-the-fleet"])("as the first ones too, one after another: %s", (name) => {
    const empty = `import type { Fleet } from "../declaration/fleet";
import { organization } from "./organization";

export const fleet: Fleet = {
  organization,
  services: [],
};
`;
    const first = withService(empty, name).text;
    expect(first).toMatch(/^import \{ (zeta\w*) \} from ".+";\nimport \1Sealed from .+\nimport \1Stateful from /m);
    expect(formatted(first)).toBe(first);
    const second = withService(first, "alpha").text;
    expect(formatted(second)).toBe(second);
    const third = withService(second, "beta").text;
    expect(formatted(third)).toBe(third);
    expect(third.match(/service: /g)).toHaveLength(3);
  });

  it("by a variable of its own where two names become one", () => {
    const { text } = withService(withService(FLEET, "a1").text, "a-1");
    expect(text).toContain('import { a1 } from "./a1";');
    expect(text).toContain('import { a1Service } from "./a-1";');
    expect(text).toContain("{ service: a1Service, sealed: a1ServiceSealed, stateful: a1ServiceStateful }");
  });
});

describe("a text that is not written as services/fleet.ts is refused", () => {
  it.each([
    ["export const fleet = {", "it can't be read as TypeScript: Unexpected token (1:22)"],
    ["export const ships = {};\n", "it has no `export const fleet`"],
    ["const services = [];\nexport const fleet = { services };\n", "`services` is written without its value"],
    ["export const fleet = { services: read() };\n", "`fleet` has no list `services: [ … ]`"],
    ["export const fleet = build();\n", "`build()` is no literal { … }"],
    [
      'import { a, b } from "./a";\nexport const fleet = {\n  services: [],\n};\n',
      '`import { a, b } from "./a";` doesn\'t import one thing',
    ],
    ["export const fleet = {\n  services: [],\n};\n", "it has no imports"],
    ["export const fleet = { services: [] };\n", "`[]` shares its lines with more"],
    ["export const fleet = {\n  services: [/* none */],\n};\n", "`[/* none */]` holds a comment"],
    ["export const fleet = {\n  services: [\n    // none yet\n  ],\n};\n", "`[` holds a comment"],
    ["export const fleet = {\n  services: [, a],\n};\n", "a list leaves an item out"],
    ["export const fleet = {\n  services: [a,\n    b],\n};\n", "the end of `[a,` is not on a line of its own"],
  ])("%j", (text, message) => {
    expect(() => withService(text, "demo")).toThrow(message);
  });
});
