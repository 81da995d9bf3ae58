import { PrometheusProblem, type PrometheusProblemProps } from "./prometheus-problem";

/** What an HTTP server answered, in so far as a refusal is explained by it. */
export interface Refusal {
  readonly status: number;
  /** In words, shortened and without credentials. */
  readonly said: string;
  /** Headers. */
  readonly location: string | undefined;
  readonly retryAfter: string | undefined;
}

type Explanation = Partial<PrometheusProblemProps> & Pick<PrometheusProblemProps, "remedy">;

const LOGIN = "set PROMETHEUS_TOKEN, or PROMETHEUS_USER and PROMETHEUS_PASSWORD, to a login that may read metrics";

/** By status. What waiting won't mend says so, and ends the gate at once. */
const EXPLANATIONS: Readonly<Record<number, Explanation>> = {
  400: {
    remedy: "the server does not take the query: see what it says, and which version it is",
    concerns: "query",
    passing: false,
  },
  401: { remedy: LOGIN, passing: false },
  403: { remedy: `this login may not query: ${LOGIN}`, passing: false },
  404: {
    remedy: "set PROMETHEUS_URL to what comes before /api/v1/query: there is no such API below it",
    passing: false,
  },
  405: { remedy: "the server, or a proxy before it, must take POST to /api/v1/query", passing: false },
  422: { remedy: "the server could not evaluate the query: see what it says", concerns: "query" },
  429: { remedy: "too many queries were asked: wait, or raise the limit of this login" },
  503: { remedy: "the server is busy or starts: wait, or see its log" },
  504: { remedy: "a proxy waited too long for the server: see whether it is overloaded" },
};

const OTHERS: Explanation = { remedy: "see the log of the server, and of any proxy before it" };

/** Why a status that is no success is one, and what to do. */
export function refusalProblem(server: string, { status, said, location, retryAfter }: Refusal): PrometheusProblem {
  if (status >= 300 && status < 400) {
    return new PrometheusProblem({
      came: `${server} answered ${status}, a redirect to ${originOf(location)}`,
      expected: "200 from the address itself, since a login is not carried elsewhere",
      remedy: "set PROMETHEUS_URL to the final address; a redirect to a login page means that a token is missing",
      concerns: "server",
      passing: false,
    });
  }
  return new PrometheusProblem({
    came: `${server} answered ${status}${said === "" ? "" : `: ${said}`}`,
    expected: "200",
    concerns: "server",
    passing: true,
    ...(EXPLANATIONS[status] ?? OTHERS),
    retryAfterSeconds: secondsOf(retryAfter),
  });
}

/** Only where it leads: the rest of such an address may hold a ticket. */
function originOf(location: string | undefined): string {
  if (location === undefined) return "nowhere";
  return URL.canParse(location) ? new URL(location).origin : "another path";
}

/** A date instead of a number is left out: its meaning hangs on two clocks. */
function secondsOf(retryAfter: string | undefined): number | undefined {
  return retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined;
}
