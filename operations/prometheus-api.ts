import type { Reading } from "../objectives/gate/counts";
import type { Clock } from "./clock";
import { prometheusAnswer } from "./prometheus-answer";
import type { PrometheusConnection } from "./prometheus-connection";
import { PrometheusProblem, type PrometheusProblemProps } from "./prometheus-problem";
import { refusalProblem } from "./prometheus-refusal";

export interface PrometheusApiProps {
  readonly connection: PrometheusConnection;
  readonly clock: Clock;
  /** How long one answer may take, its body included. @default 10 seconds */
  readonly timeoutMilliseconds?: number | undefined;
}

const TIMEOUT_MILLISECONDS = 10_000;
/** An answer of one number has a few hundred bytes. */
const LONGEST_BODY_BYTES = 1024 * 1024;
const LONGEST_QUOTE = 300;
/** A window of minutes that is moved by more would be another window. */
const LARGEST_SKEW_SECONDS = 60;

const SEE_ADDRESS =
  "see that PROMETHEUS_URL is the address of a Prometheus-compatible API, and that the login is right";

/** Asks a Prometheus-compatible HTTP API. Whatever is not a whole and certain answer is thrown. */
export class PrometheusApi {
  /** How messages call it. */
  private readonly server: string;
  private readonly timeoutMilliseconds: number;

  constructor(private readonly props: PrometheusApiProps) {
    this.server = `Prometheus at ${props.connection.url.href.replace(/\/$/, "")}`;
    this.timeoutMilliseconds = props.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS;
  }

  /**
   * The one value of an instant query; undefined when nothing matches.
   *
   * @param time Unix time in seconds, at which it is evaluated
   * @throws PrometheusProblem
   */
  async value(query: string, time: number, signal?: AbortSignal): Promise<Reading> {
    const { status, headers, body } = await this.ask(query, time, signal);
    const answer = prometheusAnswer(body);
    if (status !== 200) {
      const said = this.quoted("error" in answer ? answer.error : "unexpected" in answer ? answer.unexpected : "");
      throw refusalProblem(this.server, {
        status,
        said,
        location: headers.get("location") ?? undefined,
        retryAfter: headers.get("retry-after") ?? undefined,
      });
    }
    if ("unexpected" in answer) {
      const came = `${this.server} answered with ${this.quoted(answer.unexpected)}`;
      throw this.problem({
        came,
        expected: "the JSON of an instant query with one value at most",
        remedy: SEE_ADDRESS,
      });
    }
    if ("error" in answer) {
      const came = `${this.server} answered with an error: ${this.quoted(answer.error)}`;
      throw this.problem({ came, expected: "a value", remedy: "see what it says", concerns: "query" });
    }
    this.refuseSkew(headers.get("date"));
    if (answer.warnings.length === 0) return answer.value;
    throw this.problem({
      came: `${this.server} warned: ${this.quoted(answer.warnings.join("; "))}`,
      expected: "an answer from all of the data",
      remedy: "see which part of the metrics store is missing",
      concerns: "query",
    });
  }

  private async ask(query: string, time: number, signal: AbortSignal | undefined): Promise<Answered> {
    const { url, authorization } = this.props.connection;
    const timeout = AbortSignal.timeout(this.timeoutMilliseconds);
    const seconds = Math.ceil(this.timeoutMilliseconds / 1000);
    try {
      const response = await fetch(new URL("api/v1/query", url), {
        method: "POST",
        headers: { accept: "application/json", "user-agent": "gatehouse", ...(authorization && { authorization }) },
        body: new URLSearchParams({ query, time: time.toFixed(3), timeout: `${seconds}s` }),
        // Never followed: it would carry the credential to somebody else.
        redirect: "manual",
        signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      });
      return { status: response.status, headers: response.headers, body: await this.bodyOf(response) };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof PrometheusProblem) throw error;
      if (timeout.aborted) {
        const came = `${this.server} did not answer within ${seconds} s`;
        throw this.problem({ came, expected: "an answer", remedy: "see whether it is overloaded" });
      }
      throw this.unreachable(error);
    }
  }

  private async bodyOf(response: Response): Promise<string> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > LONGEST_BODY_BYTES) {
        const came = `${this.server} answered ${response.status} with more than ${LONGEST_BODY_BYTES / 1024 / 1024} MiB`;
        throw this.problem({ came, expected: "one value", remedy: SEE_ADDRESS });
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  }

  /** `fetch` says "fetch failed" of everything; its cause knows more. */
  private unreachable(error: unknown): PrometheusProblem {
    const { message, code } = causeOf(error);
    const broken = (error as Partial<Error>).message === "terminated";
    const came = broken
      ? `the connection to ${this.server} ended in the middle of the answer`
      : `${this.server} could not be reached`;
    return this.problem({
      came: `${came} (${this.quoted(code ?? message)})`,
      expected: "a whole answer",
      remedy: broken
        ? "see whether it was stopped or restarted"
        : "see that it runs, that PROMETHEUS_URL is right, and that this machine may reach it",
    });
  }

  /** A server without a clock of its own is believed; its newest samples are looked at in any case. */
  private refuseSkew(date: string | null): void {
    const there = date === null ? Number.NaN : Date.parse(date);
    const skew = Math.round((this.props.clock.now() - there) / 1000);
    if (!(Math.abs(skew) > LARGEST_SKEW_SECONDS)) return;
    throw this.problem({
      came: `the clock here is ${Math.abs(skew)} s ${skew > 0 ? "ahead of" : "behind"} that of ${this.server}`,
      expected: `at most ${LARGEST_SKEW_SECONDS} s between them, or another window would be judged`,
      remedy: "set both clocks by NTP",
    });
  }

  private problem(props: Omit<PrometheusProblemProps, "concerns" | "passing"> & Partial<PrometheusProblemProps>) {
    return new PrometheusProblem({ concerns: "server", passing: true, ...props });
  }

  /** On one line, without credentials, not longer than a reader takes. */
  private quoted(text: string): string {
    const clean = this.props.connection.redact(text).replace(/\s+/g, " ").trim();
    return clean.length > LONGEST_QUOTE ? `${clean.slice(0, LONGEST_QUOTE)}…` : clean;
  }
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** The innermost reason. By shape, not by class: `fetch` may make its errors elsewhere than here. */
function causeOf(error: unknown): { readonly message: string; readonly code?: string | undefined } {
  const { message = String(error), code, cause } = Object(error) as Partial<NodeJS.ErrnoException>;
  return typeof cause === "object" && cause !== null ? causeOf(cause) : { message, code };
}
