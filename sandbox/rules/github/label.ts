import type { ResourceRule } from "../rule";
import { joined, needsRepository } from "./names";

/**
 * Source: github/resource_github_issue_label.go at v6.9.0 of github.com/integrations/terraform-provider-github; colour
 * and lengths: docs.github.com, REST, "Create a label".
 */
export const issueLabel: ResourceRule = {
  type: "github_issue_label",
  replaces: ["repository"],
  check: (config) => {
    config.matches("color", /^[0-9a-fA-F]{6}$/, "six hexadecimal digits without '#'");
    config.length("name", 1, 50);
    config.length("description", 0, 100);
  },
  identity: ({ repository, name }) => joined(repository, name),
  computed: ({ repository, name }, { owner }) => ({
    id: joined(repository, name),
    url: `https://api.github.com/repos/${owner}/${repository}/labels/${encodeURIComponent(String(name))}`,
  }),
  // New repositories come with labels, so creating one that exists edits it.
  overwrites: true,
  needs: needsRepository,
};
