import type { PullRequestState } from "./preview-pull-request";
import { annotated, type PreviewRecord } from "./preview-record";

/** What is to become of a preview, and why. */
export interface PreviewVerdict {
  readonly action: "remove" | "sleep" | "keep";
  readonly reason: string;
}

export interface VerdictInputs {
  /** Unix time. Milliseconds. */
  readonly now: number;
  /** Undefined when GitHub did not say: then its expiry decides alone. */
  readonly pullRequest: PullRequestState | undefined;
  /** No pods are asked for. */
  readonly asleep: boolean;
}

const MILLISECONDS_A_MINUTE = 60_000;

/** Whether a preview must go, may sleep if nobody uses it, or stays. */
export function previewVerdict(record: PreviewRecord, { now, pullRequest, asleep }: VerdictInputs): PreviewVerdict {
  const { expiresAt, usedAt, declared } = record;
  if (expiresAt <= now) return { action: "remove", reason: `it expired at ${annotated(expiresAt)}` };
  if (pullRequest === "closed" || pullRequest === "merged")
    return { action: "remove", reason: `pull request ${record.pullRequest} is ${pullRequest}` };
  const until = `it lives until ${annotated(expiresAt)}`;
  if (asleep) return { action: "keep", reason: `it sleeps; ${until}` };
  const { idleMinutes } = declared.previews;
  if (now - usedAt < idleMinutes * MILLISECONDS_A_MINUTE)
    return { action: "keep", reason: `it was used at ${annotated(usedAt)}; ${until}` };
  return { action: "sleep", reason: `it was not deployed or woken for ${idleMinutes} minutes` };
}
