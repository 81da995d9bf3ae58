import { readFile } from "node:fs/promises";
import type { Console } from "./console";
import { EXIT, Failure } from "./failure";
import { GithubApi } from "./github-api";
import { cut, LONGEST_BODY } from "./github-body";

export interface CommentOptions {
  readonly pullRequest: number;
  /** File with the body; its first line is the marker by which the comment is found again. */
  readonly body: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A comment as far as it is read here: https://docs.github.com/rest/issues/comments */
interface Comment {
  readonly id: number;
  readonly body?: string | null;
  readonly user: { readonly type: string } | null;
}

/** `gatehouse comment`: one comment on a pull request, made the first time and updated from then on. */
export async function comment(options: CommentOptions, console: Console): Promise<number> {
  const body = cut(await readFile(options.body, "utf8"), LONGEST_BODY, "\n\n… cut\n");
  const [mark = ""] = body.split("\n");
  if (!/^<!-- gatehouse:[a-z-]+ -->$/.test(mark))
    throw new Failure(
      `${options.body} begins with "${mark.slice(0, 60)}"; expected a marker such as <!-- gatehouse:plan -->`,
    );
  const done = await keepComment(GithubApi.of(options.environment), options.pullRequest, body);
  console.progress(`the comment on pull request ${options.pullRequest} is ${done}`);
  return EXIT.fine;
}

/**
 * One comment on a pull request, by the marker that its first line is: made the first time, and updated from then on.
 *
 * @param mayWrite false: only a comment that is there is updated
 */
export async function keepComment(
  api: GithubApi,
  pullRequest: number,
  body: string,
  mayWrite = true,
): Promise<"written" | "updated" | "not there"> {
  const [mark = ""] = body.split("\n");
  const comments = await api.list<Comment>(`/issues/${pullRequest}/comments`);
  // Only an app's: whoever writes the marker into a comment of their own must not have it overwritten.
  const ours = comments.find((one) => one.user?.type === "Bot" && one.body?.startsWith(mark));
  if (ours !== undefined) {
    await api.request("PATCH", `/issues/comments/${ours.id}`, { body });
    return "updated";
  }
  if (!mayWrite) return "not there";
  await api.request("POST", `/issues/${pullRequest}/comments`, { body });
  return "written";
}
