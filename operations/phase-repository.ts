import { createHash } from "node:crypto";
import { type Environment, environmentsOf } from "../declaration/environments";
import type { Organization } from "../declaration/organization";
import { FREEZE_LABEL } from "../declaration/phase";
import type { Service } from "../declaration/service";
import { checkNames } from "../workflows/check-names";
import { ciWorkflow } from "../workflows/ci/ci-workflow";
import { requiredChecks } from "../workflows/ci/required-checks";
import type { RenderedFile } from "../workflows/rendered-file";
import { counted } from "./console";
import type { GithubAnswer, GithubReader } from "./github-reader";
import { type Finding, failed, ok, unseen } from "./preflight-finding";
import { repositoryPath } from "./preflight-repository";
import { recordOf, recordsOf } from "./record-of";

const MAIN = "main";
const TOKEN = "set GITHUB_TOKEN to a token that may read the repository";
const DEPLOY = "deploy the service's stacks, or see what drifts: npx gatehouse drift";
const MOST_NAMED = 5;

/** What GitHub says of one service's repository, compared with what is declared. */
export class RepositoryView {
  private readonly path: string;

  constructor(
    organization: Organization,
    private readonly service: Service,
    private readonly github: GithubReader,
  ) {
    this.path = repositoryPath(organization, service);
  }

  /** `main` requires what is declared, by whatever ruleset. https://docs.github.com/rest/repos/rules#get-rules-for-a-branch */
  async requiredChecks(): Promise<Finding> {
    const declared = requiredChecks(this.service);
    const what = `main requires ${counted(declared.length, "check")}`;
    const answer = await this.github.list(`${this.path}/rules/branches/${MAIN}`);
    if (answer.kind !== "found") return this.notFound(what, answer, "the repository, or its main, is not there");
    const rules = recordsOf(answer.value).filter(({ type }) => type === "required_status_checks");
    const there = rules.flatMap(({ parameters }) => recordsOf(recordOf(parameters).required_status_checks));
    const required = new Set(there.map(({ context }) => context));
    const missing = declared.filter((name) => !required.has(name));
    const others = [...required].filter((name) => !declared.includes(String(name)));
    if (missing.length > 0) return failed(what, `not required: ${named(missing)}`, DEPLOY);
    if (others.length > 0) return failed(what, `required, and not declared for this phase: ${named(others)}`, DEPLOY);
    return ok(what, named(declared));
  }

  /** Environments are there, with their reviewers, wait timers and branches. */
  async environments(): Promise<readonly Finding[]> {
    const answer = await this.github.list(`${this.path}/environments`, (page) => recordOf(page).environments);
    return Promise.all(
      environmentsOf(this.service).map(async (declared) => {
        const what = `environment ${declared.name}`;
        if (answer.kind !== "found") return this.notFound(what, answer, "the repository has no environments");
        const there = recordsOf(answer.value).find(({ name }) => name === declared.name);
        if (there === undefined) return failed(what, "not there", DEPLOY);
        const differing = differences(declared, this.service, there);
        return differing.length === 0 ? ok(what, "protected as declared") : failed(what, differing.join("; "), DEPLOY);
      }),
    );
  }

  /** Every file is in `main` as Gatehouse writes it: Git names a file's content by its hash. https://docs.github.com/rest/git/trees#get-a-tree */
  async files(declared: readonly RenderedFile[]): Promise<Finding> {
    const what = `${counted(declared.length, "file")} in main`;
    const answer = await this.github.get(`${this.path}/git/trees/${MAIN}?recursive=1`);
    if (answer.kind !== "found") return this.notFound(what, answer, "main holds nothing");
    const { tree, truncated } = recordOf(answer.value);
    if (!Array.isArray(tree) || truncated !== false)
      return unseen(what, "GitHub's list of files is not whole", "compare them by hand: npx gatehouse files");
    const there = new Map(recordsOf(tree).map(({ path, mode, sha }) => [path, `${mode} ${sha}`]));
    const differing = declared.filter((file) => there.get(file.path) !== entryName(file)).map(({ path }) => path);
    if (differing.length === 0) return ok(what, "as Gatehouse writes them");
    return failed(
      what,
      `${differing.length} are missing or differ: ${named(differing)}`,
      `write them into a pull request: npx gatehouse files ${this.service.name} --out .`,
    );
  }

  /** The jobs' checks were reported on the newest commit of `main`, and none failed. @param jobs ids of jobs of the CI workflow */
  async reported(what: string, jobs: readonly string[]): Promise<Finding> {
    const names = checkNames(ciWorkflow(this.service))
      .filter(({ job }) => jobs.includes(job))
      .map(({ name }) => name);
    if (names.length === 0) return ok(what, "the service declares none");
    const answer = await this.github.list(
      `${this.path}/commits/${MAIN}/check-runs`,
      (page) => recordOf(page).check_runs,
    );
    if (answer.kind !== "found") return this.notFound(what, answer, "main has no commit");
    const runs = new Map(recordsOf(answer.value).map(({ name, conclusion }) => [name, conclusion]));
    const missing = names.filter((name) => !runs.has(name));
    if (missing.length > 0)
      return failed(what, `not reported on main: ${named(missing)}`, "merge the workflow, and see that its jobs run");
    const red = names.filter((name) => runs.get(name) !== null && runs.get(name) !== "success");
    if (red.length > 0) return failed(what, `not green on main: ${named(red)}`, "repair main first");
    const running = names.filter((name) => runs.get(name) === null);
    if (running.length > 0)
      return unseen(what, `still running on main: ${named(running)}`, "ask again when they are done");
    return ok(what, `green on main: ${named(names)}`);
  }

  /** GitHub tells administrators only. https://docs.github.com/rest/repos/repos#get-a-repository */
  async scanning(): Promise<readonly Finding[]> {
    const answer = await this.github.get(this.path);
    const features = [
      ["secret scanning", "secret_scanning", this.service.repository.secretScanning],
      ["push protection", "secret_scanning_push_protection", this.service.repository.pushProtection],
    ] as const;
    const looks = features.map(async ([what, key, declared]) => {
      if (answer.kind !== "found") return this.notFound(what, answer, "the repository is not there");
      const { status } = recordOf(recordOf(recordOf(answer.value).security_and_analysis)[key]);
      if (typeof status !== "string")
        return unseen(what, "GitHub does not tell this token", "use an administrator's token");
      if ((status === "enabled") === declared) return ok(what, `${status}, as declared`);
      return failed(what, `${status}, which is not what is declared`, DEPLOY);
    });
    return Promise.all(looks);
  }

  async freezeLabel(): Promise<Finding> {
    const what = `label ${FREEZE_LABEL}`;
    const answer = await this.github.get(`${this.path}/labels/${encodeURIComponent(FREEZE_LABEL)}`);
    return answer.kind === "found" ? ok(what, "there") : this.notFound(what, answer, "not there");
  }

  /** Something is not there only if the repository can be seen. */
  private async notFound(what: string, answer: NotFound, said: string): Promise<Finding> {
    if (answer.kind === "unseen") return unseen(what, answer.why, TOKEN);
    const repository = await this.github.get(this.path);
    return repository.kind === "found"
      ? failed(what, said, DEPLOY)
      : unseen(what, "the repository is not there, or this token does not see it", TOKEN);
  }
}

type NotFound = Exclude<GithubAnswer, { readonly kind: "found" }>;

/** What of an environment's protection is not as declared. https://docs.github.com/rest/deployments/environments#get-an-environment */
function differences(
  declared: Environment,
  { owners }: Pick<Service, "owners">,
  there: Readonly<Record<string, unknown>>,
): readonly string[] {
  const teams = new Set(declared.reviewers.map((role) => owners[role]?.team)).size;
  const rules = new Map(recordsOf(there.protection_rules).map((rule) => [rule.type, rule]));
  const reviewers = recordsOf(rules.get("required_reviewers")?.reviewers).length;
  const selfReview = rules.get("required_reviewers")?.prevent_self_review === true;
  const waits = Number(rules.get("wait_timer")?.wait_timer ?? 0);
  const { custom_branch_policies: custom } = recordOf(there.deployment_branch_policy);
  return [
    ...(reviewers === teams ? [] : [`${reviewers} reviewers in place of ${teams}`]),
    ...(selfReview === declared.preventSelfReview
      ? []
      : [`self-review is ${selfReview ? "prevented" : "not prevented"}`]),
    ...(waits === declared.waitMinutes ? [] : [`waits ${waits} minutes in place of ${declared.waitMinutes}`]),
    ...(custom === true ? [] : [`every branch may deploy, in place of ${declared.branches.join(", ")}`]),
  ];
}

/** Mode and name of a file in a tree of Git's. https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
function entryName({ content, executable }: RenderedFile): string {
  const bytes = Buffer.from(content);
  const name = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  return `${executable ? "100755" : "100644"} ${name}`;
}

function named(names: readonly unknown[]): string {
  const shown = names.slice(0, MOST_NAMED).map(String).join(", ");
  return names.length > MOST_NAMED ? `${shown}, and ${names.length - MOST_NAMED} more` : shown;
}
