import { messageOf } from "./failure";
import type { GithubClient, GithubResponse } from "./github-client";
import { githubOfPeople } from "./github-login";

/** What GitHub said of one address. 404 is an answer of its own: what is not there, and what the token may not see, look alike. */
export type GithubAnswer =
  | { readonly kind: "found"; readonly value: unknown; readonly scopes: readonly string[] | undefined }
  | { readonly kind: "absent" }
  | { readonly kind: "unseen"; readonly why: string };

export interface GithubReaderProps {
  /** With the login of githubOfPeople. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** How long one answer may take. Milliseconds. @default 15 seconds */
  readonly timeoutMilliseconds?: number | undefined;
}

const TIMEOUT_MILLISECONDS = 15_000;
const PAGE = 100;
const MOST_PAGES = 50;
const HTTP_NOT_FOUND = 404;

/** Reads GitHub's REST API. It can ask, and nothing else: there is no way to send anything but GET. Each address is asked for once. */
export class GithubReader {
  private readonly answers = new Map<string, Promise<GithubAnswer>>();

  constructor(private readonly props: GithubReaderProps) {}

  /** @param path from `/` on, its parts encoded */
  get(path: string): Promise<GithubAnswer> {
    const known = this.answers.get(path) ?? this.ask(path);
    this.answers.set(path, known);
    return known;
  }

  /**
   * All items of a list, page by page.
   *
   * @param path may have a query
   * @param items where they are in an answer @default - the answer itself
   */
  async list(path: string, items: (page: unknown) => unknown = (page) => page): Promise<GithubAnswer> {
    const all: unknown[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const answer = await this.get(`${path}${path.includes("?") ? "&" : "?"}per_page=${PAGE}&page=${page}`);
      if (answer.kind !== "found") return answer;
      const some = items(answer.value);
      if (!Array.isArray(some)) return { kind: "unseen", why: `GitHub's answer to ${path} holds no list` };
      all.push(...some);
      if (some.length < PAGE) return { ...answer, value: all };
    }
    return { kind: "unseen", why: `GitHub's list ${path} has more than ${MOST_PAGES * PAGE} items` };
  }

  private async ask(path: string): Promise<GithubAnswer> {
    const { environment, signal, timeoutMilliseconds = TIMEOUT_MILLISECONDS } = this.props;
    try {
      const client = githubOfPeople(environment, { signal, timeoutMilliseconds });
      if (client === undefined) return { kind: "unseen", why: "GITHUB_TOKEN is not set" };
      return answerOf(await client.send({ method: "GET", path }), path, client);
    } catch (error) {
      signal?.throwIfAborted();
      return { kind: "unseen", why: messageOf(error) };
    }
  }
}

function answerOf(response: GithubResponse, path: string, client: GithubClient): GithubAnswer {
  const { status, text } = response;
  if (status === HTTP_NOT_FOUND) return { kind: "absent" };
  if (status < 200 || status >= 300)
    return { kind: "unseen", why: `GitHub answered ${status} to GET ${path}: ${client.said(text)}` };
  try {
    return { kind: "found", value: JSON.parse(text), scopes: scopesOf(response) };
  } catch {
    return { kind: "unseen", why: `GitHub's answer to ${path} is no JSON: ${client.said(text)}` };
  }
}

/** What a classic token may do; other tokens say nothing of it. https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
function scopesOf({ headers }: GithubResponse): readonly string[] | undefined {
  return headers
    .get("x-oauth-scopes")
    ?.split(",")
    .map((scope) => scope.trim());
}
