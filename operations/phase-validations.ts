import type { Fleet, ServiceEntry } from "../declaration/fleet";
import { inPhase } from "../declaration/in-phase";
import type { Gate } from "../declaration/job-common";
import { PHASES, type PhaseName } from "../declaration/phase";
import { TRAIN_SECRETS } from "../declaration/release-train";
import type { Service } from "../declaration/service";
import { repositoryStackName, stageStackName } from "../declaration/stack-names";
import { objectiveProblems } from "../objectives/objective-problems";
import { workflowProblems } from "../workflows/workflow-problems";
import { counted } from "./console";
import type { StackDrift } from "./drift-report";
import { messageOf } from "./failure";
import { filesOf } from "./files-of";
import { GithubReader } from "./github-reader";
import { ClustersView } from "./phase-clusters";
import { hasAccounts, stacksAgainst } from "./phase-drift";
import { RepositoryView } from "./phase-repository";
import { preflightFindings } from "./preflight";
import { type Finding, failed, ok, unseen } from "./preflight-finding";
import { ClusterReader } from "./preflight-kubectl";
import { secretsFindings } from "./preflight-secrets";

export interface ValidationProps {
  readonly fleet: Fleet;
  /** As it is declared, in the phase that it is in. */
  readonly entry: ServiceEntry;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The project's directory. */
  readonly root: string;
  /** Unix, milliseconds. */
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
}

/** Everything that validations look at; what several of them look at is read once. */
class Sights {
  readonly service: Service;
  readonly github: GithubReader;
  readonly repository: RepositoryView;
  readonly clusters: ClustersView;
  private drifts: Promise<readonly StackDrift[]> | undefined;

  constructor(readonly props: ValidationProps) {
    const { organization } = props.fleet;
    this.service = inPhase(props.entry);
    this.github = new GithubReader(props);
    this.repository = new RepositoryView(organization, this.service, this.github);
    this.clusters = new ClustersView(
      organization,
      this.service,
      ({ context }) => new ClusterReader({ ...props, context }),
    );
  }

  /** A stack is as declared, by a plan of it. */
  async stack(name: string): Promise<Finding> {
    const what = `stack ${name}`;
    const todo = "npx gatehouse drift shows what differs; deploy the stack";
    const { entry, environment } = this.props;
    if (!hasAccounts(environment))
      return unseen(
        what,
        "GITHUB_TOKEN is not set: no account to compare with",
        "set the providers' variables; see the README",
      );
    this.drifts ??= stacksAgainst(entry, this.props);
    try {
      const drift = (await this.drifts).find(({ stack }) => stack === name);
      if (drift === undefined || drift.status === "unseen")
        return unseen(what, drift?.reason ?? "the service has no such stack", todo);
      return drift.status === "same"
        ? ok(what, "as declared")
        : failed(what, `${counted(drift.changes.length, "resource")} differ`, todo);
    } catch (error) {
      this.props.signal?.throwIfAborted();
      return unseen(what, messageOf(error), todo);
    }
  }

  async stages(): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    for (const stage of Object.keys(this.service.stages))
      findings.push(await this.stack(stageStackName(this.service.name, stage)));
    return findings;
  }

  jobsOf(...gates: readonly Gate[]): readonly string[] {
    return Object.entries(this.service.ci.jobs).flatMap(([id, { gate }]) => (gates.includes(gate) ? [id] : []));
  }

  /** Secrets that the release train reads. */
  async trainSecrets(): Promise<readonly Finding[]> {
    const { train, signing } = this.service.cluster ?? {};
    if (train === undefined || signing === undefined) return [ok("release train", "the service declares none")];
    const keys: string[] = Object.values(TRAIN_SECRETS);
    if (signing.kind === "key") keys.push(signing.privateKey, signing.password);
    return secretsFindings(this.props.fleet, { ...this.props.entry, service: this.service }, this.github, (key) =>
      keys.includes(key),
    );
  }
}

type Validation = (sights: Sights) => Promise<readonly Finding[]>;

/** What must hold once a phase is reached; all of it is read, and nothing written. */
const VALIDATIONS: Readonly<Record<PhaseName, Validation>> = {
  preflight: ({ props, github }) => preflightFindings(props.fleet, props.entry, props, github),
  environments: async (sights) => [
    await sights.stack(repositoryStackName(sights.service.name)),
    await sights.repository.requiredChecks(),
    ...(await sights.repository.environments()),
  ],
  workflows: async ({ service, repository, props }) => [
    problemsFinding(
      "workflows read what their environments define",
      workflowProblems(service, props.fleet.organization),
    ),
    await repository.files(filesOf(props.fleet, props.entry)),
    await repository.reported("required checks are reported", [
      ...new Set(service.main.requiredChecks.map(({ job }) => job)),
    ]),
  ],
  previews: async ({ clusters, props }) => [await clusters.previews(props.now)],
  security: async (sights) => [
    ...(await sights.repository.scanning()),
    await sights.repository.reported("security jobs", sights.jobsOf("security", "sbom", "license")),
  ],
  migrations: async (sights) => [await sights.repository.reported("migration jobs", sights.jobsOf("migration"))],
  signing: (sights) => sights.trainSecrets(),
  rehearsal: ({ clusters }) => clusters.stages("rehearsal"),
  canary: ({ clusters }) => clusters.stages("canary"),
  checks: async ({ repository }) => [await repository.requiredChecks()],
  freeze: async ({ repository }) => [await repository.freezeLabel()],
  observability: async (sights) => [
    problemsFinding(
      "every alert of an objective can fire",
      objectiveProblems(sights.service, sights.props.fleet.organization),
    ),
    ...(await sights.stages()),
  ],
};

function problemsFinding(what: string, problems: readonly object[]): Finding {
  return problems.length === 0
    ? ok(what, "no problem")
    : failed(what, counted(problems.length, "problem"), "npx gatehouse check lists them");
}

/** What validations of one phase found. */
export interface PhaseFindings {
  /** Number of the phase. */
  readonly phase: number;
  readonly findings: readonly Finding[];
}

/** Runs the validations of all phases that are reached, the first first. */
export async function validatePhases(
  props: ValidationProps,
  reachedPhases: number,
  done: (findings: PhaseFindings) => void = () => {},
): Promise<readonly PhaseFindings[]> {
  const sights = new Sights(props);
  const all: PhaseFindings[] = [];
  for (const [phase, { name }] of PHASES.entries()) {
    if (phase > reachedPhases) break;
    props.signal?.throwIfAborted();
    all.push({ phase, findings: await VALIDATIONS[name](sights) });
    done(all[phase] as PhaseFindings);
  }
  return all;
}
