import type { Fleet, ServiceEntry } from "../declaration/fleet";
import type { Clock } from "./clock";
import type { Console } from "./console";
import { budget } from "./delivery-budget";
import { differs } from "./delivery-comparison";
import { differences } from "./delivery-diff";
import { look } from "./delivery-look";
import { differenceMarkdown, printDifference, type ServiceDifference } from "./delivery-report";
import { repositoryOf, servicesWithFiles } from "./delivery-services";
import { EXIT, messageOf } from "./failure";
import { filesOf } from "./files-of";
import { GithubApi } from "./github-api";
import { LONGEST_BODY } from "./github-body";
import type { GithubClient } from "./github-client";
import { PATIENT } from "./github-limits";
import { githubOfPeople } from "./github-login";
import { redacted } from "./redact";

export interface FilesDiffOptions {
  /** @default - all services */
  readonly service?: string | undefined;
  readonly format: "text" | "json" | "markdown";
  /** With the login of githubOfPeople. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** @default systemClock */
  readonly clock?: Clock | undefined;
}

/**
 * `gatehouse files <service> --diff`: compares what is rendered with the default branch of the service's repository. Exit code 0 when it has all
 * of it, 2 when something differs, 1 when a repository could not be seen: not seeing is never "the same".
 */
export async function filesDiff(fleet: Fleet, options: FilesDiffOptions, console: Console): Promise<number> {
  const { format, environment, signal, clock } = options;
  const entries = servicesWithFiles(fleet, options.service, console);
  const progress = (line: string) => console.progress(line);
  const client = githubOfPeople(environment, { signal, clock, progress, patience: PATIENT });
  if (client !== undefined && entries.length > 1) progress(await budget(client, entries.length, { writes: false }));
  const seen: ServiceDifference[] = [];
  for (const [index, entry] of entries.entries()) {
    if (entries.length > 1) progress(`${index + 1} of ${entries.length}: ${entry.service.name}`);
    const difference = await differenceOf(fleet, entry, client, signal);
    seen.push(difference);
    if (format === "text") printDifference(difference, console);
  }
  if (format === "json") console.print(JSON.stringify({ version: 1, services: seen }, undefined, 2));
  if (format === "markdown") console.print(redacted(differenceMarkdown(seen, LONGEST_BODY), environment));
  if (seen.some(({ result }) => result === "unseen")) return EXIT.failed;
  return seen.some(({ result }) => result === "differs") ? EXIT.found : EXIT.fine;
}

async function differenceOf(
  fleet: Fleet,
  entry: ServiceEntry,
  client: GithubClient | undefined,
  signal: AbortSignal | undefined,
): Promise<ServiceDifference> {
  const name = repositoryOf(fleet, entry);
  const common = { service: entry.service.name, repository: name, unchanged: 0, files: [] };
  if (client === undefined) return { ...common, result: "unseen", why: "GITHUB_TOKEN is not set" };
  try {
    const { comparison, repository, tip } = await look(new GithubApi(client, name), filesOf(fleet, entry));
    return {
      ...common,
      result: differs(comparison) ? "differs" : "same",
      branch: tip.branch,
      commit: tip.commit,
      unchanged: comparison.files.filter(({ relation }) => relation === "unchanged").length,
      files: await differences(repository, comparison),
    };
  } catch (error) {
    signal?.throwIfAborted();
    return { ...common, result: "unseen", why: messageOf(error) };
  }
}
