import { Failure } from "./failure";

export interface GithubApiProps {
  /** E.g. `https://api.github.com`. */
  readonly url: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string;
}

/** https://docs.github.com/rest/using-the-rest-api/api-versions */
const API_VERSION = "2022-11-28";
const PAGE = 100;
const LONGEST_WAIT_MILLISECONDS = 30_000;

/** What every request to GitHub's REST API says. */
export function githubHeaders(token: string): Readonly<Record<string, string>> {
  return {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${token}`,
    "user-agent": "gatehouse",
    "x-github-api-version": API_VERSION,
  };
}

/** GitHub's REST API of one repository. Whatever is not a success is thrown, with what was asked and what GitHub said. */
export class GithubApi {
  constructor(private readonly props: GithubApiProps) {}

  /**
   * The API that a workflow's environment names: `GITHUB_API_URL`, `GITHUB_REPOSITORY`, and the token in `GH_TOKEN` (`GITHUB_TOKEN` is the
   * Terraform provider's).
   */
  static of(environment: Readonly<Record<string, string | undefined>>): GithubApi {
    const { GITHUB_API_URL: url = "https://api.github.com", GITHUB_REPOSITORY, GH_TOKEN } = environment;
    if (!GITHUB_REPOSITORY || !/^[\w.-]+\/[\w.-]+$/.test(GITHUB_REPOSITORY))
      throw new Failure(`GITHUB_REPOSITORY is "${GITHUB_REPOSITORY ?? ""}"; expected owner/name`);
    if (!GH_TOKEN)
      throw new Failure("GH_TOKEN is not set; in a workflow, set it to the job's token: ${{ github.token }}");
    return new GithubApi({ url, repository: GITHUB_REPOSITORY, token: GH_TOKEN });
  }

  /** All items of a list, page by page. `path` has no query but what is asked for. */
  async list<T>(path: string): Promise<readonly T[]> {
    const items: T[] = [];
    for (let page = 1; ; page += 1) {
      const separator = path.includes("?") ? "&" : "?";
      const some = (await this.request("GET", `${path}${separator}per_page=${PAGE}&page=${page}`)) as T[];
      items.push(...some);
      if (some.length < PAGE) return items;
    }
  }

  /** Asks for `/repos/<owner>/<name><path>`. */
  async request(method: "GET" | "POST" | "PATCH", path: string, body?: unknown): Promise<unknown> {
    const { url, repository, token } = this.props;
    const response = await fetch(`${url}/repos/${repository}${path}`, {
      method,
      headers: {
        ...githubHeaders(token),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(LONGEST_WAIT_MILLISECONDS),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Failure(
        `GitHub answered ${response.status} to ${method} ${path} of ${repository}: ${text.slice(0, 500)}`,
      );
    return text === "" ? undefined : JSON.parse(text);
  }
}
