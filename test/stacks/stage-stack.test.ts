import { App } from "cdktf";
import { StageStack } from "../../stacks/stage-stack";
import { minimalFleet, posFleet } from "../declaration/fixture";
import { type Json, resources, stackNamed, synthesizedFleet } from "./synthesized-fleet";

const sealedAt = { sealedAt: "2026-11-21T09:30:00Z", rotateBy: "2027-02-01T09:30:00Z" };
const ciphertext = `${"A".repeat(66)}==`;
const sealed = {
  production: { CLOUDFLARE_API_TOKEN: { ciphertext, keyId: "568250167242549743", owner: "platform", ...sealedAt } },
};

const stacks = synthesizedFleet(posFleet());
const staging = stackNamed(stacks, "openclaw-pos-staging");
const production = stackNamed(stacks, "openclaw-pos-production");

/** Variables by environment and key. */
function variablesOf(stack: typeof production): Record<string, Record<string, Json | undefined>> {
  const found: Record<string, Record<string, Json | undefined>> = {};
  for (const { environment, variable_name: key, value } of Object.values(
    resources(stack, "github_actions_environment_variable"),
  )) {
    const name = String(environment).replace(
      /^\$\{github_repository_environment\.environment-(.*)\.environment\}$/,
      "$1",
    );
    found[name] = { ...found[name], [String(key)]: value };
  }
  return found;
}

describe("POS-5, POS-6: production is deployed from main, after a maintainer's approval and a wait", () => {
  test("a maintainer reviews, nobody their own deployment, and it waits five minutes", () => {
    expect(resources(production, "github_repository_environment")["environment-production"]).toMatchObject({
      environment: "production",
      repository: "openclaw-pos",
      reviewers: [{ teams: ["${data.github_team.team-pos-maintainers.id}"] }],
      prevent_self_review: true,
      wait_timer: 5,
      can_admins_bypass: false,
    });
  });

  test("every environment of both stages takes deployments from main only", () => {
    for (const stack of [staging, production]) {
      const policies = Object.values(resources(stack, "github_repository_environment_deployment_policy"));
      const environments = Object.values(resources(stack, "github_repository_environment"));
      expect(policies.map((policy) => policy.branch_pattern)).toEqual(environments.map(() => "main"));
      for (const environment of environments) {
        expect(environment.deployment_branch_policy).toEqual({
          custom_branch_policies: true,
          protected_branches: false,
        });
      }
    }
  });

  test("environments for unattended work have no reviewers and don't wait", () => {
    for (const name of ["production-backup", "production-restore"]) {
      expect(resources(production, "github_repository_environment")[`environment-${name}`]).toMatchObject({
        environment: name,
        reviewers: [{ teams: [] }],
        prevent_self_review: false,
        wait_timer: 0,
      });
    }
  });
});

describe("POS-8: the matrix becomes variables and secrets of the environments", () => {
  test("variables with their values, what is derived included", () => {
    expect(variablesOf(staging)).toEqual({
      staging: {
        CLOUDFLARE_ACCOUNT_ID: "023e105f4ecef8ad9ca31a8372d0c353",
        APP_ENV: "staging",
        D1_DATABASE_ID: "${cloudflare_d1_database.d1-main.id}",
        D1_DATABASE_NAME: "openclaw-pos-staging",
        HEALTHCHECK_URL: "https://pos-staging.example.com/health",
      },
    });
  });

  test("each environment has its own, and the database is that of its stage", () => {
    const variables = variablesOf(production);
    expect(Object.keys(variables)).toEqual(["production", "production-backup", "production-restore"]);
    expect(variables.production?.APP_ENV).toBe("production");
    expect(variables["production-backup"]).toEqual({
      CLOUDFLARE_ACCOUNT_ID: "023e105f4ecef8ad9ca31a8372d0c353",
      D1_DATABASE_ID: "${cloudflare_d1_database.d1-main.id}",
      D1_DATABASE_NAME: "openclaw-pos",
      BACKUP_AGE_RECIPIENT: "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
    });
  });

  test("a sealed secret becomes its ciphertext and nothing else", () => {
    const stack = stackNamed(synthesizedFleet(posFleet({ sealed })), "openclaw-pos-production");
    expect(Object.values(resources(stack, "github_actions_environment_secret"))).toEqual([
      {
        repository: "${github_repository_environment.environment-production.repository}",
        environment: "${github_repository_environment.environment-production.environment}",
        secret_name: "CLOUDFLARE_API_TOKEN",
        encrypted_value: ciphertext,
      },
    ]);
    expect(JSON.stringify(stack.json)).not.toContain("plaintext_value");
  });

  test("a secret that nobody has sealed is listed in a warning and not invented", () => {
    expect(resources(staging, "github_actions_environment_secret")).toEqual({});
    expect(staging.warnings).toEqual([
      "declared, and sealed by nobody yet, so not set: CLOUDFLARE_API_TOKEN (staging)",
    ]);
  });

  test("a secret that is sealed is not listed, and one that is optional never is", () => {
    const { warnings } = stackNamed(synthesizedFleet(posFleet({ sealed })), "openclaw-pos-production");
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).not.toContain("CLOUDFLARE_API_TOKEN");
    expect(warnings[0]).not.toContain("SENTRY_DSN");
    expect(warnings[0]).toContain("BACKUP_AGE_IDENTITY (production-restore)");
  });
});

describe("POS-9: no token is made by Terraform: its value would lie in the state", () => {
  test("neither in a stage nor elsewhere", () => {
    for (const { json } of stacks) {
      expect(Object.keys((json.resource ?? {}) as object).filter((type) => type.includes("token"))).toEqual([]);
    }
  });
});

describe("a stage", () => {
  test("asks each team that reviews once", () => {
    const changes = {
      "owners.security": { team: "builders", access: "maintain" },
      "stages.production.reviewers": ["maintainers", "security"],
    };
    const stack = stackNamed(synthesizedFleet(minimalFleet({ service: changes })), "tiny-production");
    expect(resources(stack, "github_repository_environment")["environment-production"]).toMatchObject({
      reviewers: [{ teams: ["${data.github_team.team-builders.id}"] }],
    });
  });

  test("of a service with nothing at the edge knows nothing of Cloudflare", () => {
    const stack = stackNamed(synthesizedFleet(minimalFleet()), "tiny-production");
    expect(stack.json.provider).toEqual({ github: [{}] });
  });

  test("takes nothing from another stack", () => {
    for (const { json } of stacks) expect(JSON.stringify(json)).not.toContain("terraform_remote_state");
  });

  test("that doesn't exist is refused, with those that do", () => {
    const { organization, services } = minimalFleet();
    const [entry] = services;
    if (entry === undefined) throw new Error("no service");
    expect(() => new StageStack(new App(), { entry, organization, stage: "qa" }, {})).toThrow(
      'service "tiny" has no stage "qa"; its stages: production',
    );
  });
});
