import type { ResourceRule } from "../rule";
import { needsRepository } from "./names";

/**
 * Source: github/resource_github_repository_automated_security_fixes.go at v6.9.0 of
 * github.com/integrations/terraform-provider-github, which is registered under this name. A destroy switches them off.
 */
export const dependabotSecurityUpdates: ResourceRule = {
  type: "github_repository_dependabot_security_updates",
  replaces: ["repository"],
  identity: ({ repository }) => String(repository),
  computed: ({ repository }) => ({ id: repository }),
  overwrites: true,
  needs: (attributes, needs) => {
    const repository = needsRepository(attributes, needs);
    // docs.github.com, REST, "Enable Dependabot security updates": vulnerability alerts must be on.
    if (attributes.enabled === true && repository.attributes.vulnerability_alerts !== true) {
      needs.refuse(
        ["enabled"],
        `Vulnerability alerts are off for ${repository.id} (422): set vulnerability_alerts = true there first.`,
      );
    }
  },
};
