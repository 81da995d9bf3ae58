import { same } from "../../protocol/same";
import type { Attributes } from "../../protocol/value-codec";
import { hex } from "../../provider/settle";
import type { ResourceRule } from "../rule";
import { REPOSITORY_NAME, REPOSITORY_NAME_WORDS } from "./names";

const STATUS = ["enabled", "disabled"];

function computed(planned: Attributes, owner: string, number: number): Attributes {
  const name = String(planned.name);
  const web = `https://github.com/${owner}/${name}`;
  const visibility = planned.visibility ?? "public";
  return {
    id: name,
    full_name: `${owner}/${name}`,
    html_url: web,
    http_clone_url: `${web}.git`,
    git_clone_url: `git://github.com/${owner}/${name}.git`,
    ssh_clone_url: `git@github.com:${owner}/${name}.git`,
    svn_url: web,
    node_id: `R_${hex(`repository ${number}`, 16)}`,
    repo_id: number,
    visibility: typeof visibility === "string" ? visibility : planned.private === true ? "private" : "public",
    private: typeof visibility === "string" ? visibility !== "public" : false,
    default_branch: "main",
    topics: [],
    fork: "false",
    source_owner: "",
    source_repo: "",
    primary_language: "",
    vulnerability_alerts: false,
  };
}

/**
 * Source: github/resource_github_repository.go and website/docs/r/repository.html.markdown at v6.9.0 of
 * github.com/integrations/terraform-provider-github.
 */
export const repository: ResourceRule = {
  type: "github_repository",
  // The schema's `Default`s.
  defaults: {
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
    squash_merge_commit_message: "COMMIT_MESSAGES",
    merge_commit_title: "MERGE_MESSAGE",
    merge_commit_message: "PR_TITLE",
    delete_branch_on_merge: false,
    web_commit_signoff_required: false,
    archived: false,
    "pages.build_type": "legacy",
    "pages.source.path": "/",
    "template.include_all_branches": false,
  },
  // Optional and computed, which the bindings don't say of a block.
  keptBlocks: ["security_and_analysis"],
  replacesIf: (before, after) =>
    ["fork", "source_repo", "source_owner"].filter(
      (name) => (before[name] ?? "") !== "" && before[name] !== after[name],
    ),
  check: (config) => {
    config.matches("name", REPOSITORY_NAME, REPOSITORY_NAME_WORDS);
    config.oneOf("visibility", ["public", "private", "internal"]);
    config.conflict("private", "visibility");
    for (const topic of config.elements("topics")) {
      if (!/^[a-z0-9][a-z0-9-]{0,49}$/.test(String(topic.value))) {
        config.refuse(
          ["topics"],
          topic.value,
          "topics of 1 to 50 lower-case letters, digits and hyphens",
          "Rename it.",
        );
      }
    }
    for (const feature of [
      "advanced_security",
      "code_security",
      "secret_scanning",
      "secret_scanning_push_protection",
    ]) {
      config.oneOf(`security_and_analysis.${feature}.status`, STATUS);
    }
    // The provider's documentation names the values; the API refuses others (docs.github.com, REST, "Update a repository").
    config.oneOf("squash_merge_commit_title", ["PR_TITLE", "COMMIT_OR_PR_TITLE"]);
    config.oneOf("squash_merge_commit_message", ["PR_BODY", "COMMIT_MESSAGES", "BLANK"]);
    config.oneOf("merge_commit_title", ["PR_TITLE", "MERGE_MESSAGE"]);
    config.oneOf("merge_commit_message", ["PR_BODY", "PR_TITLE", "BLANK"]);
    config.oneOf("pages.build_type", ["legacy", "workflow"]);
    // The API: "Sorry, you need to allow at least one merge strategy." (422)
    const off = ["allow_merge_commit", "allow_squash_merge", "allow_rebase_merge"].every(
      (name) => config.value(name) === false,
    );
    if (off) {
      config.refuse(
        ["allow_squash_merge"],
        false,
        "at least one way to merge",
        "Allow merge commits, squashing or rebasing.",
      );
    }
  },
  identity: ({ name }) => String(name),
  unique: ({ name }) => ({
    // GitHub keeps names apart without regard to case.
    key: String(name).toLowerCase(),
    words: "422 Repository creation failed: name already exists on this account",
  }),
  computed: (planned, { owner, number }) => computed(planned, owner, number),
  needs: (planned, needs) => {
    const { name, default_branch: branch } = planned;
    if (
      needs.world.get("github_repository", String(name)) === undefined &&
      typeof branch === "string" &&
      branch !== "main"
    ) {
      needs.refuse(
        ["default_branch"],
        `Came ${branch}, expected main: a new repository's default branch can't be another.`,
      );
    }
  },
  // A repository that answers 304 is not read on, and its vulnerability alerts are asked for last.
  reads: (real, state) => {
    const unchanged = (name: string) => name === "vulnerability_alerts" || same(real[name], state?.[name]);
    return state !== undefined && Object.keys(real).every(unchanged) ? state : real;
  },
  destroy: ({ archive_on_destroy }) => (archive_on_destroy === true ? { archived: true } : "nothing"),
  renames: (other, { name }) => ({ ...other, repository: name }),
  owns: (self, other) => other.type.startsWith("github_") && other.attributes.repository === self.id,
};
