import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Run {
  readonly run_number: number;
  readonly conclusion: string | null;
  /** @default - main */
  readonly head_branch?: string;
  /** @default - push */
  readonly event?: string;
}

export interface PullRequest {
  readonly number: number;
  readonly labels: Set<string>;
  /** Who set which label, in order. */
  readonly labelled: (readonly [label: string, login: string | null])[];
  status?: { readonly state: string; readonly description: string; readonly target_url?: string };
}

/** What the script sends: a status, labels, or a query. */
interface Sent {
  readonly state: string;
  readonly description: string;
  readonly target_url?: string;
  readonly labels?: readonly string[];
  readonly query?: string;
  readonly variables: { readonly check: string; readonly after: string | null };
}

/** As much of GitHub's API as a freeze needs, over pull requests and runs that tests set; what it is told changes them. */
export class RepositoryStandIn {
  runs: Run[] = [];
  readonly pulls = new Map<number, PullRequest>();
  /** What people may do, by login. */
  readonly roles = new Map<string, string>();
  /** Writes, in order: method and path. */
  readonly writes: string[] = [];
  /** Queries that were asked. */
  readonly queries: string[] = [];
  /** Answers to the next requests whose path has the text: status and body. */
  readonly faults: { readonly path: string; readonly status: number; readonly body: unknown }[] = [];
  readonly #server = createServer((request, response) => this.#read(request, response));

  async start(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
  }

  async stop(): Promise<void> {
    await new Promise((done) => this.#server.close(done));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  open(number: number, labels: readonly string[] = [], by: string | null = "mia"): PullRequest {
    const pull = {
      number,
      labels: new Set(labels),
      labelled: labels.map((label) => [label, by] as const),
    };
    this.pulls.set(number, pull);
    return pull;
  }

  #read(request: IncomingMessage, response: ServerResponse): void {
    let text = "";
    request.on("data", (data) => {
      text += data;
    });
    request.on("end", () => {
      const [status, body] = this.#answer(request, text === "" ? undefined : JSON.parse(text));
      response.statusCode = status;
      response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  #answer({ method = "", url = "" }: IncomingMessage, body: Sent | undefined): readonly [number, unknown] {
    const { pathname, searchParams } = new URL(url, this.url);
    const fault = this.faults.findIndex(({ path }) => pathname.includes(path));
    if (fault >= 0) {
      const [{ status, body: said } = { status: 500, body: {} }] = this.faults.splice(fault, 1);
      return [status, said];
    }
    const path = pathname.replace("/repos/openclaw/summit/", "");
    if (method !== "GET" && path !== "/graphql") this.writes.push(`${method} ${path}`);
    if (path === "actions/workflows/pr.yml/runs" && searchParams.get("status") === "completed") {
      return [200, { workflow_runs: this.runs.map(runOf) }];
    }
    if (path === "/graphql") {
      this.queries.push(body?.query ?? "");
      return [200, { data: { repository: { pullRequests: this.#page(body?.variables) } } }];
    }
    const [, login] = /^collaborators\/([^/]+)\/permission$/.exec(path) ?? [];
    if (login !== undefined) {
      const role = this.roles.get(login);
      if (role === undefined) return [404, { message: "Not Found" }];
      return [200, { role_name: role, permission: role === "maintain" ? "write" : role }];
    }
    return this.#write(method, path, body);
  }

  #write(method: string, path: string, body: Sent | undefined): readonly [number, unknown] {
    const [, sha] = /^statuses\/([0-9a-f]{40})$/.exec(path) ?? [];
    const [, number, , label] = /^issues\/(\d+)\/labels(\/(.+))?$/.exec(path) ?? [];
    const pull = this.pulls.get(Number(sha ?? number));
    if (pull === undefined) return [404, { message: "Not Found" }];
    if (sha !== undefined && body !== undefined) pull.status = { ...body };
    else if (method === "POST") for (const name of body?.labels ?? []) pull.labels.add(name);
    else if (label !== undefined) pull.labels.delete(decodeURIComponent(label));
    return [201, {}];
  }

  #page({ check, after }: Sent["variables"] = { check: "", after: null }) {
    const all = [...this.pulls.values()];
    const from = Number(after ?? 0);
    return {
      pageInfo: { hasNextPage: from + 100 < all.length, endCursor: String(from + 100) },
      nodes: all.slice(from, from + 100).map(({ number, labels, labelled, status }) => ({
        number,
        headRefOid: shaOf(number),
        labels: { nodes: [...labels].map((name) => ({ name })) },
        timelineItems: {
          nodes: labelled.map(([name, login]) => ({ label: { name }, actor: login === null ? null : { login } })),
        },
        commits: {
          nodes: [{ commit: { status: status === undefined ? null : { context: contextOf(check, status) } } }],
        },
      })),
    };
  }
}

/** The newest commit of a pull request: its number, with zeros before it. */
function shaOf(number: number): string {
  return String(number).padStart(40, "0");
}

function contextOf(check: string, { state, description }: NonNullable<PullRequest["status"]>) {
  return check === "main-is-green" ? { state: state.toUpperCase(), description } : null;
}

function runOf({ run_number, conclusion, head_branch = "main", event = "push" }: Run) {
  const sha = run_number.toString(16).padStart(40, "c");
  return { run_number, conclusion, head_branch, event, head_sha: sha, html_url: `https://example.com/${run_number}` };
}
