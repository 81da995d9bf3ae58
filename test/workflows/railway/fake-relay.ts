import { createHmac } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** What is asked of relay, and what is wrong with it. */
export type Flaw =
  | "sick"
  | "another commit"
  | "list fails"
  | "list is no JSON"
  | "preview fails"
  | "audit fails"
  | "no hsts"
  | "hsts off"
  | "no csp"
  | "sniffing"
  | "no rate-limit headers"
  | "refuses signatures"
  | "takes any signature"
  | "no rate limit"
  | "breaks under load";

export const KEYS = {
  DEV_KEY: "dev-key-1234",
  ADMIN_KEY: "admin-key-5678",
  WEBHOOK_SIGNING_SECRET: "hook-secret-90ab",
};

/** So many requests of one key are answered, the others are refused. */
const LIMIT = 60;

/** Plays relay: health, list, preview, audit, webhook, a rate limit by key. */
export class FakeRelay {
  readonly flaws = new Set<Flaw>();
  /** The commit that answers. */
  commit = "";
  /** So many requests of the list are refused first, each to be asked again after a second. */
  limitedAtFirst = 0;
  readonly requests: string[] = [];
  private readonly counted = new Map<string, number>();

  answer(request: IncomingMessage, body: string, response: ServerResponse): void {
    const path = (request.url ?? "").replace(/\?.*$/, "");
    this.requests.push(`${request.method} ${path}`);
    const has = (flaw: Flaw) => this.flaws.has(flaw);
    if (!has("no hsts")) response.setHeader("Strict-Transport-Security", `max-age=${has("hsts off") ? 0 : 31_536_000}`);
    if (!has("no csp")) response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (!has("sniffing")) response.setHeader("X-Content-Type-Options", "nosniff");
    if (!has("no rate-limit headers")) {
      for (const name of ["Limit", "Remaining", "Reset"]) response.setHeader(`RateLimit-${name}`, "60");
    }
    response.setHeader("Retry-After", "1");
    const [status, value] = this.reply(path, request, body);
    response.statusCode = status;
    response.end(typeof value === "string" ? value : JSON.stringify(value));
  }

  private reply(path: string, { headers, method }: IncomingMessage, body: string): readonly [number, unknown] {
    const has = (flaw: Flaw) => this.flaws.has(flaw);
    if (path === "/health") {
      return [has("sick") ? 503 : 200, { commit: has("another commit") ? "f".repeat(40) : this.commit }];
    }
    if (path === "/v1/webhooks/execute") {
      const right = `sha256=${createHmac("sha256", KEYS.WEBHOOK_SIGNING_SECRET).update(body).digest("hex")}`;
      const taken = headers["x-relay-signature"] === right ? !has("refuses signatures") : has("takes any signature");
      return [taken ? 202 : 401, {}];
    }
    const key = headers.authorization ?? "";
    if (key !== `Bearer ${path === "/v1/audit-logs" ? KEYS.ADMIN_KEY : KEYS.DEV_KEY}`) return [401, {}];
    if (this.limitedAtFirst > 0) {
      this.limitedAtFirst--;
      return [429, {}];
    }
    const count = (this.counted.get(key) ?? 0) + 1;
    this.counted.set(key, count);
    if (count > LIMIT && has("breaks under load")) return [count === LIMIT + 1 ? 429 : 500, {}];
    if (count > LIMIT && !has("no rate limit")) return [429, {}];
    switch (path) {
      case "/v1/workspaces":
        if (count === 1 && has("list is no JSON")) return [200, "<html>"];
        return [count === 1 && has("list fails") ? 500 : 200, []];
      case "/v1/actions/preview":
        return [method === "POST" && body.includes("dryRun") && !has("preview fails") ? 200 : 500, {}];
      case "/v1/audit-logs":
        return [has("audit fails") ? 403 : 200, []];
      default:
        return [404, {}];
    }
  }
}
