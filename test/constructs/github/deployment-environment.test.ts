import {
  DeploymentEnvironment,
  type DeploymentEnvironmentProps,
} from "../../../constructs/github/deployment-environment";
import { resourceOf, resourcesOf, synthesized } from "../synthesized";

const PROPS: DeploymentEnvironmentProps = {
  repository: "openclaw-pos",
  environment: "production",
  reviewerTeams: ["pos-maintainers", "platform"],
  preventSelfReview: true,
  waitMinutes: 5,
  branches: ["main"],
  variables: { APP_ENV: "production", D1_DATABASE_NAME: "openclaw-pos" },
  secrets: { CLOUDFLARE_API_TOKEN: { ciphertext: "c2VhbGVk" } },
};

function adding(changes: Partial<DeploymentEnvironmentProps> = {}) {
  return (stack: Parameters<Parameters<typeof synthesized>[0]>[0]) =>
    void new DeploymentEnvironment(stack, "production", { ...PROPS, ...changes });
}

const REFERENCES = {
  repository: "${github_repository_environment.production.repository}",
  environment: "${github_repository_environment.production.environment}",
};

describe("DeploymentEnvironment", () => {
  it("asks the reviewers, waits, and lets no administrator by", () => {
    expect(resourceOf(adding(), "github_repository_environment")).toEqual({
      repository: "openclaw-pos",
      environment: "production",
      can_admins_bypass: false,
      prevent_self_review: true,
      wait_timer: 5,
      reviewers: [{ teams: ["${data.github_team.team-platform.id}", "${data.github_team.team-pos-maintainers.id}"] }],
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    });
  });

  it("says that nobody is asked with an empty list, because a missing block would keep former reviewers", () => {
    expect(resourceOf(adding({ reviewerTeams: [] }), "github_repository_environment").reviewers).toEqual([
      { teams: [] },
    ]);
  });

  it("takes deployments from each declared branch, once the environment is there", () => {
    const policies = resourcesOf(
      adding({ branches: ["main", "release/*"] }),
      "github_repository_environment_deployment_policy",
    );
    expect(policies).toEqual([
      { ...REFERENCES, branch_pattern: "main" },
      { ...REFERENCES, branch_pattern: "release/*" },
    ]);
  });

  it("refuses to be without branches, because GitHub would take deployments from all of them", () => {
    expect(() => synthesized(adding({ branches: [] }))).toThrow(
      'environment "production" names no branches, and GitHub would let every branch deploy to it; name the branches that may, such as "main"',
    );
  });

  it("has a variable for each key", () => {
    expect(resourcesOf(adding(), "github_actions_environment_variable")).toEqual([
      { ...REFERENCES, variable_name: "APP_ENV", value: "production" },
      { ...REFERENCES, variable_name: "D1_DATABASE_NAME", value: "openclaw-pos" },
    ]);
  });

  it("has each secret as ciphertext, never in clear", () => {
    expect(resourcesOf(adding(), "github_actions_environment_secret")).toEqual([
      { ...REFERENCES, secret_name: "CLOUDFLARE_API_TOKEN", encrypted_value: "c2VhbGVk" },
    ]);
  });

  it("gives each variable an address that other variables don't move", () => {
    const addresses = (variables: Record<string, string>) =>
      Object.keys(synthesized(adding({ variables })).resource.github_actions_environment_variable ?? {});
    expect(addresses({ ANOTHER: "1", APP_ENV: "2" })).toEqual(expect.arrayContaining(addresses({ APP_ENV: "2" })));
  });
});
