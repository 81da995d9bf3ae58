import type { Organization } from "../declaration/organization";
import { isManaged } from "../declaration/phase";
import type { Service } from "../declaration/service";
import type { GithubAnswer, GithubReader } from "./github-reader";
import { type Finding, failed, ok, unseen } from "./preflight-finding";
import { recordOf, recordsOf } from "./record-of";

export function repositoryPath({ github }: Pick<Organization, "github">, { name }: Pick<Service, "name">): string {
  return `/repos/${encodeURIComponent(github.login)}/${encodeURIComponent(name)}`;
}

const MAY_WRITE = "token: may write rulesets and environments";
const USE_ANOTHER =
  "use a token of an administrator of the repository: a classic one with the scope repo, or a fine-grained one that may write Administration, Environments and Secrets";

/**
 * The repository is there, or is to be made, and the token may administer it. GitHub never says so outright: a classic token's scopes and its
 * user's permission do; of other tokens only what they are shown of a ruleset does, for `bypass_actors` is left out without write access.
 * https://docs.github.com/rest/repos/rules#get-a-repository-ruleset
 */
export async function repositoryFindings(
  organization: Pick<Organization, "github">,
  service: Pick<Service, "name" | "phase" | "repository">,
  github: GithubReader,
): Promise<readonly Finding[]> {
  const path = repositoryPath(organization, service);
  const answer = await github.get(path);
  return [repositoryFinding(answer, service), await permissionFinding(path, answer, github)];
}

function repositoryFinding(answer: GithubAnswer, service: Pick<Service, "name" | "phase" | "repository">): Finding {
  const { name, repository } = service;
  const what = "repository";
  if (answer.kind === "unseen")
    return unseen(what, answer.why, "set GITHUB_TOKEN, and GITHUB_BASE_URL for a server of your own");
  if (answer.kind === "found") {
    return repository.adopt === true || isManaged(service)
      ? ok(what, `${name} is there`)
      : failed(
          what,
          `${name} is there already, and nothing of it is managed yet`,
          "write repository.adopt: true, or choose another name",
        );
  }
  return repository.adopt === true
    ? unseen(what, `${name} is to be adopted: it is not there, or this token does not see it`, USE_ANOTHER)
    : ok(what, `${name} is not there as far as this token sees: Terraform makes it`);
}

async function permissionFinding(path: string, answer: GithubAnswer, github: GithubReader): Promise<Finding> {
  if (answer.kind === "unseen") return unseen(MAY_WRITE, answer.why, USE_ANOTHER);
  if (answer.kind === "absent")
    return unseen(
      MAY_WRITE,
      "the repository is not there: GitHub says of none but those what a token may do",
      USE_ANOTHER,
    );
  const { permissions, private: isPrivate } = recordOf(answer.value);
  const { admin } = recordOf(permissions);
  if (typeof admin !== "boolean") return unseen(MAY_WRITE, "GitHub's answer says nothing of permissions", USE_ANOTHER);
  if (!admin) return failed(MAY_WRITE, "whose token it is does not administer the repository", USE_ANOTHER);
  if (answer.scopes !== undefined) {
    const enough = answer.scopes.includes("repo") || (isPrivate === false && answer.scopes.includes("public_repo"));
    return enough
      ? ok(MAY_WRITE, `an administrator's classic token with ${answer.scopes.join(", ")}`)
      : failed(
          MAY_WRITE,
          `a classic token without the scope repo; it has ${answer.scopes.join(", ") || "none"}`,
          USE_ANOTHER,
        );
  }
  return byRuleset(path, github);
}

async function byRuleset(path: string, github: GithubReader): Promise<Finding> {
  const why = "an administrator's token that is no classic one: GitHub does not say what it may do, and";
  const rulesets = await github.list(`${path}/rulesets`);
  // Rulesets of the organization are listed too, and are no matter of the repository's administrators.
  const own =
    rulesets.kind === "found"
      ? recordsOf(rulesets.value).find(({ source_type }) => source_type === "Repository")
      : undefined;
  if (own === undefined || typeof own.id !== "number")
    return unseen(MAY_WRITE, `${why} there is no ruleset to tell by`, USE_ANOTHER);
  const ruleset = await github.get(`${path}/rulesets/${own.id}`);
  if (ruleset.kind !== "found") return unseen(MAY_WRITE, `${why} the ruleset can't be read`, USE_ANOTHER);
  return Object.hasOwn(recordOf(ruleset.value), "bypass_actors")
    ? ok(MAY_WRITE, "it sees who may bypass a ruleset, which only those see who may write it")
    : failed(MAY_WRITE, "it does not see who may bypass a ruleset: it may not write it", USE_ANOTHER);
}
