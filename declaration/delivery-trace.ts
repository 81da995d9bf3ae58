import { createHash } from "node:crypto";
import type { Organization } from "./organization";
import type { Service } from "./service";

/**
 * Attributes by which the runs that deliver a change, and the versions that come of it, are found from one another.
 * https://opentelemetry.io/docs/specs/semconv/registry/attributes/cicd/ and …/vcs/; for a change's trace there is no convention.
 */
export const DELIVERY = {
  /** Number of the pull request. */
  change: "vcs.change.id",
  /** The commit. */
  revision: "vcs.ref.head.revision",
  run: "cicd.pipeline.run.id",
  runUrl: "cicd.pipeline.run.url.full",
  /** The trace of the change: 32 hexadecimal digits. */
  traceId: "gatehouse.delivery.trace_id",
  /** The job that deployed the version, in the trace of its change, as W3C writes it: https://www.w3.org/TR/trace-context/#traceparent-header */
  traceparent: "gatehouse.delivery.traceparent",
} as const;

/** What is delivered: a pull request by its number, or a commit that came by none. */
export type Change = { readonly pullRequest: number } | { readonly commit: string };

/** The name of a service's repository, `owner/name`. */
export function repositoryName({ name }: Pick<Service, "name">, { github }: Pick<Organization, "github">): string {
  return `${github.login}/${name}`;
}

/**
 * The trace of a change, from what everybody knows of it: no run must hand it to another. The scripts of a service's repository compute the same;
 * `workflows/trace/trace-functions.ts`.
 */
export function deliveryTraceId(repository: string, change: Change): string {
  const what = "pullRequest" in change ? `pull/${change.pullRequest}` : `commit/${change.commit}`;
  return createHash("sha256").update(`${repository} ${what}`).digest("hex").slice(0, 32);
}
