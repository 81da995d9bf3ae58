import type { Ci } from "../ci";
import { inChain } from "../gate-chain";
import { show } from "../problem";
import type { CheckContext } from "./context";

/** The gate of licenses: one, at its place of the chain, after the job that writes the SBOM it reads. */
export function licensesProblems({ service, report }: CheckContext): void {
  const jobs = inChain(service.ci).jobs;
  const gates = Object.entries(jobs).filter(([, { kind }]) => kind === "licenses");
  gates.forEach(([id, job], index) => {
    const path = ["ci", "jobs", id];
    if (index > 0) {
      report([...path, "kind"], {
        came: `a second gate of licenses beside ${show(gates[0]?.[0])}`,
        expected: "one: its script is there once",
        remedy: "remove one of the two jobs",
      });
    }
    if (job.gate !== "license") {
      report([...path, "gate"], {
        came: show(job.gate),
        expected: '"license": the phase that brings the gate is found by it',
        remedy: 'write gate: "license"',
      });
    }
    if (!needsPackage(id, jobs)) {
      report([...path, "needs"], {
        came: "no job that writes an SBOM before this one",
        expected: 'a job of kind "package" that this one waits for',
        remedy: "declare one and name it in needs, or write ci.failFast: true",
      });
    }
  });
}

function needsPackage(start: string, jobs: Ci["jobs"]): boolean {
  const seen = new Set<string>();
  const waiting = [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id) || !Object.hasOwn(jobs, id)) continue;
    seen.add(id);
    if (jobs[id]?.kind === "package") return true;
    waiting.push(...(jobs[id]?.needs ?? []));
  }
  return false;
}
