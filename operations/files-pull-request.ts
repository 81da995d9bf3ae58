import type { Fleet, ServiceEntry } from "../declaration/fleet";
import type { Clock } from "./clock";
import { type Console, mark, printable } from "./console";
import { assertBranchAllowed } from "./delivery-branch";
import { budget } from "./delivery-budget";
import { look } from "./delivery-look";
import { type Delivery, deliver } from "./delivery-pull-request";
import { repositoryOf, servicesWithFiles } from "./delivery-services";
import { EXIT, messageOf } from "./failure";
import { filesOf } from "./files-of";
import { GithubApi } from "./github-api";
import type { GithubClient } from "./github-client";
import { PATIENT } from "./github-limits";
import { githubOfPeople } from "./github-login";
import { markdownCell } from "./markdown-cell";

export interface FilesPullRequestOptions {
  /** @default - all services */
  readonly service?: string | undefined;
  /** Open one again that a person closed. */
  readonly reopen: boolean;
  readonly format: "text" | "json" | "markdown";
  /** With the login of githubOfPeople. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** @default systemClock */
  readonly clock?: Clock | undefined;
}

/** What became of one service's delivery; `why` it failed. */
type ServiceDelivery = { readonly service: string } & (Delivery | { readonly state: "failed"; readonly why: string });

const WORDS: Readonly<Record<ServiceDelivery["state"], string>> = {
  same: "has all files as they are rendered",
  opened: "a pull request is opened",
  reopened: "its pull request is opened again",
  refreshed: "its pull request is brought up to date",
  waiting: "its pull request has all of it, and waits for a review",
  withdrawn: "its pull request is closed: nothing is left to deliver",
  "turned down": "a person closed its pull request; --reopen opens it again",
  failed: "could not be delivered",
};

/** https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests */
const BETWEEN_WRITES = 1000;

/**
 * `gatehouse files <service> --pull-request`: opens the one pull request that brings a service's files to its repository, or brings it up to date.
 * Exit code 0 when all services have theirs or a pull request that waits, 2 when a person turned one down, 1 when one could not be delivered.
 */
export async function filesPullRequest(
  fleet: Fleet,
  options: FilesPullRequestOptions,
  console: Console,
): Promise<number> {
  const { format, environment, signal, clock } = options;
  const entries = servicesWithFiles(fleet, options.service, console);
  const progress = (line: string) => console.progress(line);
  const client = githubOfPeople(environment, {
    signal,
    clock,
    progress,
    patience: PATIENT,
    millisecondsBetweenWrites: BETWEEN_WRITES,
  });
  if (client !== undefined && entries.length > 1) progress(await budget(client, entries.length, { writes: true }));
  const deliveries: ServiceDelivery[] = [];
  try {
    for (const [index, entry] of entries.entries()) {
      if (entries.length > 1) progress(`${index + 1} of ${entries.length}: ${entry.service.name}`);
      const delivery = await deliveryOf(fleet, entry, client, options);
      deliveries.push(delivery);
      if (format === "text") console.print(lineOf(delivery));
    }
  } finally {
    // After an interruption too: what is delivered already is nothing to guess at.
    if (format === "json") console.print(JSON.stringify({ version: 1, services: deliveries }, undefined, 2));
    if (format === "markdown") console.print(markdownOf(deliveries));
  }
  if (deliveries.some(({ state }) => state === "failed")) return EXIT.failed;
  return deliveries.some(({ state }) => state === "turned down") ? EXIT.found : EXIT.fine;
}

async function deliveryOf(
  fleet: Fleet,
  entry: ServiceEntry,
  client: GithubClient | undefined,
  { reopen, environment, signal }: FilesPullRequestOptions,
): Promise<ServiceDelivery> {
  const service = entry.service.name;
  if (client === undefined) return { service, state: "failed", why: "GITHUB_TOKEN is not set" };
  try {
    assertBranchAllowed(entry.service);
    const seen = await look(new GithubApi(client, repositoryOf(fleet, entry)), filesOf(fleet, entry));
    return { service, ...(await deliver(seen, { service, reopen, environment })) };
  } catch (error) {
    signal?.throwIfAborted();
    return { service, state: "failed", why: messageOf(error) };
  }
}

function saidOf(delivery: ServiceDelivery): string {
  if (delivery.state === "failed") return `${WORDS.failed}: ${delivery.why}`;
  const link = delivery.pullRequest === undefined ? "" : ` (${delivery.pullRequest.url})`;
  return `${WORDS[delivery.state]}${link}`;
}

function lineOf(delivery: ServiceDelivery): string {
  const { service, state } = delivery;
  const sign = state === "failed" ? mark.failed : state === "turned down" ? mark.drift : mark.ok;
  return `${sign} ${service}: ${printable(saidOf(delivery))}`;
}

function markdownOf(deliveries: readonly ServiceDelivery[]): string {
  const rows = deliveries.map((one) => `| ${one.service} | ${one.state} | ${markdownCell(saidOf(one))} |`);
  return ["| service | delivery | |", "|---|---|---|", ...rows].join("\n");
}
