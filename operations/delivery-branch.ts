import type { Service } from "../declaration/service";
import { type KeptFile, keptFile, MANIFEST } from "../workflows/manifest";
import type { FileComparison, TreeEntry } from "./delivery-comparison";
import type { Look } from "./delivery-look";
import { type DeliveryRepository, statusOf } from "./delivery-repository";
import { Failure } from "./failure";

/** The one branch that files are delivered on. */
export const DELIVERY_BRANCH = "chore/gatehouse-files";

/** @throws Failure when the ruleset of branch names would refuse the branch */
export function assertBranchAllowed({ name, repository }: Pick<Service, "name" | "repository">): void {
  if (repository.branchNames.some((pattern) => matches(pattern, DELIVERY_BRANCH))) return;
  throw new Failure(
    `service "${name}" refuses the branch ${DELIVERY_BRANCH}: its repository.branchNames are ${repository.branchNames.join(", ")}\n` +
      'add "chore/*" to repository.branchNames, and deploy its repository stack before',
  );
}

/**
 * Whether a pattern of a ruleset takes a branch: `*` stays within a part, and a part of two of them stands for any number of parts.
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#using-fnmatch-syntax
 */
function matches(pattern: string, branch: string): boolean {
  const expression = pattern
    .split(/(\*\*\/|\*+)/)
    .map((piece) =>
      piece === "**/" ? "(?:.*/)?" : piece.startsWith("*") ? "[^/]*" : piece.replace(/[.\\+^$|()[\]{}?]/g, "\\$&"),
    )
    .join("");
  return new RegExp(`^${expression}$`).test(branch);
}

export type BranchState =
  | { readonly kind: "missing" }
  /** It has what is to be delivered, and main has not changed any of it meanwhile. */
  | { readonly kind: "current"; readonly commit: string }
  /** It is to be written anew; nothing on it is anyone else's. */
  | { readonly kind: "outdated"; readonly commit: string }
  /** It is to be written anew, and has what Gatehouse did not put there: these paths. */
  | { readonly kind: "others"; readonly commit: string; readonly paths: readonly string[] };

interface Commit {
  readonly tree: { readonly sha: string };
}

/** https://docs.github.com/rest/commits/commits#compare-two-commits */
interface Compared {
  readonly merge_base_commit: { readonly sha: string; readonly commit: Commit };
  readonly files?: readonly ComparedFile[];
}

interface ComparedFile {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: string;
  readonly sha: string | null;
}

/** GitHub lists no more. */
const MOST_COMPARED = 300;
const NOT_FOUND = 404;

export async function branchState({ repository, tip, comparison, entries }: Look): Promise<BranchState> {
  const { api } = repository;
  const commit = await commitOf(repository);
  if (commit === undefined) return { kind: "missing" };
  const { tree } = (await api.request("GET", `/git/commits/${commit}`)) as Commit;
  const onBranch = await repository.contents(tree.sha);
  const { merge_base_commit: base, files = [] } = (await api.request(
    "GET",
    `/compare/${tip.commit}...${commit}?per_page=1`,
  )) as Compared;
  const delivery = comparison.files.filter(({ relation }) => relation !== "left");
  if (delivery.every((file) => hasDelivered(file, onBranch.entries.get(file.path)))) {
    const before =
      base.sha === tip.commit ? entries : await repository.entries(base.commit.tree.sha, pathsOf(delivery));
    if (delivery.every(({ path }) => equal(before.get(path), entries.get(path)))) return { kind: "current", commit };
  }
  const known = new Set([...pathsOf(delivery), ...(onBranch.delivered?.keys() ?? []), MANIFEST]);
  const others = files.filter((file) => !isOurs(file, known, onBranch.delivered)).map(({ filename }) => filename);
  if (files.length >= MOST_COMPARED) others.push(`${MOST_COMPARED} files or more`);
  return others.length === 0 ? { kind: "outdated", commit } : { kind: "others", commit, paths: others };
}

async function commitOf({ api }: DeliveryRepository): Promise<string | undefined> {
  try {
    const reference = (await api.request("GET", `/git/ref/heads/${DELIVERY_BRANCH}`)) as { object: { sha: string } };
    return reference.object.sha;
  } catch (error) {
    if (statusOf(error) === NOT_FOUND) return undefined;
    throw error;
  }
}

function pathsOf(files: readonly FileComparison[]): readonly string[] {
  return files.map(({ path }) => path);
}

function hasDelivered({ rendered }: FileComparison, entry: TreeEntry | undefined): boolean {
  if (rendered === undefined) return entry === undefined;
  return entry !== undefined && equal(entry, { sha: keptFile(rendered).blob, mode: keptFile(rendered).mode });
}

function equal(a: Pick<TreeEntry, "sha" | "mode"> | undefined, b: Pick<TreeEntry, "sha" | "mode"> | undefined) {
  return a?.sha === b?.sha && a?.mode === b?.mode;
}

/** What a delivery did: a file as its manifest says, or one of its paths removed. */
function isOurs(
  { filename, previous_filename, status, sha }: ComparedFile,
  known: ReadonlySet<string>,
  delivered: ReadonlyMap<string, KeptFile> | undefined,
): boolean {
  if (!known.has(filename) || (previous_filename !== undefined && !known.has(previous_filename))) return false;
  if (status === "removed" || filename === MANIFEST) return delivered !== undefined;
  return delivered?.get(filename)?.blob === sha;
}
