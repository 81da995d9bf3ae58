import type { Console } from "./console";
import { printable } from "./console";
import { messageOf } from "./failure";
import { cut, fenced, LONGEST_BODY, marker } from "./github-body";
import { markdownCell } from "./markdown-cell";
import { repositoryApi } from "./preview-pull-request";
import { annotated } from "./preview-record";
import type { PreviewRun } from "./preview-run";
import type { PreviewTarget } from "./preview-target";
import { keepComment } from "./pull-request-comment";
import { redacted } from "./redact";

export const PREVIEW_COMMENT = "preview";

/** What the comment says. */
export type PreviewNews =
  | {
      readonly kind: "ready";
      readonly digest: string;
      /** Unix time. Milliseconds. */
      readonly expiresAt: number;
      readonly readySeconds: number | undefined;
    }
  | { readonly kind: "failed"; readonly digest: string; readonly reason: string }
  | { readonly kind: "removed"; readonly why: string };

/** What became of the comment. */
export type CommentOutcome =
  | { readonly status: "written" | "updated" | "not there" }
  | { readonly status: "failed"; readonly reason: string };

/**
 * Keeps the one comment of a preview on its pull request. It never throws: a comment that can't be written is told apart from what became of the
 * preview.
 */
export async function tellPullRequest(
  run: PreviewRun,
  target: PreviewTarget,
  news: PreviewNews,
  console: Console,
): Promise<CommentOutcome> {
  const { service, pullRequest } = target;
  try {
    const api = repositoryApi(run.fleet, service.name, run.environment);
    if (api === undefined) throw new Error("GH_TOKEN is not set");
    const body = redacted(previewComment(target, news), run.environment);
    // Of a preview that nobody was told of, nobody must be told that it is gone.
    const status = await keepComment(api, pullRequest, body, news.kind !== "removed");
    console.progress(`the comment on pull request ${pullRequest} of ${service.name} is ${status}`);
    return { status };
  } catch (error) {
    const reason = printable(redacted(messageOf(error), run.environment));
    console.progress(`the comment on pull request ${pullRequest} of ${service.name} could not be written: ${reason}`);
    return { status: "failed", reason };
  }
}

/** Says on the pull request that its preview is gone, where the comment of one is. @returns undefined without a token: nothing is asked then */
export async function tellRemoved(
  run: PreviewRun,
  target: PreviewTarget,
  why: string,
  console: Console,
): Promise<CommentOutcome | undefined> {
  return run.environment.GH_TOKEN ? tellPullRequest(run, target, { kind: "removed", why }, console) : undefined;
}

/** The comment; its first line is the marker by which it is found again. */
export function previewComment(target: PreviewTarget, news: PreviewNews): string {
  return `${[marker(PREVIEW_COMMENT), ...lines(target, news)].join("\n")}\n`;
}

function lines(target: PreviewTarget, news: PreviewNews): readonly string[] {
  const { url, imageRepository, previews, namespace, cluster } = target;
  if (news.kind === "removed") return ["## Preview: removed", "", `${markdownCell(news.why)}.`];
  const image = `| image | \`${imageRepository}@${news.digest}\` |`;
  if (news.kind === "ready")
    return [
      "## Preview: ready",
      "",
      "| | |",
      "|---|---|",
      `| address | <${url}> |`,
      image,
      `| expires | ${annotated(news.expiresAt)}, ${previews.ttlHours} hours after its newest deployment |`,
      `| ready after | ${news.readySeconds === undefined ? "not measured" : `${news.readySeconds} s, the first time`} |`,
      "",
      `It sleeps after ${previews.idleMinutes} minutes without use. The next push wakes it, and so does running its newest build again.`,
    ];
  return [
    "## Preview: failed",
    "",
    "| | |",
    "|---|---|",
    `| address | <${url}> |`,
    image,
    "",
    fenced(cut(printable(news.reason), LONGEST_REASON, "\n… cut")),
    "",
    "To see more:",
    "",
    fenced(howToSee(cluster.context, namespace).join("\n")),
  ];
}

const LONGEST_REASON = LONGEST_BODY / 4;

/** Commands that show what a preview does. */
export function howToSee(context: string, namespace: string): readonly string[] {
  const kubectl = `kubectl --context ${context} --namespace ${namespace}`;
  return [
    `${kubectl} get pods,jobs`,
    `${kubectl} get events --sort-by=.lastTimestamp`,
    `${kubectl} logs --all-containers --prefix --selector app.kubernetes.io/name`,
  ];
}
