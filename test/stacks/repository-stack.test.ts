import type { FleetChanges } from "../declaration/fixture";
import { minimalFleet, posFleet, relayFleet } from "../declaration/fixture";
import { type Json, resources, stackNamed, synthesizedFleet } from "./synthesized-fleet";

const pos = stackNamed(synthesizedFleet(posFleet()), "openclaw-pos-repository");

function rulesetOf(name: string): Readonly<Record<string, Json>> | undefined {
  return resources(pos, "github_repository_ruleset")[name];
}

function tiny(changes: FleetChanges) {
  return stackNamed(synthesizedFleet(minimalFleet(changes)), "tiny-repository");
}

describe("POS-1: main takes reviewed pull requests only", () => {
  test("with one approval, of an owner, not stale, from a branch up to date, all conversations resolved", () => {
    expect(rulesetOf("protected-main")).toMatchObject({
      enforcement: "active",
      target: "branch",
      conditions: { ref_name: { include: ["refs/heads/main"], exclude: [] } },
      rules: {
        pull_request: {
          required_approving_review_count: 1,
          dismiss_stale_reviews_on_push: true,
          require_code_owner_review: true,
          required_review_thread_resolution: true,
        },
        required_status_checks: { strict_required_status_checks_policy: true },
      },
    });
  });

  test("without force push, deletion or merge commits, and nobody can pass it by", () => {
    expect(rulesetOf("protected-main")).toMatchObject({
      bypass_actors: [],
      rules: { deletion: true, non_fast_forward: true, required_linear_history: true },
    });
  });

  test("squash is the only merge method", () => {
    expect(resources(pos, "github_repository").repository).toMatchObject({
      allow_squash_merge: true,
      allow_merge_commit: false,
      allow_rebase_merge: false,
      squash_merge_commit_title: "PR_TITLE",
      squash_merge_commit_message: "PR_BODY",
      delete_branch_on_merge: true,
    });
  });

  test("the default branch is main, from the apply that creates the repository", () => {
    expect(Object.values(resources(pos, "github_branch_default"))).toEqual([
      { branch: "main", repository: "${github_repository.repository.name}" },
    ]);
    expect(resources(pos, "github_repository").repository).toMatchObject({ auto_init: true });
  });
});

describe("MAE-2: main is passed by", () => {
  const opening = {
    from: "2026-11-27T09:00:00Z",
    until: "2026-11-27T12:00:00Z",
    reason: "Nothing can be built",
    ticket: "https://github.com/example/tiny/issues/7",
    approver: "maintainers",
  };
  const passers = (now: string, openings?: readonly object[]) => {
    const breakGlass = {
      role: "captains",
      when: ["Everything stands still"],
      label: "flaky",
      reviewer: "maintainers",
      reviewWithinDays: 3,
      ...(openings !== undefined && { openings }),
    };
    const changed = minimalFleet({
      service: { "main.breakGlass": breakGlass, "owners.captains": { team: "captains", access: "push" } },
      organization: { "teams.captains": { description: "Few" } },
    });
    const stack = stackNamed(synthesizedFleet(changed, { now: Date.parse(now) }), "tiny-repository");
    const { bypass_actors, rules } = resources(stack, "github_repository_ruleset")["protected-main"] ?? {};
    expect(rules).toMatchObject({ deletion: true, non_fast_forward: true });
    return bypass_actors;
  };

  test.each(["2026-11-27T09:00:00Z", "2026-11-27T11:59:59Z"])(
    "at %s, while it is open, by the one team that is named, and by merging a pull request only",
    (now) => {
      expect(passers(now, [opening])).toEqual([
        { actor_type: "Team", bypass_mode: "pull_request", actor_id: expect.stringContaining("captains") },
      ]);
    },
  );

  test.each([
    ["before it begins", "2026-11-27T08:59:59Z", [opening]],
    ["from the moment on that it ends", "2026-11-27T12:00:00Z", [opening]],
    ["when it was never opened", "2026-11-27T10:00:00Z", undefined],
    ["with no opening", "2026-11-27T10:00:00Z", []],
  ])("by nobody %s", (_when, now, openings) => {
    expect(passers(now, openings)).toEqual([]);
  });
});

describe("POS-2: only branches with the agreed names can be created", () => {
  test("all others are restricted, on every plan", () => {
    expect(rulesetOf("branch-naming")).toMatchObject({
      bypass_actors: [],
      conditions: {
        ref_name: {
          include: ["~ALL"],
          exclude: ["main", ...["feat", "fix", "chore", "docs"].flatMap((name) => [`${name}/*`, `${name}/**/*`])].map(
            (name) => `refs/heads/${name}`,
          ),
        },
      },
      rules: { creation: true },
    });
  });
});

describe("POS-3: the required checks are the names that the CI workflow's jobs report", () => {
  test("exactly these six, from GitHub Actions only", () => {
    const { rules } = rulesetOf("protected-main") as { rules: { required_status_checks: { required_check: Json } } };
    expect(rules.required_status_checks.required_check).toEqual(
      [
        "codeql (javascript-typescript)",
        "codeql (python)",
        "git-hygiene",
        "lint-docs-and-yaml",
        "shellcheck",
        "trivy-config-scan",
      ].map((context) => ({ context, integration_id: 15368 })),
    );
  });

  test("a renamed job is renamed in the ruleset too", () => {
    const stack = tiny({ service: { "ci.jobs.test.name": "unit tests" } });
    expect(resources(stack, "github_repository_ruleset")["protected-main"]).toMatchObject({
      rules: { required_status_checks: { required_check: [{ context: "unit tests", integration_id: 15368 }] } },
    });
  });
});

describe("POS-7: tags of releases can't be moved or deleted", () => {
  test("by a ruleset for prod-*", () => {
    expect(rulesetOf("release-tags")).toMatchObject({
      enforcement: "active",
      target: "tag",
      bypass_actors: [],
      conditions: { ref_name: { include: ["refs/tags/prod-*"], exclude: [] } },
      rules: { update: true, deletion: true },
    });
  });

  test("whether the service is released to Cloudflare or deployed to Railway", () => {
    const stack = stackNamed(synthesizedFleet(relayFleet()), "relay-repository");
    expect(resources(stack, "github_repository_ruleset")["release-tags"]).toEqual(rulesetOf("release-tags"));
  });

  test("a service without releases has none", () => {
    expect(Object.keys(resources(tiny({}), "github_repository_ruleset"))).toEqual(["protected-main", "branch-naming"]);
  });
});

describe("POS-15: labels of the repository", () => {
  test("are the declared ones", () => {
    const labels = Object.values(resources(pos, "github_issue_label")).map(({ name, color }) => [name, color]);
    expect(labels).toEqual([
      ["ci-flake", "fbca04"],
      ["incident", "b60205"],
      ["restore-drill", "0e8a16"],
    ]);
  });
});

describe("a repository", () => {
  test("gives each team its permission once, however many roles it plays", () => {
    const stack = tiny({ service: { "owners.security": { team: "builders", access: "maintain" } } });
    expect(resources(stack, "github_team_repository")).toEqual({
      "access-builders": {
        repository: "${github_repository.repository.name}",
        team_id: "${data.github_team.team-builders.id}",
        permission: "maintain",
      },
    });
  });

  test("is never destroyed, only archived", () => {
    expect(resources(pos, "github_repository").repository).toMatchObject({
      archive_on_destroy: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("that exists is imported, not created", () => {
    expect(tiny({ service: { "repository.adopt": true } }).json.import).toEqual([
      { to: "github_repository.repository", id: "tiny" },
    ]);
    expect(tiny({}).json.import).toBeUndefined();
  });

  test.each([
    ["pull-request-title", "PR_TITLE", "BLANK"],
    ["pull-request-title-and-body", "PR_TITLE", "PR_BODY"],
    ["commit-messages", "COMMIT_OR_PR_TITLE", "COMMIT_MESSAGES"],
  ])("whose squash commits are made of %s", (squashMessage, title, message) => {
    const stack = tiny({ service: { "repository.squashMessage": squashMessage } });
    expect(resources(stack, "github_repository").repository).toMatchObject({
      squash_merge_commit_title: title,
      squash_merge_commit_message: message,
    });
  });

  test("has push rules where they are declared", () => {
    const stack = tiny({
      service: {
        "repository.visibility": "private",
        "repository.secretScanning": false,
        "repository.pushProtection": false,
        "repository.pushRules": { maxFileMegabytes: 10, refusedExtensions: ["*.jar"] },
        "stages.production.reviewers": [],
        "stages.production.preventSelfReview": false,
        "stages.production.waitMinutes": 0,
      },
    });
    expect(resources(stack, "github_repository_ruleset")["push-rules"]).toMatchObject({
      target: "push",
      rules: {
        max_file_size: { max_file_size: 10 },
        file_extension_restriction: { restricted_file_extensions: ["*.jar"] },
      },
    });
    // Without the product for it GitHub refuses to hear of secret scanning, even that it is off.
    expect(resources(stack, "github_repository").repository).not.toHaveProperty("security_and_analysis");
  });

  test("scans for secrets and refuses them at the push", () => {
    expect(resources(pos, "github_repository").repository).toMatchObject({
      security_and_analysis: {
        secret_scanning: { status: "enabled" },
        secret_scanning_push_protection: { status: "enabled" },
      },
      vulnerability_alerts: true,
    });
  });

  test("has a pattern for commit messages where it is declared", () => {
    const changes = { service: { "main.commitMessages": "^feat: " }, organization: { "github.plan": "enterprise" } };
    expect(resources(tiny(changes), "github_repository_ruleset")["protected-main"]).toMatchObject({
      rules: { commit_message_pattern: { operator: "regex", pattern: "^feat: " } },
    });
  });

  test("has its provider without any credential", () => {
    expect(pos.json.provider).toEqual({ github: [{}] });
  });
});
