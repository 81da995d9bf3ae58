/**
 * Spans as Cloudflare exports them, in OTLP's JSON. Attributes and their places are those of its documentation and of the runtime's source:
 * https://developers.cloudflare.com/workers/observability/traces/spans-and-attributes/,
 * src/workerd/io/invocation-span.c++ and src/cloudflare/internal/d1-api.ts in github.com/cloudflare/workerd.
 */
export interface WorkerSpan {
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly milliseconds: number;
  /** OTLP's `STATUS_CODE_ERROR`. @default false */
  readonly failed?: boolean;
}

type Request = {
  readonly method: string;
  readonly milliseconds: number;
  readonly path?: string;
  /** @default - the invocation ended without a response */
  readonly status?: number;
  /** @default "ok" */
  readonly outcome?: string;
};

/** The span of an invocation by a request. */
export function request({ method, milliseconds, path = "/orders", status, outcome = "ok" }: Request): WorkerSpan {
  return {
    milliseconds,
    attributes: {
      "cloudflare.handler_type": "fetch",
      "cloudflare.outcome": outcome,
      "faas.trigger": "http",
      "faas.invocation_id": `${method}${milliseconds}`,
      "http.request.method": method,
      "url.full": `https://pos.example.com${path}`,
      ...(status === undefined ? {} : { "http.response.status_code": status }),
    },
  };
}

/** The span of a query. */
export function query(operation: string, milliseconds: number, error?: string): WorkerSpan {
  return {
    milliseconds,
    attributes: {
      "db.system.name": "cloudflare-d1",
      "db.operation.name": operation,
      "db.query.text": "SELECT 1",
      "cloudflare.binding.type": "D1",
      ...(error === undefined ? {} : { "error.type": error }),
    },
  };
}

/** What one place of Cloudflare's network exports of one version of a Worker. */
export interface Export {
  readonly worker: string;
  readonly version: string;
  readonly colo: string;
  readonly spans: readonly WorkerSpan[];
}

/** The body of a request to `/v1/traces`. */
export function otlp(exports: readonly Export[]): string {
  let last = 0;
  const id = (length: number) => (++last).toString(16).padStart(length, "0");
  const start = 1_790_773_392_219_000_000n;
  return JSON.stringify({
    resourceSpans: exports.map(({ worker, version, colo, spans }) => ({
      resource: {
        attributes: pairs({
          "service.name": worker,
          "faas.version": version,
          "cloudflare.colo": colo,
          "cloudflare.script_name": worker,
        }),
      },
      scopeSpans: [
        {
          scope: { name: "workers-observability" },
          spans: spans.map(({ attributes, milliseconds, failed = false }) => ({
            traceId: id(32),
            spanId: id(16),
            name: attributes["http.request.method"] ?? `d1_${attributes["db.operation.name"]}`,
            kind: "http.request.method" in attributes ? 2 : 3,
            startTimeUnixNano: String(start),
            endTimeUnixNano: String(start + BigInt(milliseconds) * 1_000_000n),
            attributes: pairs(attributes),
            ...(failed ? { status: { code: 2 } } : {}),
          })),
        },
      ],
    })),
  });
}

function pairs(attributes: Readonly<Record<string, string | number>>) {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
  }));
}
