import { z } from "zod";
import { Visibility } from "./github-plan";
import { literals, matching, refPattern, wholeNumber, yesOrNo } from "./values";

/** Rules on what may be pushed at all, in every branch. Private and internal repositories of paid plans only. */
export const PushRules = z.strictObject({
  /** Files larger than this are refused. Megabytes, 1 to 100. */
  maxFileMegabytes: wholeNumber({
    what: "megabytes",
    from: 1,
    to: 100,
    remedy: "GitHub takes no larger files anyway",
  }).optional(),
  /** File extensions that are refused, e.g. `*.jar`. */
  refusedExtensions: z
    .array(matching(/^\*\.[\w.-]+$/, 'an extension such as "*.jar"', "write it with *."))
    .min(1, { error: "at least one extension\nleave the property out instead" })
    .readonly()
    .optional(),
});

/** The repository and its merge settings. Its name is the service's. */
export const Repository = z.strictObject({
  visibility: Visibility,
  /** Adopt an existing repository instead of creating one. @default false - Terraform creates it */
  adopt: yesOrNo("whether the repository exists already and is adopted").optional(),
  topics: z
    .array(
      matching(/^[a-z0-9][a-z0-9-]{0,49}$/, "a topic of a–z, 0–9 and -, at most 50 characters", "rename the topic"),
    )
    .max(20, {
      error:
        "at most 20 topics\ndrop some\nhttps://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/classifying-your-repository-with-topics",
    })
    .readonly(),
  /** The merge methods that pull requests offer. */
  merge: z
    .array(literals(["squash", "merge", "rebase"], "a merge method"))
    .min(1, { error: 'at least one merge method\nwrite ["squash"]' })
    .readonly(),
  /** What the message of a squash commit is made of. */
  squashMessage: literals(
    ["pull-request-title", "pull-request-title-and-body", "commit-messages"],
    "the message of a squash commit",
  ),
  /** Delete a head branch once its pull request is merged. */
  deleteBranchOnMerge: yesOrNo("whether merged branches are deleted"),
  /** Offer to bring a pull request's branch up to date. */
  updateBranchButton: yesOrNo("whether pull requests offer to update their branch"),
  issues: yesOrNo("whether the repository has issues"),
  wiki: yesOrNo("whether the repository has a wiki"),
  projects: yesOrNo("whether the repository has projects"),
  secretScanning: yesOrNo("whether GitHub looks for secrets in the repository"),
  /** Refuse pushes that carry a secret; needs `secretScanning`. */
  pushProtection: yesOrNo("whether pushes with secrets are refused"),
  vulnerabilityAlerts: yesOrNo("whether GitHub alerts on vulnerable dependencies"),
  /** Patterns of branches that may be created, beside `main`, and beside those of bots that are declared (`dependencies`). */
  branchNames: z
    .array(refPattern)
    .min(1, { error: 'at least one branch pattern\nwrite ["feat/*", "fix/*"]' })
    .readonly(),
  pushRules: PushRules.optional(),
});
export type Repository = z.infer<typeof Repository>;
