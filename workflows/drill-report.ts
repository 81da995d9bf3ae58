import { ACTIONS } from "./actions";
import type { WorkflowStep } from "./workflow";

/** Time to get ready and to report, beside what the restore itself may take. Minutes. */
const AROUND_MINUTES = 15;

/** Limit of a job that restores: one that is too slow shall still end by itself, tidy up and say how slow it was. Minutes. */
export function drillTimeoutMinutes({ withinMinutes }: { readonly withinMinutes: number }): number {
  return Math.min(360, 2 * withinMinutes + AROUND_MINUTES);
}

/** Steps that show and keep the reports of a drill, also when it failed; `name` is their directory and the artifact. */
export function drillReport(name: string, retentionDays: number): readonly WorkflowStep[] {
  return [
    { name: "Summarize", if: "always()", run: `cat ${name}/*.md >>"$GITHUB_STEP_SUMMARY"` },
    {
      name: "Keep the report",
      if: "always()",
      uses: ACTIONS.uploadArtifact,
      with: { name, path: `${name}/`, "retention-days": retentionDays, "if-no-files-found": "error" },
    },
  ];
}
