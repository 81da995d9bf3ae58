import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What goes wrong with a call: an answer with that status, one that is no JSON, or a connection that is cut before or after the call has taken effect. */
export type CloudflareFault = number | "no JSON" | "cut before" | "cut after";

interface Policy {
  readonly effect: string;
  readonly resources: Readonly<Record<string, string>>;
  readonly permission_groups: readonly { readonly id: string; readonly name?: string }[];
}

export interface StandInToken {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly issuedAt: number;
  status: string;
  policies: readonly Policy[];
}

const group = (name: string, scope: string) => ({
  id: createHash("md5").update(`${scope}${name}`).digest("hex"),
  name,
  scopes: [`com.cloudflare.api.${scope}`],
});
const GROUPS = ["Workers Scripts Write", "Workers Scripts Read", "D1 Write", "D1 Read"].map((name) =>
  group(name, "account"),
);
/** Of a zone, by the name of one of an account. */
const ALL_GROUPS = [group("D1 Write", "account.zone"), ...GROUPS];

/** The tokens of one account of Cloudflare's, on this machine. It has more tokens than a page has. */
export class CloudflareStandIn {
  /** The account that it is, when nobody says which. */
  static readonly accountId = "0123456789abcdef0123456789abcdef";
  readonly calls: string[] = [];
  /** By the number of the call, from 0: what goes wrong with it. */
  readonly faults = new Map<number, CloudflareFault>();
  /** So often a new token is not known yet. */
  unknownFor = 0;
  /** Cloudflare gives another permission than it was asked for. */
  generous = false;
  tokens: StandInToken[] = [];
  readonly administrator = "cloudflare-administrator-canary";

  private constructor(
    private readonly server: Server,
    private readonly now: () => number,
    private readonly accountId: string,
  ) {}

  static async start(now: () => number, accountId = CloudflareStandIn.accountId): Promise<CloudflareStandIn> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => cloudflare.serve(request, response, Buffer.concat(chunks).toString("utf8")));
    });
    const cloudflare = new CloudflareStandIn(server, now, accountId);
    for (let other = 0; other < 60; other += 1) cloudflare.make(`other ${other}`, ["D1 Read"]);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return cloudflare;
  }

  get environment(): Readonly<Record<string, string>> {
    const { port } = this.server.address() as AddressInfo;
    return { CLOUDFLARE_API_TOKEN: this.administrator, CLOUDFLARE_BASE_URL: `http://127.0.0.1:${port}/client/v4` };
  }

  /** A token as somebody makes it. */
  make(name: string, permissions: readonly string[]): StandInToken {
    const groups = GROUPS.filter((candidate) => permissions.includes(candidate.name));
    const resources = { [`com.cloudflare.api.account.${this.accountId}`]: "*" };
    return this.add(name, [{ effect: "allow", resources, permission_groups: groups }]);
  }

  named(name: string): readonly StandInToken[] {
    return this.tokens.filter((token) => token.name === name);
  }

  /** Whether Cloudflare takes a value. */
  takes(value: string): boolean {
    return this.tokens.some((token) => token.value === value && token.status === "active");
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private add(name: string, policies: readonly Policy[]): StandInToken {
    const id = randomBytes(16).toString("hex");
    const value = `canary-${randomBytes(8).toString("hex")}`;
    const token = { id, name, value, issuedAt: this.now(), status: "active", policies };
    this.tokens.push(token);
    return token;
  }

  private serve(request: IncomingMessage, response: ServerResponse, text: string): void {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const method = request.method ?? "";
    const path = pathname.replace(`/client/v4/accounts/${this.accountId}`, "");
    const fault = this.faults.get(this.calls.length);
    this.calls.push(`${method} ${path}`);
    if (fault === "cut before") return void request.socket.destroy();
    if (fault === "no JSON") return void response.end("<html>");
    if (typeof fault === "number") {
      send(response, fault, undefined, [`it is ${this.administrator} that fails`]);
      return;
    }
    const bearer = (request.headers.authorization ?? "").replace("Bearer ", "");
    const [status, result, errors] = this.answer(method, path, searchParams, text, bearer);
    if (fault === "cut after") return void request.socket.destroy();
    const pages = { total_pages: Math.ceil(this.tokens.length / 50) };
    send(response, status, result, errors, Array.isArray(result) && path === "/tokens" ? pages : undefined);
  }

  private answer(
    method: string,
    path: string,
    query: URLSearchParams,
    text: string,
    bearer: string,
  ): [number, unknown, string[]?] {
    if (`${method} ${path}` === "GET /tokens/verify") {
      const token = this.tokens.find(({ value }) => value === bearer);
      if (token === undefined || this.unknownFor-- > 0) return [401, null, ["Invalid API Token"]];
      return [200, { id: token.id, status: token.status }];
    }
    if (bearer !== this.administrator) return [403, null, ["Unauthorized to access requested resource"]];
    if (`${method} ${path}` === "GET /tokens/permission_groups") return [200, ALL_GROUPS];
    if (`${method} ${path}` === "GET /tokens") {
      const page = Number(query.get("page"));
      return [200, this.tokens.slice((page - 1) * 50, page * 50).map(shown)];
    }
    if (`${method} ${path}` === "POST /tokens") {
      const { name, policies } = JSON.parse(text) as Pick<StandInToken, "name" | "policies">;
      const named = policies.map((policy) => ({
        ...policy,
        permission_groups: ALL_GROUPS.filter(
          ({ id }) => this.generous || policy.permission_groups.some((asked) => asked.id === id),
        ),
      }));
      const token = this.add(name, named);
      return [200, { ...shown(token), value: token.value }];
    }
    const id = /^\/tokens\/(\w{32})$/.exec(path)?.[1];
    if (method !== "DELETE" || id === undefined) return [405, null, ["the stand-in does not know it"]];
    if (!this.tokens.some((token) => token.id === id)) return [404, null, ["Token not found"]];
    this.tokens = this.tokens.filter((token) => token.id !== id);
    return [200, { id }];
  }
}

function shown({ value: _, issuedAt, ...token }: StandInToken) {
  return { ...token, issued_on: new Date(issuedAt).toISOString().replace(/\.\d+/, "") };
}

function send(response: ServerResponse, status: number, result: unknown, errors: string[] = [], info?: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  const listed = errors.map((message) => ({ code: 1000, message }));
  response.end(JSON.stringify({ success: errors.length === 0, errors: listed, result, result_info: info }));
}
