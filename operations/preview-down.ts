import type { Fleet } from "../declaration/fleet";
import { assertRight } from "../stacks/fleet-problems";
import { type Console, mark, printable } from "./console";
import { EXIT } from "./failure";
import { tellRemoved } from "./preview-comment";
import { pullRequestNumber } from "./preview-number";
import { removePreview } from "./preview-removal";
import { type PreviewRunOptions, previewRun } from "./preview-run";
import { declaredPreviews, previewTarget } from "./preview-target";
import { redacted } from "./redact";

export interface PreviewDownOptions extends PreviewRunOptions {
  readonly service: string;
  /** As it was written. */
  readonly pr: string;
  /** @default false */
  readonly json?: boolean | undefined;
}

/**
 * `gatehouse preview down --service S --pr N`: removes a preview, or what is left of it. Exit code 0 when nothing of it is there any more, also
 * when nothing was; 1 when something is left, or could not be seen. Where `GH_TOKEN` is
 * set, the comment on the pull request says it too, if there is one.
 */
export async function previewDown(fleet: Fleet, options: PreviewDownOptions, console: Console): Promise<number> {
  const pullRequest = pullRequestNumber(options.pr);
  assertRight(fleet);
  const run = previewRun(fleet, options);
  const target = previewTarget(fleet, declaredPreviews(fleet, options.service), pullRequest);
  const { service, namespace } = target;
  console.progress(`removing the preview of pull request ${pullRequest} of ${service.name} …`);
  const { status, notes } = await removePreview(run, target);
  for (const note of notes) console.progress(printable(redacted(note, run.environment)));
  const comment = await tellRemoved(run, target, "by gatehouse preview down", console);
  if (options.json === true)
    console.print(
      JSON.stringify({ service: service.name, pullRequest, namespace, status, notes, comment }, undefined, 2),
    );
  else
    console.print(
      status === "removed"
        ? `${mark.ok} the preview of pull request ${pullRequest} of ${service.name} is removed (${namespace})`
        : `${mark.skipped} nothing is left of a preview of pull request ${pullRequest} of ${service.name} (${namespace})`,
    );
  return EXIT.fine;
}
