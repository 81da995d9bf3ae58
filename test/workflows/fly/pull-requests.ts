import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface PullRequest {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly sha: string;
  /** @default - this repository */
  readonly from?: string;
}

interface Comment {
  readonly id: number;
  readonly user: { readonly type: string };
  body: string;
}

/** As much of GitHub's REST API as previews need: pull requests, and their comments. */
export class PullRequests {
  readonly pulls: PullRequest[] = [];
  /** Comments by pull request. */
  readonly comments = new Map<number, Comment[]>();
  /** Answers every request with this status. @default - answers well */
  broken: number | undefined;
  private readonly server: Server = createServer((request, response) => {
    let text = "";
    request.on("data", (data) => (text += data));
    request.on("end", () => {
      const [status, body] = this.answer(request.method ?? "", new URL(request.url ?? "", "http://x"), text);
      response.statusCode = status;
      response.end(JSON.stringify(body));
    });
  });

  constructor(readonly repository: string) {}

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  said(number: number): readonly string[] {
    return (this.comments.get(number) ?? []).map(({ body }) => body);
  }

  private answer(method: string, { pathname, searchParams }: URL, text: string): readonly [number, unknown] {
    if (this.broken !== undefined) return [this.broken, { message: "Something is wrong" }];
    const path = pathname.replace(`/repos/${this.repository}/`, "");
    if (path === "pulls") return [200, this.pulls.map((pull) => this.described(pull))];
    const [, number] = /^pulls\/(\d+)$/.exec(path) ?? [];
    const pull = this.pulls.find((each) => each.number === Number(number));
    if (pull !== undefined) return [200, this.described(pull)];
    const [, issue] = /^issues\/(\d+)\/comments$/.exec(path) ?? [];
    if (issue !== undefined) {
      const all = this.comments.get(Number(issue)) ?? [];
      this.comments.set(Number(issue), all);
      if (method === "GET") {
        const page = Number(searchParams.get("page"));
        return [200, all.slice((page - 1) * 100, page * 100)];
      }
      all.push({ id: 1000 + all.length, user: { type: "Bot" }, body: JSON.parse(text).body });
      return [201, {}];
    }
    const [, id] = /^issues\/comments\/(\d+)$/.exec(path) ?? [];
    const comment = [...this.comments.values()].flat().find((each) => each.id === Number(id));
    if (comment === undefined || method !== "PATCH") return [404, { message: "Not Found" }];
    comment.body = JSON.parse(text).body;
    return [200, {}];
  }

  private described({ number, state, sha, from = this.repository }: PullRequest) {
    return { number, state, head: { sha, repo: { full_name: from } }, base: { ref: "main" } };
  }
}
