import { configuredSchema } from "../../sandbox/provider/configured-schema";
import { RULES, resourceRule } from "../../sandbox/rules/catalogue";
import type { ResourceRule } from "../../sandbox/rules/rule";
import { isSensitive, typesWithSecrets } from "../../sandbox/rules/sensitive";
import { type Attribute, type Block, isNested } from "../../sandbox/schema/schema";
import { PROVIDERS, plainSchema } from "../../sandbox/schema/schemas";

/** All attributes by their dotted paths. */
function paths(block: Block, at = ""): [string, Attribute][] {
  const ofAttributes = (all: Block["attributes"], from: string): [string, Attribute][] =>
    Object.entries(all).flatMap(([name, attribute]) => [
      [`${from}${name}`, attribute] as [string, Attribute],
      ...(isNested(attribute.type) ? ofAttributes(attribute.type.attributes, `${from}${name}.`) : []),
    ]);
  const blocks = Object.entries(block.blocks).flatMap(([name, nested]) => paths(nested.block, `${at}${name}.`));
  return [...ofAttributes(block.attributes, at), ...blocks];
}

function schemaOf(type: string): { readonly block: Block; readonly rule: ResourceRule } {
  const provider = PROVIDERS.find((name) => type.startsWith(`${name}_`)) ?? "github";
  const rule = resourceRule(provider, type);
  return { block: configuredSchema(plainSchema(provider, "resource", type), rule), rule };
}

describe("what must not be shown", () => {
  test.each([...typesWithSecrets(), "kubernetes_secret_v1", "helm_release", "github_actions_environment_secret"])(
    "is named as the schema of %s names it",
    (type) => {
      const { block, rule } = schemaOf(type);
      for (const secret of rule.sensitive ?? []) {
        const named = paths(block).filter(([path]) => isSensitive({ type, sensitive: [secret] }, path));
        expect([type, secret, named.length > 0]).toEqual([type, secret, true]);
        expect(named.every(([, attribute]) => attribute.sensitive)).toBe(true);
      }
    },
  );

  test("never reaches the state if it is write-only", () => {
    for (const [type, name] of [
      ["kubernetes_secret_v1", "data_wo"],
      ["helm_release", "set_wo"],
    ] as const) {
      expect(schemaOf(type).block.attributes[name]).toMatchObject({ writeOnly: true, computed: false });
      expect(schemaOf(type).block.attributes[`${name}_revision`]?.writeOnly).toBeUndefined();
    }
  });
});

describe("the rules", () => {
  test.each(RULES.map((rule) => [rule.type, rule] as const))(
    "of %s speak only of attributes that it has",
    (type, rule) => {
      const known = new Set(paths(schemaOf(type).block).map(([path]) => path));
      const blocks = (block: Block, at = ""): string[] =>
        Object.entries(block.blocks).flatMap(([name, nested]) => [
          `${at}${name}`,
          ...blocks(nested.block, `${at}${name}.`),
        ]);
      for (const name of blocks(schemaOf(type).block)) {
        known.add(name);
      }
      const spoken = [
        ...(rule.replaces ?? []),
        ...(rule.unsettled ?? []),
        ...(rule.keptBlocks ?? []),
        ...Object.keys(rule.defaults ?? {}),
        ...Object.keys(rule.atMost ?? {}),
      ];
      expect(spoken.filter((path) => !known.has(path))).toEqual([]);
    },
  );
});
