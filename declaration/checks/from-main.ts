import { show } from "../problem";
import type { CheckContext } from "./context";

/** Releases are deployed to a stage from `main` only. */
export function fromMain({ service, report }: CheckContext, stage: string): void {
  const branches = service.stages[stage]?.branches ?? [];
  if (branches.length === 1 && branches[0] === "main") return;
  report(["stages", stage, "branches"], {
    came: show(branches),
    expected: '["main"]: releases are deployed from main only',
    remedy: 'write ["main"]',
  });
}

/** A rehearsal is another stage than the one it is for. */
export function rehearsesElsewhere(
  { report }: CheckContext,
  section: readonly string[],
  { rehearsal, stage }: { readonly rehearsal?: string | undefined; readonly stage: string },
): void {
  if (rehearsal !== stage) return;
  report([...section, "rehearsal"], {
    came: show(rehearsal),
    expected: `another stage than ${section.join(".")}.stage`,
    remedy: "name the stage before it, or drop rehearsal",
  });
}
