import { same } from "../../protocol/same";
import { Unknown } from "../../protocol/unknown";
import type { Attributes } from "../../protocol/value-codec";
import { hex } from "../../provider/settle";
import type { Inspection } from "../inspection";
import type { Needs } from "../needs";
import type { ApplyContext, ResourceRule } from "../rule";
import { findTeam, joined, needsRepository, REPOSITORY_NAME, REPOSITORY_NAME_WORDS } from "./names";

const PATTERN_RULES = [
  "commit_message_pattern",
  "commit_author_email_pattern",
  "committer_email_pattern",
  "branch_name_pattern",
  "tag_name_pattern",
];

/** The schemas' `Default`s, common to both kinds of ruleset. */
const DEFAULTS = {
  "rules.pull_request.dismiss_stale_reviews_on_push": false,
  "rules.pull_request.require_code_owner_review": false,
  "rules.pull_request.require_last_push_approval": false,
  "rules.pull_request.required_approving_review_count": 0,
  "rules.pull_request.required_review_thread_resolution": false,
  "rules.required_status_checks.required_check.integration_id": 0,
  "rules.required_status_checks.do_not_enforce_on_create": false,
};

const REPOSITORY_DEFAULTS = {
  ...DEFAULTS,
  "rules.update_allows_fetch_and_merge": false,
  "rules.merge_queue.check_response_timeout_minutes": 60,
  "rules.merge_queue.grouping_strategy": "ALLGREEN",
  "rules.merge_queue.max_entries_to_build": 5,
  "rules.merge_queue.max_entries_to_merge": 5,
  "rules.merge_queue.merge_method": "MERGE",
  "rules.merge_queue.min_entries_to_merge": 1,
  "rules.merge_queue.min_entries_to_merge_wait_minutes": 5,
};

/**
 * Reference patterns: the API takes full names and two words only ("Invalid target patterns"; docs.github.com, REST,
 * "Create a repository ruleset": conditions.ref_name).
 */
function checkPatterns(config: Inspection): void {
  const target = config.value("target");
  const prefix = target === "tag" ? "refs/tags/" : "refs/heads/";
  const words = target === "tag" ? ["~ALL"] : ["~ALL", "~DEFAULT_BRANCH"];
  for (const side of ["include", "exclude"]) {
    for (const { path, value } of config.elements(`conditions.ref_name.${side}`)) {
      const text = String(value);
      if (!(side === "include" && words.includes(text)) && !(text.startsWith(prefix) && text.length > prefix.length)) {
        config.refuse(
          path,
          value,
          side === "include" ? `${prefix}<pattern> or one of ${words.join(", ")}` : `${prefix}<pattern>`,
          `A ruleset for ${target === "tag" ? "tags" : "branches"} names its references in full.`,
        );
      }
    }
  }
}

function checkCommon(config: Inspection): void {
  config.length("name", 1, 100);
  config.oneOf("target", ["branch", "push", "tag"]);
  config.oneOf("enforcement", ["disabled", "active", "evaluate"]);
  config.oneOf("bypass_actors.actor_type", ["RepositoryRole", "Team", "Integration", "OrganizationAdmin", "DeployKey"]);
  config.oneOf("bypass_actors.bypass_mode", ["always", "pull_request", "exempt"]);
  if (config.value("target") !== "push") {
    checkPatterns(config);
  }
  config.conflict("rules.branch_name_pattern", "rules.tag_name_pattern");
  for (const rule of PATTERN_RULES) {
    // docs.github.com, REST, "Create a repository ruleset": rules.*_pattern.parameters.operator
    config.oneOf(`rules.${rule}.operator`, ["starts_with", "ends_with", "contains", "regex"]);
  }
  // docs.github.com, REST, "Create a repository ruleset": rules.pull_request.parameters
  config.between("rules.pull_request.required_approving_review_count", 0, 10, "approvals");
}

/** Equal but for their order: bypassActorsDiffSuppressFunc in github/respository_rules_utils.go at v6.9.0. */
function normalize(planned: Attributes, prior: Attributes): Attributes {
  const inOrder = (actors: unknown) =>
    [...((actors ?? []) as Attributes[])].sort((a, b) => Number(b.actor_id ?? 0) - Number(a.actor_id ?? 0));
  const unknown = planned.bypass_actors instanceof Unknown;
  return !unknown && same(inOrder(planned.bypass_actors), inOrder(prior.bypass_actors))
    ? { ...planned, bypass_actors: prior.bypass_actors }
    : planned;
}

function computed(_planned: Attributes, { number }: ApplyContext): Attributes {
  return { id: String(number), ruleset_id: number, node_id: `RRS_${hex(`ruleset ${number}`, 20)}` };
}

/** The API answers 422 for an actor that doesn't exist. */
function needsActors({ bypass_actors }: Attributes, needs: Needs): void {
  ((bypass_actors ?? []) as Attributes[]).forEach((actor, i) => {
    if (actor.actor_type === "Team" && findTeam(needs.world, actor.actor_id) === undefined) {
      needs.refuse(
        ["bypass_actors", i, "actor_id"],
        `Came team ${actor.actor_id}, expected the id of a team that exists.`,
      );
    }
  });
}

/**
 * Source: github/resource_github_repository_ruleset.go and github/respository_rules_utils.go at v6.9.0 of
 * github.com/integrations/terraform-provider-github. A rule of a type that the provider doesn't know is not read:
 * what the schema has no place for is left out of what a refresh sees.
 */
export const repositoryRuleset: ResourceRule = {
  type: "github_repository_ruleset",
  defaults: REPOSITORY_DEFAULTS,
  check: (config) => {
    checkCommon(config);
    config.matches("repository", REPOSITORY_NAME, REPOSITORY_NAME_WORDS);
    config.between("rules.merge_queue.check_response_timeout_minutes", 0, 360, "minutes");
    config.between("rules.merge_queue.min_entries_to_merge_wait_minutes", 0, 360, "minutes");
    config.oneOf("rules.merge_queue.grouping_strategy", ["ALLGREEN", "HEADGREEN"]);
    config.oneOf("rules.merge_queue.merge_method", ["MERGE", "SQUASH", "REBASE"]);
    config.between("rules.max_file_size.max_file_size", 1, 100, "MB");
  },
  normalize,
  computed,
  // "Name must be unique" (422)
  unique: ({ repository, name }) => ({
    key: joined(repository, name),
    words: "422 Validation Failed: a ruleset of that name already exists in this repository",
  }),
  needs: (attributes, needs) => {
    const repository = needsRepository(attributes, needs);
    if (repository.attributes.archived === true) {
      needs.refuse(["repository"], `cannot create ruleset on archived repository ${repository.id}`);
    }
    needsActors(attributes, needs);
  },
  imports: (id, world) => {
    const [repository, ruleset] = id.split(":");
    const object = world.get("github_repository_ruleset", ruleset ?? "");
    return object?.attributes.repository === repository ? object : undefined;
  },
};

/**
 * Source: github/resource_github_organization_ruleset.go at v6.9.0 of github.com/integrations/terraform-provider-github.
 */
export const organizationRuleset: ResourceRule = {
  type: "github_organization_ruleset",
  defaults: {
    ...DEFAULTS,
    "conditions.repository_name.protected": false,
    "rules.required_workflows.required_workflow.ref": "master",
  },
  check: (config) => {
    checkCommon(config);
    for (const { path } of config.all("conditions")) {
      const named = config.all("conditions.repository_name").some(({ value }) => (value as unknown[]).length > 0);
      const listed = config.all("conditions.repository_id").length > 0;
      if (named === listed) {
        const came = named ? "both" : "neither";
        config.refuse(
          path,
          came,
          "exactly one of repository_name and repository_id",
          "Say which repositories it is for.",
        );
      }
    }
  },
  normalize,
  computed,
  unique: ({ name }) => ({
    key: String(name),
    words: "422 Validation Failed: a ruleset of that name already exists in this organization",
  }),
  needs: needsActors,
};
