/** What no rule here answers, and why. */
export interface Unanswered {
  /** In a few words. */
  readonly because: string;
  readonly rules: readonly string[];
}

/** The rules of somebody else, by their names. Each is answered, which our rules say in their METADATA, or unanswered. */
export interface RulesOfOthers {
  /** Whose, as `external` of our rules says it. */
  readonly source: string;
  /** Of which version the names are. */
  readonly version: string;
  /** Where they can be looked up. */
  readonly url: string;
  /** Which of them are listed, where it isn't all: in words, and by their names. @default - all */
  readonly part?: { readonly words: string; readonly names: RegExp } | undefined;
  /** Every one of them, answered or not. */
  readonly all: readonly string[];
  readonly unanswered: readonly Unanswered[];
}

/** A rule of others, as ours name it. */
export interface RuleOfOthers {
  readonly source: string;
  readonly rule: string;
}

/** Of `CIS GitHub v1.2.0: 1.1.3`, `CIS GitHub v1.2.0` and `1.1.3`. */
export function ruleOfOthers(external: string): RuleOfOthers {
  const [source = external, rule = external] = external.split(": ");
  return { source, rule };
}
