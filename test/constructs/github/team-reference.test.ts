import { TeamAccess } from "../../../constructs/github/team-access";
import { teamId } from "../../../constructs/github/team-reference";
import { resourceOf, synthesized } from "../synthesized";

describe("a reference to a team", () => {
  it("looks each team up once in a stack, with one request", () => {
    const stack = synthesized((scope) => {
      teamId(scope, "platform");
      teamId(scope, "platform");
      teamId(scope, "secops");
    });
    expect(stack.data.github_team).toMatchObject({
      "team-platform": { slug: "platform", summary_only: true },
      "team-secops": { slug: "secops", summary_only: true },
    });
    expect(Object.keys(stack.data.github_team ?? {})).toHaveLength(2);
  });
});

describe("TeamAccess", () => {
  it("gives a team its permission in the repository", () => {
    const access = resourceOf(
      (stack) =>
        void new TeamAccess(stack, "access-platform", { repository: "pos", team: "platform", permission: "maintain" }),
      "github_team_repository",
    );
    expect(access).toEqual({
      repository: "pos",
      team_id: "${data.github_team.team-platform.id}",
      permission: "maintain",
    });
  });
});
