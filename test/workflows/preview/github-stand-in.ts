import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface PullRequest {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly sha: string;
  /** @default - this repository */
  readonly from?: string;
  /** @default - main */
  readonly into?: string;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** As much of GitHub's REST API as asking for previews needs, and the storage that it sends downloads to. */
export class GithubStandIn {
  readonly pulls: PullRequest[] = [];
  /** Artifacts by id: what the zip holds. */
  readonly artifacts = new Map<number, { readonly zip: Buffer; readonly size?: number; readonly expired?: boolean }>();
  readonly asked: Asked[] = [];
  /** Status and message of what it says to a dispatch. */
  dispatch: readonly [status: number, message: string] = [204, ""];
  private readonly api = createServer((request, response) => this.read(request, response));
  private readonly storage = createServer((request, response) => {
    this.note(request, undefined);
    response.end(this.artifacts.get(Number(request.url?.slice(1)))?.zip);
  });

  constructor(readonly repository: string) {}

  async start(): Promise<void> {
    await Promise.all(
      [this.api, this.storage].map((server) => new Promise<void>((done) => server.listen(0, "127.0.0.1", done))),
    );
  }

  async stop(): Promise<void> {
    await Promise.all([this.api, this.storage].map((server) => new Promise((done) => server.close(done))));
  }

  get url(): string {
    return urlOf(this.api);
  }

  /** What was dispatched, in order. */
  get dispatched(): readonly Asked[] {
    return this.asked.filter(({ path }) => path.endsWith("/dispatches"));
  }

  private note({ method = "", url = "", headers }: IncomingMessage, body: unknown): void {
    this.asked.push({ method, path: url, authorization: headers.authorization, body });
  }

  private read(request: IncomingMessage, response: ServerResponse): void {
    let text = "";
    request.on("data", (data) => {
      text += data;
    });
    request.on("end", () => {
      this.note(request, text === "" ? undefined : JSON.parse(text));
      this.answer(new URL(request.url ?? "", this.url), response);
    });
  }

  private answer({ pathname, searchParams }: URL, response: ServerResponse): ServerResponse {
    const json = (status: number, body?: unknown) => {
      response.statusCode = status;
      return response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    if (pathname.endsWith("/dispatches")) {
      const [status, message] = this.dispatch;
      return json(status, status === 204 ? undefined : { message });
    }
    if (pathname === `/repos/${this.repository}/pulls`) {
      const branch = searchParams.get("head")?.replace(/^[^:]*:/, "");
      return json(200, branch === "feat/a&b" ? this.pulls.map((pull) => this.pullRequest(pull)) : []);
    }
    if (pathname === `/repos/${this.repository}/actions/runs/77/artifacts`) {
      return json(200, {
        artifacts: [...this.artifacts].map(([id, { zip, size = zip.length, expired = false }]) => ({
          id,
          name: searchParams.get("name"),
          expired,
          size_in_bytes: size,
        })),
      });
    }
    const [, id] = /\/actions\/artifacts\/(\d+)\/zip$/.exec(pathname) ?? [];
    if (id === undefined) return json(404, { message: "Not Found" });
    response.setHeader("Location", `${urlOf(this.storage)}/${id}`);
    return json(302);
  }

  private pullRequest({ number, state, sha, from = this.repository, into = "main" }: PullRequest) {
    return { number, state, head: { sha, repo: { full_name: from } }, base: { ref: into } };
  }
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
