import { z } from "zod";
import { AuditTrail } from "./audit-trail";
import { KubernetesClusters } from "./clusters";
import { GitHubPlan } from "./github-plan";
import { Grafana } from "./grafana";
import { Library } from "./library";
import { StateBackend } from "./state-backend";
import { hostname, identifier32, literals, matching, slug, text, wanted, yesOrNo } from "./values";

/** A team of the GitHub organization. Its members are people's business (identity provider or by hand), not Gatehouse's. */
export const Team = z.strictObject({
  description: text("what the team is responsible for"),
});

/** What all services share: the GitHub organization with its plan and teams, the Cloudflare account, where state is kept. */
export const Organization = z.strictObject({
  /** GitHub login of the organization. */
  github: z.strictObject({
    login: matching(
      /^(?!.*--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$/,
      "the login of a GitHub organization: at most 39 letters, digits and single dashes",
      "copy it from https://github.com/<login>",
    ),
    /** What the plan cannot do for a repository of some visibility is refused before GitHub refuses it. */
    plan: GitHubPlan,
    /**
     * Products bought beside the plan. Public repositories have them for nothing; a private one can't scan for secrets without
     * `secret-protection`, nor show CodeQL's findings without `code-security`.
     * @default - none
     */
    licenses: z
      .array(literals(["secret-protection", "code-security"], "a product of GitHub Advanced Security"))
      .min(1, { error: wanted("at least one product", "leave the property out instead") })
      .readonly()
      .optional(),
    /**
     * One organization ruleset that forbids to delete or force-push the default branch of any repository.
     * @default false - repositories are protected by their own rulesets only
     */
    protectDefaultBranches: yesOrNo("whether one organization ruleset protects every default branch").optional(),
  }),
  /** The reusable workflows that services call. @default - no service has a job that one of them does */
  library: Library.optional(),
  /** Teams by slug; owners of services refer to these. */
  teams: z.record(slug("a team's slug"), Team),
  /** @default - no service of the organization runs on Cloudflare */
  cloudflare: z
    .strictObject({
      accountId: identifier32,
      /** Zone ids by zone name, e.g. `{ "example.com": "023e…" }`. */
      zones: z.record(hostname, identifier32),
    })
    .optional(),
  /** Kubernetes clusters by name. @default - no service of the organization runs in one */
  clusters: KubernetesClusters.optional(),
  /** @default - no service of the organization has alerts or dashboards */
  grafana: Grafana.optional(),
  /** Where the trail of deploys and privileged acts is kept, and who signs it. @default - a directory of this machine, and nobody is trusted */
  audit: AuditTrail.optional(),
  /** Where Terraform keeps its state. */
  state: StateBackend,
});
export type Organization = z.infer<typeof Organization>;
