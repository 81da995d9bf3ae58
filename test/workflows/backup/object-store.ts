import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** The four calls of an S3 API that the scripts make, over objects in memory. */
export class ObjectStore {
  /** What is kept, by key. */
  readonly objects = new Map<string, Buffer>();
  /** Changes what is stored on its way in. */
  damage: (key: string, body: Buffer) => Buffer = (_key, body) => body;
  private readonly server = createServer((request, response) => this.answer(request, response));

  /** Port on 127.0.0.1. */
  get port(): number {
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("the object store does not listen");
    return address.port;
  }

  listen(): Promise<void> {
    return new Promise((done) => this.server.listen(0, "127.0.0.1", done));
  }

  close(): void {
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://localhost");
    const key = decodeURIComponent(url.pathname.split("/").slice(2).join("/"));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const stored = this.objects.get(key);
    if (request.method === "PUT") {
      const body = this.damage(key, Buffer.concat(chunks));
      this.objects.set(key, body);
      response.writeHead(200, { ETag: etag(body) }).end();
    } else if (url.searchParams.get("list-type") === "2") {
      const prefix = url.searchParams.get("prefix") ?? "";
      const keys = [...this.objects.keys()].filter((name) => name.startsWith(prefix));
      const contents = keys.map((name) => `<Contents><Key>${name}</Key><Size>1</Size></Contents>`).join("");
      response.writeHead(200, { "Content-Type": "application/xml" });
      response.end(`<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`);
    } else if (stored === undefined) {
      response.writeHead(404).end();
    } else {
      response.writeHead(200, { ETag: etag(stored), "Content-Length": stored.length });
      response.end(request.method === "HEAD" ? undefined : stored);
    }
  }
}

function etag(body: Buffer): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}
