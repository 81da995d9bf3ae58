import { readFile } from "node:fs/promises";
import type { Console } from "./console";
import { EXIT, Failure } from "./failure";
import { GithubApi } from "./github-api";
import { cut, LONGEST_BODY, marker } from "./github-body";

export interface DriftIssueOptions {
  /** File with what `gatehouse drift --markdown` printed. */
  readonly report: string;
  /** Its exit code: 0 as declared, 2 something differs, 1 something could not be seen. */
  readonly exitCode: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** An issue as far as it is read here: https://docs.github.com/rest/issues/issues */
interface Issue {
  readonly number: number;
  readonly body?: string | null;
  readonly user: { readonly type: string } | null;
  readonly pull_request?: unknown;
}

export const DRIFT_LABEL = "governance-drift";
const MARKER = marker("drift");

/**
 * `gatehouse drift-issue`: keeps one issue about drift up to date: opened when there is some, or when it could not be seen; updated while there
 * is; closed when all is as declared again. Only an exit code of 0 closes it. Ends with 1 when drift could not be seen, else with 0.
 */
export async function driftIssue(options: DriftIssueOptions, console: Console): Promise<number> {
  const { exitCode, environment } = options;
  const api = GithubApi.of(environment);
  const open = await api.list<Issue>(`/issues?state=open&labels=${DRIFT_LABEL}`);
  const issue = open.find(
    (one) => one.pull_request === undefined && one.user?.type === "Bot" && one.body?.startsWith(MARKER),
  );
  if (exitCode === EXIT.fine) await close(api, issue, runUrl(environment), console);
  else {
    const seen = exitCode === EXIT.found;
    const title = seen ? "Governance differs from its declaration" : "Governance drift could not be seen";
    const body = bodyOf(seen, await readFile(options.report, "utf8"), runUrl(environment));
    if (issue === undefined) await api.request("POST", "/issues", { title, body, labels: [DRIFT_LABEL] });
    else await api.request("PATCH", `/issues/${issue.number}`, { title, body });
    console.progress(issue === undefined ? "an issue is opened" : `issue ${issue.number} is updated`);
  }
  return exitCode === EXIT.fine || exitCode === EXIT.found ? EXIT.fine : EXIT.failed;
}

async function close(api: GithubApi, issue: Issue | undefined, run: string, console: Console): Promise<void> {
  if (issue === undefined) {
    console.progress("no drift, and no issue about it");
    return;
  }
  await api.request("POST", `/issues/${issue.number}/comments`, { body: `All is as declared again: ${run}` });
  await api.request("PATCH", `/issues/${issue.number}`, { state: "closed", state_reason: "completed" });
  console.progress(`issue ${issue.number} is closed: all is as declared again`);
}

function bodyOf(seen: boolean, report: string, run: string): string {
  const lead = seen
    ? "What is there is not what is declared. To heal it, run the workflow `deploy`; to keep it, declare it."
    : "At least one stack could not be looked at, so nobody knows whether it has drifted. Of the others, what differs is below.";
  const shown =
    report.trim() === "" ? "The run printed no report: it failed before the first stack. Its log says why." : report;
  const start = `${MARKER}\n${lead}\n\nLast looked at in ${run}\n\n`;
  return `${start}${cut(shown, LONGEST_BODY - start.length, "\n… cut; the whole report is in the log of the run")}`;
}

function runUrl({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID }: DriftIssueOptions["environment"]): string {
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID)
    throw new Failure("GITHUB_SERVER_URL, GITHUB_REPOSITORY and GITHUB_RUN_ID are expected, as in every workflow run");
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
}
