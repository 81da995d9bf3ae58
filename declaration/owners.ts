import { z } from "zod";
import { codeOwnersPattern, entryKey, literals, slug, text } from "./values";

/** A role of the service, played by one of the organization's teams. */
export const Owner = z.strictObject({
  /** Slug of a team that the organization declares. */
  team: slug("a team's slug"),
  /** What the team may do in the repository. */
  access: literals(["pull", "triage", "push", "maintain", "admin"], "a repository permission"),
});

/** Roles by name: `maintainers`, `platform`, `security`, … Everything else of a service refers to roles, not to teams. */
export const Owners = z.record(entryKey, Owner);
export type Owners = z.infer<typeof Owners>;

/** RACI of one area of the repository. It drives `CODEOWNERS` and the responsibility table of the runbooks. */
export const Area = z.strictObject({
  description: text("what belongs to the area"),
  /** `CODEOWNERS` patterns. */
  paths: z.array(codeOwnersPattern).min(1, { error: "at least one path\nname the paths of the area" }).readonly(),
  /** Roles that do the work: they review changes of these paths. */
  responsible: z.array(entryKey).min(1, { error: "at least one role\nsay who does the work" }).readonly(),
  /** The one role that answers for it: it reviews too. */
  accountable: entryKey,
  /** Asked before a change. */
  consulted: z.array(entryKey).readonly(),
  /** Told after a change. */
  informed: z.array(entryKey).readonly(),
});

/** Areas by name, from the most general to the most special: the last pattern that matches a path wins, as in `CODEOWNERS`. */
export const Responsibilities = z.record(entryKey, Area);
export type Responsibilities = z.infer<typeof Responsibilities>;
