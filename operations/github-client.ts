import { type Clock, systemClock } from "./clock";
import { printable, seconds } from "./console";
import { Failure } from "./failure";
import { faultWait, IMPATIENT, limitWait, type Patience } from "./github-limits";
import { limitedBody } from "./limited-body";
import { redacted } from "./redact";
import { whyNoAnswer } from "./why-no-answer";

export interface GithubClientProps {
  /** E.g. `https://api.github.com`, without a slash at its end. */
  readonly url: string;
  readonly token: string;
  readonly signal?: AbortSignal | undefined;
  /** How long one answer may take, its body included. Milliseconds. @default 30 seconds */
  readonly timeoutMilliseconds?: number | undefined;
  /** @default IMPATIENT */
  readonly patience?: Patience | undefined;
  /** The least time between two requests that change something; GitHub asks for a second. @default 0 */
  readonly millisecondsBetweenWrites?: number | undefined;
  /** @default systemClock */
  readonly clock?: Clock | undefined;
  /** Is told of every wait. @default - nobody is */
  readonly progress?: ((line: string) => void) | undefined;
}

export interface GithubRequest {
  readonly method: "GET" | "POST" | "PATCH";
  /** From `/` on, its parts encoded. */
  readonly path: string;
  readonly body?: unknown;
  /** Whether making it twice does no harm. @default true unless it is a POST */
  readonly repeatable?: boolean | undefined;
}

/** What GitHub answered, whatever its status. */
export interface GithubResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** https://docs.github.com/rest/using-the-rest-api/api-versions */
const API_VERSION = "2022-11-28";
const TIMEOUT_MILLISECONDS = 30_000;
const SERVER_FAULT = 500;

/** Speaks to GitHub's REST API: the one place that has the token, waits for rate limits, and asks again after a fault. */
export class GithubClient {
  private readonly clock: Clock;
  private readonly patience: Patience;
  private lastWrite = Number.NEGATIVE_INFINITY;

  constructor(private readonly props: GithubClientProps) {
    this.clock = props.clock ?? systemClock;
    this.patience = props.patience ?? IMPATIENT;
  }

  /** @throws Failure when there is no answer, it is too large, or GitHub's rate limit lasts longer than patience does */
  async send(request: GithubRequest): Promise<GithubResponse> {
    const { repeatable = request.method !== "POST" } = request;
    const mostRepeats = repeatable ? this.patience.repeats : 0;
    let repeats = 0;
    let waits = 0;
    let waited = 0;
    for (;;) {
      await this.pace(request);
      const answer = await this.once(request);
      const faulty = answer instanceof Failure || answer.status >= SERVER_FAULT;
      if (faulty && repeats < mostRepeats) {
        const wait = faultWait(repeats, this.clock.random());
        await this.wait(wait, answer instanceof Failure ? answer.message : `GitHub answered ${answer.status}`);
        repeats += 1;
        continue;
      }
      if (answer instanceof Failure) throw answer;
      const wait = limitWait(answer, waits, this.clock.now());
      if (wait === undefined) return answer;
      waited += wait;
      if (waited > this.patience.limitSeconds * 1000) throw this.exhausted(request, answer, wait);
      await this.wait(wait, `GitHub's rate limit: ${this.said(answer.text)}`);
      waits += 1;
    }
  }

  /** What GitHub said, on one line, without the token. */
  said(text: string, longest = 200): string {
    return printable(redacted(text, { GITHUB_TOKEN: this.props.token }))
      .replace(/\s+/g, " ")
      .slice(0, longest);
  }

  private async once({ method, path, body }: GithubRequest): Promise<GithubResponse | Failure> {
    const { url, token, signal, timeoutMilliseconds = TIMEOUT_MILLISECONDS } = this.props;
    try {
      const timeout = AbortSignal.timeout(timeoutMilliseconds);
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          accept: "application/vnd.github+json",
          authorization: `Bearer ${token}`,
          "user-agent": "gatehouse",
          "x-github-api-version": API_VERSION,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        // A repository that was renamed answers with another address; the token goes to no other than the one that is configured.
        redirect: "manual",
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      return { status: response.status, headers: response.headers, text: String(await limitedBody(response)) };
    } catch (error) {
      signal?.throwIfAborted();
      return new Failure(`GitHub could not be asked for ${path}: ${this.said(whyNoAnswer(error))}`);
    }
  }

  private async pace({ method }: GithubRequest): Promise<void> {
    if (method === "GET") return;
    const { millisecondsBetweenWrites = 0, signal } = this.props;
    const early = this.lastWrite + millisecondsBetweenWrites - this.clock.now();
    if (early > 0) await this.clock.sleep(early, signal);
    this.lastWrite = this.clock.now();
  }

  private async wait(milliseconds: number, why: string): Promise<void> {
    this.props.progress?.(`waiting ${seconds(milliseconds)}: ${why}`);
    await this.clock.sleep(milliseconds, this.props.signal);
  }

  private exhausted({ method, path }: GithubRequest, { status, text }: GithubResponse, wait: number): Failure {
    const until = new Date(this.clock.now() + wait).toISOString();
    return new Failure(
      `GitHub answered ${status} to ${method} ${path}: ${this.said(text)}; it is a rate limit: run this again after ${until}`,
    );
  }
}
