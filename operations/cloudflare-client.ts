import { z } from "zod";
import { printable } from "./console";
import { Failure } from "./failure";
import { jsonOf } from "./json-of";
import { limitedBody } from "./limited-body";
import { redacted } from "./redact";
import { whyNoAnswer } from "./why-no-answer";

export interface CloudflareClientProps {
  /** With `CLOUDFLARE_API_TOKEN` and, elsewhere than at Cloudflare, `CLOUDFLARE_BASE_URL`: as Terraform's provider reads them. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

export interface CloudflareRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** From `/` on, its parts encoded. */
  readonly path: string;
  readonly body?: unknown;
  /** In whose name it is asked. @default - that of CLOUDFLARE_API_TOKEN */
  readonly token?: string;
}

export interface CloudflareAnswer {
  readonly status: number;
  readonly result: unknown;
  /** Undefined where the answer is no page of a list. */
  readonly totalPages: number | undefined;
  /** What was wrong, in Cloudflare's words and without tokens; empty when nothing was. */
  readonly said: string;
}

const HOME = "https://api.cloudflare.com/client/v4";
const TIMEOUT_MILLISECONDS = 30_000;
const LONGEST_SAID = 300;

/** https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/ */
const Envelope = z.object({
  success: z.boolean(),
  result: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string() })).nullish(),
  result_info: z.object({ total_pages: z.number().optional() }).nullish(),
});

/** Speaks to Cloudflare's REST API. Each request is made once: what is done twice by mistake would be a second token. */
export class CloudflareClient {
  private readonly token: string;
  private readonly url: string;

  /** @throws Failure without a token */
  constructor(private readonly props: CloudflareClientProps) {
    const { CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_BASE_URL: url } = props.environment;
    if (!token)
      throw new Failure(
        "CLOUDFLARE_API_TOKEN is not set\nset it to a token that may make others: one of the account, with the permission Account API Tokens Write",
      );
    this.token = token;
    this.url = (url || HOME).replace(/\/+$/, "");
  }

  /** @throws Failure when there is no answer, or one that Cloudflare doesn't give; it quotes nothing that could hold a new token */
  async send({ method, path, body, token = this.token }: CloudflareRequest): Promise<CloudflareAnswer> {
    const { signal } = this.props;
    const asked = `${method} ${path}`;
    const timeout = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    let status: number;
    let text: string;
    try {
      const response = await fetch(`${this.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          "user-agent": "gatehouse",
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        // The token goes to no other address than the one that is configured.
        redirect: "manual",
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      status = response.status;
      text = String(await limitedBody(response));
    } catch (error) {
      signal?.throwIfAborted();
      throw new Failure(`no answer of Cloudflare's to ${asked}: ${this.clean(whyNoAnswer(error), token)}`);
    }
    const { data } = Envelope.safeParse(jsonOf(text));
    if (data === undefined) throw new Failure(`Cloudflare's answer to ${asked}, ${status}, is none that it documents`);
    const fine = data.success && status >= 200 && status < 300;
    const said = fine ? "" : (data.errors ?? []).map(({ message }) => message).join("; ") || "it doesn't say why";
    return { status, result: data.result, totalPages: data.result_info?.total_pages, said: this.clean(said, token) };
  }

  private clean(text: string, token: string): string {
    return printable(redacted(text, { CLOUDFLARE_API_TOKEN: this.token, OTHER_TOKEN: token }))
      .replace(/\s+/g, " ")
      .slice(0, LONGEST_SAID);
  }
}
