import type { Fleet } from "../declaration/fleet";
import { PHASE_ROLES } from "../declaration/phase";
import type { Service } from "../declaration/service";
import type { GithubReader } from "./github-reader";
import { type Finding, failed, ok, unseen } from "./preflight-finding";
import { recordsOf } from "./record-of";

/** Who answers for what: the roles that phases are entered with are played by teams, and GitHub has all teams. */
export async function ownersFindings(
  { organization }: Pick<Fleet, "organization">,
  service: Service,
  github: GithubReader,
): Promise<readonly Finding[]> {
  const roles = Object.entries(PHASE_ROLES).map(([role, what]) => {
    const owner = Object.hasOwn(service.owners, role) ? service.owners[role] : undefined;
    return owner === undefined
      ? failed(`owner: ${role}`, `nobody answers for ${what}`, `declare owners.${role} of ${service.name}`)
      : ok(`owner: ${role}`, `the team ${owner.team}`);
  });
  const teams = [...new Set(Object.values(service.owners).map(({ team }) => team))];
  const { login } = organization.github;
  const answer = await github.list(`/orgs/${encodeURIComponent(login)}/teams`);
  const there = answer.kind === "found" ? new Set(recordsOf(answer.value).map(({ slug }) => slug)) : undefined;
  const why =
    answer.kind === "unseen" ? answer.why : `this token does not see an organization ${login}, or not its teams`;
  const seen = teams.map((team) => {
    const what = `team: ${team}`;
    if (there === undefined) return unseen(what, why, "use a token with read access to the organization's members");
    return there.has(team)
      ? ok(what, `a team of ${login}`)
      : failed(
          what,
          `${login} has no such team that this token sees`,
          "deploy the stack organization: it makes the teams",
        );
  });
  return [...roles, ...seen];
}
