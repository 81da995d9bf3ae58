import type { RulesOfOthers } from "./rules-of-others";

export const ALLSTAR: RulesOfOthers = {
  source: "Allstar",
  version: "4.5",
  url: "https://github.com/ossf/allstar#policies",
  all: [
    "Binary Artifacts",
    "Branch Protection",
    "CODEOWNERS",
    "Dangerous Workflow",
    "GitHub Actions",
    "OpenSSF Scorecard",
    "Outside Collaborators",
    "Repository Administrators",
    "SECURITY.md",
  ],
  unanswered: [
    {
      because: "about the service's own code, not how it ships",
      rules: ["Binary Artifacts", "SECURITY.md"],
    },
    { because: "asks whether the file is there: Gatehouse writes it for every service", rules: ["CODEOWNERS"] },
    { because: "runs checks of Scorecard, which are listed by themselves", rules: ["OpenSSF Scorecard"] },
  ],
};
