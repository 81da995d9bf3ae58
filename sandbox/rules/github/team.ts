import type { Attributes } from "../../protocol/value-codec";
import { hex } from "../../provider/settle";
import type { Needs } from "../needs";
import type { ResourceRule } from "../rule";
import { findTeam, joined, needsRepository, slug } from "./names";

function needsTeam({ team_id }: Attributes, needs: Needs): string {
  const team = findTeam(needs.world, team_id);
  return team === undefined
    ? needs.refuse(["team_id"], `Came team ${team_id}, expected the id or slug of a team that exists (404).`)
    : team.id;
}

/** Source: github/resource_github_team.go at v6.9.0 of github.com/integrations/terraform-provider-github. */
export const team: ResourceRule = {
  type: "github_team",
  defaults: { privacy: "secret", parent_team_id: "", create_default_maintainer: false },
  check: (config) => {
    config.oneOf("privacy", ["secret", "closed"]);
    config.length("name", 1, 255);
    if ((config.value("parent_team_id") ?? "") !== "" && config.value("privacy") !== "closed") {
      // docs.github.com, REST, "Create a team": a nested team can only be closed.
      config.refuse(
        ["privacy"],
        config.value("privacy") ?? "secret",
        "closed",
        "A team below another can't be secret.",
      );
    }
  },
  normalize: (planned, prior) =>
    planned.parent_team_id !== prior.parent_team_id &&
    [prior.parent_team_read_id, prior.parent_team_read_slug].includes(planned.parent_team_id)
      ? { ...planned, parent_team_id: prior.parent_team_id }
      : planned,
  computed: ({ name, parent_team_id }, { number, world }) => {
    const parent = findTeam(world, parent_team_id);
    return {
      id: String(number),
      slug: slug(name),
      node_id: `T_${hex(`team ${number}`, 16)}`,
      members_count: 0,
      parent_team_read_id: parent?.id ?? "",
      parent_team_read_slug: parent?.attributes.slug ?? "",
    };
  },
  unique: ({ name }) => ({ key: String(slug(name)), words: "422 Validation Failed: Name must be unique for this org" }),
  needs: ({ parent_team_id }, needs) => {
    if ((parent_team_id ?? "") !== "" && findTeam(needs.world, parent_team_id) === undefined) {
      needs.refuse(["parent_team_id"], `Came ${parent_team_id}, expected the id or slug of a team that exists.`);
    }
  },
  owns: (self, other) =>
    ["github_team_membership", "github_team_repository"].includes(other.type) &&
    [self.id, self.attributes.slug].includes(other.attributes.team_id as string),
  imports: (id, world) => findTeam(world, id),
};

/** Source: github/resource_github_team_repository.go at v6.9.0 of github.com/integrations/terraform-provider-github. */
export const teamRepository: ResourceRule = {
  type: "github_team_repository",
  defaults: { permission: "pull" },
  replaces: ["team_id", "repository"],
  check: (config) => {
    // Besides these, names of the organization's custom roles: they can't be told from mistakes here, so they are refused.
    config.oneOf("permission", ["pull", "triage", "push", "maintain", "admin"]);
  },
  identity: ({ team_id, repository }) => joined(team_id, repository),
  computed: ({ team_id, repository }) => ({ id: joined(team_id, repository) }),
  overwrites: true,
  needs: (attributes, needs) => {
    needsTeam(attributes, needs);
    needsRepository(attributes, needs);
  },
};

/** Source: github/resource_github_team_membership.go at v6.9.0 of github.com/integrations/terraform-provider-github. */
export const teamMembership: ResourceRule = {
  type: "github_team_membership",
  defaults: { role: "member" },
  replaces: ["team_id", "username"],
  check: (config) => {
    config.oneOf("role", ["member", "maintainer"]);
    // GitHub's rule for logins, as its sign-up form says it.
    config.matches("username", /^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*(_[a-zA-Z0-9]+)?$/, "a GitHub login");
  },
  // The provider compares logins without case.
  normalize: (planned, prior) =>
    String(planned.username).toLowerCase() === String(prior.username).toLowerCase()
      ? { ...planned, username: prior.username }
      : planned,
  identity: ({ team_id, username }) => joined(team_id, String(username).toLowerCase()),
  computed: ({ team_id, username }) => ({ id: joined(team_id, username) }),
  overwrites: true,
  needs: (attributes, needs) => {
    needsTeam(attributes, needs);
  },
};
