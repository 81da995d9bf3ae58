import { keptFile } from "../workflows/manifest";
import { DELIVERY_TITLE } from "./delivery-body";
import { DELIVERY_BRANCH } from "./delivery-branch";
import type { FileComparison } from "./delivery-comparison";
import type { Look } from "./delivery-look";
import type { GithubApi } from "./github-api";

/** An entry of a tree to be made. `sha` null removes the path. https://docs.github.com/rest/git/trees#create-a-tree */
type NewEntry = { readonly path: string; readonly mode: string; readonly type: "blob" } & (
  | { readonly content: string }
  | { readonly sha: string | null }
);

/** Contents go with the tree as long as they are small together; a larger one goes alone, so that no request is too large. Bytes. */
const LARGEST_INLINE = 256 * 1024;
const MOST_INLINE = 2 * 1024 * 1024;

/** Makes the one commit of a delivery on top of the default branch. Made twice, it does no harm: nothing refers to it yet. */
export async function deliveryCommit({ repository, tip, comparison }: Look): Promise<string> {
  const { api } = repository;
  const tree: NewEntry[] = [];
  let inline = 0;
  for (const file of comparison.files) {
    const entry = await newEntry(api, file, MOST_INLINE - inline);
    if (entry === undefined) continue;
    if ("content" in entry) inline += Buffer.byteLength(entry.content);
    tree.push(entry);
  }
  const made = await created(api, "/git/trees", { base_tree: tip.tree, tree });
  return created(api, "/git/commits", { message: DELIVERY_TITLE, tree: made, parents: [tip.commit] });
}

/** Has the branch point at a commit. Only to be called when nothing on it is anyone else's. */
export async function pointBranch(api: GithubApi, commit: string, exists: boolean): Promise<void> {
  if (exists) await api.request("PATCH", `/git/refs/heads/${DELIVERY_BRANCH}`, { sha: commit, force: true });
  else await api.request("POST", "/git/refs", { ref: `refs/heads/${DELIVERY_BRANCH}`, sha: commit });
}

async function newEntry(
  api: GithubApi,
  { path, relation, rendered, there }: FileComparison,
  room: number,
): Promise<NewEntry | undefined> {
  if (relation === "unchanged" || relation === "left") return undefined;
  if (rendered === undefined) return { path, mode: there?.mode ?? "100644", type: "blob", sha: null };
  const { mode, blob } = keptFile(rendered);
  const common = { path, mode, type: "blob" } as const;
  // What is there already needs no sending.
  if (there?.blob === blob) return { ...common, sha: blob };
  const { content } = rendered;
  const bytes = Buffer.byteLength(content);
  if (bytes <= LARGEST_INLINE && bytes <= room) return { ...common, content };
  const encoded = { content: Buffer.from(content).toString("base64"), encoding: "base64" };
  return { ...common, sha: await created(api, "/git/blobs", encoded) };
}

/** These are named after what they hold (a commit after its time too), so making one again does no harm. */
async function created(api: GithubApi, path: string, body: object): Promise<string> {
  const { sha } = (await api.request("POST", path, body, { repeatable: true })) as { readonly sha: string };
  return sha;
}
