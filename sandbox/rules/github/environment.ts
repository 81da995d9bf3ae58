import type { Attributes } from "../../protocol/value-codec";
import type { Needs } from "../needs";
import type { ResourceRule } from "../rule";
import { findTeam, joined, needsEnvironment, needsRepository } from "./names";

/** Six at most over teams and users: docs.github.com, REST, "Create or update an environment": reviewers. */
const MOST_REVIEWERS = 6;

function reviewers(attributes: Attributes, kind: "teams" | "users"): unknown[] {
  return ((attributes.reviewers ?? []) as Attributes[]).flatMap((block) => (block[kind] ?? []) as unknown[]);
}

function hasReviewers(attributes: Attributes): boolean {
  return reviewers(attributes, "teams").length + reviewers(attributes, "users").length > 0;
}

function needsReviewers(attributes: Attributes, needs: Needs): void {
  for (const id of reviewers(attributes, "teams")) {
    const team = findTeam(needs.world, id);
    if (team === undefined || team.id !== String(id)) {
      needs.refuse(["reviewers", 0, "teams"], `Came team ${id}, expected the id of a team that exists (422).`);
    }
  }
}

/**
 * Source: github/resource_github_repository_environment.go at v6.9.0 of github.com/integrations/terraform-provider-github.
 */
export const repositoryEnvironment: ResourceRule = {
  type: "github_repository_environment",
  atMost: { reviewers: MOST_REVIEWERS },
  defaults: { can_admins_bypass: true, prevent_self_review: false },
  replaces: ["repository", "environment"],
  check: (config) => {
    config.between("wait_timer", 0, 43_200, "minutes");
    const [block] = config.all("reviewers");
    const count = config.elements("reviewers.teams").length + config.elements("reviewers.users").length;
    if (block !== undefined && count > MOST_REVIEWERS) {
      config.refuse(
        block.path,
        count,
        `at most ${MOST_REVIEWERS} reviewers`,
        "Put people into a team, and let the team review.",
      );
    }
    for (const { path, value } of config.all("deployment_branch_policy")) {
      (value as Attributes[]).forEach((policy, i) => {
        if (
          typeof policy.protected_branches === "boolean" &&
          policy.protected_branches === policy.custom_branch_policies
        ) {
          // docs.github.com, REST, "Create or update an environment": the two can't have the same value (422).
          config.refuse(
            [...path, i],
            policy,
            "either protected_branches or custom_branch_policies to be true",
            "Set one of them, or leave out the block for no policy.",
          );
        }
      });
    }
  },
  identity: ({ repository, environment }) => joined(repository, environment),
  computed: ({ repository, environment }) => ({ id: joined(repository, environment) }),
  overwrites: true,
  needs: (attributes, needs) => {
    needsRepository(attributes, needs);
    needsReviewers(attributes, needs);
  },
  // The request leaves out reviewers that the configuration no longer has: they stay.
  stores: (planned, before) =>
    before !== undefined && !hasReviewers(planned) && hasReviewers(before)
      ? { ...planned, reviewers: before.reviewers }
      : planned,
  // An environment without reviewers has no such rule to read, and the state keeps what it had of both.
  reads: (real, state) =>
    state === undefined || hasReviewers(real)
      ? real
      : { ...real, reviewers: state.reviewers, prevent_self_review: state.prevent_self_review },
  owns: (self, other) =>
    other.type.startsWith("github_") &&
    other.type !== self.type &&
    other.attributes.repository === self.attributes.repository &&
    other.attributes.environment === self.attributes.environment,
};

const hasPattern = (attributes: Attributes, name: string) => (attributes[name] ?? "") !== "";

/**
 * Source: github/resource_github_repository_environment_deployment_policy.go at v6.9.0 of
 * github.com/integrations/terraform-provider-github.
 */
export const deploymentPolicy: ResourceRule = {
  type: "github_repository_environment_deployment_policy",
  replaces: ["repository", "environment"],
  // A policy for branches can't become one for tags.
  replacesIf: (before, after) =>
    ["branch_pattern", "tag_pattern"].filter((name) => hasPattern(before, name) !== hasPattern(after, name)),
  check: (config) => {
    config.conflict("branch_pattern", "tag_pattern");
    if (config.config.branch_pattern === null && config.config.tag_pattern === null) {
      config.refuse(
        [],
        "neither",
        "exactly one of branch_pattern and tag_pattern",
        "Say which branches or tags may deploy.",
      );
    }
    config.length("branch_pattern", 1, 255);
    config.length("tag_pattern", 1, 255);
    for (const found of config.all("branch_pattern")) {
      if (String(found.value).startsWith("refs/")) {
        config.refuse(found.path, found.value, "a branch's name or pattern", "Leave out refs/heads/.");
      }
    }
  },
  computed: ({ repository, environment }, { number }) => ({
    id: joined(repository, encodeURIComponent(String(environment)), number),
  }),
  unique: ({ repository, environment, branch_pattern, tag_pattern }) => ({
    key: joined(repository, environment, branch_pattern ?? "", tag_pattern ?? ""),
    words: "303 the same deployment policy already exists",
  }),
  needs: (attributes, needs) => {
    const { deployment_branch_policy: policy } = needsEnvironment(attributes, needs).attributes;
    if ((policy as Attributes[] | null)?.[0]?.custom_branch_policies !== true) {
      needs.refuse(
        ["environment"],
        `The environment ${attributes.environment} has no custom branch policies (404): set custom_branch_policies = true there first.`,
      );
    }
  },
};
