import { DELIVERY_TYPE } from "../declaration/conventional-commits";
import { blobId, MANIFEST } from "../workflows/manifest";
import type { FileDifference } from "./delivery-diff";
import type { Look } from "./delivery-look";
import { filesMarkdown } from "./delivery-report";
import { LONGEST_BODY, marker } from "./github-body";

/** Title of the pull request and of its commit: squashed, it is a Conventional Commit too. */
export const DELIVERY_TITLE = `${DELIVERY_TYPE}: files from Gatehouse`;

const MARKER = "files";
/** In place of a digest: Gatehouse closed the pull request itself, because nothing was left to deliver. */
const WITHDRAWN = "withdrawn";

type Environment = Readonly<Record<string, string | undefined>>;

/** The line that says which differences a body is about; a digest in it makes the same body for the same differences. */
function markOf(digest: string): string {
  return marker(`${MARKER} ${digest}`);
}

export function bodyIsAbout(body: string | null | undefined, digest: string): boolean {
  return body?.startsWith(markOf(digest)) === true;
}

export function wasWithdrawn(body: string | null | undefined): boolean {
  return bodyIsAbout(body, WITHDRAWN);
}

/** What the pull request does and why, with a table of all files and the diffs of those that people will ask about. */
export function deliveryBody(
  service: string,
  { rendered, comparison, tip }: Pick<Look, "rendered" | "comparison" | "tip">,
  files: readonly FileDifference[],
  environment: Environment,
): string {
  const byHand = files.filter(({ relation }) => relation === "edited" || relation === "left");
  const manifest = rendered.find(({ path }) => path === MANIFEST)?.content ?? "";
  const head = [
    markOf(comparison.digest),
    "Workflows, scripts, runbooks and other files of this repository follow from a declaration: " +
      `\`services/${service}.ts\` in Gatehouse's repository${declaredAt(environment)}. What it renders differs from \`${tip.branch}\`; ` +
      "this brings it here, under the same review as any change. Files that Gatehouse did not make are not touched.",
    "",
    "To change one of these files, change the declaration: what is edited here is replaced by the next delivery, and the check of generated files refuses it.",
    "To turn a delivery down, close this pull request: no other one is opened until somebody asks for it " +
      `(\`npx gatehouse files ${service} --pull-request --reopen\`).`,
    "",
    ...(byHand.length === 0
      ? []
      : [
          "> [!WARNING]",
          `> Edited by hand since they were delivered: ${byHand.map(({ path }) => `\`${path}\``).join(", ")}. Both sides are shown below; what is worth keeping belongs into the declaration.`,
          "",
        ]),
    "",
  ].join("\n");
  const foot = `\n\nThe manifest \`${MANIFEST}\` is ${blobId(manifest).slice(0, 12)}; made at ${tip.branch} ${tip.commit.slice(0, 12)}.\n`;
  return `${head}${filesMarkdown(files, LONGEST_BODY - head.length - foot.length)}${foot}`;
}

export function withdrawnBody(branch: string): string {
  return `${markOf(WITHDRAWN)}\nNothing is left to deliver: \`${branch}\` has all files as they are rendered. Gatehouse closed this pull request.\n`;
}

/** In a workflow, the commit of the declaration. */
function declaredAt({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA }: Environment): string {
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !/^[0-9a-f]{40}$/.test(GITHUB_SHA ?? "")) return "";
  const short = GITHUB_SHA?.slice(0, 12);
  return ` at [${short}](${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/commit/${GITHUB_SHA})`;
}
