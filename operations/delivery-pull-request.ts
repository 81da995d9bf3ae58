import { bodyIsAbout, DELIVERY_TITLE, deliveryBody, wasWithdrawn, withdrawnBody } from "./delivery-body";
import { type BranchState, branchState, DELIVERY_BRANCH } from "./delivery-branch";
import { deliveryCommit, pointBranch } from "./delivery-commit";
import { differs } from "./delivery-comparison";
import { differences } from "./delivery-diff";
import type { Look } from "./delivery-look";
import { statusOf } from "./delivery-repository";
import { Failure } from "./failure";
import { GithubRefusal } from "./github-api";

/** What became of a delivery. */
export interface Delivery {
  readonly state: /** The repository has all of it; there is nothing to open. */
    | "same"
    /** A pull request was opened. */
    | "opened"
    /** The one that was closed was opened again, as asked. */
    | "reopened"
    /** The open one was brought up to date. */
    | "refreshed"
    /** The open one has all of it; nothing was written. */
    | "waiting"
    /** The open one was closed: nothing was left to deliver. */
    | "withdrawn"
    /** A person closed the last one, and nobody asked for another. */
    | "turned down";
  readonly pullRequest?: { readonly number: number; readonly url: string } | undefined;
}

export interface DeliveryProps {
  readonly service: string;
  /** Whether one that a person closed is opened again. */
  readonly reopen: boolean;
  /** Says, in a workflow, which commit the declaration is of. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** https://docs.github.com/rest/pulls/pulls */
interface PullRequest {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly merged_at: string | null;
  readonly body: string | null;
  readonly base: { readonly ref: string };
  readonly head: { readonly sha: string };
}

const UNPROCESSABLE = 422;

/**
 * Opens the pull request of a service's files, or brings it up to date. Each step looks at what is there first, so that after an interruption at any
 * of them the next run goes on from there; and nothing is written that is there already.
 */
export async function deliver(seen: Look, props: DeliveryProps): Promise<Delivery> {
  const { repository, tip, comparison } = seen;
  if (tip.archived)
    throw new Failure(
      `${repository.api.repository} is archived: GitHub takes no change of it\nunarchive it, or remove the service from services/fleet.ts`,
    );
  const [latest, ...older] = await pullRequests(seen);
  const open = [latest, ...older].find((one) => one?.state === "open");
  if (!differs(comparison)) return open === undefined ? { state: "same" } : withdraw(seen, open);
  const turnedDown = open === undefined && latest !== undefined && isTurnedDown(latest) ? latest : undefined;
  if (turnedDown !== undefined && !props.reopen) return { state: "turned down", pullRequest: linkTo(turnedDown) };

  const branch = await branchState(seen);
  if (branch.kind === "others")
    throw new Failure(
      `${DELIVERY_BRANCH} of ${repository.api.repository} has changes that are not Gatehouse's: ${branch.paths.join(", ")}\n` +
        "merge its pull request, or take them off the branch (deleting it will do), and run this again",
    );
  // Before the branch moves: GitHub opens none again whose branch is no longer what it was.
  const reopened = turnedDown === undefined ? undefined : await reopen(seen, turnedDown, branch);
  if (branch.kind !== "current")
    await pointBranch(repository.api, await deliveryCommit(seen), branch.kind === "outdated");
  return settle(seen, props, { known: open ?? reopened, moved: branch.kind !== "current", reopened });
}

/** The pull request says what its branch has. */
async function settle(
  seen: Look,
  { service, environment }: DeliveryProps,
  {
    known,
    moved,
    reopened,
  }: { readonly known?: PullRequest | undefined; readonly moved: boolean; readonly reopened?: PullRequest | undefined },
): Promise<Delivery> {
  const { repository, tip, comparison } = seen;
  const { api } = repository;
  const told = known !== undefined && bodyIsAbout(known.body, comparison.digest) && known.base.ref === tip.branch;
  if (known !== undefined && told && !moved && reopened === undefined)
    return { state: "waiting", pullRequest: linkTo(known) };
  const text = async () => ({
    title: DELIVERY_TITLE,
    base: tip.branch,
    body: deliveryBody(service, seen, await differences(repository, comparison), environment),
  });
  if (known === undefined) {
    const made = await api.request("POST", "/pulls", { ...(await text()), head: DELIVERY_BRANCH });
    return { state: "opened", pullRequest: linkTo(made as PullRequest) };
  }
  if (!told) await api.request("PATCH", `/pulls/${known.number}`, await text());
  return { state: reopened === undefined ? "refreshed" : "reopened", pullRequest: linkTo(known) };
}

/** Those of the branch, the newest first; not those of forks, whose branches are called alike. */
async function pullRequests({ repository }: Look): Promise<readonly PullRequest[]> {
  const [owner] = repository.api.repository.split("/");
  const all = await repository.api.list<PullRequest>(
    `/pulls?state=all&head=${encodeURIComponent(`${owner}:${DELIVERY_BRANCH}`)}`,
  );
  return all.toSorted((a, b) => b.number - a.number);
}

function isTurnedDown({ merged_at, body }: PullRequest): boolean {
  return merged_at === null && !wasWithdrawn(body);
}

async function withdraw({ repository, tip }: Look, open: PullRequest): Promise<Delivery> {
  await repository.api.request("PATCH", `/pulls/${open.number}`, { state: "closed", body: withdrawnBody(tip.branch) });
  return { state: "withdrawn", pullRequest: linkTo(open) };
}

/** Undefined when GitHub can't open it again, because its branch is gone or was made anew: then another one is opened. */
async function reopen(
  { repository }: Look,
  closed: PullRequest,
  branch: BranchState,
): Promise<PullRequest | undefined> {
  if (branch.kind === "missing" || branch.commit !== closed.head.sha) return undefined;
  try {
    await repository.api.request("PATCH", `/pulls/${closed.number}`, { state: "open" });
    return closed;
  } catch (error) {
    if (error instanceof GithubRefusal && statusOf(error) === UNPROCESSABLE) return undefined;
    throw error;
  }
}

function linkTo({ number, html_url }: PullRequest): Delivery["pullRequest"] {
  return { number, url: html_url };
}
