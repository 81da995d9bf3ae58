import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CI_ROUTES } from "./ci-routes";
import { GithubContract } from "./github-contract";
import { ROUTES, type Route } from "./github-routes";
import { SECRET_ROUTES } from "./secret-routes";
import { StandInRepository } from "./stand-in-repository";

/** What goes wrong with a call: an answer of GitHub's, or a connection that is cut before or after the call has taken effect. */
export type Fault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly message: string }
  | "cut before"
  | "cut after";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/**
 * GitHub's API on this machine, as far as files are delivered over it: it keeps Git objects, references and pull requests, and whatever it is
 * asked and answers is held against GitHub's own description.
 */
export class GithubStandIn {
  readonly calls: Call[] = [];
  /** By the number of the call, from 0: what goes wrong with it. */
  readonly faults = new Map<number, Fault>();
  /** By `owner/name`. */
  readonly repositories = new Map<string, StandInRepository>();
  /** By the old `owner/name`: where GitHub points to. */
  readonly moved = new Map<string, string>();
  /** What was asked or answered against GitHub's description; none in any test. */
  readonly problems: string[] = [];
  private readonly contract = GithubContract.get();
  /** What addresses beside the API give. */
  private readonly stored: Buffer[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<GithubStandIn> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => github.serve(request, response, Buffer.concat(chunks).toString("utf8")));
    });
    const github = new GithubStandIn(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return github;
  }

  get environment(): Readonly<Record<string, string>> {
    const { port } = this.server.address() as AddressInfo;
    return { GITHUB_TOKEN: "ghp_0123456789abcdefghij", GITHUB_BASE_URL: `http://127.0.0.1:${port}/` };
  }

  /** Calls that change something. */
  get writes(): readonly string[] {
    return this.calls.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);
  }

  repository(name: string, files?: Readonly<Record<string, string>>): StandInRepository {
    const repository = new StandInRepository(name);
    if (files !== undefined) repository.push("main", files);
    this.repositories.set(name, repository);
    return repository;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private serve(request: IncomingMessage, response: ServerResponse, text: string): void {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const stored = this.stored[Number(/^\/stored\/(\d+)$/.exec(pathname)?.[1] ?? -1)];
    if (stored !== undefined) {
      this.give(request, response, stored);
      return;
    }
    const method = request.method ?? "";
    const path = pathname.replace(/^\/api\/v3/, "");
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    const fault = this.faults.get(this.calls.length);
    this.calls.push({ method, path: `${path}${searchParams.size === 0 ? "" : `?${searchParams}`}`, body });
    if (fault === "cut before") return void request.socket.destroy();
    if (fault !== undefined && fault !== "cut after") {
      const { status, headers, message } = fault;
      response.writeHead(status, { "content-type": "application/json", ...headers });
      return void response.end(JSON.stringify({ message }));
    }
    const { status, value, headers = {} } = this.safeAnswer(method, path, searchParams, body);
    if (fault === "cut after") return void request.socket.destroy();
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(value === undefined ? undefined : JSON.stringify(value));
  }

  /** A mistake of the stand-in itself must not leave a test waiting. */
  private safeAnswer(...asked: [string, string, URLSearchParams, unknown]): Answer {
    try {
      return this.answer(...asked);
    } catch (error) {
      this.problems.push(String(error));
      return { status: 501, value: { message: "the stand-in failed" } };
    }
  }

  private answer(method: string, path: string, query: URLSearchParams, body: unknown): Answer {
    for (const route of [...ROUTES, ...CI_ROUTES, ...SECRET_ROUTES]) {
      const found = route.method === method ? patternOf(route.path).exec(path) : null;
      if (found === null) continue;
      const words = Object.fromEntries(
        Object.entries(found.groups ?? {}).map(([key, word]) => [key, decodeURIComponent(word)]),
      );
      const asked = this.contract.requestProblems(method, route.path, query, body);
      this.problems.push(...asked.map((problem) => `asked ${method} ${path}: ${problem}`));
      const answer = this.answerOf(route, words, query, body);
      const problems = this.contract.answerProblems(method, route.path, answer.status, answer.value);
      this.problems.push(...problems.map((problem) => `answered ${answer.status} to ${method} ${path}: ${problem}`));
      return answer;
    }
    this.problems.push(`asked ${method} ${path}, which the stand-in does not know`);
    return { status: 501, value: { message: "the stand-in does not know it" } };
  }

  /** GitHub keeps large things elsewhere, at an address that is good for one look. */
  private redirect(content: Buffer): Answer {
    this.stored.push(content);
    const { port } = this.server.address() as AddressInfo;
    const location = `http://localhost:${port}/stored/${this.stored.length - 1}`;
    return { status: 302, value: undefined, headers: { location } };
  }

  private give(request: IncomingMessage, response: ServerResponse, content: Buffer): void {
    if (request.headers.authorization !== undefined) this.problems.push("the token went to where artifacts are stored");
    response.writeHead(200, { "content-type": "application/zip" });
    response.end(content);
  }

  private answerOf(
    route: Route,
    words: Readonly<Record<string, string>>,
    query: URLSearchParams,
    body: unknown,
  ): Answer {
    const name = `${words.owner}/${words.repo}`;
    const location = this.moved.get(name);
    if (location !== undefined)
      return { status: 301, value: { message: "Moved Permanently", url: location }, headers: { location } };
    const repository = this.repositories.get(name);
    if (repository === undefined && words.repo !== undefined) return { status: 404, value: { message: "Not Found" } };
    const said = route.answer(repository ?? new StandInRepository("none/none"), { words, query, body });
    if (said.stored !== undefined) return this.redirect(said.stored);
    const { status, value } = said;
    if (value === undefined) return { status, value };
    const example = status < 300 ? this.contract.example(route.method, route.path, status) : undefined;
    return { status, value: JSON.parse(JSON.stringify(filled(example, value))) };
  }
}

interface Answer {
  readonly status: number;
  readonly value: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A route's path as an expression; references and branches may have slashes. */
function patternOf(path: string): RegExp {
  const words = path.replace(/\{(\w+)\}/g, (_, word: string) => `(?<${word}>${word === "ref" ? ".+" : "[^/]+"})`);
  return new RegExp(`^${words}$`);
}

/** GitHub's example with what is known in place of it; of a list, each item like the first of the example. */
function filled(example: unknown, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(Array.isArray(example) ? example[0] : undefined, item));
  if (typeof value !== "object" || value === null || typeof example !== "object" || example === null) return value;
  const known = Object.entries(value).map(([key, part]) => [
    key,
    filled((example as Record<string, unknown>)[key], part),
  ]);
  return { ...example, ...Object.fromEntries(known) };
}
