import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { createInterface } from "node:readline";

/** What every object of the Kubernetes API has; the rest is the reader's to know. */
export interface ApiObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  // biome-ignore lint/suspicious/noExplicitAny: the shapes of all kinds, custom ones included
  readonly [field: string]: any;
}

export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: ApiObject;
}

/** The API server's own refusal: HTTP status, and the message of its Status object. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(`${status}: ${message}`);
  }
}

const PATCH_TYPES = {
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  json: "application/json-patch+json",
} as const;

/** Talks to a Kubernetes API server as the owner of one token. Paths are the API's, e.g. `/api/v1/namespaces/pr-42`. */
export class ApiClient {
  readonly #agent: Agent;

  /**
   * @param url e.g. `https://127.0.0.1:6443`
   * @param ca the certificate of the server or of who signed it, PEM
   */
  constructor(
    readonly url: string,
    readonly token: string,
    ca: string,
  ) {
    this.#agent = new Agent({ ca, keepAlive: true });
  }

  get<T = ApiObject>(path: string): Promise<T> {
    return this.#json("GET", path);
  }

  /** The object, or undefined when there is none. */
  async find<T = ApiObject>(path: string): Promise<T | undefined> {
    try {
      return await this.get<T>(path);
    } catch (error) {
      if (error instanceof ApiRefusal && error.status === 404) return undefined;
      throw error;
    }
  }

  async list(path: string): Promise<readonly ApiObject[]> {
    return (await this.get<{ readonly items: readonly ApiObject[] }>(path)).items;
  }

  create<T = ApiObject>(path: string, object: object): Promise<T> {
    return this.#json("POST", path, object);
  }

  patch<T = ApiObject>(path: string, patch: object, type: keyof typeof PATCH_TYPES = "merge"): Promise<T> {
    return this.#json("PATCH", path, patch, PATCH_TYPES[type]);
  }

  delete(path: string, options: object = {}): Promise<unknown> {
    return this.#json("DELETE", path, options);
  }

  /** Text that is not JSON, e.g. of `/readyz`. */
  async text(path: string): Promise<string> {
    const answer = await this.#ask("GET", path);
    return body(answer);
  }

  /** Calls back for every event until the server or the signal ends the watch. Keeps no process alive. */
  async watch(path: string, onEvent: (event: WatchEvent) => void, signal: AbortSignal): Promise<void> {
    const answer = await this.#ask("GET", path, undefined, undefined, signal);
    answer.socket.unref();
    try {
      for await (const line of createInterface({ input: answer })) onEvent(JSON.parse(line));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Closes what is open. */
  close(): void {
    this.#agent.destroy();
  }

  async #json<T>(method: string, path: string, object?: object, type?: string): Promise<T> {
    return JSON.parse(await body(await this.#ask(method, path, object, type)));
  }

  #ask(
    method: string,
    path: string,
    object?: object,
    type = "application/json",
    signal?: AbortSignal,
  ): Promise<IncomingMessage> {
    const content = object === undefined ? "" : JSON.stringify(object);
    return new Promise((resolve, reject) => {
      const asked = request(`${this.url}${path}`, {
        method,
        agent: this.#agent,
        headers: {
          authorization: `Bearer ${this.token}`,
          "content-type": type,
          // Node.js gives the body of a DELETE no length of itself.
          "content-length": Buffer.byteLength(content),
        },
        ...(signal === undefined ? {} : { signal }),
      });
      asked.once("error", reject);
      asked.once("response", async (answer) => {
        if (answer.statusCode !== undefined && answer.statusCode < 400) resolve(answer);
        else reject(refusal(answer.statusCode ?? 0, await body(answer).catch(String)));
      });
      asked.end(content);
    });
  }
}

async function body(answer: IncomingMessage): Promise<string> {
  answer.setEncoding("utf8");
  let text = "";
  for await (const chunk of answer) text += chunk;
  return text;
}

function refusal(status: number, text: string): ApiRefusal {
  try {
    return new ApiRefusal(status, JSON.parse(text).message);
  } catch {
    return new ApiRefusal(status, text);
  }
}
