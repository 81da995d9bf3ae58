import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const BUCKET = "openclaw-audit";
export const ACCESS_KEY_ID = "stand-in-id";
/** Of the stand-in alone. */
export const SECRET_ACCESS_KEY = "stand-in-of-a-secret-access-key";

/** So many names are in one list, so that few entries need several. */
const NAMES_A_LIST = 2;

/** What becomes of a request: `lost` is done and never answered. */
export type Fault = "lost" | "cut" | 403 | 409 | 503;

/** An S3 bucket on this machine: it believes signatures only, writes over nothing that must not be there, and lists page by page. */
export class AuditBucketStandIn {
  readonly objects = new Map<string, Buffer>();
  /** Asked before each request, with its number from 0. */
  fault: (number: number, method: string) => Fault | undefined = () => undefined;
  requests = 0;
  private readonly server = createServer((request, response) => void this.answer(request, response));

  static async start(): Promise<AuditBucketStandIn> {
    const bucket = new AuditBucketStandIn();
    await new Promise<void>((done) => bucket.server.listen(0, "127.0.0.1", done));
    return bucket;
  }

  get environment() {
    return {
      GATEHOUSE_AUDIT_ENDPOINT: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`,
      GATEHOUSE_AUDIT_ACCESS_KEY_ID: ACCESS_KEY_ID,
      GATEHOUSE_AUDIT_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY,
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = "", url: target = "/" } = request;
    const fault = this.fault(this.requests++, method);
    if (fault === "cut") return void request.socket.destroy();
    if (typeof fault === "number") return refuse(response, fault, "StandInFault");
    const url = new URL(target, `http://${request.headers.host}`);
    if (!isSigned(request, url, body)) return refuse(response, 403, "SignatureDoesNotMatch");
    const [, bucket, name = ""] = url.pathname.split("/");
    if (bucket !== BUCKET) return refuse(response, 404, "NoSuchBucket");
    if (fault === "lost") {
      if (method === "PUT" && !this.objects.has(name)) this.objects.set(name, body);
      return void request.socket.destroy();
    }
    if (method === "PUT") this.put(name, body, request, response);
    else if (url.searchParams.get("list-type") === "2") this.list(url, response);
    else {
      const found = this.objects.get(decodeURIComponent(name));
      if (found === undefined) return refuse(response, 404, "NoSuchKey");
      response.writeHead(200).end(found);
    }
  }

  private put(name: string, body: Buffer, request: IncomingMessage, response: ServerResponse): void {
    if (request.headers["if-none-match"] === "*" && this.objects.has(name)) refuse(response, 412, "PreconditionFailed");
    else {
      this.objects.set(name, body);
      response.writeHead(200).end();
    }
  }

  private list(url: URL, response: ServerResponse): void {
    const from = Number(url.searchParams.get("continuation-token")?.replace(/=$/, "") ?? 0);
    const names = [...this.objects.keys()].sort();
    const page = names.slice(from, from + NAMES_A_LIST);
    const more = from + NAMES_A_LIST < names.length;
    const next = more ? `<NextContinuationToken>${from + NAMES_A_LIST}=</NextContinuationToken>` : "";
    const keys = page.map((name) => `<Contents><Key>${encodeURIComponent(name)}</Key></Contents>`).join("");
    response.writeHead(200, { "Content-Type": "application/xml" });
    response.end(`<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${keys}</ListBucketResult>`);
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "Content-Type": "application/xml" });
  response.end(`<Error><Code>${code}</Code><Message>quotes ${SECRET_ACCESS_KEY}</Message></Error>`);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function isSigned(request: IncomingMessage, url: URL, body: Buffer): boolean {
  const { groups } =
    /^AWS4-HMAC-SHA256 Credential=(?<id>[^/]+)\/(?<scope>[^,]+), SignedHeaders=(?<names>[^,]+), Signature=(?<signature>[0-9a-f]{64})$/.exec(
      request.headers.authorization ?? "",
    ) ?? {};
  if (groups?.id !== ACCESS_KEY_ID) return false;
  const { scope = "", names = "", signature } = groups;
  const hash = String(request.headers["x-amz-content-sha256"] ?? "");
  if (hash !== "UNSIGNED-PAYLOAD" && hash !== createHash("sha256").update(body).digest("hex")) return false;
  const query = [...url.searchParams]
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .sort()
    .join("&");
  const headers = names.split(";").map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [request.method, url.pathname, query, headers.join(""), names, hash].join("\n");
  const toSign = [
    "AWS4-HMAC-SHA256",
    request.headers["x-amz-date"],
    scope,
    createHash("sha256").update(canonical).digest("hex"),
  ].join("\n");
  const key = scope
    .split("/")
    .reduce<Buffer | string>(
      (from, part) => createHmac("sha256", from).update(part).digest(),
      `AWS4${SECRET_ACCESS_KEY}`,
    );
  return createHmac("sha256", key).update(toSign).digest("hex") === signature;
}
