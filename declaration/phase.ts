import { z } from "zod";
import type { Gate } from "./job-common";
import type { Service } from "./service";
import { wanted } from "./values";

/**
 * The twelve phases in which the governance bundle lands, in order. `brings` is what is on from the phase on; the names are those of the
 * command line and of reports.
 */
export const PHASES = [
  { name: "preflight", brings: "checks, and nothing else: nothing is written" },
  { name: "environments", brings: "the repository's settings, main with its first checks, deployment environments" },
  { name: "workflows", brings: "all jobs of the CI workflow" },
  { name: "previews", brings: "a preview for each pull request" },
  { name: "security", brings: "code scanning, secret scanning with push protection, SBOM" },
  { name: "migrations", brings: "the gate of database migrations" },
  { name: "signing", brings: "images built once, signed and verified" },
  { name: "rehearsal", brings: "the rehearsal stage in its cluster, deployed to behind the gate" },
  { name: "canary", brings: "production in its cluster, stepped and watched, with rollback" },
  { name: "checks", brings: "the full list of required checks" },
  { name: "freeze", brings: "dependency updates, and the label that stops merging while main is red" },
  { name: "observability", brings: "dashboards and alerts" },
] as const;

export type PhaseName = (typeof PHASES)[number]["name"];

const LAST = PHASES.length - 1;
const error = wanted(
  `a phase: a whole number from 0 (${PHASES[0].name}) to ${LAST} (${PHASES[LAST]?.name})`,
  "write the number of the phase the service is in; npx gatehouse phase <service> lists them",
);

/** Number of a phase: 0 preflight … 11 observability. */
export const Phase = z.number({ error }).int({ error }).min(0, { error }).max(LAST, { error });
export type Phase = z.infer<typeof Phase>;

/** The number of a phase. */
export function phaseNumber(name: PhaseName): number {
  return PHASES.findIndex((phase) => phase.name === name);
}

/** Whether what a phase brings is on for the service. */
export function reached({ phase = LAST }: Pick<Service, "phase">, name: PhaseName): boolean {
  return phase >= phaseNumber(name);
}

/** Whether anything of the service is written: in the phase "preflight" it has no stacks and no files. */
export function isManaged(service: Pick<Service, "phase">): boolean {
  return reached(service, "environments");
}

/** Roles that somebody plays before a service enters the phases, by what they answer for. */
export const PHASE_ROLES = {
  platform: "the platform: clusters, accounts, environments",
  delivery: "CI/CD: workflows, registries, what is deployed how",
  security: "secrets, scanning, incident response",
  data: "database schemas and their migrations",
  "release-captain": "production releases, and going on after one was rolled back",
} as const;

/** Gates whose jobs come with a phase; jobs of other gates are on from the phase "workflows". */
const GATE_PHASES: Partial<Record<Gate, PhaseName>> = {
  security: "security",
  sbom: "security",
  license: "security",
  migration: "migrations",
};

/** The phase that brings jobs of a gate. */
export function phaseOfGate(gate: Gate): PhaseName {
  return GATE_PHASES[gate] ?? "workflows";
}

/** Label that pull requests have while `main` is red. */
export const FREEZE_LABEL = "freeze/main-red";
