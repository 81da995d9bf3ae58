import { Failure } from "./failure";
import type { GithubClient, GithubRequest } from "./github-client";
import { BRIEFLY } from "./github-limits";
import { githubOfWorkflow } from "./github-login";

/** GitHub refused something. */
export class GithubRefusal extends Failure {
  constructor(
    message: string,
    /** Of the answer. */
    readonly status: number,
    /** What GitHub said, as it came. */
    readonly said: string,
    /** Where a moved thing is now. */
    readonly location: string | undefined,
  ) {
    super(message);
  }
}

const PAGE = 100;
const LONGEST_QUOTE = 500;

/** GitHub's REST API of one repository, to read and to write. Whatever is not a success is thrown, with what was asked and what GitHub said. */
export class GithubApi {
  constructor(
    private readonly client: GithubClient,
    /** `owner/name`. */
    readonly repository: string,
  ) {}

  /** That of the repository that a workflow runs for: `GITHUB_REPOSITORY`, with the login of githubOfWorkflow. */
  static of(environment: Readonly<Record<string, string | undefined>>): GithubApi {
    const { GITHUB_REPOSITORY } = environment;
    if (!GITHUB_REPOSITORY || !/^[\w.-]+\/[\w.-]+$/.test(GITHUB_REPOSITORY))
      throw new Failure(`GITHUB_REPOSITORY is "${GITHUB_REPOSITORY ?? ""}"; expected owner/name`);
    return new GithubApi(githubOfWorkflow(environment, { patience: BRIEFLY }), GITHUB_REPOSITORY);
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

  /**
   * Asks for `/repos/<owner>/<name><path>`.
   *
   * @throws GithubRefusal when GitHub answers with anything but a success
   */
  async request(
    method: GithubRequest["method"],
    path: string,
    body?: unknown,
    { repeatable }: Pick<GithubRequest, "repeatable"> = {},
  ): Promise<unknown> {
    const { client, repository } = this;
    const response = await client.send({ method, path: `/repos/${repository}${path}`, body, repeatable });
    const { status, headers, text } = response;
    if (status < 200 || status >= 300) {
      const said = client.said(text, LONGEST_QUOTE);
      throw new GithubRefusal(
        `GitHub answered ${status} to ${method} ${path} of ${repository}: ${said}`,
        status,
        text,
        headers.get("location") ?? undefined,
      );
    }
    if (text === "") return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw new Failure(`GitHub's answer to ${method} ${path} of ${repository} is no JSON: ${client.said(text)}`);
    }
  }
}
