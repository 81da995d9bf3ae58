import { KUBERNETES } from "../declaration/cluster-names";
import type { Fleet } from "../declaration/fleet";
import { assertRight } from "../stacks/fleet-problems";
import { type ClusterApi, ClusterProblem } from "./cluster-api";
import { type Console, mark, printable, seconds } from "./console";
import { EXIT, Failure, messageOf } from "./failure";
import { type CommentOutcome, howToSee, tellPullRequest } from "./preview-comment";
import { entranceOf, untilHealthy } from "./preview-health";
import { previewDigest } from "./preview-image";
import { pullRequestNumber } from "./preview-number";
import { annotated, readPreview } from "./preview-record";
import { ofTarget } from "./preview-removal";
import { type PreviewRun, type PreviewRunOptions, previewRun } from "./preview-run";
import { declaredPreviews, type PreviewTarget, previewTarget, refuseTooEarly } from "./preview-target";
import { redacted } from "./redact";
import { StackError } from "./stack-run";

export interface PreviewUpOptions extends PreviewRunOptions {
  readonly service: string;
  /** As it was written. */
  readonly pr: string;
  /** `<repository>@sha256:…`. @default - by `digest` */
  readonly image?: string | undefined;
  /** `sha256:…`. @default - the one that the service declares */
  readonly digest?: string | undefined;
  /** Where to ask for its health in place of its own address. @default - `GATEHOUSE_PREVIEW_HEALTH_URL`, else its address */
  readonly healthUrl?: string | undefined;
  /** Say it on the pull request too. @default false */
  readonly comment?: boolean | undefined;
  /** @default false */
  readonly json?: boolean | undefined;
}

/** A preview that is to be, and what its namespace says already. Times: Unix, milliseconds. */
interface Wanted {
  readonly target: PreviewTarget;
  readonly cluster: ClusterApi;
  readonly digest: string;
  readonly entrance: URL | undefined;
  readonly exists: boolean;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly startedAt: number;
  readonly readySeconds: number | undefined;
}

interface UpReport {
  readonly service: string;
  readonly pullRequest: number;
  readonly namespace: string;
  readonly url: string;
  readonly image: string;
  readonly status: "ready" | "failed";
  readonly reason?: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Of this run. */
  readonly seconds: number;
  /** From the beginning of the first deployment until it was healthy; null until it was. */
  readonly readySeconds: number | null;
  readonly comment?: CommentOutcome | undefined;
}

/**
 * `gatehouse preview up --service S --pr N`: makes the preview of a pull request, or brings it up to date and wakes it, and waits until it is
 * healthy. Exit code 0 when it is, else 1.
 */
export async function previewUp(fleet: Fleet, options: PreviewUpOptions, console: Console): Promise<number> {
  const pullRequest = pullRequestNumber(options.pr);
  assertRight(fleet);
  const declared = declaredPreviews(fleet, options.service);
  refuseTooEarly(declared);
  const run = previewRun(fleet, options);
  const target = previewTarget(fleet, declared, pullRequest);
  const digest = previewDigest(options, target.imageRepository, declared.service.cluster?.image.digest ?? "");
  const entrance = entranceOf(options.healthUrl ?? run.environment.GATEHOUSE_PREVIEW_HEALTH_URL);
  const wanted = await look(run, target, { digest, entrance }).catch(async (error) => {
    if (options.comment === true && error instanceof Failure)
      await tellPullRequest(run, target, { kind: "failed", digest, reason: error.message }, console);
    throw error;
  });
  let readySeconds: number | undefined;
  let reason: string | undefined;
  try {
    readySeconds = await deployed(run, wanted, console);
  } catch (error) {
    run.signal?.throwIfAborted();
    if (!(error instanceof Failure || error instanceof StackError)) throw error;
    reason = printable(redacted(messageOf(error), run.environment));
  }
  const { createdAt, expiresAt, startedAt } = wanted;
  const news =
    reason === undefined
      ? ({ kind: "ready", digest, expiresAt, readySeconds } as const)
      : ({ kind: "failed", digest, reason } as const);
  const report: UpReport = {
    service: target.service.name,
    pullRequest,
    namespace: target.namespace,
    url: target.url,
    image: `${target.imageRepository}@${digest}`,
    status: news.kind,
    ...(reason !== undefined && { reason }),
    createdAt: annotated(createdAt),
    expiresAt: annotated(expiresAt),
    seconds: Math.round((run.clock.now() - startedAt) / 1000),
    readySeconds: readySeconds ?? null,
    comment: options.comment === true ? await tellPullRequest(run, target, news, console) : undefined,
  };
  if (options.json === true) console.print(JSON.stringify(report, undefined, 2));
  else print(report, target, console);
  return report.status === "ready" ? EXIT.fine : EXIT.failed;
}

/** What is there already. @throws Failure when it is somebody else's, or going, or can't be seen */
async function look(
  run: PreviewRun,
  target: PreviewTarget,
  asked: Pick<Wanted, "digest" | "entrance">,
): Promise<Wanted> {
  const { service, previews } = target;
  const cluster = run.clusterOf(target.cluster);
  const startedAt = run.clock.now();
  const expiresAt = startedAt + previews.ttlHours * MILLISECONDS_AN_HOUR;
  const found = await cluster.find("namespace", target.namespace);
  const wanted = { ...asked, target, cluster, startedAt, expiresAt };
  if (found === undefined) return { ...wanted, exists: false, createdAt: startedAt, readySeconds: undefined };
  if (ofTarget(found, target).deleting)
    throw new Failure(`the namespace ${target.namespace} is being deleted\ntry again when it is gone`);
  const record = readPreview(found, [target]);
  if ("reason" in record)
    throw new Failure(
      `the namespace ${target.namespace}: ${record.reason}\nsomebody changed it by hand; remove it, and make it again: npx gatehouse preview down --service ${service.name} --pr ${target.pullRequest}`,
    );
  const { createdAt, readySeconds } = record;
  return { ...wanted, exists: true, createdAt, readySeconds };
}

const MILLISECONDS_AN_HOUR = 3_600_000;

/** Deploys, wakes and waits. @returns after how many seconds the preview was ready the first time */
async function deployed(run: PreviewRun, wanted: Wanted, console: Console): Promise<number> {
  const { target, cluster, createdAt, exists } = wanted;
  const { namespace, service } = target;
  console.progress(`deploying the preview of pull request ${target.pullRequest} of ${service.name} …`);
  const changes = await run.stacks.deploy(target, wanted, !exists);
  const sinceStart = () => seconds(run.clock.now() - wanted.startedAt);
  console.progress(`${mark.ok} ${changes.length} changes deployed (${sinceStart()})`);
  await wake(target, cluster, console);
  await cluster.annotateNamespace(namespace, { [KUBERNETES.usedAt]: annotated(run.clock.now()) });
  await untilHealthy({
    host: target.host,
    path: service.cluster?.container.readiness.path ?? "/",
    entrance: wanted.entrance,
    ...target.previews.health,
    clock: run.clock,
    signal: run.signal,
    failed: (attempt, reason) => console.progress(`not healthy yet (try ${attempt}): ${reason}`),
  });
  console.progress(`${mark.ok} healthy (${sinceStart()})`);
  if (wanted.readySeconds !== undefined) return wanted.readySeconds;
  const readySeconds = Math.max(1, Math.round((run.clock.now() - createdAt) / 1000));
  await cluster.annotateNamespace(namespace, { [KUBERNETES.readySeconds]: String(readySeconds) });
  return readySeconds;
}

/** A preview sleeps by the number of its pods alone, which Terraform doesn't see: so it wakes by it too. */
async function wake(target: PreviewTarget, cluster: ClusterApi, console: Console): Promise<void> {
  const { namespace, workload } = target;
  const deployment = await cluster.find("deployment", workload, namespace);
  if (deployment === undefined)
    throw new ClusterProblem(
      "not found",
      `the Deployment ${workload} is not in the namespace ${namespace}, although the stack is deployed: somebody removed it\nremove the preview, and make it again: npx gatehouse preview down --service ${target.service.name} --pr ${target.pullRequest}`,
    );
  if (deployment.spec?.replicas !== 0) return;
  await cluster.scale(workload, namespace, 1);
  console.progress(`${mark.ok} it slept, and is woken`);
}

function print(report: UpReport, { cluster, namespace, previews }: PreviewTarget, console: Console): void {
  const of = `the preview of pull request ${report.pullRequest} of ${report.service}`;
  if (report.status === "ready") {
    console.print(`${mark.ok} ${of} is ready: ${report.url}`);
    console.print(`  image    ${report.image}`);
    console.print(`  expires  ${report.expiresAt} (${previews.ttlHours} h after its newest deployment)`);
    console.print(
      `  ready    ${report.readySeconds} s after it was asked for the first time; this run took ${report.seconds} s`,
    );
    return;
  }
  console.print(`${mark.failed} ${of} is not ready (${report.url})`);
  console.print(report.reason ?? "");
  console.print("to see more:");
  for (const command of howToSee(cluster.context, namespace)) console.print(`  ${command}`);
}
