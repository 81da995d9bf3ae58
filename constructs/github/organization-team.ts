import { Team } from "@cdktf/provider-github/lib/team";
import { Construct } from "constructs";

export interface OrganizationTeamProps {
  /** Name of the team. GitHub derives the slug from it, so it is written as a slug: the two are the same string. */
  readonly slug: string;
  /** What the team answers for. */
  readonly description: string;
  /**
   * Numeric id of a team that exists already and is to be taken over.
   * @default - a new team is created
   */
  readonly adopt?: string | undefined;
}

/**
 * A team of the organization, visible to all its members: a secret team can't own code
 * (https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners).
 *
 * Its members are not declared: people join and leave through the identity provider or the organization's settings.
 */
export class OrganizationTeam extends Construct {
  constructor(scope: Construct, id: string, props: OrganizationTeamProps) {
    super(scope, id);
    const team = new Team(this, "Default", {
      name: props.slug,
      description: props.description,
      privacy: "closed",
      // Taking a team away takes its members' access and every review it guards with it: a person decides that, not a plan.
      lifecycle: { preventDestroy: true },
    });
    if (props.adopt !== undefined) team.importFrom(props.adopt);
  }
}
