import { Failure } from "./failure";
import { redacted } from "./redact";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a Prometheus-compatible API is, and how to ask there. */
export interface PrometheusConnection {
  /** Ends with a slash; what comes before `api/v1/query`. */
  readonly url: URL;
  /** Value of the header `authorization`. Undefined: none is sent. */
  readonly authorization: string | undefined;
  /** A text without the credential, in any spelling. */
  redact(text: string): string;
}

/** Visible ASCII: what a header takes without a change. */
const HEADER_VALUE = /^[\x21-\x7e]+$/;

/**
 * `PROMETHEUS_URL`, and either `PROMETHEUS_TOKEN` (bearer) or `PROMETHEUS_USER` with `PROMETHEUS_PASSWORD` (basic).
 *
 * @throws Failure, which never quotes a credential
 */
export function prometheusConnection(environment: Environment): PrometheusConnection {
  const { PROMETHEUS_URL, PROMETHEUS_TOKEN, PROMETHEUS_USER, PROMETHEUS_PASSWORD } = environment;
  const url = address(PROMETHEUS_URL);
  if (PROMETHEUS_TOKEN && (PROMETHEUS_USER || PROMETHEUS_PASSWORD))
    throw new Failure(
      "PROMETHEUS_TOKEN and PROMETHEUS_USER or PROMETHEUS_PASSWORD are set\nexpected one way to log in; unset the other",
    );
  if (!PROMETHEUS_USER !== !PROMETHEUS_PASSWORD)
    throw new Failure("one of PROMETHEUS_USER and PROMETHEUS_PASSWORD is set\nexpected both, or none");
  const authorization = PROMETHEUS_TOKEN
    ? bearer(PROMETHEUS_TOKEN.trim())
    : PROMETHEUS_USER
      ? `Basic ${Buffer.from(`${PROMETHEUS_USER}:${PROMETHEUS_PASSWORD}`).toString("base64")}`
      : undefined;
  return {
    url,
    authorization,
    // A server may quote the header it was sent.
    redact: (text) => redacted(text, { ...environment, AUTHORIZATION: authorization?.replace(/^\w+ /, "") }),
  };
}

function bearer(token: string): string {
  if (!HEADER_VALUE.test(token))
    throw new Failure(
      "PROMETHEUS_TOKEN has characters that a header can't carry\nexpected one line of visible ASCII characters; copy the token again",
    );
  return `Bearer ${token}`;
}

function address(text: string | undefined): URL {
  const how = "set it to the address of a Prometheus-compatible API, such as https://prometheus.example.com";
  if (!text) throw new Failure(`PROMETHEUS_URL is not set\n${how}`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // The text itself is not quoted: it may hold a password.
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new Failure(`PROMETHEUS_URL is no http or https address\n${how}`);
  if (url.username !== "" || url.password !== "")
    throw new Failure(
      "PROMETHEUS_URL holds a user or password\nexpected the address alone; set PROMETHEUS_USER and PROMETHEUS_PASSWORD",
    );
  if (url.search !== "" || url.hash !== "")
    throw new Failure(`PROMETHEUS_URL has a query or fragment\nexpected what comes before /api/v1/query; ${how}`);
  url.pathname = `${url.pathname.replace(/\/+$/, "").replace(/\/api\/v1(?:\/query)?$/, "")}/`;
  return url;
}
