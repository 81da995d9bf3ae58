import type { Fleet } from "../declaration/fleet";
import { GithubApi } from "./github-api";
import type { PreviewRecord } from "./preview-record";

type Environment = Readonly<Record<string, string | undefined>>;

/** A pull request as far as it is read here: https://docs.github.com/rest/pulls/pulls#get-a-pull-request */
interface PullRequest {
  readonly state: string;
  readonly merged_at?: string | null;
}

/** GitHub's API of a service's own repository; undefined without a token in `GH_TOKEN`. */
export function repositoryApi(fleet: Fleet, service: string, environment: Environment): GithubApi | undefined {
  const { GH_TOKEN, GITHUB_API_URL } = environment;
  if (!GH_TOKEN) return undefined;
  const GITHUB_REPOSITORY = `${fleet.organization.github.login}/${service}`;
  return GithubApi.of({ GH_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY });
}

export type PullRequestState = "open" | "closed" | "merged";

/** What became of a preview's pull request. @throws Error when GitHub does not say */
export async function pullRequestState(
  api: GithubApi,
  { pullRequest }: Pick<PreviewRecord, "pullRequest">,
): Promise<PullRequestState> {
  const { state, merged_at } = (await api.request("GET", `/pulls/${pullRequest}`)) as PullRequest;
  if (state === "open") return "open";
  if (state === "closed") return merged_at ? "merged" : "closed";
  throw new Error(`GitHub says that pull request ${pullRequest} is ${JSON.stringify(state)}; expected open or closed`);
}
