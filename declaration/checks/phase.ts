import { checksInPhase } from "../jobs-in-phase";
import { legsOf } from "../matrix-legs";
import { FREEZE_LABEL, isManaged, PHASE_ROLES, PHASES, phaseNumber, phaseOfGate, reached } from "../phase";
import { show } from "../problem";
import type { CheckReference, ProtectedMain } from "../protected-main";
import type { CheckContext } from "./context";
import { mainProblems } from "./protected-main";

/** A phase has the roles that it is entered with, checks that are reported in it, and what it brings is declared. */
export function phaseProblems(context: CheckContext): void {
  firstChecksProblems(context);
  const { service, report } = context;
  if (service.phase === undefined) return;
  for (const [role, what] of Object.entries(PHASE_ROLES)) {
    if (Object.hasOwn(service.owners, role)) continue;
    report(["owners", role], {
      came: "nothing",
      expected: `a team that answers for ${what}`,
      remedy: `declare owners.${role}; a service without phase needs no such roles`,
    });
  }
  if (checksInPhase(service).length === 0) {
    const later = service.main.requiredChecks.map(({ job }) => {
      const gate = service.ci.jobs[job]?.gate;
      return gate === undefined ? show(job) : `${show(job)} (phase ${phaseNumber(phaseOfGate(gate))})`;
    });
    report(["main", "requiredChecks"], {
      came: `in the phase ${service.phase}, only checks of jobs that come later: ${[...new Set(later)].join(", ")}`,
      expected: "a check that is reported already: a main without any takes every change",
      remedy: `name some of them in main.firstChecks (their jobs run from the phase 1 on), or begin at a later phase`,
    });
  }
  if (isManaged(service) && reached(service, "freeze") && !Object.hasOwn(service.labels, FREEZE_LABEL)) {
    report(["labels", FREEZE_LABEL], {
      came: "nothing",
      expected: `the label that stops merging while main is red: the phase ${phaseNumber("freeze")} brings it`,
      remedy: `declare labels["${FREEZE_LABEL}"], or stay below the phase ${phaseNumber("freeze")}`,
    });
  }
}

/** What is required at first obeys the rules of what is required, and is some of it. */
function firstChecksProblems(context: CheckContext): void {
  const { service, report } = context;
  const { main, ci } = service;
  const { firstChecks } = main;
  if (firstChecks === undefined) return;
  const asRequired: ProtectedMain = { ...main, requiredChecks: firstChecks };
  mainProblems({
    ...context,
    service: { ...service, main: asRequired },
    report: ([section, list, ...path], problem) => {
      if (section === "main" && list === "requiredChecks") report(["main", "firstChecks", ...path], problem);
    },
  });
  const keysOf = ({ job: id, leg }: CheckReference) => {
    const job = Object.hasOwn(ci.jobs, id) ? ci.jobs[id] : undefined;
    return job === undefined ? [] : legsOf(job, leg).map((values) => JSON.stringify([id, values]));
  };
  const required = new Set(main.requiredChecks.flatMap(keysOf));
  firstChecks.forEach((check, index) => {
    if (keysOf(check).every((key) => required.has(key))) return;
    report(["main", "firstChecks", index], {
      came: `${show(check)}, which main.requiredChecks has not`,
      expected: `some of main.requiredChecks: the full list, from the phase ${phaseNumber("checks")} (${PHASES[phaseNumber("checks")]?.name}) on, drops nothing`,
      remedy: "add it to main.requiredChecks, or remove it here",
    });
  });
}
