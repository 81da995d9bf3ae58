import { environmentsOf } from "../declaration/environments";
import type { Fleet, ServiceEntry } from "../declaration/fleet";
import type { Setting } from "../declaration/settings";
import type { GithubAnswer, GithubReader } from "./github-reader";
import { type Finding, failed, ok, unseen } from "./preflight-finding";
import { repositoryPath } from "./preflight-repository";
import { recordOf, recordsOf } from "./record-of";

/** Which secrets to look for. @default - every declared one */
export type Keys = (key: string) => boolean;

/**
 * Every declared secret of every environment is there: sealed, so that Terraform sets it, or set in GitHub already. Only names are asked for;
 * values can't be.
 */
export async function secretsFindings(
  { organization }: Pick<Fleet, "organization">,
  { service, sealed }: ServiceEntry,
  github: GithubReader,
  wanted: Keys = () => true,
): Promise<readonly Finding[]> {
  const secrets = Object.entries(service.settings).filter(([key, { kind }]) => kind === "secret" && wanted(key));
  const findings: Finding[] = [];
  for (const { name: environment } of environmentsOf(service)) {
    const here = secrets.filter(([, setting]) => inEnvironment(setting, environment));
    for (const [key, setting] of here) {
      const what = `secret: ${key} (${environment})`;
      if (sealed[environment]?.[key] !== undefined) {
        findings.push(ok(what, "sealed; Terraform sets it"));
        continue;
      }
      const path = `${repositoryPath(organization, service)}/environments/${encodeURIComponent(environment)}/secrets`;
      const answer = await github.list(path, (page) => recordOf(page).secrets);
      const repository = await github.get(repositoryPath(organization, service));
      findings.push(unsealed(service.name, what, key, setting, answer, repository.kind === "found"));
    }
  }
  return findings;
}

function inEnvironment(setting: Setting, environment: string): boolean {
  return setting.kind === "secret" && setting.environments.includes(environment);
}

/** GitHub's list alone tells; an environment that isn't there holds nothing, if the repository can be seen at all. */
function unsealed(
  service: string,
  what: string,
  key: string,
  { owner, optional }: Setting,
  answer: GithubAnswer,
  visible: boolean,
): Finding {
  const todo = `${owner} seals it: npx gatehouse seal ${service} <environment> <name>; or sets it: gh secret set <name> --env <environment>`;
  if (answer.kind === "unseen") return unseen(what, `not sealed, and ${answer.why}`, todo);
  if (answer.kind === "absent" && !visible)
    return unseen(what, "not sealed, and this token does not see the repository", todo);
  // GitHub's names of secrets are upper case, however they were written.
  const set = answer.kind === "found" && recordsOf(answer.value).some(({ name }) => String(name).toUpperCase() === key);
  if (set) return ok(what, "set in GitHub");
  if (optional === true) return ok(what, "not set; the service works without it");
  const where =
    answer.kind === "absent"
      ? "the environment is not there yet, or its secrets may not be listed"
      : "not set in GitHub";
  return failed(what, `declared, not sealed, and ${where}`, todo);
}
