import { ActionsEnvironmentSecret } from "@cdktf/provider-github/lib/actions-environment-secret";
import { ActionsEnvironmentVariable } from "@cdktf/provider-github/lib/actions-environment-variable";
import { RepositoryEnvironment } from "@cdktf/provider-github/lib/repository-environment";
import { RepositoryEnvironmentDeploymentPolicy } from "@cdktf/provider-github/lib/repository-environment-deployment-policy";
import { Construct } from "constructs";
import { teamId } from "./team-reference";

export interface DeploymentEnvironmentProps {
  /** Name of the repository, without its owner. */
  readonly repository: string;
  /** Name of the environment, such as `production`. */
  readonly environment: string;
  /** Slugs of the teams one member of which must approve a deployment; at most six. None: nobody is asked. */
  readonly reviewerTeams: readonly string[];
  /** Who started a deployment can't approve it. */
  readonly preventSelfReview: boolean;
  /** Minutes a deployment waits, 0 to 43,200. */
  readonly waitMinutes: number;
  /** Names or patterns of the branches that may deploy; at least one. */
  readonly branches: readonly string[];
  /** Variables that jobs of the environment read, in clear. A value may be a reference to another resource. */
  readonly variables: Readonly<Record<string, string>>;
  /** Secrets that jobs of the environment read: Base64 of a libsodium sealed box for this environment's public key. */
  readonly secrets: Readonly<Record<string, { readonly ciphertext: string }>>;
}

/**
 * An environment with who may deploy to it, from where, and what a deployment can read. Administrators can't pass it by.
 *
 * Terraform does not see reviewers or self-review protection that were removed elsewhere: when GitHub's answer lacks the
 * rule, the provider keeps what its state says (integrations/terraform-provider-github v6.9.0,
 * `github/resource_github_repository_environment.go`). Whoever looks for drift must ask GitHub itself.
 */
export class DeploymentEnvironment extends Construct {
  /** @throws if no branch is given: an environment without branches would take deployments from all of them. */
  constructor(scope: Construct, id: string, props: DeploymentEnvironmentProps) {
    super(scope, id);
    if (props.branches.length === 0) {
      throw new Error(
        `environment "${props.environment}" names no branches, and GitHub would let every branch deploy to it; name the branches that may, such as "main"`,
      );
    }
    const environment = new RepositoryEnvironment(this, "Default", {
      repository: props.repository,
      environment: props.environment,
      canAdminsBypass: false,
      preventSelfReview: props.preventSelfReview,
      waitTimer: props.waitMinutes,
      // An empty block, not a missing one: the provider reads "missing" as "as it was" and would keep former reviewers.
      reviewers: [{ teams: [...props.reviewerTeams].sort().map((slug) => teamId(this, slug)) }],
      deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
    });
    // References instead of names make everything below wait for the environment.
    const target = { repository: environment.repository, environment: environment.environment };
    for (const branchPattern of props.branches) {
      new RepositoryEnvironmentDeploymentPolicy(this, `branch-${branchPattern}`, { ...target, branchPattern });
    }
    for (const [variableName, value] of Object.entries(props.variables)) {
      new ActionsEnvironmentVariable(this, `variable-${variableName}`, { ...target, variableName, value });
    }
    for (const [secretName, { ciphertext }] of Object.entries(props.secrets)) {
      // Never `plaintext_value`: it stays readable in the state.
      new ActionsEnvironmentSecret(this, `secret-${secretName}`, { ...target, secretName, encryptedValue: ciphertext });
    }
  }
}
