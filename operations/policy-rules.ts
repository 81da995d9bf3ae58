import { levelWords, type PolicyRule } from "../policies/rule";
import { code, table as markdownTable, prose } from "../workflows/documents/markdown";
import { type Console, counted, table } from "./console";
import { EXIT } from "./failure";
import { POLICIES, ruleSources, rulesOf } from "./policy-bundle";

export interface RulesOptions {
  readonly format: "text" | "json" | "markdown";
  /** Directory of the rules. @default - Gatehouse's own */
  readonly directory?: string | undefined;
}

const DOCUMENT = "docs/reference/policies.md";

/** `gatehouse policy rules`: what holds by each rule, its level, and the rules of others that it answers. */
export async function rules({ format, directory = POLICIES }: RulesOptions, console: Console): Promise<number> {
  const all = rulesOf(await ruleSources(directory));
  if (format === "json") console.print(JSON.stringify({ version: 1, rules: all }, undefined, 2));
  else if (format === "markdown") console.print(markdown(all).trimEnd());
  else {
    console.print(
      table(
        ["rule", "level", "what holds", "answers"],
        all.map((rule) => [rule.name, levelWords(rule), rule.title, rule.external.join("\n")]),
      ),
    );
    console.print(counted(all.length, "rule"));
  }
  return EXIT.fine;
}

function markdown(all: readonly PolicyRule[]): string {
  const packs = [...new Set(all.map(({ pack }) => pack))];
  const blocks = [
    `<!--\nMade by Gatehouse from policies/; do not edit.\nMake it again: npx gatehouse policy rules --markdown > ${DOCUMENT}\n-->`,
    "# Policies",
    `${counted(all.length, "rule")} in ${counted(packs.length, "pack")}. Each is a file, \`policies/<pack>/<rule>.rego\`, which says at its head why it is there, what to do about a finding, and where to read more.`,
    ...packs.flatMap((pack) => [
      `## ${pack}`,
      markdownTable(
        ["Rule", "What holds", "Level", "Answers"],
        all
          .filter((rule) => rule.pack === pack)
          .map((rule) => [code(rule.name), prose(rule.title), levelWords(rule), rule.external.map(prose).join("; ")]),
      ).join("\n"),
    ]),
    "## The rules of others",
    "What others look for, and which rules here answer it. A rule here may be stricter, and answer only a part of theirs. [Where that was read](../decisions/0039-which-rules-of-others-are-answered.md), and what no rule answers, is written down.",
    ...sources(all).map(([source, answers]) =>
      markdownTable(
        [prose(source), "Answered by"],
        answers.map(([rule, ours]) => [code(rule), ours.map(code).join(", ")]),
      ).join("\n"),
    ),
  ];
  return `${blocks.join("\n\n")}\n`;
}

type Answers = readonly (readonly [theirs: string, ours: readonly string[]])[];

/** The rules of others, by whose they are, each with those that answer it. */
function sources(all: readonly PolicyRule[]): readonly (readonly [source: string, answers: Answers])[] {
  const bySource = new Map<string, Map<string, string[]>>();
  for (const { name, external } of all)
    for (const each of external) {
      const { source, rule } = theirs(each);
      const answers = bySource.get(source) ?? new Map<string, string[]>();
      bySource.set(source, answers.set(rule, [...(answers.get(rule) ?? []), name]));
    }
  return [...bySource].sort(byName).map(([source, answers]) => [source, [...answers].sort(byName)]);
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one.localeCompare(other, "en", { numeric: true });
}

/** Of `CIS GitHub v1.2.0: 1.1.3`, `CIS GitHub v1.2.0` and `1.1.3`. */
function theirs(external: string): { readonly source: string; readonly rule: string } {
  const [source = external, rule = external] = external.split(": ");
  return { source, rule };
}
