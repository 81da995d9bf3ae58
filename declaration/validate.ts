import type { z } from "zod";
import { alertsProblems } from "./checks/alerts";
import { breakGlassProblems } from "./checks/break-glass";
import { carrierProblems } from "./checks/carriers";
import { ciProblems } from "./checks/ci";
import { clusterProblems } from "./checks/cluster";
import { clusterSecretsProblems } from "./checks/cluster-secrets";
import { clustersProblems } from "./checks/clusters";
import type { CheckContext } from "./checks/context";
import { conventionalCommitsProblems } from "./checks/conventional-commits";
import { dashboardProblems } from "./checks/dashboard";
import { dependenciesProblems } from "./checks/dependencies";
import { docsPolicyProblems } from "./checks/docs-policy";
import { dryRunProblems } from "./checks/dry-run";
import { edgeProblems } from "./checks/edge";
import { flagsProblems } from "./checks/flags";
import { flyProblems } from "./checks/fly";
import { freezeProblems } from "./checks/freeze";
import { grafanaProblems } from "./checks/grafana";
import { libraryProblems } from "./checks/library";
import { licensesProblems } from "./checks/licenses";
import { objectivesProblems } from "./checks/objectives";
import { organizationProblems } from "./checks/organization";
import { ownersProblems } from "./checks/owners";
import { peopleProblems } from "./checks/people";
import { phaseProblems } from "./checks/phase";
import { postgresProblems } from "./checks/postgres";
import { previewDispatchProblems } from "./checks/preview-dispatch";
import { mainProblems } from "./checks/protected-main";
import { railwayProblems } from "./checks/railway";
import { releaseProblems } from "./checks/release";
import { repositoryProblems } from "./checks/repository";
import { runbookNameProblems } from "./checks/runbook-names";
import { sealedProblems } from "./checks/sealed";
import { secretRotationProblems } from "./checks/secret-rotation";
import { settingsProblems } from "./checks/settings";
import { stagesProblems } from "./checks/stages";
import { stateProblems } from "./checks/state";
import { statefulProblems } from "./checks/stateful";
import { telemetryProblems } from "./checks/telemetry";
import { tracesProblems } from "./checks/traces";
import { trainProblems } from "./checks/train";
import { uniqueProblems } from "./checks/unique";
import { workerMetricsProblems } from "./checks/worker-metrics";
import type { Fleet, ServiceEntry } from "./fleet";
import { hostileText } from "./hostile-text";
import { Organization } from "./organization";
import { plainData } from "./plain-data";
import { formatPath, type Problem, show } from "./problem";
import { SealedSecrets } from "./sealed";
import { Service } from "./service";
import { checkShape, EVERYTHING, type Hide } from "./shape";
import { StatefulRecord } from "./stateful";

interface Check {
  /** Top-level sections whose shape must be right before the check can run. */
  readonly reads: readonly (keyof Service)[];
  /** Reads the stateful record too. @default false */
  readonly record?: boolean;
  readonly run: (context: CheckContext) => void;
}

const CHECKS: readonly Check[] = [
  { reads: ["owners", "responsibilities"], run: ownersProblems },
  { reads: ["repository"], run: repositoryProblems },
  { reads: ["main", "ci", "repository"], run: mainProblems },
  {
    reads: ["phase", "owners", "main", "ci", "repository", "labels", "railway", "cluster", "stages"],
    run: phaseProblems,
  },
  { reads: ["phase", "main", "ci", "labels", "owners"], run: freezeProblems },
  { reads: ["main", "labels", "owners"], run: breakGlassProblems },
  { reads: ["main", "ci", "repository"], run: conventionalCommitsProblems },
  { reads: ["ci", "settings"], run: ciProblems },
  { reads: ["ci", "main", "stages", "settings"], run: dryRunProblems },
  { reads: ["ci"], run: libraryProblems },
  { reads: ["ci"], run: licensesProblems },
  { reads: ["ci"], run: docsPolicyProblems },
  { reads: ["stages", "owners", "repository"], run: stagesProblems },
  { reads: ["settings", "stages", "owners", "edge"], run: settingsProblems },
  { reads: ["settings", "secretRotation"], run: secretRotationProblems },
  { reads: ["edge", "stages", "settings"], run: edgeProblems },
  { reads: ["edge", "stages", "settings"], run: carrierProblems },
  { reads: ["release", "stages", "settings", "edge", "repository"], run: releaseProblems },
  { reads: ["railway", "release", "stages", "settings", "ci", "repository"], run: railwayProblems },
  { reads: ["fly", "release", "railway", "cluster", "stages", "settings", "repository"], run: flyProblems },
  { reads: ["name", "phase", "cluster", "stages", "objectives", "telemetry"], run: clusterProblems },
  { reads: ["cluster", "owners", "secretRotation"], run: clusterSecretsProblems },
  {
    reads: ["phase", "cluster", "release", "railway", "fly", "stages", "settings", "owners", "repository"],
    run: trainProblems,
  },
  { reads: ["name", "flags", "owners", "cluster", "edge"], run: flagsProblems },
  { reads: ["postgres", "stages", "settings", "repository"], run: postgresProblems },
  { reads: ["alerts"], run: runbookNameProblems },
  { reads: ["cluster", "stages", "settings"], run: previewDispatchProblems },
  { reads: ["labels", "flakes", "onCall", "owners", "runbooks", "edge", "cluster"], run: peopleProblems },
  { reads: ["settings", "stages", "owners"], run: sealedProblems },
  { reads: ["telemetry", "stages", "objectives", "alerts", "dashboard"], run: telemetryProblems },
  { reads: ["telemetry", "stages", "settings"], run: tracesProblems },
  { reads: ["dependencies", "stages", "settings", "labels", "repository"], run: dependenciesProblems },
  { reads: ["objectives", "telemetry", "owners", "runbooks"], run: objectivesProblems },
  { reads: ["alerts", "telemetry", "owners", "runbooks"], run: alertsProblems },
  { reads: ["dashboard", "telemetry", "objectives"], run: dashboardProblems },
  { reads: ["edge", "telemetry", "stages", "dashboard"], run: workerMetricsProblems },
  { reads: ["edge", "cluster", "stages"], record: true, run: statefulProblems },
  { reads: ["name", "stages"], run: stateProblems },
];

/** Every mistake of a fleet's declarations, at once; empty when there is none. Never throws. */
export function validate(fleet: Fleet): readonly Problem[] {
  const read = readAs<Organization>("organization", Organization, fleet.organization);
  const organization = read.unreadable.size === 0 ? read.data : undefined;
  const problems = [...read.problems];
  if (organization !== undefined)
    problems.push(
      ...organizationProblems(organization),
      ...grafanaProblems(organization),
      ...clustersProblems(organization),
    );
  const readable: Service[] = [];
  fleet.services.forEach((entry, index) => {
    const report = serviceProblems(entry, index, organization);
    problems.push(...report.problems);
    if (report.service !== undefined) readable.push(report.service);
  });
  problems.push(...uniqueProblems(readable, organization));
  return problems;
}

interface Read<T> {
  /** As it came, whatever its type: right only where `unreadable` says nothing else. */
  readonly data: T;
  readonly problems: readonly Problem[];
  readonly unreadable: ReadonlySet<string>;
}

/** What came, as plain data, and what is wrong with it by itself. One problem a place: text that is code is not also a bad name. */
function readAs<T>(subject: string, schema: z.ZodType<T>, value: unknown, hide: Hide = () => false): Read<T> {
  const plain = plainData(subject, value);
  const grave = [...plain.problems, ...hostileText(subject, plain.data, hide)];
  const places = new Set(grave.map(({ path }) => path));
  const shape = checkShape(subject, schema, plain.data, hide);
  return {
    data: plain.data as T,
    problems: [...grave, ...shape.problems.filter(({ path }) => !places.has(path))],
    unreadable: shape.unreadable,
  };
}

/** Where somebody may have written a secret, though only the names of its environments belong there, or a public key. */
function holdsSecret(path: readonly PropertyKey[], service: unknown): boolean {
  if (path.join(".") === "cluster.signing.publicKey") return true;
  if (path[0] !== "settings" || path[2] !== "environments") return false;
  const setting = (service as Service).settings[String(path[1])];
  return setting?.kind === "secret" && !Array.isArray(setting.environments);
}

interface ServiceReport {
  readonly problems: readonly Problem[];
  /** Undefined when what must be unique in a fleet can't be read. */
  readonly service: Service | undefined;
}

function serviceProblems(entry: ServiceEntry, index: number, organization: Organization | undefined): ServiceReport {
  const came = property(entry, "service");
  const name = property(came, "name");
  const subject = typeof name === "string" ? `service ${show(name)}` : `services[${index}]`;
  const { data: service, problems: found, unreadable } = readAs<Service>(subject, Service, came, holdsSecret);
  const sealed = readAs<SealedSecrets>(
    `${subject}, sealed secrets`,
    SealedSecrets,
    property(entry, "sealed"),
    () => true,
  );
  const stateful = readAs<StatefulRecord>(`${subject}, stateful record`, StatefulRecord, property(entry, "stateful"));
  const problems = [...found, ...sealed.problems, ...stateful.problems];
  // What is wrong by itself is not also wrong in relation to others.
  const places = new Set(found.map(({ path }) => path));
  const readable = (sections: readonly string[]) =>
    ![EVERYTHING, ...sections].some((section) => unreadable.has(section));
  if (readable([]) && organization !== undefined) {
    const context: CheckContext = {
      organization,
      service,
      sealed: sealed.unreadable.size === 0 ? sealed.data : {},
      stateful: stateful.data,
      report: (path, problem) => {
        const place = formatPath(path);
        if (!places.has(place)) problems.push({ subject, path: place, ...problem });
      },
    };
    for (const check of CHECKS) {
      if (readable(check.reads) && !(check.record === true && stateful.problems.length > 0)) check.run(context);
    }
  }
  return { problems, service: readable(["name", "stages", "edge", "railway", "fly", "cluster"]) ? service : undefined };
}

/** What an entry holds, whatever came in its place; nobody's code is run. */
function property(owner: unknown, key: string): unknown {
  try {
    return Object.getOwnPropertyDescriptor(owner, key)?.value;
  } catch {
    return undefined;
  }
}
