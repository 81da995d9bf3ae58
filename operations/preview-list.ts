import { previewHost } from "../declaration/cluster-names";
import type { Fleet } from "../declaration/fleet";
import { assertRight } from "../stacks/fleet-problems";
import { type Console, counted, mark, printable, table, wrapped } from "./console";
import { EXIT } from "./failure";
import { annotated } from "./preview-record";
import { type PreviewRunOptions, previewRun } from "./preview-run";
import { type FoundPreview, type Survey, survey } from "./preview-survey";
import { redacted } from "./redact";

export interface PreviewListOptions extends PreviewRunOptions {
  /** @default - of all services */
  readonly service?: string | undefined;
  /** @default false */
  readonly json?: boolean | undefined;
}

/** A pull request's author waits no longer for a preview, in the median. Minutes. */
const READY_WITHIN_MINUTES = 10;

/** `gatehouse preview list`: the previews that are there. Exit code 1 when a cluster could not be seen, else 0. */
export async function previewList(fleet: Fleet, options: PreviewListOptions, console: Console): Promise<number> {
  assertRight(fleet);
  const run = previewRun(fleet, options);
  const found = await survey(run, options.service);
  const median = medianOf(found.previews.map(({ record }) => record.readySeconds).filter((each) => each !== undefined));
  if (options.json === true) console.print(JSON.stringify(asJson(found, median), undefined, 2));
  else print(found, median, run.clock.now(), console);
  for (const { cluster, reason } of found.unseen)
    console.progress(
      `${mark.failed} could not see the cluster "${cluster}": ${printable(redacted(reason, run.environment))}`,
    );
  return found.unseen.length > 0 ? EXIT.failed : EXIT.fine;
}

/** The middle one, or the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

function asJson({ previews, leftAlone, unseen }: Survey, median: number | undefined) {
  return {
    previews: previews.map((found) => ({
      service: found.record.declared.service.name,
      pullRequest: found.record.pullRequest,
      cluster: found.record.declared.clusterName,
      namespace: found.record.namespace,
      url: urlOf(found),
      createdAt: annotated(found.record.createdAt),
      expiresAt: annotated(found.record.expiresAt),
      usedAt: annotated(found.record.usedAt),
      asleep: found.asleep ?? null,
      readySeconds: found.record.readySeconds ?? null,
    })),
    medianReadySeconds: median ?? null,
    leftAlone,
    unseen,
  };
}

function print(
  { previews, leftAlone, unseen }: Survey,
  median: number | undefined,
  now: number,
  console: Console,
): void {
  if (previews.length > 0) {
    const rows = previews.map((found) => [
      found.record.declared.service.name,
      String(found.record.pullRequest),
      urlOf(found),
      lasting(now - found.record.createdAt),
      found.record.expiresAt <= now ? "past due" : lasting(found.record.expiresAt - now),
      found.asleep === undefined ? "made in part" : found.asleep ? "asleep" : "awake",
      found.record.readySeconds === undefined ? "never yet" : `${found.record.readySeconds} s`,
    ]);
    console.print(table(["service", "pull request", "address", "age", "expires in", "state", "ready after"], rows));
  }
  console.print(counted(previews.length, "preview") + (unseen.length > 0 ? ", as far as clusters could be seen" : ""));
  if (median !== undefined) {
    const within = median < READY_WITHIN_MINUTES * 60;
    console.print(
      `${within ? mark.ok : mark.drift} median time until ready: ${median} s (${within ? "under" : "not under"} ${READY_WITHIN_MINUTES} minutes)`,
    );
  }
  printLeftAlone(leftAlone, console);
}

export function printLeftAlone(leftAlone: Survey["leftAlone"], console: Console): void {
  for (const { cluster, namespace, reason } of leftAlone)
    console.print(wrapped(printable(`${mark.skipped} ${namespace} in ${cluster} is left alone: ${reason}`), 140));
}

function urlOf({ record }: FoundPreview): string {
  return `https://${previewHost(record.declared.previews, record.pullRequest)}/`;
}

const MINUTE = 60_000;

/** `3 d 4 h`, `4 h 5 min`, `5 min`. */
function lasting(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return `${days} d ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
