import { join } from "node:path";
import { ChildProgram } from "./child-program";
import { until } from "./until";

const PATCH = "application/merge-patch+json";

/**
 * The API of the cluster that a context of a kubeconfig means, by `kubectl proxy`: one process that knows every kind of login, where a kubectl for
 * each request would take ten times as long.
 */
export class LiveApi {
  readonly #proxies = new Map<string, Promise<{ readonly program: ChildProgram; readonly url: string }>>();

  /** @param directory for the proxies' output */
  constructor(
    private readonly kubeconfig: string,
    private readonly directory: string,
  ) {}

  /**
   * What the API server answers to a request; undefined when there is no such object.
   *
   * @param context of the kubeconfig; undefined for the current one
   * @param body a new object with POST, a merge patch with PATCH
   * @throws Error with the API server's words
   */
  async ask<T>(context: string | undefined, method: string, path: string, body?: object): Promise<T | undefined> {
    const { url } = await this.#proxy(context);
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { "content-type": method === "PATCH" ? PATCH : "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text);
    if (answer.status === 404 && (method === "GET" || method === "DELETE")) return undefined;
    throw new Error(`${method} ${path}: ${answer.status} ${messageOf(text)}`);
  }

  async stop(): Promise<void> {
    for (const proxy of this.#proxies.values()) await (await proxy).program.kill();
  }

  #proxy(context: string | undefined) {
    const name = context ?? "";
    const proxy = this.#proxies.get(name) ?? this.#start(context);
    this.#proxies.set(name, proxy);
    return proxy;
  }

  async #start(context: string | undefined) {
    const args = ["proxy", "--port=0", `--kubeconfig=${this.kubeconfig}`];
    const log = join(this.directory, `proxy-${this.#proxies.size}.log`);
    const program = new ChildProgram(
      "kubectl",
      [...args, ...(context === undefined ? [] : [`--context=${context}`])],
      log,
    );
    const port = await until("kubectl proxy is ready", () => {
      program.mustRun();
      return /Starting to serve on 127\.0\.0\.1:(\d+)/.exec(program.log())?.[1];
    });
    return { program, url: `http://127.0.0.1:${port}` };
  }
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { readonly message?: string }).message ?? text;
  } catch {
    return text;
  }
}
