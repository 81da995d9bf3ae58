import type { Construct } from "constructs";
import { PrivateBucket } from "../constructs/cloudflare/private-bucket";
import { cloudflareProvider } from "../constructs/cloudflare/provider";
import { DefaultBranchGuard } from "../constructs/github/default-branch-guard";
import { OrganizationTeam } from "../constructs/github/organization-team";
import { githubProvider } from "../constructs/github/provider";
import type { Organization } from "../declaration/organization";
import { ORGANIZATION_STACK } from "../declaration/stack-names";
import { GatehouseStack, type RunProps } from "./gatehouse-stack";
import { Notifications } from "./notifications";

/** What all services share: the organization's teams, its rules for every repository, who is notified of what, and the bucket of the audit trail. */
export class OrganizationStack extends GatehouseStack {
  constructor(scope: Construct, organization: Organization, run: RunProps) {
    super(scope, ORGANIZATION_STACK, organization.state, run);
    githubProvider(this);
    for (const [slug, { description }] of Object.entries(organization.teams)) {
      new OrganizationTeam(this, `team-${slug}`, { slug, description });
    }
    if (organization.github.protectDefaultBranches === true) new DefaultBranchGuard(this, "default-branches");
    if (organization.grafana !== undefined) new Notifications(this, { grafana: organization.grafana });
    const { audit, cloudflare } = organization;
    if (audit?.bucket !== undefined && cloudflare !== undefined) {
      cloudflareProvider(this);
      const { accountId } = cloudflare;
      new PrivateBucket(this, "audit", { ...audit.bucket, accountId, retentions: [{ prefix: "", days: "for ever" }] });
    }
  }
}
