import type { RulesOfOthers } from "./rules-of-others";

export const SCORECARD: RulesOfOthers = {
  source: "OpenSSF Scorecard",
  version: "5.5.0",
  url: "https://github.com/ossf/scorecard/blob/main/docs/checks.md",
  all: [
    "Binary-Artifacts",
    "Branch-Protection",
    "CI-Tests",
    "CII-Best-Practices",
    "Code-Review",
    "Contributors",
    "Dangerous-Workflow",
    "Dependency-Update-Tool",
    "Fuzzing",
    "License",
    "Maintained",
    "Packaging",
    "Pinned-Dependencies",
    "SAST",
    "SBOM",
    "Security-Policy",
    "Signed-Releases",
    "Token-Permissions",
    "Vulnerabilities",
    "Webhooks",
  ],
  unanswered: [
    {
      because: "about the service's own code, not how it ships",
      rules: ["Binary-Artifacts", "Fuzzing", "License", "Security-Policy"],
    },
    { because: "about who works on a project, and how lively it is", rules: ["Contributors", "Maintained"] },
    { because: "asks for a badge that is given elsewhere", rules: ["CII-Best-Practices"] },
    {
      because: "asks whether a file is there: Gatehouse writes `renovate.json` where `dependencies` is declared",
      rules: ["Dependency-Update-Tool"],
    },
    { because: "about packages for others to install; services are deployed", rules: ["Packaging"] },
    {
      because: "a service chooses its scanners, among them jobs of kind `codeql`; no rule asks for one",
      rules: ["SAST"],
    },
    { because: "about what releases have attached, which no input says", rules: ["SBOM", "Signed-Releases"] },
    { because: "changes without a change of ours: jobs of kind `scan` look each time", rules: ["Vulnerabilities"] },
  ],
};
