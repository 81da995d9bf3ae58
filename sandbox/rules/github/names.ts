import { isUnknown } from "../../protocol/unknown";
import type { Attributes } from "../../protocol/value-codec";
import type { World } from "../../world";
import type { WorldObject } from "../../world-object";
import type { Inspection } from "../inspection";
import type { Needs } from "../needs";

/** GitHub's own rule for repository names, as the provider checks it (github/resource_github_repository.go at v6.9.0). */
export const REPOSITORY_NAME = /^[-a-zA-Z0-9_.]{1,100}$/;
export const REPOSITORY_NAME_WORDS = "1 to 100 letters, digits, hyphens, underscores or dots";

/** Parts of an id joined as the provider joins them (buildTwoPartID, buildThreePartID in github/util.go at v6.9.0). */
export function joined(...parts: readonly unknown[]): string {
  return parts.map(String).join(":");
}

/** Go's `time.Time.String()`, which the provider stores for GitHub's timestamps. */
export function timestamp(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} +0000 UTC`;
}

export function needsRepository({ repository }: Attributes, needs: Needs): WorldObject {
  return needs.object("github_repository", String(repository), ["repository"]);
}

export function needsEnvironment(attributes: Attributes, needs: Needs): WorldObject {
  needsRepository(attributes, needs);
  const id = joined(attributes.repository, attributes.environment);
  return needs.object("github_repository_environment", id, ["environment"]);
}

/** A team by its id or its slug (getTeamID in github/util.go at v6.9.0 takes both). */
export function findTeam(world: World, idOrSlug: unknown): WorldObject | undefined {
  return (
    world.get("github_team", String(idOrSlug)) ??
    world.find("github_team", (attributes) => attributes.slug === idOrSlug)
  );
}

/**
 * Secret and variable names: validateSecretNameFunc in github/util.go at v6.9.0. GitHub compares them without case
 * (docs.github.com, "Using secrets in GitHub Actions", naming your secrets).
 */
export function checkSettingName(config: Inspection, path: string): void {
  config.matches(path, /^[a-zA-Z_][a-zA-Z0-9_]*$/, "letters, digits and underscores, not starting with a digit");
  for (const found of config.all(path)) {
    if (String(found.value).toUpperCase().startsWith("GITHUB_")) {
      config.refuse(
        found.path,
        found.value,
        "a name that doesn't start with GITHUB_",
        "GitHub keeps that prefix; rename it.",
      );
    }
  }
}

/** A slug as GitHub makes it of a team's name. */
export function slug(name: unknown): unknown {
  return isUnknown(name)
    ? name
    : String(name)
        .toLowerCase()
        .replace(/[^a-z0-9_]+/g, "-")
        .replace(/^-|-$/g, "");
}
