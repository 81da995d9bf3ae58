import type { Triggers, Workflow } from "../workflow";

/** A workflow that is looked at: one of ours, or one that somebody wrote by hand, who can start it in ways that ours never are. */
export interface JudgedWorkflow extends Workflow {
  readonly triggers: Triggers & {
    /** Like a pull request's, with the base's code, its secrets, and a token that may write. */
    readonly pullRequestTarget?: Triggers["pullRequest"];
  };
}
