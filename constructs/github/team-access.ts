import { TeamRepository } from "@cdktf/provider-github/lib/team-repository";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { teamId } from "./team-reference";

export interface TeamAccessProps {
  /** Name of the repository, without its owner. */
  readonly repository: string;
  /** Slug of the team. */
  readonly team: string;
  readonly permission: "pull" | "triage" | "push" | "maintain" | "admin";
}

/** What a team may do in a repository. Reviewers of environments need at least `pull`, code owners `push`. */
export class TeamAccess extends Construct {
  constructor(scope: Construct, id: string, props: TeamAccessProps) {
    super(scope, id);
    new TeamRepository(this, "Default", {
      repository: props.repository,
      teamId: Token.asString(teamId(this, props.team)),
      permission: props.permission,
    });
  }
}
