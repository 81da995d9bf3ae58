import { z } from "zod";
import { entryKey, refPattern, slug, text, wanted, wholeNumber, yesOrNo } from "./values";

const ENVIRONMENTS = "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments";

const branches = z
  .array(refPattern)
  .min(1, {
    error: wanted(
      "at least one branch pattern",
      'write ["main"]: an environment that every branch may use protects nothing',
      ENVIRONMENTS,
    ),
  })
  .readonly();

/**
 * An environment for work that nobody waits beside: scheduled backups and drills. It has no reviewers (a schedule would wait for them for
 * ever), so it gets secrets of its own with smaller permissions, and branches that only reviewed changes reach.
 */
export const UnattendedEnvironment = z.strictObject({
  description: text("what runs there"),
  branches,
});

/** A stage of the service: one stack, one deployment environment of the same name, and its unattended environments. */
export const Stage = z.strictObject({
  /** Roles (keys of `owners`) of whom one must approve a deployment. At most 6. */
  reviewers: z
    .array(entryKey)
    .max(6, {
      error: wanted("at most 6 reviewers", "name a team that holds them all", `${ENVIRONMENTS}#required-reviewers`),
    })
    .readonly(),
  /** Whoever started a deployment may not approve it. */
  preventSelfReview: yesOrNo("whether nobody may approve their own deployment"),
  /** Every deployment waits so long after its approval. Minutes. */
  waitMinutes: wholeNumber({
    what: "minutes",
    from: 0,
    to: 43_200,
    remedy: "write at most 43,200 (30 days), or 0 for no wait",
    source: `${ENVIRONMENTS}#wait-timer`,
  }),
  /** Branches that may deploy. */
  branches,
  /** @default - none */
  unattended: z.record(entryKey, UnattendedEnvironment).optional(),
});
export type Stage = z.infer<typeof Stage>;

/** Stages by name, in the order in which a change passes them. */
export const Stages = z.record(slug("a stage's name"), Stage);
export type Stages = z.infer<typeof Stages>;
