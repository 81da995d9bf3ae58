import { AwsClient } from "aws4fetch";
import type { AuditStore } from "./audit-store";
import { systemClock } from "./clock";
import { Failure } from "./failure";
import { limitedBody } from "./limited-body";
import { whyNoAnswer } from "./why-no-answer";

export interface AuditBucketProps {
  /** Address of the S3 API, without a slash at its end. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Sent {
  readonly bytes?: Buffer;
  readonly signal: AbortSignal | undefined;
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

const TIMEOUT_MILLISECONDS = 30_000;
/** After the first attempt, when there was no answer, or a fault's. */
const REPEATS = 4;
const FIRST_WAIT_MILLISECONDS = 100;

/**
 * Entries as objects of an S3 bucket that is written with `If-None-Match: *`, so that no object takes another's place, as R2 has it
 * (https://developers.cloudflare.com/r2/api/s3/api/). That none is deleted or written over by somebody else is the bucket's lock's matter.
 */
export class AuditBucket implements AuditStore {
  readonly where: string;
  private readonly client: AwsClient;

  constructor({ endpoint, bucket, accessKeyId, secretAccessKey }: AuditBucketProps) {
    this.where = `${endpoint}/${bucket}`;
    this.client = new AwsClient({ accessKeyId, secretAccessKey, service: "s3", region: "auto" });
  }

  async names(signal?: AbortSignal): Promise<readonly string[]> {
    const names: string[] = [];
    let token: string | undefined;
    do {
      const next = token === undefined ? "" : `&continuation-token=${encodeURIComponent(token)}`;
      const { status, body } = await this.send("GET", `?list-type=2&encoding-type=url${next}`, { signal });
      const xml = body.toString();
      if (status !== 200 || !xml.includes("<ListBucketResult")) throw this.unreadable(status, xml);
      for (const [, key = ""] of xml.matchAll(/<Key>([^<]*)<\/Key>/g)) names.push(decoded(key));
      token = /<IsTruncated>true<\/IsTruncated>/.test(xml)
        ? /<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(xml)?.[1]
        : undefined;
    } while (token !== undefined);
    return names.sort();
  }

  async read(name: string, signal?: AbortSignal): Promise<Buffer> {
    const { status, body } = await this.send("GET", `/${encodeURIComponent(name)}`, { signal });
    if (status !== 200) throw this.unreadable(status, body.toString(), name);
    return body;
  }

  /** An answer may get lost after the object was put there: what stands there then is this very one. */
  async create(name: string, bytes: Buffer, signal?: AbortSignal): Promise<boolean> {
    const { status, body, repeats } = await this.send("PUT", `/${encodeURIComponent(name)}`, { bytes, signal });
    if (status === 200) return true;
    if (status === 412) return repeats > 0 && (await this.read(name, signal)).equals(bytes);
    // Another writer is at it; who of the two was first shows when this one looks again.
    if (status === 409) return false;
    throw new Failure(
      `nothing was appended to the trail in ${this.where}: ${said(status, body.toString())}\nlet the key write objects of this bucket, and append again; the entries that are there are whole`,
    );
  }

  /** Asks again after a fault, and where there was no answer. */
  private async send(method: "GET" | "PUT", rest: string, sent: Sent): Promise<Answer & { readonly repeats: number }> {
    for (let repeats = 0; ; repeats++) {
      const answer = await this.once(method, rest, sent);
      const faulty = answer instanceof Failure || answer.status >= 500 || answer.status === 429;
      if (!faulty || repeats === REPEATS) {
        if (answer instanceof Failure) throw answer;
        return { ...answer, repeats };
      }
      await systemClock.sleep(FIRST_WAIT_MILLISECONDS * 2 ** repeats * systemClock.random(), sent.signal);
    }
  }

  private async once(method: "GET" | "PUT", rest: string, { bytes, signal }: Sent): Promise<Answer | Failure> {
    try {
      const request = await this.client.sign(`${this.where}${rest}`, {
        method,
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MILLISECONDS), ...(signal ? [signal] : [])]),
        ...(bytes !== undefined && {
          body: new Uint8Array(bytes),
          headers: { "If-None-Match": "*", "Content-Type": "application/json" },
        }),
      });
      const response = await fetch(request);
      return { status: response.status, body: await limitedBody(response) };
    } catch (error) {
      signal?.throwIfAborted();
      const why = whyNoAnswer(error);
      return new Failure(
        `the trail in ${this.where} can't be ${method === "PUT" ? "written" : "read"}: ${why}\nlook whether the address is right and answers, and do it again: nothing is appended twice`,
      );
    }
  }

  private unreadable(status: number, text: string, name?: string): Failure {
    const what = name === undefined ? "" : `, ${name}`;
    return new Failure(
      `the trail in ${this.where}${what} can't be read: ${said(status, text)}\nlet the key read and list objects of this bucket`,
    );
  }
}

/** The code alone: a message may quote what was sent. */
function said(status: number, xml: string): string {
  const code = /<Code>([\w.-]{1,100})<\/Code>/.exec(xml)?.[1];
  return `the bucket answered ${status}${code === undefined ? "" : ` (${code})`}`;
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    return key;
  }
}
