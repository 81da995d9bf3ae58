import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers like Prometheus: the value that the test has set for a query; without one, no series; or it is away. */
export class PlayedMetrics {
  readonly values = new Map<string, number>();
  away = false;
  private readonly server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (data) => {
      body += data;
    });
    request.on("end", () => {
      if (this.away) {
        response.statusCode = 503;
        return response.end();
      }
      const url = new URL(request.url ?? "/", "http://localhost");
      const query = new URLSearchParams(body).get("query") ?? url.searchParams.get("query") ?? "";
      const value = this.values.get(query);
      const result = value === undefined ? [] : [{ metric: {}, value: [0, String(value)] }];
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ status: "success", data: { resultType: "vector", result } }));
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.server.unref();
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
