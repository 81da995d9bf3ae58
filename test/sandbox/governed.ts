export const REPOSITORY = { pos: { name: "pos", visibility: "public", allow_merge_commit: false } };
export const NAME = "${github_repository.pos.name}";
/** A repository with a ruleset, an environment and its deployment policy. */
export const GOVERNED = {
  github_repository: REPOSITORY,
  github_repository_ruleset: {
    main: {
      name: "main",
      repository: NAME,
      target: "branch",
      enforcement: "active",
      conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
      rules: {
        deletion: true,
        required_status_checks: {
          required_check: [
            { context: "shellcheck", integration_id: 15_368 },
            { context: "codeql (python)", integration_id: 15_368 },
          ],
        },
      },
    },
  },
  github_repository_environment: {
    production: {
      repository: NAME,
      environment: "production",
      wait_timer: 5,
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    },
  },
  github_repository_environment_deployment_policy: {
    main: {
      repository: NAME,
      environment: "${github_repository_environment.production.environment}",
      branch_pattern: "main",
    },
  },
};
