import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A query as it arrived. */
export interface ReceivedQuery {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly time: string;
  readonly authorization: string | undefined;
}

/** What the server does with a query. */
export type Answer = (received: ReceivedQuery, response: ServerResponse, request: IncomingMessage) => void;

/** An HTTP server on this machine in the place of Prometheus, for answers that a real one won't give. */
export class PrometheusServer {
  readonly received: ReceivedQuery[] = [];

  private constructor(private readonly server: Server) {}

  static async answering(answer: Answer): Promise<PrometheusServer> {
    const server = createServer((request, response) => {
      let text = "";
      request.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      request.on("end", () => {
        const form = new URLSearchParams(text);
        const received = {
          method: request.method ?? "",
          path: request.url ?? "",
          query: form.get("query") ?? "",
          time: form.get("time") ?? "",
          authorization: request.headers.authorization,
        };
        prometheus.received.push(received);
        // Its clock is set by tests that are about it.
        response.sendDate = false;
        answer(received, response, request);
      });
    });
    const prometheus = new PrometheusServer(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return prometheus;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** One value, in the shape of https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries; undefined: no series. */
export function instant(value: string | undefined, time = 0): Record<string, unknown> {
  const result = value === undefined ? [] : [{ metric: {}, value: [time, value] }];
  return { status: "success", data: { resultType: "vector", result } };
}

/** Always the same answer. */
export function always(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_, response) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
  };
}
