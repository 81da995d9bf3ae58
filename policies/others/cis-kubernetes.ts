import { numbered } from "./numbered";
import type { RulesOfOthers } from "./rules-of-others";

export const CIS_KUBERNETES: RulesOfOthers = {
  source: "CIS Kubernetes v2.0.1",
  version: "2.0.1",
  url: "https://www.cisecurity.org/benchmark/kubernetes",
  part: { words: "section 5; 1 to 4 are of the cluster's own machines", names: /^5\./ },
  all: [
    ...numbered("5.1", 13),
    ...numbered("5.2", 12),
    ...numbered("5.3", 2),
    ...numbered("5.4", 2),
    ...numbered("5.5", 1),
    ...numbered("5.6", 4),
  ],
  unanswered: [
    { because: "about the cluster's network plugin, not what is put into the cluster", rules: ["5.3.1"] },
    { because: "prefers secrets as files: services here read them from their environment", rules: ["5.4.1"] },
    { because: "asks for a place outside of the cluster: here secrets are sealed in Git", rules: ["5.4.2"] },
    { because: "about the API server's own configuration; `image-by-digest` says which image runs", rules: ["5.5.1"] },
    { because: "about how people divide a cluster; each stage here has its namespace", rules: ["5.6.1"] },
  ],
};
