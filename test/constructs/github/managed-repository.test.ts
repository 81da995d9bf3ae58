import { ManagedRepository, type ManagedRepositoryProps } from "../../../constructs/github/managed-repository";
import { resourceOf, type Synthesized, synthesized } from "../synthesized";

const PROPS: ManagedRepositoryProps = {
  name: "openclaw-pos",
  description: "Point of sale",
  topics: ["pos", "cloudflare-workers"],
  visibility: "private",
  defaultBranch: "main",
  mergeMethods: ["squash"],
  deleteBranchOnMerge: true,
  updateBranchButton: true,
  issues: true,
  wiki: false,
  projects: false,
  discussions: false,
  vulnerabilityAlerts: true,
};

function stackWith(changes: Partial<ManagedRepositoryProps> = {}): Synthesized {
  return synthesized((stack) => void new ManagedRepository(stack, "repository", { ...PROPS, ...changes }));
}

function repositoryWith(changes: Partial<ManagedRepositoryProps> = {}): Readonly<Record<string, unknown>> {
  return resourceOf(
    (stack) => void new ManagedRepository(stack, "repository", { ...PROPS, ...changes }),
    "github_repository",
  );
}

describe("ManagedRepository", () => {
  it("says every setting it is given, and switches off what it isn't", () => {
    expect(repositoryWith()).toEqual({
      name: "openclaw-pos",
      description: "Point of sale",
      homepage_url: "",
      topics: ["cloudflare-workers", "pos"],
      visibility: "private",
      allow_squash_merge: true,
      allow_merge_commit: false,
      allow_rebase_merge: false,
      squash_merge_commit_title: "PR_TITLE",
      squash_merge_commit_message: "PR_BODY",
      delete_branch_on_merge: true,
      allow_update_branch: true,
      allow_auto_merge: false,
      web_commit_signoff_required: false,
      has_issues: true,
      has_wiki: false,
      has_projects: false,
      has_discussions: false,
      vulnerability_alerts: true,
      auto_init: true,
      archive_on_destroy: true,
      lifecycle: {
        prevent_destroy: true,
        ignore_changes: ["auto_init", "merge_commit_title", "merge_commit_message"],
      },
    });
  });

  it("is created with a first commit, so that its default branch can be protected by the same apply", () => {
    expect(repositoryWith().auto_init).toBe(true);
  });

  it("can't be destroyed by a plan, and is archived should it be destroyed all the same", () => {
    expect(repositoryWith()).toMatchObject({ archive_on_destroy: true, lifecycle: { prevent_destroy: true } });
  });

  it.each([
    [["squash"], { allow_squash_merge: true, allow_merge_commit: false, allow_rebase_merge: false }],
    [["merge", "rebase"], { allow_squash_merge: false, allow_merge_commit: true, allow_rebase_merge: true }],
  ] as const)("allows the merge methods %j and no others", (mergeMethods, expected) => {
    expect(repositoryWith({ mergeMethods })).toMatchObject(expected);
  });

  it("leaves the squash commit's title and message alone where squashing is off, because the provider can't set them then", () => {
    const repository = repositoryWith({ mergeMethods: ["merge"] });
    expect(repository).not.toHaveProperty("squash_merge_commit_title");
    expect(repository).toMatchObject({
      lifecycle: { ignore_changes: ["auto_init", "squash_merge_commit_title", "squash_merge_commit_message"] },
    });
  });

  it("switches secret scanning and push protection as told", () => {
    expect(repositoryWith({ secretScanning: { enabled: true, pushProtection: false } }).security_and_analysis).toEqual({
      secret_scanning: { status: "enabled" },
      secret_scanning_push_protection: { status: "disabled" },
    });
  });

  it("says nothing about secret scanning where the plan doesn't have it", () => {
    expect(repositoryWith()).not.toHaveProperty("security_and_analysis");
  });

  it("names the licence of a private repository that has Advanced Security", () => {
    const repository = repositoryWith({
      advancedSecurity: true,
      secretScanning: { enabled: true, pushProtection: true },
    });
    expect(repository.security_and_analysis).toMatchObject({ advanced_security: { status: "enabled" } });
  });

  it("keeps the default branch where it is declared, after the repository is there", () => {
    const [branch] = Object.values(stackWith().resource.github_branch_default ?? {});
    expect(branch).toMatchObject({ branch: "main", repository: "${github_repository.repository.name}" });
  });

  it("asks for Dependabot's security updates only if told to", () => {
    expect(stackWith().resource).not.toHaveProperty("github_repository_dependabot_security_updates");
    const [updates] = Object.values(
      stackWith({ dependabotSecurityUpdates: true }).resource.github_repository_dependabot_security_updates ?? {},
    );
    expect(updates).toMatchObject({ enabled: true, repository: "${github_repository.repository.name}" });
  });

  it("takes over a repository that exists instead of creating it", () => {
    expect(stackWith({ adopt: "openclaw-pos" }).import).toEqual([
      { to: "github_repository.repository", id: "openclaw-pos" },
    ]);
    expect(stackWith().import).toEqual([]);
  });
});
