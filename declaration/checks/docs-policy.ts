import { allowsEverything } from "../document-paths";
import { show } from "../problem";
import type { CheckContext } from "./context";

/** The allow-list of documents: one, each of its paths once, and none that leaves nothing out. */
export function docsPolicyProblems({ service, report }: CheckContext): void {
  const policies = Object.entries(service.ci.jobs).flatMap(([id, job]) =>
    job.kind === "docs-policy" ? [[id, job] as const] : [],
  );
  policies.forEach(([id, { allow }], index) => {
    const path = ["ci", "jobs", id];
    if (index > 0) {
      report([...path, "kind"], {
        came: `a second allow-list of documents beside ${show(policies[0]?.[0])}`,
        expected: "one: its script is there once",
        remedy: "remove one of the two jobs",
      });
    }
    allow.forEach((pattern, at) => {
      if (allow.indexOf(pattern) !== at) {
        report([...path, "allow", at], {
          came: `${show(pattern)} a second time`,
          expected: "each path once",
          remedy: "remove one",
        });
      } else if (allowsEverything(pattern)) {
        report([...path, "allow", at], {
          came: `${show(pattern)}, which leaves nothing out`,
          expected: "paths where documents may lie",
          remedy: 'name directories and files, such as "docs/**" and "README.md", or remove the job',
        });
      }
    });
  });
}
