import type { StoredFile } from "./git-store";
import type { StandInPullRequest, StandInRepository } from "./stand-in-repository";

export interface Asked {
  readonly words: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What is said beside GitHub's own example of such an answer. */
export interface Said {
  readonly status: number;
  /** Undefined for an answer without a body. */
  readonly value?: unknown;
  /** What the answer only points to: it is kept elsewhere. */
  readonly stored?: Buffer;
}

export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** As in GitHub's description. */
  readonly path: string;
  readonly answer: (repository: StandInRepository, asked: Asked) => Said;
}

export const NOT_FOUND: Said = { status: 404, value: { message: "Not Found" } };
const EMPTY: Said = { status: 409, value: { message: "Git Repository is empty." } };

export const ok = (value: unknown): Said => ({ status: 200, value });
export const created = (value: unknown): Said => ({ status: 201, value });
const invalid = (message: string): Said => ({
  status: 422,
  value: { message, documentation_url: "https://docs.github.com/rest" },
});

/** Where GitHub's own example lacks what its description asks for, or has whole other repositories. */
const IN_PLACE_OF_EXAMPLES = { language: null, source: undefined, parent: undefined, template_repository: undefined };

export const REPOSITORY = "/repos/{owner}/{repo}";

export const ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/rate_limit",
    answer: () => ok({ resources: { core: { limit: 5000, remaining: 4321, used: 679, reset: 1_767_330_000 } } }),
  },
  {
    method: "GET",
    path: REPOSITORY,
    answer: ({ name, defaultBranch, archived }) =>
      ok({
        full_name: name,
        name: name.split("/")[1],
        default_branch: defaultBranch,
        archived,
        ...IN_PLACE_OF_EXAMPLES,
      }),
  },
  {
    method: "GET",
    path: `${REPOSITORY}/branches/{branch}`,
    answer: (repository, { words: { branch = "" } }) => {
      const sha = repository.branches.get(branch);
      const tree = repository.store.commit(sha ?? "")?.tree;
      return sha === undefined ? NOT_FOUND : ok({ name: branch, commit: { sha, commit: { tree: { sha: tree } } } });
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/git/ref/{ref}`,
    answer: (repository, { words: { ref = "" } }) => {
      if (repository.branches.size === 0) return EMPTY;
      const sha = repository.branches.get(ref.replace(/^heads\//, ""));
      return sha === undefined ? NOT_FOUND : ok(reference(ref, sha));
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/git/commits/{commit_sha}`,
    answer: ({ store }, { words: { commit_sha: sha = "" } }) => {
      const commit = store.commit(sha);
      return commit === undefined ? NOT_FOUND : ok({ sha, ...shown(commit) });
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/git/trees/{tree_sha}`,
    answer: ({ store, mostListed }, { words: { tree_sha: sha = "" }, query }) => {
      if (store.tree(sha) === undefined) return NOT_FOUND;
      const items = query.has("recursive") ? store.recursive(sha) : (store.tree(sha) ?? []);
      const truncated = query.has("recursive") && items.length > mostListed;
      const tree = items.slice(0, truncated ? mostListed : items.length).map((item) => ({
        ...item,
        url: "https://api.github.com/x",
        ...(item.type === "blob" ? { size: store.blob(item.sha)?.byteLength ?? 0 } : {}),
      }));
      return ok({ sha, tree, truncated });
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/git/blobs/{file_sha}`,
    answer: ({ store }, { words: { file_sha: sha = "" } }) => {
      const blob = store.blob(sha);
      if (blob === undefined) return NOT_FOUND;
      return ok({ sha, size: blob.byteLength, encoding: "base64", content: wrapped(blob.toString("base64")) });
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/compare/{basehead}`,
    answer: ({ store }, { words: { basehead = "" } }) => {
      const [base = "", head = ""] = basehead.split("...");
      const merge = store.mergeBase(base, head);
      if (merge === undefined) return NOT_FOUND;
      const sha = { sha: merge, commit: { tree: { sha: store.commit(merge)?.tree } } };
      return ok({ merge_base_commit: sha, files: changes(store.files(merge), store.files(head)) });
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/pulls`,
    answer: (repository, { query }) => {
      const [owner, head] = (query.get("head") ?? "").split(":");
      const state = query.get("state") ?? "open";
      const found = repository.pulls.filter(
        (pull) =>
          pull.head === head &&
          (pull.fork?.owner ?? repository.owner) === owner &&
          (state === "all" || pull.state === state),
      );
      return ok(Number(query.get("page") ?? 1) > 1 ? [] : found.map((pull) => pullRequest(repository, pull)));
    },
  },
  {
    method: "POST",
    path: `${REPOSITORY}/git/blobs`,
    answer: ({ store }, { body }) => {
      const { content, encoding } = body as { readonly content: string; readonly encoding: BufferEncoding };
      return created({ sha: store.writeBlob(Buffer.from(content, encoding)) });
    },
  },
  {
    method: "POST",
    path: `${REPOSITORY}/git/trees`,
    answer: ({ store }, { body }) => {
      const { base_tree, tree } = body as {
        readonly base_tree: string;
        readonly tree: readonly { path: string; mode: string; content?: string; sha?: string | null }[];
      };
      if (store.tree(base_tree) === undefined) return NOT_FOUND;
      const files = store.files(base_tree);
      for (const { path, mode, content, sha } of tree) {
        if (content !== undefined) files.set(path, { mode, sha: store.writeBlob(Buffer.from(content)) });
        else if (sha === null || sha === undefined) {
          if (!files.delete(path)) return invalid("GitRPC::BadObjectState");
        } else if (store.blob(sha) === undefined) return invalid(`${sha} is not a valid blob`);
        else files.set(path, { mode, sha });
      }
      const made = store.writeTree(files);
      return created({ sha: made, tree: [], truncated: false });
    },
  },
  {
    method: "POST",
    path: `${REPOSITORY}/git/commits`,
    answer: ({ store }, { body }) => {
      const commit = body as { readonly message: string; readonly tree: string; readonly parents: readonly string[] };
      if (store.tree(commit.tree) === undefined) return invalid("Tree SHA does not exist");
      return created({ sha: store.writeCommit(commit), ...shown(commit) });
    },
  },
  {
    method: "POST",
    path: `${REPOSITORY}/git/refs`,
    answer: (repository, { body }) => {
      const { ref, sha } = body as { readonly ref: string; readonly sha: string };
      const branch = ref.replace(/^refs\/heads\//, "");
      if (repository.branches.has(branch)) return invalid("Reference already exists");
      if (repository.store.commit(sha) === undefined) return invalid("Object does not exist");
      repository.point(branch, sha);
      return created(reference(`heads/${branch}`, sha));
    },
  },
  {
    method: "PATCH",
    path: `${REPOSITORY}/git/refs/{ref}`,
    answer: (repository, { words: { ref = "" }, body }) => {
      const { sha } = body as { readonly sha: string };
      const branch = ref.replace(/^heads\//, "");
      if (!repository.branches.has(branch)) return invalid("Reference does not exist");
      repository.point(branch, sha);
      return ok(reference(ref, sha));
    },
  },
  {
    method: "POST",
    path: `${REPOSITORY}/pulls`,
    answer: (repository, { body }) => {
      const { title, head, base, body: text } = body as Readonly<Record<"title" | "head" | "base" | "body", string>>;
      const sha = repository.branches.get(head);
      if (sha === undefined) return invalid("Validation Failed");
      if (repository.pulls.some((pull) => pull.head === head && pull.state === "open"))
        return invalid(`A pull request already exists for ${head}.`);
      const pull = { number: repository.pulls.length + 1, head, base, title, body: text, sha } as const;
      repository.pulls.push({ ...pull, state: "open", mergedAt: null });
      return created(pullRequest(repository, { ...pull, state: "open", mergedAt: null }));
    },
  },
  {
    method: "PATCH",
    path: `${REPOSITORY}/pulls/{pull_number}`,
    answer: (repository, { words: { pull_number: number }, body }) => {
      const pull = repository.pulls.find((one) => one.number === Number(number));
      if (pull === undefined) return invalid("Validation Failed");
      const change = body as Partial<StandInPullRequest>;
      if (change.state === "open" && repository.branches.get(pull.head) !== pull.sha)
        return invalid(`state cannot be changed. The ${pull.head} branch was force-pushed or recreated.`);
      Object.assign(pull, change);
      return ok(pullRequest(repository, pull));
    },
  },
];

function reference(ref: string, sha: string): object {
  return { ref: `refs/${ref}`, object: { type: "commit", sha } };
}

function shown({ message, tree, parents }: { message: string; tree: string; parents: readonly string[] }): object {
  const url = "https://api.github.com/x";
  return { message, tree: { sha: tree, url }, parents: parents.map((sha) => ({ sha, url, html_url: url })) };
}

export function pullRequest(repository: StandInRepository, pull: StandInPullRequest): object {
  const { number, head, base, title, body, state, mergedAt, sha, fork = { id: repository.id } } = pull;
  const html_url = `https://github.com/${repository.name}/pull/${number}`;
  return {
    number,
    html_url,
    title,
    body,
    state,
    merged_at: mergedAt,
    head: { ref: head, sha, repo: { id: fork.id } },
    base: { ref: base },
    requested_teams: [],
  };
}

/** As GitHub's: a file whose mode alone changed is listed as modified, with the same content. */
function changes(before: ReadonlyMap<string, StoredFile>, after: ReadonlyMap<string, StoredFile>): readonly object[] {
  const common = {
    additions: 1,
    deletions: 0,
    changes: 1,
    blob_url: "https://a.example/",
    raw_url: "https://a.example/",
    contents_url: "https://a.example/",
  };
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((filename) => {
    const [old, now] = [before.get(filename), after.get(filename)];
    if (old?.sha === now?.sha && old?.mode === now?.mode) return [];
    const status = old === undefined ? "added" : now === undefined ? "removed" : "modified";
    return [{ ...common, filename, status, sha: (now ?? old)?.sha ?? null }];
  });
}

/** GitHub breaks base64 into lines of 60. */
function wrapped(text: string): string {
  return text.replace(/.{60}/g, "$&\n");
}
