import { z } from "zod";
import { matching } from "./values";

/**
 * The reusable workflows that services' workflows call: this repository, at a commit. A tag can be moved to other code, a commit can't.
 */
export const Library = z.strictObject({
  /** `owner/name` of the repository that has them. */
  repository: matching(
    /^(?!.*--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?\/(?!\.{1,2}$)[\w.-]{1,100}$/,
    "a repository as owner/name",
    "write the repository that has .github/workflows/wf-reuse-*.yml",
  ),
  /** The commit at which they are called. */
  commit: matching(
    /^[0-9a-f]{40}$/,
    "a full commit SHA: 40 hexadecimal digits",
    "write what git rev-parse prints for the commit; a branch or a tag can be moved to other code",
    "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
  ),
  /** The version that the commit stands for; written beside it. */
  version: matching(
    /^v\d+\.\d+\.\d+(?:-[\w.]+)?$/,
    "the version that the commit stands for, such as v1.2.0",
    "write the version",
  ),
});
export type Library = z.infer<typeof Library>;
