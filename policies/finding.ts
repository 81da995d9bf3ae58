import { z } from "zod";

/** What a rule says of a document: an element of its set `deny`. */
export const RuleFinding = z.strictObject({
  /** What is wrong, in a sentence. */
  msg: z.string().min(1),
  /** Of what in the document: an address of Terraform, `Kind/name`, `jobs.<job>`. */
  address: z.string(),
  /** Where in that; empty for all of it. */
  path: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type RuleFinding = z.infer<typeof RuleFinding>;

/** What one rule answers. */
export const RuleFindings = z.array(RuleFinding);

/** What all rules answer at once: the findings of each by its name. */
export const EveryFinding = z.record(z.string(), RuleFindings);
