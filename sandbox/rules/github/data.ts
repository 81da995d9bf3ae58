import type { Attributes } from "../../protocol/value-codec";
import { hex } from "../../provider/settle";
import type { World } from "../../world";
import type { DataRule } from "../rule";
import { joined } from "./names";

function repositoriesOf(world: World, team: string): Attributes[] {
  return world
    .list("github_team_repository")
    .filter(({ attributes }) => attributes.team_id === team)
    .map(({ attributes }) => attributes);
}

/** Source: github/data_source_github_*.go at v6.9.0 of github.com/integrations/terraform-provider-github. */
export const GITHUB_DATA: readonly DataRule[] = [
  {
    type: "github_team",
    find: ({ slug, summary_only }, world) => {
      const team = world.find("github_team", (attributes) => attributes.slug === slug);
      if (team === undefined) {
        return undefined;
      }
      const { id, name, description, privacy, node_id } = team.attributes;
      const full = summary_only !== true;
      const access = full ? repositoriesOf(world, team.id) : [];
      const members = full
        ? world.list("github_team_membership").filter((each) => each.attributes.team_id === team.id)
        : [];
      return {
        id,
        name,
        description,
        privacy,
        node_id,
        permission: "pull",
        members: members.map(({ attributes }) => attributes.username),
        repositories: access.map(({ repository }) => repository),
        repositories_detailed: access.map(({ repository, permission }) => ({
          repo_name: repository,
          role_name: permission,
          repo_id: world.get("github_repository", String(repository))?.attributes.repo_id,
        })),
        membership_type: "all",
        summary_only: false,
        results_per_page: 100,
      };
    },
  },
  {
    type: "github_repository",
    find: ({ name, full_name }, world) =>
      world.find("github_repository", (attributes) => attributes.name === name || attributes.full_name === full_name)
        ?.attributes,
  },
  {
    // Stands in for a key: 32 bytes that nobody can open a sealed box with.
    type: "github_actions_environment_public_key",
    find: ({ repository, environment }, world) => {
      const id = joined(repository, environment);
      return world.get("github_repository_environment", id) === undefined
        ? undefined
        : { id, key_id: hex(`key id ${id}`, 18), key: Buffer.from(hex(`key ${id}`, 64), "hex").toString("base64") };
    },
  },
];
