import { numbered } from "./numbered";
import type { RulesOfOthers } from "./rules-of-others";

export const CIS_GITHUB: RulesOfOthers = {
  source: "CIS GitHub v1.2.0",
  version: "1.2.0",
  url: "https://www.cisecurity.org/benchmark/github",
  part: { words: "section 1; of the others only what is answered", names: /^1\./ },
  all: [
    ...numbered("1.1", 20),
    ...numbered("1.2", 7),
    ...numbered("1.3", 13),
    ...numbered("1.4", 4),
    ...numbered("1.5", 6),
  ],
  unanswered: [
    { because: "holds of whatever is declared: it is a repository on GitHub", rules: ["1.1.1"] },
    { because: "about how people work, which no input says", rules: ["1.1.2"] },
    { because: "who dismisses a review: rulesets have no setting for it in the provider", rules: ["1.1.5"] },
    { because: "asks whether CODEOWNERS is there: Gatehouse writes it for every service", rules: ["1.1.6"] },
    {
      because: "asks for signed commits, and so a key of everybody: GitHub signs what it squashes into `main`",
      rules: ["1.1.12"],
    },
    {
      because: "a service chooses its scanners, among them jobs of kind `codeql`; no rule asks for one",
      rules: ["1.1.18"],
    },
    { because: "about the service's own code, not how it ships", rules: ["1.2.1"] },
    {
      because: "a setting of the organization that the provider doesn't have",
      rules: ["1.2.4", "1.3.2", "1.3.4", "1.3.5", "1.3.6", "1.3.9", "1.3.10", "1.3.11", "1.3.12"],
    },
    { because: "about what is done over time, which no input says", rules: ["1.2.5", "1.2.7", "1.3.1", "1.3.13"] },
    { because: "asks how many administrators there are: who they are is not declared", rules: ["1.3.3", "1.3.7"] },
    { because: "about apps, which are installed by hand", rules: ["1.4.1", "1.4.2", "1.4.3"] },
    { because: "asks for a scanner: the pack `workflows` is one, no single rule is", rules: ["1.5.2"] },
    { because: "asks for a scanner: all packs on stacks and plans are one, no single rule is", rules: ["1.5.3"] },
  ],
};
