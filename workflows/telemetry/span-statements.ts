import { ATTRIBUTE } from "../../declaration/worker-series";
import type { MeasuredService } from "./measured-service";

/**
 * Conditions and statements of the collector's filter and transform processors, in OpenTelemetry's transformation language (OTTL).
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/ottl
 */

/** Methods that HTTP knows; a client can send any other word, each of which would be a series of its own. */
const METHODS = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

/** What OpenTelemetry writes for a value outside the known ones. https://opentelemetry.io/docs/specs/semconv/registry/attributes/http/ */
const OTHER = "_OTHER";

/** nginx' number for a request whose client went away; Cloudflare uses it too. https://developers.cloudflare.com/support/troubleshooting/http-status-codes/4xx-client-error/ */
const CLIENT_CLOSED_REQUEST = 499;

/** Outcomes of an invocation that nobody waited for any more. Source: `EventOutcome` in src/workerd/io/outcome.capnp, github.com/cloudflare/workerd. */
const CLIENT_WENT_AWAY = ["canceled", "responseStreamDisconnected"];

const quote = (value: string) => JSON.stringify(value);
const attribute = (name: string) => `span.attributes[${quote(name)}]`;
const handler = attribute("cloudflare.handler_type");
const outcome = attribute("cloudflare.outcome");
const method = attribute(ATTRIBUTE.method);
const status = attribute(ATTRIBUTE.status);
const failure = attribute(ATTRIBUTE.failure);
const service = 'resource.attributes["service.name"]';

/** Spans that are dropped before anything else: those of Workers that aren't the service's. */
export function ofOthers({ stages }: MeasuredService): string {
  return `not (${stages.map(({ worker }) => `${service} == ${quote(worker)}`).join(" or ")})`;
}

/** Spans that are no requests, and the health check's: it answers quickly and often, and would hide how slow the others are. */
export function notRequests({ edge }: MeasuredService): readonly string[] {
  const { healthPath } = edge.worker;
  const url = `^https?://[^/?#]+${healthPath.replaceAll(".", "[.]")}(?:[?#].*)?$`;
  return [
    `${handler} != "fetch"`,
    // Cloudflare's documentation names url.path, the runtime's source url.full.
    `${attribute("url.path")} == ${quote(healthPath)}`,
    `IsMatch(${attribute("url.full")}, ${quote(url)})`,
  ];
}

/** Spans that are no queries of D1. Source: src/cloudflare/internal/d1-api.ts in github.com/cloudflare/workerd. */
export const NOT_QUERIES = [`${attribute("db.system.name")} != "cloudflare-d1"`];

/** Spans inside of an invocation: one invocation is one sign of life. */
export const NOT_INVOCATIONS = [`${handler} == nil`];

/** Writes the stage's labels on its spans. */
export function labelStages({ stages }: MeasuredService): readonly string[] {
  return stages.flatMap(({ worker, labels }) =>
    Object.entries(labels).map(
      ([label, value]) => `set(${attribute(label)}, ${quote(value)}) where ${service} == ${quote(worker)}`,
    ),
  );
}

/**
 * Brings a request's attributes to few values. An invocation that ends without a response (out of CPU or memory, killed) has no status: its
 * client got an error of Cloudflare's, so it counts as one of ours.
 */
export const REQUEST_VALUES = [
  `set(${method}, ${quote(OTHER)}) where not IsMatch(${method}, "^(?:${METHODS.join("|")})$")`,
  `set(${status}, ${CLIENT_CLOSED_REQUEST}) where ${status} == nil and (${CLIENT_WENT_AWAY.map((word) => `${outcome} == ${quote(word)}`).join(" or ")})`,
  `set(${status}, 500) where ${status} == nil`,
];

/** A failed query has the database's message in its attribute: one value for all of them. */
export const QUERY_VALUES = [
  `set(${failure}, ${quote(OTHER)}) where ${failure} != nil or span.status.code == STATUS_CODE_ERROR`,
];
