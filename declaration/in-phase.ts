import { clusterInPhase } from "./cluster-in-phase";
import { flagsInPhase } from "./flags-in-phase";
import type { ServiceEntry } from "./fleet";
import { checksInPhase, ciInPhase } from "./jobs-in-phase";
import { FREEZE_LABEL, PHASES, type PhaseName, reached } from "./phase";
import type { Service } from "./service";

/**
 * A service as far as its phase is on. What a later phase brings is left out; a service without phase, or in the last one, is returned as it is.
 * Applied twice it changes nothing more. In the phase "preflight" it is as in the next one: `isManaged` says that nothing of it is written.
 *
 * Dashboards, alerts and objectives stay declared, for gates and canaries read the signals: ask `reached(service, "observability")` whether
 * anything is made of them. What lies at the edge, on Railway and in Postgres is no matter of phases.
 */
export function inPhase({ service, stateful }: Pick<ServiceEntry, "service" | "stateful">): Service {
  if (service.phase === undefined || service.phase >= PHASES.length - 1) return service;
  const { cluster: _declared, fly: _whole, flags: _all, dependencies, ...others } = service;
  const cluster = clusterInPhase(service, stateful);
  return {
    ...others,
    main: mainInPhase(service),
    ci: ciInPhase(service),
    repository: repositoryInPhase(service),
    labels: labelsInPhase(service),
    runbooks: runbooksInPhase(service),
    ...(cluster !== undefined && { cluster }),
    ...(dependencies !== undefined && reached(service, "freeze") && { dependencies }),
    ...flyInPhase(service),
    ...flagsInPhase(service, { cluster, edge: service.edge }),
  };
}

function mainInPhase(service: Parameters<typeof checksInPhase>[0]): Service["main"] {
  const { freezeWhenRed, conventionalCommits, ...main } = { ...service.main, requiredChecks: checksInPhase(service) };
  return {
    ...main,
    ...(freezeWhenRed !== undefined && reached(service, "freeze") && { freezeWhenRed }),
    // Its check is required, and so one of the full list.
    ...(conventionalCommits !== undefined && reached(service, "checks") && { conventionalCommits }),
  };
}

function flyInPhase(service: Pick<Service, "phase" | "fly">): Pick<Service, "fly"> {
  if (service.fly === undefined) return {};
  if (reached(service, "previews")) return { fly: service.fly };
  const { previews: _later, ...fly } = service.fly;
  return { fly };
}

/** Runbooks on what a phase brings come with it; all others are there from the beginning. */
const RUNBOOK_PHASES: Partial<Record<Service["runbooks"][number], PhaseName>> = {
  canary: "canary",
  rollback: "signing",
  migration: "signing",
};

function runbooksInPhase(service: Pick<Service, "phase" | "runbooks">): Service["runbooks"] {
  return service.runbooks.filter((runbook) => reached(service, RUNBOOK_PHASES[runbook] ?? "preflight"));
}

function repositoryInPhase(service: Pick<Service, "phase" | "repository">): Service["repository"] {
  if (reached(service, "security")) return service.repository;
  return { ...service.repository, secretScanning: false, pushProtection: false, vulnerabilityAlerts: false };
}

function labelsInPhase(service: Pick<Service, "phase" | "labels" | "flakes">): Service["labels"] {
  if (reached(service, "freeze") || service.flakes.label === FREEZE_LABEL) return service.labels;
  return Object.fromEntries(Object.entries(service.labels).filter(([label]) => label !== FREEZE_LABEL));
}
