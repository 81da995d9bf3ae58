import type { LabelMatch, Matchers, Selector } from "../../declaration/selector";
import { code } from "./markdown";

/** Series in words, for people: the metric, and what its labels must be. The labels of a stage come on top. */
export function series({ metric, where }: Pick<Selector, "metric" | "where">): string {
  return `${code(metric)}${withLabels(where)}`;
}

/** What labels must be, in words; empty when any will do. */
export function withLabels(where: Matchers | undefined): string {
  const labels = Object.entries(where ?? {}).map(([label, match]) => `${code(label)} ${matches(match)}`);
  return labels.length === 0 ? "" : ` where ${labels.join(" and ")}`;
}

function matches(match: LabelMatch): string {
  if (typeof match === "string") return match === "" ? "is empty" : `is ${code(match)}`;
  if ("not" in match) return match.not === "" ? "is not empty" : `is not ${code(match.not)}`;
  return "matches" in match ? `matches ${code(match.matches)}` : `doesn't match ${code(match.notMatches)}`;
}
