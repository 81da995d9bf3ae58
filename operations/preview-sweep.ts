import pLimit from "p-limit";
import type { Fleet } from "../declaration/fleet";
import { assertRight } from "../stacks/fleet-problems";
import { type Console, counted, mark, printable } from "./console";
import { EXIT, messageOf } from "./failure";
import { tellRemoved } from "./preview-comment";
import { previewUse } from "./preview-idle";
import { printLeftAlone } from "./preview-list";
import { type PullRequestState, pullRequestState, repositoryApi } from "./preview-pull-request";
import { annotated, readPreview } from "./preview-record";
import { removePreview } from "./preview-removal";
import { type PreviewRun, type PreviewRunOptions, previewRun } from "./preview-run";
import { type FoundPreview, type Survey, survey } from "./preview-survey";
import { previewTarget } from "./preview-target";
import { type PreviewVerdict, previewVerdict } from "./preview-verdict";
import { PrometheusApi } from "./prometheus-api";
import { prometheusConnection } from "./prometheus-connection";
import { redacted } from "./redact";

export interface PreviewSweepOptions extends PreviewRunOptions {
  /** @default - of all services */
  readonly service?: string | undefined;
  /** Say what is due, and touch nothing. @default false */
  readonly dryRun?: boolean | undefined;
  /** @default false */
  readonly json?: boolean | undefined;
}

/** What became of one preview. */
interface Swept {
  readonly service: string;
  readonly pullRequest: number;
  readonly cluster: string;
  readonly namespace: string;
  readonly outcome: "removed" | "put to sleep" | "kept" | "failed" | "to be removed" | "to be put to sleep";
  readonly reason: string;
  /** What could not be found out, or went otherwise than usual. */
  readonly notes: readonly string[];
  /** A source that was to be asked did not answer. */
  readonly unseen: boolean;
}

/** Each removal runs Terraform. */
const AT_A_TIME = 4;

/**
 * `gatehouse preview sweep`: removes previews that have expired or whose pull request is closed, and puts to sleep those that nobody uses. Only
 * what is a preview of Gatehouse's by all its marks is touched. One failure hides no other.
 *
 * Exit code 0: nothing is due any more. 1: something could not be removed, or a cluster, GitHub or Prometheus not asked. 2: a dry run found
 * something due, or a namespace passes for a preview and can't be judged: a person must look at it.
 */
export async function previewSweep(fleet: Fleet, options: PreviewSweepOptions, console: Console): Promise<number> {
  assertRight(fleet);
  const run = previewRun(fleet, options);
  const found = await survey(run, options.service);
  if (!run.environment.GH_TOKEN && found.previews.length > 0)
    console.progress("GH_TOKEN is not set: closed pull requests are not known; expiry alone decides");
  const prometheus = run.environment.PROMETHEUS_URL
    ? new PrometheusApi({ connection: prometheusConnection(run.environment), clock: run.clock })
    : undefined;
  const limit = pLimit(AT_A_TIME);
  const swept = await Promise.all(
    found.previews.map((preview) =>
      limit(async () => {
        const one = await sweepOne({ run, prometheus, dryRun: options.dryRun === true, console }, preview);
        say(one, console);
        return one;
      }),
    ),
  );
  run.signal?.throwIfAborted();
  const clean = (text: string) => printable(redacted(text, run.environment));
  for (const { cluster, reason } of found.unseen)
    console.progress(`${mark.failed} could not see the cluster "${cluster}": ${clean(reason)}`);
  if (options.json === true)
    console.print(
      JSON.stringify(
        { dryRun: options.dryRun === true, previews: swept, leftAlone: found.leftAlone, unseen: found.unseen },
        undefined,
        2,
      ),
    );
  else summarize(swept, found, console);
  return exitCode(swept, found);
}

interface Sweep {
  readonly run: PreviewRun;
  readonly prometheus: PrometheusApi | undefined;
  readonly dryRun: boolean;
  readonly console: Console;
}

/** Never throws: what goes wrong with one preview is its outcome. */
async function sweepOne(sweep: Sweep, preview: FoundPreview): Promise<Swept> {
  const { run } = sweep;
  const { record } = preview;
  const notes: string[] = [];
  const clean = (text: string) => printable(redacted(text, run.environment));
  const same = {
    service: record.declared.service.name,
    pullRequest: record.pullRequest,
    cluster: record.declared.clusterName,
    namespace: record.namespace,
    notes,
  };
  let unseen = false;
  try {
    run.signal?.throwIfAborted();
    let pullRequest: PullRequestState | undefined;
    try {
      const api = repositoryApi(run.fleet, same.service, run.environment);
      pullRequest = api && (await pullRequestState(api, record));
    } catch (error) {
      unseen = true;
      notes.push(`GitHub could not be asked, so expiry alone decides: ${clean(messageOf(error))}`);
    }
    const now = run.clock.now();
    const verdict = previewVerdict(record, { now, pullRequest, asleep: preview.asleep === true });
    if (verdict.action === "keep") return { ...same, outcome: "kept", reason: verdict.reason, unseen };
    if (verdict.action === "remove") return { ...same, ...(await remove(sweep, preview, verdict, notes)), unseen };
    const idle = await looked(sweep, preview, verdict);
    return { ...same, ...(await putToSleep(sweep, preview, idle)), unseen: unseen || idle.unseen };
  } catch (error) {
    const reason = run.signal?.aborted === true ? "interrupted" : clean(messageOf(error));
    return { ...same, outcome: "failed", reason, unseen };
  }
}

type Outcome = Pick<Swept, "outcome" | "reason">;

async function remove(
  { run, dryRun, console }: Sweep,
  { record }: FoundPreview,
  { reason }: PreviewVerdict,
  notes: string[],
): Promise<Outcome> {
  if (dryRun) return { outcome: "to be removed", reason };
  const target = previewTarget(run.fleet, record.declared, record.pullRequest);
  const removal = await removePreview(run, target, (namespace) => {
    const newest = readPreview(namespace, [target]);
    if ("reason" in newest) return newest.reason;
    // Somebody may have deployed it since it was looked at.
    return newest.expiresAt === record.expiresAt && newest.uid === record.uid
      ? undefined
      : `it was deployed again just now, and lives until ${annotated(newest.expiresAt)}`;
  });
  notes.push(...removal.notes.map((note) => printable(redacted(note, run.environment))));
  if (removal.status === "kept") return { outcome: "kept", reason: removal.reason ?? "" };
  await tellRemoved(run, target, reason, console);
  return { outcome: "removed", reason };
}

interface Idle {
  readonly idle: boolean;
  readonly reason: string;
  readonly unseen: boolean;
}

/** Whether a preview that was not deployed for long is used all the same. Where no metric can tell, its deployments decide. */
async function looked({ run, prometheus }: Sweep, { record }: FoundPreview, verdict: PreviewVerdict): Promise<Idle> {
  const { idleMinutes } = record.declared.previews;
  const unseen = false;
  if (prometheus === undefined)
    return {
      idle: true,
      reason: `${verdict.reason}; PROMETHEUS_URL is not set, so its requests are not known`,
      unseen,
    };
  try {
    const use = await previewUse(prometheus, record, run.clock.now(), run.signal);
    if (use.kind === "untold")
      return { idle: true, reason: `${verdict.reason}; its requests are not known: ${use.reason}`, unseen };
    if (use.kind === "unused") return { idle: true, reason: `no request came in ${idleMinutes} minutes`, unseen };
    return { idle: false, reason: `${Math.ceil(use.requests)} requests came in ${idleMinutes} minutes`, unseen };
  } catch (error) {
    run.signal?.throwIfAborted();
    return { idle: false, reason: `its requests could not be seen: ${messageOf(error)}`, unseen: true };
  }
}

async function putToSleep({ run, dryRun }: Sweep, preview: FoundPreview, { idle, reason }: Idle): Promise<Outcome> {
  if (!idle) return { outcome: "kept", reason: printable(redacted(reason, run.environment)) };
  if (preview.asleep === undefined) return { outcome: "kept", reason: "nothing runs in it that could sleep" };
  if (dryRun) return { outcome: "to be put to sleep", reason };
  const { workload, namespace } = previewTarget(run.fleet, preview.record.declared, preview.record.pullRequest);
  await preview.cluster.scale(workload, namespace, 0);
  return { outcome: "put to sleep", reason };
}

function say({ service, pullRequest, outcome, reason, notes }: Swept, console: Console): void {
  const sign = outcome === "failed" ? mark.failed : outcome === "kept" ? mark.skipped : mark.ok;
  console.progress(`${sign} ${service} ${pullRequest}: ${outcome}: ${reason}`);
  for (const note of notes) console.progress(`  ${note}`);
}

function summarize(swept: readonly Swept[], { leftAlone }: Survey, console: Console): void {
  printLeftAlone(leftAlone, console);
  const counts = [...new Set(swept.map(({ outcome }) => outcome))].map(
    (outcome) => `${swept.filter((one) => one.outcome === outcome).length} ${outcome}`,
  );
  console.print([counted(swept.length, "preview"), ...counts].join(", "));
}

function exitCode(swept: readonly Swept[], { leftAlone, unseen }: Survey): number {
  if (unseen.length > 0 || swept.some((one) => one.outcome === "failed" || one.unseen)) return EXIT.failed;
  const due = swept.some(({ outcome }) => outcome === "to be removed" || outcome === "to be put to sleep");
  return due || leftAlone.some(({ odd }) => odd) ? EXIT.found : EXIT.fine;
}
