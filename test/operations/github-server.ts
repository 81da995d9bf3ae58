import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** Answers by method and path (with its query); what has no answer gets 404. */
export type Answers = Readonly<Record<string, { readonly status?: number; readonly body: unknown }>>;

/** An HTTP server on this machine that answers as told and keeps what it was asked. */
export class GithubServer {
  readonly received: Received[] = [];

  private constructor(private readonly server: Server) {}

  static async answering(answers: Answers): Promise<GithubServer> {
    const server = createServer((request, response) => {
      let text = "";
      request.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      request.on("end", () => {
        const key = `${request.method} ${request.url}`;
        github.received.push({
          method: request.method ?? "",
          path: request.url ?? "",
          authorization: request.headers.authorization,
          body: text === "" ? undefined : (JSON.parse(text) as Record<string, unknown>),
        });
        const answer = answers[key] ?? { status: 404, body: { message: "Not Found" } };
        response.writeHead(answer.status ?? 200, { "content-type": "application/json" });
        response.end(JSON.stringify(answer.body));
      });
    });
    const github = new GithubServer(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return github;
  }

  /** What a workflow's environment says of it. */
  get environment(): Readonly<Record<string, string>> {
    return {
      GITHUB_API_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      GITHUB_REPOSITORY: "openclaw/platform",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_RUN_ID: "7",
      GH_TOKEN: "job-token",
    };
  }

  /** The requests that change something. */
  get written(): readonly Received[] {
    return this.received.filter(({ method }) => method !== "GET");
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
