import { conform } from "../../sandbox/protocol/value-codec";
import { blockType } from "../../sandbox/schema/schema";
import { Workbench } from "./workbench";

function read(bench: Workbench, type: string, config: Record<string, unknown>) {
  const standIn = bench.standIn(type);
  const shape = blockType(standIn.schema("data", type));
  return standIn.readData(type, conform(config, shape) as Record<string, unknown>);
}

describe("a data source", () => {
  test("finds a team by its slug, with its members and repositories", () => {
    const bench = new Workbench();
    bench.repository();
    const team = bench.make("github_team", { name: "POS maintainers" });
    bench.make("github_team_membership", { team_id: team.id, username: "octocat" });
    bench.make("github_team_repository", { team_id: team.id, repository: "pos", permission: "maintain" });
    expect(read(bench, "github_team", { slug: "pos-maintainers" })).toMatchObject({
      id: team.id,
      slug: "pos-maintainers",
      members: ["octocat"],
      repositories: ["pos"],
      repositories_detailed: [{ repo_name: "pos", role_name: "maintain", repo_id: expect.any(Number) }],
    });
    expect(read(bench, "github_team", { slug: "pos-maintainers", summary_only: true }).members).toEqual([]);
  });

  test("says what it was asked for when there is no such thing", () => {
    expect(() => read(new Workbench(), "github_team", { slug: "nobody" })).toThrow(
      'sandbox: data.github_team finds nothing: Came {"slug":"nobody"}, expected a github_team that exists',
    );
  });

  test("finds by any of its arguments, without a rule of its own", () => {
    const bench = new Workbench();
    bench.world.create("github_user", "7", { username: "octocat", id: "7", login: "octocat" });
    expect(read(bench, "github_user", { username: "octocat" })).toMatchObject({ id: "7", login: "octocat" });
    expect(() => read(bench, "github_user", { username: "hubot" })).toThrow("finds nothing");
  });

  test("gives an environment's public key only if the environment exists", () => {
    const bench = new Workbench();
    const asked = { repository: "pos", environment: "production" };
    expect(() => read(bench, "github_actions_environment_public_key", asked)).toThrow("finds nothing");
    bench.repository();
    bench.environment();
    const { key } = read(bench, "github_actions_environment_public_key", asked);
    expect(Buffer.from(String(key), "base64")).toHaveLength(32);
  });
});
