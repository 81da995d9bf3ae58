import { OrganizationTeam } from "../../../constructs/github/organization-team";
import { resourceOf, synthesized } from "../synthesized";

describe("OrganizationTeam", () => {
  const props = { slug: "pos-maintainers", description: "Maintains the point of sale" };

  it("is visible to the organization, because a secret team can't own code", () => {
    const team = resourceOf((stack) => void new OrganizationTeam(stack, "pos-maintainers", props), "github_team");
    expect(team).toEqual({
      name: "pos-maintainers",
      description: "Maintains the point of sale",
      privacy: "closed",
      lifecycle: { prevent_destroy: true },
    });
  });

  it("takes over a team that exists when told its id", () => {
    const stack = synthesized(
      (scope) => void new OrganizationTeam(scope, "pos-maintainers", { ...props, adopt: "4711" }),
    );
    expect(stack.import).toEqual([{ to: "github_team.pos-maintainers", id: "4711" }]);
  });

  it("is created anew when nothing is to be taken over", () => {
    expect(synthesized((scope) => void new OrganizationTeam(scope, "pos-maintainers", props)).import).toEqual([]);
  });
});
