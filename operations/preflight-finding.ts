import { type Console, mark, printable, table, wrapped } from "./console";
import { EXIT } from "./failure";

/** Whether something is as it must be. What could not be seen is neither: it is never taken for well. */
export type Sight = "ok" | "failed" | "unseen";

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  readonly sight: Sight;
  /** What was seen, or why nothing was. */
  readonly said: string;
  /** What to do about it; undefined where all is well. */
  readonly todo?: string;
}

export function ok(what: string, said: string): Finding {
  return { what, sight: "ok", said };
}

export function failed(what: string, said: string, todo: string): Finding {
  return { what, sight: "failed", said, todo };
}

export function unseen(what: string, why: string, todo: string): Finding {
  return { what, sight: "unseen", said: why, todo };
}

const WORST_FIRST: readonly Sight[] = ["failed", "unseen", "ok"];

/** What is said of all of them together; of none: nothing was seen. */
export function worst(findings: readonly Pick<Finding, "sight">[]): Sight {
  return WORST_FIRST.find((sight) => findings.some((finding) => finding.sight === sight)) ?? "unseen";
}

/** 2 when something is not as it must be, 1 when something could not be seen, else 0. */
export function exitCodeOf(findings: readonly Pick<Finding, "sight">[]): number {
  return { failed: EXIT.found, unseen: EXIT.failed, ok: EXIT.fine }[worst(findings)];
}

export const SYMBOL = { ok: mark.ok, failed: mark.failed, unseen: mark.drift } as const;
export const WORDS = { ok: "ok", failed: "failed", unseen: "could not see" } as const satisfies Record<Sight, string>;

const WIDEST = 60;

/** One row for all of which the same is said, in the order of the first. What is said may come from outside. */
export function findingRows(findings: readonly Finding[]): readonly (readonly string[])[] {
  const alike = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.sight, finding.said]);
    alike.set(key, [...(alike.get(key) ?? []), finding]);
  }
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const whats = [first, ...others].map(({ what }) => printable(what)).join(", ");
    return [
      [`${SYMBOL[first.sight]} ${wrapped(whats, WIDEST)}`, WORDS[first.sight], wrapped(printable(first.said), WIDEST)],
    ];
  });
}

const MOST_NAMED = 3;

/** What to do, each once, with what it is for. */
export function printTodos(findings: readonly Finding[], console: Console): void {
  const todos = new Map<string, string[]>();
  for (const { what, todo } of findings)
    if (todo !== undefined) todos.set(todo, [...new Set([...(todos.get(todo) ?? []), what])]);
  for (const [todo, whats] of todos) {
    const more = whats.length > MOST_NAMED ? `, and ${whats.length - MOST_NAMED} more` : "";
    console.print(`to do: ${printable(todo)}\n       for ${printable(whats.slice(0, MOST_NAMED).join(", "))}${more}`);
  }
}

export function printFindings(findings: readonly Finding[], console: Console): void {
  console.print(table(["checked", "result", "seen"], findingRows(findings)));
  printTodos(findings, console);
}

/** How many of each: `12 ok, 1 failed, 2 could not be seen`. */
export function summary(findings: readonly Finding[]): string {
  const count = (sight: Sight) => findings.filter((finding) => finding.sight === sight).length;
  return `${count("ok")} ok, ${count("failed")} failed, ${count("unseen")} could not be seen`;
}
