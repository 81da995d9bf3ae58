import { counted } from "./console";
import type { GithubClient } from "./github-client";
import { recordOf } from "./record-of";

/** Repository, branch, tree, and what is needed of the manifest. */
const FEWEST_READS = 3;
/** Pull requests, the branch of the one that is open, and what is on it. */
const READS_OF_A_PULL_REQUEST = 6;
/** A tree, a commit, a reference, a pull request; larger contents alone. */
const MOST_WRITES = 5;
/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
const NEW_THINGS_AN_HOUR = 500;

/** What a run over so many services may ask of GitHub's API, and what its token has left. In words. */
export async function budget(
  client: GithubClient,
  services: number,
  { writes }: { readonly writes: boolean },
): Promise<string> {
  const most = services * MOST_WRITES;
  const hours = Math.ceil(most / NEW_THINGS_AN_HOUR);
  const slow =
    hours > 1 ? `, of which GitHub takes ${NEW_THINGS_AN_HOUR} an hour: about ${hours} hours if all differ` : "";
  const reads = services * (FEWEST_READS + (writes ? READS_OF_A_PULL_REQUEST : 0));
  const written = writes ? `, and at most about ${most} that write${slow}` : "";
  const asks = `${counted(services, "service")}: about ${reads} requests that read, one or two more for each file that differs${written}`;
  return `${asks}; ${await left(client)}`;
}

async function left(client: GithubClient): Promise<string> {
  const { status, text } = await client.send({ method: "GET", path: "/rate_limit" });
  // A GitHub Enterprise Server has no limits unless its administrator sets some.
  if (status === 404) return "this server says nothing of a rate limit";
  if (status !== 200) return `GitHub does not say what is left (it answered ${status}: ${client.said(text)})`;
  const { limit, remaining, reset } = recordOf(recordOf(recordOf(JSON.parse(text)).resources).core);
  if (typeof remaining !== "number" || typeof limit !== "number" || typeof reset !== "number")
    return "GitHub does not say what is left";
  return `this token has ${remaining} of ${limit} left until ${new Date(reset * 1000).toISOString()}`;
}
