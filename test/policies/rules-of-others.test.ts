import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { POLICIES, ruleSources, rulesOf } from "../../operations/policy-bundle";
import { CHECKOV } from "../../policies/others/checkov";
import { LISTS } from "../../policies/others/lists";
import { ruleOfOthers } from "../../policies/others/rules-of-others";
import { ZIZMOR } from "../../policies/others/zizmor";
import { describeWithVersion } from "../support/programs";

/** Names of a source that rules answer, without those that are answered for something else: `CKV_AWS_143 (for R2)`. */
async function answered(source: string): Promise<readonly string[]> {
  const rules = rulesOf(await ruleSources(POLICIES));
  const named = rules.flatMap(({ external }) => external.map(ruleOfOthers)).filter((each) => each.source === source);
  return [...new Set(named.map(({ rule }) => rule))].filter((rule) => !rule.includes("("));
}

describe("of the rules of others", () => {
  test("every source that rules name is listed", async () => {
    const rules = rulesOf(await ruleSources(POLICIES));
    const sources = new Set(rules.flatMap(({ external }) => external.map((each) => ruleOfOthers(each).source)));
    expect([...sources].sort()).toEqual([...LISTS.map(({ source }) => source), CHECKOV.source].sort());
  });

  test.each(LISTS)("each of $source is answered, or it is said why it isn't, and not both", async (list) => {
    const { source, all, part, unanswered } = list;
    const withReason = unanswered.flatMap(({ rules }) => rules);
    const withRule = (await answered(source)).filter((rule) => part === undefined || part.names.test(rule));
    expect(withRule.filter((rule) => withReason.includes(rule))).toEqual([]);
    expect([...withRule, ...withReason].sort()).toEqual([...all].sort());
    expect(new Set(all).size).toBe(all.length);
  });

  test.each(LISTS)("$source: what no rule answers has a reason in a few words, each reason once", ({ unanswered }) => {
    const reasons = unanswered.map(({ because }) => because);
    expect(reasons.filter((reason) => reason.trim() === "" || reason.length > 110)).toEqual([]);
    expect(new Set(reasons).size).toBe(reasons.length);
    expect(unanswered.filter(({ rules }) => rules.length === 0)).toEqual([]);
  });

  test("checks of Checkov that are answered are of families in scope, and no family is in scope and out of it", async () => {
    const familyOf = (check: string) => /^CKV2?_([A-Z0-9]+)_\d+$/.exec(check)?.[1];
    const families = new Set((await answered(CHECKOV.source)).map(familyOf));
    expect([...families].sort()).toEqual([...CHECKOV.inScope].sort());
    const listed = [...CHECKOV.inScope, ...CHECKOV.outOfScope.flatMap((each): readonly string[] => each.families)];
    expect(new Set(listed).size).toBe(listed.length);
  });

  test("the audits of zizmor are those of the version that CI runs", () => {
    const ci = readFileSync(join(__dirname, "../../.ci/run"), "utf8");
    expect(/\bZIZMOR=(\S+)/.exec(ci)?.[1]).toBe(ZIZMOR.version);
  });
});

describeWithVersion(
  { program: "zizmor", asked: ["--version"], version: ZIZMOR.version },
  "of the rules of others, by zizmor",
  () => {
    /** No command lists the audits. The program has a page for each, with what it says right behind: `audits/#artipackedcredential…`. */
    test("the audits are those that the program has", () => {
      const path = spawnSync("sh", ["-c", "command -v zizmor"], { encoding: "utf8" }).stdout.trim();
      const pages = readFileSync(path, "latin1").match(/docs\.zizmor\.sh\/audits\/#[a-z-]+/g) ?? [];
      const texts = [...new Set(pages)].map((page) => page.split("#")[1] ?? "");
      expect(texts.filter((text) => !ZIZMOR.all.some((audit) => text.startsWith(audit)))).toEqual([]);
      expect(ZIZMOR.all.filter((audit) => !texts.some((text) => text.startsWith(audit)))).toEqual([]);
    });
  },
);
