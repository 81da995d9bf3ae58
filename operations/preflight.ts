import type { Fleet, ServiceEntry } from "../declaration/fleet";
import { assertRight } from "../stacks/fleet-problems";
import { type Console, printable } from "./console";
import { declaredEntry } from "./declared-service";
import { GithubReader } from "./github-reader";
import { chartFindings } from "./preflight-chart";
import { clusterFindings } from "./preflight-cluster";
import { exitCodeOf, type Finding, printFindings, SYMBOL, summary, worst } from "./preflight-finding";
import { ClusterReader } from "./preflight-kubectl";
import { ownersFindings } from "./preflight-owners";
import { repositoryFindings } from "./preflight-repository";
import { secretsFindings } from "./preflight-secrets";
import { terraformFinding } from "./preflight-terraform";

export interface PreflightOptions {
  readonly service: string;
  readonly json: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The project's directory, in which the chart lies. */
  readonly root: string;
  readonly signal?: AbortSignal | undefined;
}

/** What preflight found; `version` rises when a property goes away or changes its meaning. */
export interface PreflightReport {
  readonly version: 1;
  readonly service: string;
  readonly result: Finding["sight"];
  readonly findings: readonly Finding[];
}

/**
 * `gatehouse preflight <service>`: looks at everything that must be right before anything of a service is written, and writes nothing. Exit code 0
 * when all is well, 2 when something is not, 1 when something could not be seen.
 */
export async function preflight(fleet: Fleet, options: PreflightOptions, console: Console): Promise<number> {
  assertRight(fleet);
  const entry = declaredEntry(fleet, options.service);
  const findings = await preflightFindings(fleet, entry, options);
  if (options.json) {
    const report: PreflightReport = { version: 1, service: options.service, result: worst(findings), findings };
    console.print(JSON.stringify(report, undefined, 2));
  } else {
    printFindings(findings, console);
    console.print(`${SYMBOL[worst(findings)]} preflight of ${printable(options.service)}: ${summary(findings)}`);
  }
  return exitCodeOf(findings);
}

/** Everything of the phase 0. */
export async function preflightFindings(
  fleet: Fleet,
  entry: ServiceEntry,
  { environment, root, signal }: Pick<PreflightOptions, "environment" | "root" | "signal">,
  github = new GithubReader({ environment, signal }),
): Promise<readonly Finding[]> {
  const { organization } = fleet;
  const { service } = entry;
  return [
    await terraformFinding(environment),
    ...(await ownersFindings(fleet, service, github)),
    ...(await repositoryFindings(organization, service, github)),
    ...(await secretsFindings(fleet, entry, github)),
    ...(await clusterFindings(
      organization,
      service,
      ({ context }) => new ClusterReader({ context, environment, signal }),
    )),
    ...(await chartFindings(organization, service, { environment, root, signal })),
  ];
}
