import { z } from "zod";
import { documentPattern } from "./document-paths";
import { JobCommon } from "./job-common";
import { wanted } from "./values";

/**
 * Markdown lies where it is declared to, or the check fails. It looks at what Git tracks, by names: a symbolic link counts by its own, and where
 * it leads is not followed. At most one job is of this kind.
 */
export const DocsPolicyJob = z.strictObject({
  kind: z.literal("docs-policy"),
  ...JobCommon,
  /** Paths where Markdown may lie; letter case counts. Those of what Gatehouse itself writes belong to them. */
  allow: z
    .array(documentPattern)
    .min(1, { error: wanted("at least one path", 'write ["README.md", "docs/**", ".github/**"]') })
    .max(100, { error: wanted("at most 100 paths", "name directories in place of files") })
    .readonly(),
});
export type DocsPolicyJob = z.infer<typeof DocsPolicyJob>;
