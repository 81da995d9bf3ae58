import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What it answers: a value, NaN, no series at all, or an error of its own. */
export type ToldAnswer = number | "NaN" | "empty" | "broken";

export interface AskedQuery {
  readonly query: string;
  readonly authorization: string | undefined;
}

/**
 * Answers instant queries in the form of Prometheus with what a test tells it, so that a test can change its mind within a second. That real queries work
 * on a real Prometheus, other tests say.
 * https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries
 */
export class ToldPrometheus {
  static async start(): Promise<ToldPrometheus> {
    const told = new ToldPrometheus();
    await new Promise<void>((resolve) => told.#server.listen(0, "127.0.0.1", resolve));
    told.#server.unref();
    return told;
  }

  /** Asked for each query. @default - every answer is 1 */
  answer: (query: string) => ToldAnswer = () => 1;
  readonly asked: AskedQuery[] = [];

  readonly #server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const query = new URLSearchParams(body).get("query") ?? "";
    this.asked.push({ query, authorization: request.headers.authorization });
    const answer = this.answer(query);
    response.setHeader("content-type", "application/json");
    if (answer === "broken") {
      response.statusCode = 503;
      response.end(JSON.stringify({ status: "error", errorType: "unavailable", error: "as it was told" }));
      return;
    }
    const result = answer === "empty" ? [] : [{ metric: {}, value: [Date.now() / 1000, String(answer)] }];
    response.end(JSON.stringify({ status: "success", data: { resultType: "vector", result } }));
  });

  private constructor() {}

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
