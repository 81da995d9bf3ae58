import { type Command, Option } from "commander";
import type { Fleet } from "../declaration/fleet";
import { terminal } from "./console";
import { Failure } from "./failure";

interface FileOptions {
  readonly all?: boolean;
  readonly out?: string;
  readonly diff?: boolean;
  readonly pullRequest?: boolean;
  readonly reopen?: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

const LOGIN = `
GITHUB_TOKEN is a token that may read the contents of the services' repositories, and for --pull-request write contents, pull requests and
workflows; GITHUB_BASE_URL is the address of a GitHub Enterprise Server.
Exit codes of --diff: 0 the same, 2 something differs, 1 a repository could not be seen. Of --pull-request: 0 delivered or waiting for a review,
2 a person closed the pull request, 1 one could not be delivered.`;

/** The verb `files`: writes, compares or delivers the files of services' repositories. */
export function addFileVerb(gatehouse: Command, fleet: Fleet, signal: AbortSignal): void {
  gatehouse
    .command("files")
    .description(
      "write, compare or deliver the files of services' repositories: workflows, scripts, runbooks, CODEOWNERS, …",
    )
    .argument("[service]", "name of the service")
    .option("--all", "all services")
    .option("--out <directory>", "write them there; of all services, into a directory each")
    .option("--diff", "compare them with the default branch of the repository on GitHub")
    .option("--pull-request", "open a pull request that brings them to the repository, or bring it up to date")
    .option("--reopen", "with --pull-request: open one again that a person closed")
    .addOption(new Option("--json", "print the result as JSON").conflicts("markdown"))
    .option("--markdown", "print the result as Markdown, for a job summary")
    .addHelpText("after", LOGIN)
    .action(async (service: string | undefined, options: FileOptions) => {
      refuseMixtures(service, options);
      const { out, reopen = false, json = false, markdown = false } = options;
      const format = json ? "json" : markdown ? "markdown" : "text";
      const common = { service, format, environment: process.env, signal } as const;
      if (out !== undefined) {
        const { files } = require("./files") as typeof import("./files");
        process.exitCode = await files(fleet, { service, out, json }, terminal);
      } else if (options.diff) {
        const { filesDiff } = require("./files-diff") as typeof import("./files-diff");
        process.exitCode = await filesDiff(fleet, common, terminal);
      } else {
        const { filesPullRequest } = require("./files-pull-request") as typeof import("./files-pull-request");
        process.exitCode = await filesPullRequest(fleet, { ...common, reopen }, terminal);
      }
    });
}

function refuseMixtures(service: string | undefined, options: FileOptions): void {
  const { all = false, out, diff = false, pullRequest = false, reopen = false, markdown = false } = options;
  if (all === (service !== undefined))
    throw new Failure("expected the name of a service or --all, and not both: npx gatehouse files <service> --diff");
  if ([out !== undefined, diff, pullRequest].filter(Boolean).length !== 1)
    throw new Failure("expected one of --out <directory>, --diff and --pull-request");
  if (reopen && !pullRequest) throw new Failure("--reopen is about pull requests: give --pull-request with it");
  if (markdown && out !== undefined)
    throw new Failure("--markdown goes with --diff and --pull-request, not with --out");
}
