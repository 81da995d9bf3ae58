import type { Flags } from "../declaration/flags";
import { didYouMean, show } from "../declaration/problem";
import type { FlagTree } from "./flag-tree";

/** What of a tree of code doesn't fit the registry. */
export interface FlagFinding {
  readonly answer: "unused" | "undeclared" | "computed" | "another default";
  /** Undefined where the key is computed. */
  readonly key: string | undefined;
  /** Undefined for a flag that nothing uses. */
  readonly file: string | undefined;
  /** From 1 on. */
  readonly line: number | undefined;
  readonly message: string;
}

/**
 * Flags that are declared and not used, uses of flags that nobody declared or whose key nobody can tell, and calls that fall back to another value than
 * the declared default, which is the safe one. Uses come in the order of files and lines, then what nothing uses.
 */
export function flagFindings(
  registry: Flags["registry"],
  { uses, unseen }: Pick<FlagTree, "uses" | "unseen">,
): readonly FlagFinding[] {
  // Who looked everywhere can say that nothing uses a flag.
  const sawAll = unseen.length === 0 && uses.every(({ key }) => key !== undefined);
  const findings: FlagFinding[] = [];
  const used = new Set<string>();
  for (const { file, line, call, key, fallback } of uses) {
    const at = { key, file, line };
    const flag = key !== undefined && Object.hasOwn(registry, key) ? registry[key] : undefined;
    if (key === undefined) {
      const message = `the key that ${call} gets is computed; write it as text in the call, so that it can be found`;
      findings.push({ ...at, answer: "computed", message });
    } else if (flag === undefined) {
      const message = `${show(key)} is not declared; declare it in flags.registry, or correct the key${didYouMean(key, Object.keys(registry))}`;
      findings.push({ ...at, answer: "undeclared", message });
    } else {
      used.add(key);
      if (fallback !== undefined && fallback !== flag.default) {
        const message = `${show(key)} falls back to ${show(fallback)}; the declared default is ${show(flag.default)}: write that one, which is safe`;
        findings.push({ ...at, answer: "another default", message });
      }
    }
  }
  for (const key of Object.keys(registry)) {
    if (used.has(key)) continue;
    const message = sawAll
      ? `${show(key)} is declared, and nothing uses it: remove it from flags.registry`
      : `${show(key)} is declared, and no use of it was found; what is computed or could not be read may be one: look at that first`;
    findings.push({ answer: "unused", key, file: undefined, line: undefined, message });
  }
  return findings;
}
