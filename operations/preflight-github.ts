import { printable } from "./console";
import { messageOf } from "./failure";
import { githubHeaders } from "./github-api";
import { redacted } from "./redact";

/** What GitHub said of one address. 404 is an answer of its own: what is not there, and what the token may not see, look alike. */
export type GithubAnswer =
  | { readonly kind: "found"; readonly value: unknown; readonly scopes: readonly string[] | undefined }
  | { readonly kind: "absent" }
  | { readonly kind: "unseen"; readonly why: string };

export interface GithubReaderProps {
  /** `GITHUB_TOKEN` and `GITHUB_BASE_URL`, as Terraform's provider reads them. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** How long one answer may take. Milliseconds. @default 15 seconds */
  readonly timeoutMilliseconds?: number | undefined;
}

const TIMEOUT_MILLISECONDS = 15_000;
/** The largest honest answer is a tree of files, of at most 7 MB: https://docs.github.com/rest/git/trees */
const MOST_BYTES = 16 * 1024 * 1024;
const PAGE = 100;
const MOST_PAGES = 50;
const LONGEST_QUOTE = 200;
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
   * @param items where they are in an answer @default - the answer itself
   */
  async list(path: string, items: (page: unknown) => unknown = (page) => page): Promise<GithubAnswer> {
    const all: unknown[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const answer = await this.get(`${path}?per_page=${PAGE}&page=${page}`);
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
    if (!environment.GITHUB_TOKEN) return { kind: "unseen", why: "GITHUB_TOKEN is not set" };
    try {
      const timeout = AbortSignal.timeout(timeoutMilliseconds);
      const response = await fetch(`${restUrl(environment.GITHUB_BASE_URL)}${path}`, {
        headers: githubHeaders(environment.GITHUB_TOKEN),
        // A repository that was renamed answers with another address; the token goes to no other than the one that is configured.
        redirect: "manual",
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      const text = await limitedText(response);
      if (response.ok) return { kind: "found", value: JSON.parse(text), scopes: scopesOf(response) };
      if (response.status === HTTP_NOT_FOUND) return { kind: "absent" };
      return this.unseen(`GitHub answered ${response.status} to GET ${path}: ${text.slice(0, LONGEST_QUOTE)}`);
    } catch (error) {
      signal?.throwIfAborted();
      return this.unseen(`GitHub could not be asked for ${path}: ${causeOf(error)}`);
    }
  }

  private unseen(why: string): GithubAnswer {
    return { kind: "unseen", why: printable(redacted(why, this.props.environment)).replace(/\s+/g, " ") };
  }
}

/**
 * The address of the REST API, from what Terraform's provider takes: it adds `api/v3/` to that of a GitHub Enterprise Server itself.
 * https://github.com/integrations/terraform-provider-github/blob/v6.9.0/github/config.go
 */
function restUrl(base = "https://api.github.com/"): string {
  const { origin, hostname, pathname } = new URL(base);
  const path = pathname.replace(/\/+$/, "");
  const cloud = hostname === "api.github.com" || hostname.endsWith(".ghe.com");
  return cloud || path.endsWith("/api/v3") ? `${origin}${path}` : `${origin}${path}/api/v3`;
}

/** What a classic token may do; other tokens say nothing of it. https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
function scopesOf(response: Response): readonly string[] | undefined {
  return response.headers
    .get("x-oauth-scopes")
    ?.split(",")
    .map((scope) => scope.trim());
}

async function limitedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Error(`the answer is larger than ${MOST_BYTES / 1024 / 1024} MiB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** `fetch failed` says nothing; its cause does. */
function causeOf(error: unknown): string {
  const { message } = recordOf(recordOf(error).cause);
  return typeof message === "string" && message !== "" ? message : messageOf(error);
}

/** What came, as an object whose properties may be anything. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** What came, as a list of such objects. */
export function recordsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}
