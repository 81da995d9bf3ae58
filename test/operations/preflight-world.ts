import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** What GitHub is to say to one address: a body, or more. */
export interface GithubSays {
  readonly status?: number;
  readonly body?: unknown;
  /** In place of a body: text as it is. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What kubectl is to do for one command. */
export interface KubectlSays {
  readonly stdout?: unknown;
  readonly stderr?: string;
  readonly exitCode?: number;
}

export interface WorldProps {
  /** By path below the API, without paging: `/repos/example/summit`. What has no answer gets 404. */
  readonly github?: Readonly<Record<string, GithubSays>>;
  /** By arguments that are no options: `get namespaces summit-prod`. What has no answer is not there. @default - there is no kubectl */
  readonly kubectl?: Readonly<Record<string, KubectlSays>>;
  /** Programs on the PATH beside these, as shell scripts. */
  readonly programs?: Readonly<Record<string, string>>;
}

/** A GitHub Enterprise Server on this machine, and a directory of programs that answer as told. Both keep what they were asked. */
export class World {
  readonly requests: { readonly method: string; readonly path: string; readonly authorization: string | undefined }[] =
    [];
  private readonly directory = mkdtempSync(join(tmpdir(), "gatehouse-world-"));
  private readonly log = join(this.directory, "kubectl.log");

  private constructor(
    private readonly server: Server,
    props: WorldProps,
  ) {
    writeFileSync(this.log, "");
    if (props.kubectl !== undefined) {
      for (const [command, { stdout = "", stderr = "", exitCode = 0 }] of Object.entries(props.kubectl)) {
        const answer = join(this.directory, `answer to ${command}`);
        writeFileSync(`${answer}.out`, typeof stdout === "string" ? stdout : JSON.stringify(stdout));
        writeFileSync(`${answer}.err`, stderr);
        writeFileSync(`${answer}.code`, `${exitCode}\n`);
      }
      this.program("kubectl", KUBECTL);
    }
    for (const [name, script] of Object.entries(props.programs ?? {})) this.program(name, script);
  }

  static async of(props: WorldProps): Promise<World> {
    const { github = {} } = props;
    const server = createServer((request, response) => {
      const path = request.url ?? "";
      world.requests.push({ method: request.method ?? "", path, authorization: request.headers.authorization });
      const { pathname, searchParams } = new URL(path, "http://localhost");
      const says = github[pathname.replace(/^\/api\/v3/, "")];
      // A list's second page holds nothing.
      const later = Number(searchParams.get("page") ?? 1) > 1;
      const { status = 200, body = {}, text, headers = {} } = later ? { body: [] } : (says ?? NOT_FOUND);
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(text ?? JSON.stringify(body));
    });
    const world = new World(server, props);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return world;
  }

  /** With a token, a kubeconfig, and nothing on the PATH but what was put there. */
  get environment(): Readonly<Record<string, string>> {
    return {
      GITHUB_TOKEN: "ghp_0123456789abcdefghij",
      GITHUB_BASE_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`,
      KUBE_CONFIG_PATH: join(this.directory, "kubeconfig"),
      PATH: this.directory,
    };
  }

  /** The same, with the programs of this machine behind. */
  get environmentWithPrograms(): Readonly<Record<string, string>> {
    return { ...this.environment, PATH: [this.directory, process.env.PATH].join(delimiter) };
  }

  /** Commands that kubectl was run with, options and all. */
  get commands(): readonly string[] {
    return readFileSync(this.log, "utf8").split("\n").filter(Boolean);
  }

  /** Twice does no harm. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    // An error says that it is closed already.
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
    rmSync(this.directory, { recursive: true, force: true });
  }

  private program(name: string, script: string): void {
    const path = join(this.directory, name);
    writeFileSync(path, `#!/bin/sh\n${script}`);
    chmodSync(path, 0o755);
  }
}

const NOT_FOUND: GithubSays = { status: 404, body: { message: "Not Found" } };

/** Beside it lie its answers, by the arguments that are no options, and the log of what it was asked. */
const KUBECTL = `
here=\${0%/*}
echo "$*" >> "$here/kubectl.log"
command=
for argument in "$@"; do
  case $argument in --*) ;; *) command="$command\${command:+ }$argument" ;; esac
done
answer="$here/answer to $command"
[ -f "$answer.code" ] || exit 0
/bin/cat "$answer.err" >&2
/bin/cat "$answer.out"
read -r code < "$answer.code"
exit "$code"
`;
