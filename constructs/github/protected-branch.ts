import { RepositoryRuleset } from "@cdktf/provider-github/lib/repository-ruleset";
import { Construct } from "constructs";
import { type BypassActor, bypassActors } from "./bypass-actor";

/**
 * Id of the GitHub Actions app on github.com. A required check that names no app counts whoever reports it, so anyone with
 * a token that may write statuses could turn it green; bound to the app, only a workflow run can
 * (https://docs.github.com/rest/repos/rules, `integration_id`; https://api.github.com/apps/github-actions).
 */
const GITHUB_ACTIONS_APP_ID = 15368;

export interface ProtectedBranchProps {
  /** Name of the repository, without its owner. */
  readonly repository: string;
  /** Name of the branch, without `refs/heads/`. */
  readonly branch: string;
  /** Approving reviews a pull request needs, 0 to 10. */
  readonly approvals: number;
  /** A push to a pull request takes its approvals away. */
  readonly dismissStale: boolean;
  /** Files with an owner in CODEOWNERS need that owner's approval. */
  readonly codeOwners: boolean;
  /**
   * The last push must be approved by someone other than who pushed it.
   * @default false
   */
  readonly lastPushApproval?: boolean | undefined;
  /** All review conversations must be resolved. */
  readonly resolveConversations: boolean;
  /** A pull request must contain the latest commit of the branch. It is a setting of the required checks: without any it can't be had. */
  readonly upToDate: boolean;
  /** Names of the checks, exactly as the workflow's jobs report them. */
  readonly requiredChecks: readonly { readonly context: string }[];
  /** No merge commits. */
  readonly linearHistory: boolean;
  /** Regular expression that every commit message matches; GitHub Enterprise only. @default - any message */
  readonly commitMessagePattern?: string | undefined;
  /** Whom the rules do not hold for. */
  readonly bypass: readonly BypassActor[];
}

/** One ruleset on one branch: changes come by pull request, with these reviews and checks; no force push, no deletion. */
export class ProtectedBranch extends Construct {
  /** @throws if `upToDate` is asked for without any required check. */
  constructor(scope: Construct, id: string, props: ProtectedBranchProps) {
    super(scope, id);
    if (props.upToDate && props.requiredChecks.length === 0) {
      throw new Error(
        `branch "${props.branch}" must be up to date but requires no checks; GitHub knows "up to date" only as a part of required checks: require a job, or set upToDate to false`,
      );
    }
    new RepositoryRuleset(this, "Default", {
      repository: props.repository,
      name: `protected-${props.branch}`,
      target: "branch",
      enforcement: "active",
      conditions: { refName: { include: [`refs/heads/${props.branch}`], exclude: [] } },
      bypassActors: bypassActors(this, props.bypass),
      rules: {
        deletion: true,
        nonFastForward: true,
        requiredLinearHistory: props.linearHistory,
        ...(props.commitMessagePattern !== undefined && {
          commitMessagePattern: { operator: "regex", pattern: props.commitMessagePattern },
        }),
        pullRequest: {
          requiredApprovingReviewCount: props.approvals,
          dismissStaleReviewsOnPush: props.dismissStale,
          requireCodeOwnerReview: props.codeOwners,
          requireLastPushApproval: props.lastPushApproval ?? false,
          requiredReviewThreadResolution: props.resolveConversations,
        },
        ...(props.requiredChecks.length > 0 && {
          requiredStatusChecks: {
            strictRequiredStatusChecksPolicy: props.upToDate,
            requiredCheck: props.requiredChecks
              .map(({ context }) => ({ context, integrationId: GITHUB_ACTIONS_APP_ID }))
              .sort((a, b) => (a.context < b.context ? -1 : 1)),
          },
        }),
      },
    });
  }
}
