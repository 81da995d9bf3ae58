import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface PullRequest {
  readonly commit: string;
  readonly fork: boolean;
  status: { readonly state: string; readonly description: string } | undefined;
}

/** As much of GitHub's API as dry runs need, over a real Git repository: what a pull request holds is nowhere but there. */
export class PullRequestsStandIn {
  readonly pulls = new Map<number, PullRequest>();
  /** Statuses that were set, in order. */
  readonly said: string[] = [];
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  /** Answers in place of those of the repository, by a text that the path contains. */
  readonly faults = new Map<string, readonly [number, unknown]>();
  readonly #directory = mkdtempSync(join(tmpdir(), "gatehouse-pulls-"));
  readonly #server = createServer((request, response) => this.#read(request, response));

  constructor(origin: string) {
    this.#git(undefined, "clone", "--quiet", origin, ".");
  }

  async start(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
  }

  async stop(): Promise<void> {
    await new Promise((done) => this.#server.close(done));
    rmSync(this.#directory, { recursive: true, force: true });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Opens a pull request: main with other files. */
  open(number: number, files: Readonly<Record<string, string | Buffer>>, fork = false): PullRequest {
    this.#git(undefined, "read-tree", "main");
    for (const [path, content] of Object.entries(files)) {
      const id = this.#git(content, "hash-object", "-w", "--stdin");
      this.#git(undefined, "update-index", "--add", "--cacheinfo", `100644,${id},${path}`);
    }
    const tree = this.#git(undefined, "write-tree");
    const pull = {
      commit: this.#git("a change", "commit-tree", tree, "-p", "main"),
      fork,
      status: undefined,
    };
    this.pulls.set(number, pull);
    return pull;
  }

  #git(input: string | Buffer | undefined, ...words: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync("git", words, {
      cwd: this.#directory,
      input: input ?? "",
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: "safe.directory",
        GIT_CONFIG_VALUE_0: "*",
        GIT_AUTHOR_NAME: "A",
        GIT_AUTHOR_EMAIL: "a@example.com",
        GIT_COMMITTER_NAME: "A",
        GIT_COMMITTER_EMAIL: "a@example.com",
      },
      maxBuffer: 20_000_000,
    });
    if (status !== 0) throw new Error(`git ${words.join(" ")}: ${stderr}`);
    return stdout.toString().trimEnd();
  }

  #read(request: IncomingMessage, response: ServerResponse): void {
    let text = "";
    request.on("data", (data) => {
      text += data;
    });
    request.on("end", () => {
      const [status, body] = this.#answer(request, text === "" ? undefined : JSON.parse(text));
      response.statusCode = status;
      response.end(JSON.stringify(body));
    });
  }

  #answer({ url = "" }: IncomingMessage, body: Record<string, string> | undefined): readonly [number, unknown] {
    const { pathname, searchParams } = new URL(url, this.url);
    const path = pathname.replace("/repos/openclaw/summit/", "");
    this.asked.push(path);
    for (const [text, answer] of this.faults) if (path.includes(text)) return answer;
    if (path === "/graphql") return [200, { data: { repository: { pullRequests: this.#page() } } }];
    const [, kind, name = ""] = /^(compare|git\/commits|git\/trees|git\/blobs|statuses)\/(.+)$/.exec(path) ?? [];
    switch (kind) {
      case "compare": {
        const [from = "", to = ""] = name.split("...");
        return [200, { merge_base_commit: { sha: this.#git(undefined, "merge-base", from, to) }, files: [] }];
      }
      case "git/commits":
        return [200, { tree: { sha: this.#git(undefined, "rev-parse", `${name}^{tree}`) } }];
      case "git/trees":
        return [200, { truncated: false, tree: this.#tree(name, searchParams.has("recursive")) }];
      case "git/blobs": {
        const { stdout } = spawnSync("git", ["cat-file", "blob", name], {
          cwd: this.#directory,
          maxBuffer: 20_000_000,
        });
        const lines = stdout.toString("base64").replace(/.{60}/g, "$&\n");
        return [200, { encoding: "base64", size: stdout.byteLength, content: lines }];
      }
      case "statuses": {
        const pull = [...this.pulls.values()].find(({ commit }) => commit === name);
        if (pull === undefined || body === undefined) return [422, { message: "No commit found for SHA" }];
        pull.status = { state: body.state ?? "", description: body.description ?? "" };
        this.said.push(`${body.context} ${body.state}: ${body.description}`);
        return [201, {}];
      }
      default:
        return [404, { message: "Not Found" }];
    }
  }

  #tree(id: string, recursive: boolean): readonly object[] {
    const listed = this.#git(undefined, "ls-tree", "-l", "-z", ...(recursive ? ["-r", "-t"] : []), id);
    return listed
      .split("\0")
      .filter((line) => line !== "")
      .map((line) => {
        const [about = "", path = ""] = line.split("\t");
        const [mode = "", type = "", sha = "", size = "-"] = about.split(/ +/);
        return { path, mode, type, sha, ...(size !== "-" && { size: Number(size) }) };
      });
  }

  #page() {
    const nodes = [...this.pulls].map(([number, { commit, fork, status }]) => ({
      number,
      headRefOid: commit,
      isCrossRepository: fork,
      commits: {
        nodes: [
          {
            commit: {
              status: status && { context: { state: status.state.toUpperCase(), description: status.description } },
            },
          },
        ],
      },
    }));
    return { pageInfo: { hasNextPage: false, endCursor: null }, nodes };
  }
}
