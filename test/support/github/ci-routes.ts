import { created, NOT_FOUND, ok, pullRequest, REPOSITORY, type Route } from "./github-routes";
import type { StandInComment, StandInRepository, StandInRun } from "./stand-in-repository";

/** GitHub's API as far as it tells of runs of workflows, and takes comments. */
export const CI_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: `${REPOSITORY}/pulls/{pull_number}`,
    answer: (repository, { words: { pull_number: number } }) => {
      const pull = repository.pulls.find((one) => one.number === Number(number));
      return pull === undefined ? NOT_FOUND : ok(pullRequest(repository, pull));
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/actions/runs/{run_id}`,
    answer: (repository, { words: { run_id: id } }) => {
      const run = repository.runs.find((one) => one.id === Number(id));
      return run === undefined ? NOT_FOUND : ok(shownRun(repository, run));
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/actions/workflows/{workflow_id}/runs`,
    answer: (repository, { words: { workflow_id: file }, query }) => {
      const found = repository.runs.filter(
        (run) =>
          run.path === `.github/workflows/${file}` &&
          run.event === query.get("event") &&
          run.branch === query.get("branch") &&
          run.sha === query.get("head_sha"),
      );
      return ok({ total_count: found.length, workflow_runs: found.map((run) => shownRun(repository, run)) });
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/actions/runs/{run_id}/jobs`,
    answer: (repository, { words: { run_id: id }, query }) => {
      const jobs = repository.runs.find((one) => one.id === Number(id))?.jobs ?? [];
      const shown = jobs.map(({ name, conclusion }, index) => ({
        id: index + 1,
        name,
        status: "completed",
        conclusion,
        created_at: "2026-01-02T03:04:05Z",
        html_url: `https://github.com/${repository.name}/actions/runs/${id}/job/${index + 1}`,
      }));
      return ok({ total_count: jobs.length, jobs: page(shown, query) });
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/actions/runs/{run_id}/artifacts`,
    answer: (repository, { words: { run_id: id }, query }) => {
      const artifacts = repository.runs.find((one) => one.id === Number(id))?.artifacts ?? [];
      const shown = artifacts.map(({ name, content, size = content.byteLength, expired = false }, index) => ({
        id: Number(id) * 1000 + index,
        name,
        size_in_bytes: size,
        expired,
        expires_at: "2027-02-25T10:00:00Z",
      }));
      return ok({ total_count: shown.length, artifacts: page(shown, query) });
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/actions/artifacts/{artifact_id}/{archive_format}`,
    answer: (repository, { words: { artifact_id = "0" } }) => {
      const run = repository.runs.find((one) => one.id === Math.floor(Number(artifact_id) / 1000));
      const artifact = run?.artifacts[Number(artifact_id) % 1000];
      if (artifact === undefined || artifact.expired)
        return { status: 410, value: { message: "Artifact has expired" } };
      return { status: 302, stored: artifact.content };
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/issues/{issue_number}/comments`,
    answer: ({ comments }, { words: { issue_number: number }, query }) =>
      ok(page(comments.filter(({ pull }) => pull === Number(number)).map(shownComment), query)),
  },
  {
    method: "POST",
    path: `${REPOSITORY}/issues/{issue_number}/comments`,
    answer: (repository, { words: { issue_number: number }, body }) =>
      created(shownComment(repository.say(Number(number), (body as { readonly body: string }).body))),
  },
  {
    method: "PATCH",
    path: `${REPOSITORY}/issues/comments/{comment_id}`,
    answer: ({ comments }, { words: { comment_id: id }, body }) => {
      const comment = comments.find((one) => one.id === Number(id));
      if (comment === undefined) return NOT_FOUND;
      return ok(shownComment(Object.assign(comment, body)));
    },
  },
  {
    method: "DELETE",
    path: `${REPOSITORY}/issues/comments/{comment_id}`,
    answer: (repository, { words: { comment_id: id } }) => {
      repository.comments = repository.comments.filter((one) => one.id !== Number(id));
      return { status: 204 };
    },
  },
];

function page<T>(items: readonly T[], query: URLSearchParams): readonly T[] {
  const size = Number(query.get("per_page") ?? 30);
  const from = (Number(query.get("page") ?? 1) - 1) * size;
  return items.slice(from, from + size);
}

function shownRun(repository: StandInRepository, run: StandInRun): object {
  const { id, path, event, number, attempt, branch, sha, status, conclusion, fork } = run;
  const { id: repositoryId, owner: login } = fork ?? repository;
  return {
    id,
    path,
    event,
    run_number: number,
    run_attempt: attempt,
    status,
    conclusion,
    head_branch: branch,
    head_sha: sha,
    html_url: `https://github.com/${repository.name}/actions/runs/${id}`,
    head_repository: { id: repositoryId, owner: { login } },
  };
}

function shownComment({ id, body, login, type }: StandInComment): object {
  return { id, body, user: { login, type } };
}
