import { CHECKOV } from "../policies/others/checkov";
import { LISTS } from "../policies/others/lists";
import { type RulesOfOthers, ruleOfOthers } from "../policies/others/rules-of-others";
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
    "What others look for, and which rules here answer it. A rule here may be stricter, and answer only a part of theirs. [Where that was read](../decisions/0039-which-rules-of-others-are-answered.md) is written down.",
    ...sources(all).map(([source, answers]) =>
      markdownTable(
        [prose(source), "Answered by"],
        answers.map(([rule, ours]) => [code(rule), ours.map(code).join(", ")]),
      ).join("\n"),
    ),
    "## What no rule answers",
    "What others look for and no rule here does, with the reason. Each of theirs is in the tables above or in these.",
    ...LISTS.flatMap(unanswered),
    ...checkov(),
  ];
  return `${blocks.join("\n\n")}\n`;
}

type Answers = readonly (readonly [theirs: string, ours: readonly string[]])[];

/** The rules of others, by whose they are, each with those that answer it. */
function sources(all: readonly PolicyRule[]): readonly (readonly [source: string, answers: Answers])[] {
  const bySource = new Map<string, Map<string, string[]>>();
  for (const { name, external } of all)
    for (const each of external) {
      const { source, rule } = ruleOfOthers(each);
      const answers = bySource.get(source) ?? new Map<string, string[]>();
      bySource.set(source, answers.set(rule, [...(answers.get(rule) ?? []), name]));
    }
  return [...bySource].sort(byName).map(([source, answers]) => [source, [...answers].sort(byName)]);
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one.localeCompare(other, "en", { numeric: true });
}

function unanswered({ source, version, url, part, all, unanswered: groups }: RulesOfOthers): readonly string[] {
  const rows = groups.flatMap(({ because, rules }) => rules.map((rule) => [rule, because] as const));
  const which = part === undefined ? "" : `, ${part.words}`;
  return [
    `### ${source}`,
    `${rows.length} of ${all.length}, of version [${version}](${url})${which}.`,
    markdownTable(
      ["Theirs", "Why"],
      [...rows].sort(byName).map(([rule, because]) => [code(rule), because]),
    ).join("\n"),
  ];
}

function checkov(): readonly string[] {
  const { source, version, url, inScope, outOfScope } = CHECKOV;
  return [
    `### ${source}`,
    `Of more than a thousand checks of version [${version}](${url}), families are out of scope as a whole. Of ${inScope.map((each) => code(each)).join(", ")}, what is not in the table above is not answered.`,
    markdownTable(
      ["Families", "Why"],
      outOfScope.map(({ because, families }) => [families.map((each) => code(each)).join(", "), because]),
    ).join("\n"),
  ];
}
