import { ACCOUNT, type Held, Workbench } from "./workbench";

/** What a refresh sees after somebody changed the real thing. */
function afterEdit(bench: Workbench, held: Held, change: Record<string, unknown>): Record<string, unknown> | undefined {
  bench.world.edit(held.type, held.id, (attributes) => ({ ...attributes, ...change }));
  return bench.refresh(held);
}

function environmentWithReviewers(bench: Workbench): Held {
  bench.repository();
  const team = bench.make("github_team", { name: "maintainers" });
  return bench.environment("pos", "production", {
    reviewers: [{ teams: [Number(team.id)] }],
    prevent_self_review: true,
  });
}

describe("a refresh doesn't see", () => {
  test("reviewers and self-review protection that somebody removed from an environment", () => {
    const bench = new Workbench();
    const held = environmentWithReviewers(bench);
    expect(afterEdit(bench, held, { reviewers: [], prevent_self_review: false })).toEqual(held.state);
  });

  test("vulnerability alerts that somebody switched off, as long as the repository is otherwise the same", () => {
    const bench = new Workbench();
    const held = bench.repository();
    expect(afterEdit(bench, held, { vulnerability_alerts: false })).toEqual(held.state);
    expect(afterEdit(bench, held, { has_wiki: true })).toMatchObject({ vulnerability_alerts: false, has_wiki: true });
  });

  test("a rule of a type that the provider doesn't know", () => {
    const bench = new Workbench();
    bench.repository();
    const held = bench.make("github_repository_ruleset", {
      name: "main",
      repository: "pos",
      target: "branch",
      enforcement: "active",
      rules: [{ deletion: true }],
    });
    const [rules] = held.state.rules as object[];
    expect(afterEdit(bench, held, { rules: [{ ...rules, copilot_code_review: [{}] }] })).toEqual(held.state);
  });

  test("cron schedules, even emptied", () => {
    const bench = new Workbench();
    bench.make("cloudflare_worker", { account_id: ACCOUNT, name: "pos" });
    const config = { account_id: ACCOUNT, script_name: "pos", schedules: [{ cron: "30 3 * * *" }] };
    const held = bench.make("cloudflare_workers_cron_trigger", config);
    expect(afterEdit(bench, held, { schedules: [] })).toEqual(held.state);
  });

  test("another jurisdiction of a database or a bucket", () => {
    const bench = new Workbench();
    const database = bench.make("cloudflare_d1_database", {
      account_id: ACCOUNT,
      name: "pos",
      read_replication: { mode: "auto" },
    });
    expect(afterEdit(bench, database, { jurisdiction: "eu" })).toEqual(database.state);
    const bucket = bench.bucket();
    expect(afterEdit(bench, bucket, { jurisdiction: "eu" })).toEqual(bucket.state);
  });

  test("a label of Kubernetes' own that nobody configured", () => {
    const bench = new Workbench();
    const held = bench.make("kubernetes_namespace_v1", { metadata: [{ name: "pos", labels: { team: "pos" } }] });
    const [metadata] = held.state.metadata as { labels: object }[];
    const labelled = (label: object) => ({ metadata: [{ ...metadata, labels: { ...metadata?.labels, ...label } }] });
    expect(afterEdit(bench, held, labelled({ "pod-security.kubernetes.io/enforce": "privileged" }))).toEqual(
      held.state,
    );
    const own = { "app.kubernetes.io/name": "till" };
    expect(afterEdit(bench, held, labelled(own))).toMatchObject({ metadata: [{ labels: own }] });
    expect(afterEdit(bench, held, labelled({ owner: "me" }))).toMatchObject({
      metadata: [{ labels: { owner: "me" } }],
    });
  });

  test("another value of a write-only secret", () => {
    const bench = new Workbench();
    const config = { metadata: [{ name: "pos" }], data_wo: { key: "secret" }, data_wo_revision: 1 };
    const held = bench.make("kubernetes_secret_v1", config);
    expect(JSON.stringify(bench.world.list())).not.toContain('secret"}');
    expect(held.state.data_wo).toBeNull();
    expect(afterEdit(bench, held, { data_wo: { key: "other" } })).toEqual(held.state);
  });

  test("what somebody made that Terraform never knew", () => {
    const bench = new Workbench();
    const held = bench.repository();
    bench.environment("pos", "backdoor");
    expect(bench.refresh(held)).toEqual(held.state);
  });
});

describe("a refresh sees", () => {
  test("reviewers that somebody changed, as long as there are some", () => {
    const bench = new Workbench();
    const held = environmentWithReviewers(bench);
    expect(afterEdit(bench, held, { reviewers: [{ teams: [], users: [7] }] })).toMatchObject({
      reviewers: [{ users: [7] }],
    });
  });

  test("deployment branches that somebody opened up", () => {
    const bench = new Workbench();
    bench.repository();
    const held = bench.environment();
    expect(afterEdit(bench, held, { deployment_branch_policy: [] })).toMatchObject({ deployment_branch_policy: [] });
  });

  test("a secret that somebody wrote again: its value is forgotten, so that the plan replaces it", () => {
    const bench = new Workbench();
    bench.repository();
    bench.environment();
    const encrypted_value = Buffer.alloc(60, 7).toString("base64");
    const config = { repository: "pos", environment: "production", secret_name: "TOKEN", encrypted_value };
    const held = bench.make("github_actions_environment_secret", config);
    expect(bench.refresh(held)).toEqual(held.state);
    const seen = afterEdit(bench, held, { updated_at: "2030-01-01 00:00:00 +0000 UTC" });
    expect(seen?.encrypted_value).toBe("");
    expect(bench.replaces({ ...held, state: seen ?? {} }, config)).toEqual(["encrypted_value"]);
  });

  test("a lock that somebody shortened, and lock rules in another order", () => {
    const bench = new Workbench();
    bench.bucket();
    const rule = (id: string, max_age_seconds: number) => ({
      id,
      enabled: true,
      prefix: `${id}/`,
      condition: { type: "Age", max_age_seconds, date: null },
    });
    const config = { account_id: ACCOUNT, bucket_name: "backup", rules: [rule("daily", 100), rule("weekly", 200)] };
    const held = bench.make("cloudflare_r2_bucket_lock", config);
    expect(afterEdit(bench, held, { rules: [rule("daily", 1), rule("weekly", 200)] })).not.toEqual(held.state);
    const swapped = afterEdit(bench, held, { rules: [rule("weekly", 200), rule("daily", 100)] });
    expect(swapped).not.toEqual(held.state);
  });

  test("bypass actors in another order as no change", () => {
    const bench = new Workbench();
    bench.repository();
    const actors = [
      { actor_id: 2, actor_type: "RepositoryRole", bypass_mode: "always" },
      { actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" },
    ];
    const config = { name: "main", repository: "pos", target: "branch", enforcement: "active", rules: [{}] };
    const held = bench.make("github_repository_ruleset", { ...config, bypass_actors: actors });
    const seen = afterEdit(bench, held, { bypass_actors: [...actors].reverse() });
    const plan = bench
      .standIn(held.type)
      .plan(held.type, bench.config(held.type, { ...config, bypass_actors: actors }), seen);
    expect(plan.planned).toEqual(seen);
  });

  test("that something is gone", () => {
    const bench = new Workbench();
    const held = bench.repository();
    bench.world.remove(held.type, held.id);
    expect(bench.refresh(held)).toBeUndefined();
  });
});

describe("what can't be undone through Terraform", () => {
  test("reviewers can't be removed by leaving out their block: the next plan says so again", () => {
    const bench = new Workbench();
    const held = environmentWithReviewers(bench);
    const bare = {
      repository: "pos",
      environment: "production",
      deployment_branch_policy: [{ protected_branches: false, custom_branch_policies: true }],
    };
    const after = bench.make(held.type, bare, held);
    expect(after.state.reviewers).toEqual(held.state.reviewers);
  });

  test.each([
    ["cloudflare_r2_bucket_lock", { rules: [] }],
    ["cloudflare_r2_bucket_lifecycle", { rules: [] }],
    ["cloudflare_r2_managed_domain", { enabled: true }],
  ])("destroying a %s leaves it in the world, and says so", (type, config) => {
    const bench = new Workbench();
    bench.bucket();
    const held = bench.make(type, { account_id: ACCOUNT, bucket_name: "backup", ...config });
    bench.destroy(held);
    expect(bench.world.list(type)).toHaveLength(1);
    const [warning] = bench.standIn(type).warnings(type, held.state, undefined);
    expect(warning?.detail).toContain("sends nothing");
  });

  test("but it goes with its bucket", () => {
    const bench = new Workbench();
    const bucket = bench.bucket();
    bench.make("cloudflare_r2_bucket_lock", { account_id: ACCOUNT, bucket_name: "backup", rules: [] });
    bench.destroy(bucket);
    expect(bench.world.list()).toEqual([]);
  });
});

describe("a renamed repository", () => {
  test("takes along what belongs to it", () => {
    const bench = new Workbench();
    const held = bench.repository();
    bench.environment();
    bench.make("github_repository", { name: "till" }, held);
    expect(bench.world.get("github_repository", "pos")).toBeUndefined();
    expect(bench.world.get("github_repository_environment", "till:production")).toBeDefined();
  });
});
