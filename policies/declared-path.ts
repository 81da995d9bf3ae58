import type { PolicyDocument } from "./document";

/** Kinds of resources, by how their types begin, and what of a service's declaration they follow from; the first that fits counts. */
const DECLARED: readonly (readonly [string, (stage: string) => readonly string[]])[] = [
  ["github_repository_ruleset.protected-main", () => ["main"]],
  ["github_repository_environment", (stage) => ["stages", stage]],
  ["github_actions_environment", () => ["settings"]],
  ["github_issue_label", () => ["labels"]],
  ["github_team_repository", () => ["owners"]],
  ["github_", () => ["repository"]],
  ["cloudflare_", () => ["edge"]],
  ["kubernetes_", (stage) => ["cluster", "stages", stage]],
  ["helm_", (stage) => ["cluster", "stages", stage]],
  ["grafana_", (stage) => ["telemetry", "stages", stage]],
];

/** The path in a service's declaration from which something in a document follows, as far as it is known; a reader goes as deep as it is there. */
export function declaredPath(
  document: Pick<PolicyDocument, "name" | "kind" | "stage">,
  address: string,
): readonly string[] {
  if (document.kind === "file") {
    if (document.stage !== undefined) return ["cluster", "stages", document.stage];
    return /^\.github\/workflows\//.test(document.name) ? ["ci"] : [];
  }
  const [, path] = DECLARED.find(([prefix]) => address.startsWith(prefix)) ?? [];
  return path?.(document.stage ?? "") ?? [];
}
