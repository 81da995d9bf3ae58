import { packageOf } from "./rule-source";

/** Where the compiled rules answer for all of them at once: a document is read once, not once a rule. */
export const EVERY_ENTRYPOINT = "gatehouse/every/findings";

/** The Rego that asks every rule: an object with the findings of each by its name. */
export function everyRule(rules: readonly { readonly name: string }[]): string {
  const lines = rules.map(({ name }) => {
    const [pack = "", id = ""] = name.split("/");
    return `findings["${name}"] := data.${packageOf(pack, id)}.deny`;
  });
  return `package gatehouse.every\n\n${lines.join("\n\n")}\n`;
}
