import { RepositoryRuleset } from "@cdktf/provider-github/lib/repository-ruleset";
import { Construct } from "constructs";
import { type BypassActor, bypassActors } from "./bypass-actor";

export interface ProtectedTagsProps {
  /** Name of the repository, without its owner. */
  readonly repository: string;
  /** Pattern of the tags' names, such as `prod-*`, without `refs/tags/`. */
  readonly pattern: string;
  /**
   * Whom the rules do not hold for.
   * @default - nobody
   */
  readonly bypass?: readonly BypassActor[] | undefined;
}

/**
 * Tags that, once made, can't be moved or deleted. Whoever may push can still make new ones.
 *
 * `update` alone decides about moving a tag. The provider sends `update_allows_fetch_and_merge: true` with it whatever is
 * configured; GitHub keeps that for forks only and answers `false`, which is also the default, so nothing is set here
 * (https://github.com/integrations/terraform-provider-github/pull/2544).
 */
export class ProtectedTags extends Construct {
  constructor(scope: Construct, id: string, props: ProtectedTagsProps) {
    super(scope, id);
    new RepositoryRuleset(this, "Default", {
      repository: props.repository,
      name: `protected-tags ${props.pattern}`,
      target: "tag",
      enforcement: "active",
      conditions: { refName: { include: [`refs/tags/${props.pattern}`], exclude: [] } },
      bypassActors: bypassActors(this, props.bypass ?? []),
      rules: { update: true, deletion: true, nonFastForward: true },
    });
  }
}
