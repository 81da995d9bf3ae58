import { BranchDefault } from "@cdktf/provider-github/lib/branch-default";
import { Repository, type RepositorySecurityAndAnalysis } from "@cdktf/provider-github/lib/repository";
import { RepositoryDependabotSecurityUpdates } from "@cdktf/provider-github/lib/repository-dependabot-security-updates";
import { Construct } from "constructs";

export type MergeMethod = "squash" | "merge" | "rebase";

export interface ManagedRepositoryProps {
  /** Name of the repository, without its owner. */
  readonly name: string;
  readonly description: string;
  /** @default - no home page */
  readonly homepage?: string | undefined;
  /** Lower-case letters, digits and hyphens, 50 characters at most each. Order doesn't matter. */
  readonly topics: readonly string[];
  readonly visibility: "public" | "private" | "internal";
  /** Branch that pull requests go to; it must exist. A new repository is created with it if the organization's default name is the same. */
  readonly defaultBranch: string;
  /** Ways a pull request may be merged; those not named are switched off. */
  readonly mergeMethods: readonly MergeMethod[];
  /**
   * Title of a squash commit; used only where squashing is allowed.
   * @default "PR_TITLE"
   */
  readonly squashTitle?: "PR_TITLE" | "COMMIT_OR_PR_TITLE" | undefined;
  /**
   * Body of a squash commit. GitHub takes `PR_BODY` and `BLANK` only together with the title `PR_TITLE`.
   * @default "PR_BODY"
   */
  readonly squashMessage?: "PR_BODY" | "COMMIT_MESSAGES" | "BLANK" | undefined;
  readonly deleteBranchOnMerge: boolean;
  /** Offer "Update branch" on pull requests that are behind. */
  readonly updateBranchButton: boolean;
  /** @default false */
  readonly autoMerge?: boolean | undefined;
  /** @default false - commits made in the browser need no sign-off */
  readonly webCommitSignoffRequired?: boolean | undefined;
  readonly issues: boolean;
  readonly wiki: boolean;
  readonly projects: boolean;
  readonly discussions: boolean;
  /**
   * Secret scanning, and whether it refuses a push that carries a secret. Both or neither: the provider reads both back.
   * Private repositories need GitHub Secret Protection for it.
   * @default - left as GitHub has it
   */
  readonly secretScanning?: { readonly enabled: boolean; readonly pushProtection: boolean } | undefined;
  /**
   * GitHub Advanced Security as one licence; public repositories always have it and can't be told.
   * Where a private repository has the licence, say so, or every plan shows it as about to be removed.
   * @default - not declared
   */
  readonly advancedSecurity?: boolean | undefined;
  /** @default - left as GitHub has it */
  readonly vulnerabilityAlerts?: boolean | undefined;
  /**
   * Pull requests of Dependabot that fix vulnerable dependencies. They need vulnerability alerts.
   * @default - left as GitHub has it
   */
  readonly dependabotSecurityUpdates?: boolean | undefined;
  /**
   * The repository exists and is to be taken over under this name, not created.
   * @default - a new repository is created
   */
  readonly adopt?: string | undefined;
}

/**
 * A repository and the settings it has as a whole.
 *
 * It is created with a first commit, so that its default branch exists and is protected by the same apply that creates it:
 * there is no moment at which it can be pushed to unguarded by the next plan. Destroying it is refused, and a
 * destroy that gets through archives it.
 */
export class ManagedRepository extends Construct {
  /** Name of the repository, as a reference: whoever uses it is created after the repository. */
  readonly repositoryName: string;

  constructor(scope: Construct, id: string, props: ManagedRepositoryProps) {
    super(scope, id);
    const allowed = new Set(props.mergeMethods);
    const repository = new Repository(this, "Default", {
      name: props.name,
      description: props.description,
      homepageUrl: props.homepage ?? "",
      topics: [...props.topics].sort(),
      visibility: props.visibility,
      allowSquashMerge: allowed.has("squash"),
      allowMergeCommit: allowed.has("merge"),
      allowRebaseMerge: allowed.has("rebase"),
      ...(allowed.has("squash") && {
        squashMergeCommitTitle: props.squashTitle ?? "PR_TITLE",
        squashMergeCommitMessage: props.squashMessage ?? "PR_BODY",
      }),
      deleteBranchOnMerge: props.deleteBranchOnMerge,
      allowUpdateBranch: props.updateBranchButton,
      allowAutoMerge: props.autoMerge ?? false,
      webCommitSignoffRequired: props.webCommitSignoffRequired ?? false,
      hasIssues: props.issues,
      hasWiki: props.wiki,
      hasProjects: props.projects,
      hasDiscussions: props.discussions,
      ...(props.vulnerabilityAlerts !== undefined && { vulnerabilityAlerts: props.vulnerabilityAlerts }),
      ...securityAndAnalysis(props),
      autoInit: true,
      archiveOnDestroy: true,
      lifecycle: { preventDestroy: true, ignoreChanges: ignoredChanges(allowed) },
    });
    if (props.adopt !== undefined) repository.importFrom(props.adopt);
    this.repositoryName = repository.name;

    // The repository's own `default_branch` is deprecated, and left unset it hides a change made elsewhere.
    new BranchDefault(this, "default-branch", { repository: repository.name, branch: props.defaultBranch });

    if (props.dependabotSecurityUpdates !== undefined) {
      new RepositoryDependabotSecurityUpdates(this, "dependabot-security-updates", {
        repository: repository.name,
        enabled: props.dependabotSecurityUpdates,
      });
    }
  }
}

function securityAndAnalysis(props: ManagedRepositoryProps): { securityAndAnalysis?: RepositorySecurityAndAnalysis } {
  if (props.secretScanning === undefined && props.advancedSecurity === undefined) return {};
  return {
    securityAndAnalysis: {
      ...(props.advancedSecurity !== undefined && { advancedSecurity: status(props.advancedSecurity) }),
      ...(props.secretScanning !== undefined && {
        secretScanning: status(props.secretScanning.enabled),
        secretScanningPushProtection: status(props.secretScanning.pushProtection),
      }),
    },
  };
}

function status(enabled: boolean): { readonly status: string } {
  return { status: enabled ? "enabled" : "disabled" };
}

/**
 * What Terraform must not compare, because the provider can't make it equal
 * (integrations/terraform-provider-github v6.9.0, `github/resource_github_repository.go`):
 * - `auto_init` matters at creation only, and the importer writes `false` into the state of an adopted repository;
 * - titles and messages of a merge method that is off are read and compared with defaults but never sent.
 */
function ignoredChanges(allowed: ReadonlySet<MergeMethod>): string[] {
  return [
    "auto_init",
    ...(allowed.has("merge") ? [] : ["merge_commit_title", "merge_commit_message"]),
    ...(allowed.has("squash") ? [] : ["squash_merge_commit_title", "squash_merge_commit_message"]),
  ];
}
