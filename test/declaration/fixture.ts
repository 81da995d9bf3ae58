import { defineService } from "../../declaration/define-service";
import type { Fleet, ServiceEntry } from "../../declaration/fleet";
import type { Organization } from "../../declaration/organization";
import type { Problem } from "../../declaration/problem";
import { validate } from "../../declaration/validate";
import { fleet } from "../../services/fleet";
import { type Changes, changed } from "./change";

/** The least that an organization says. */
export const minimalOrganization: Organization = {
  github: { login: "example", plan: "team" },
  teams: { builders: { description: "Build it and run it" } },
  state: { kind: "local" },
};

/** The least that a service says: one job, one stage, nothing at the edge. */
export const minimalService = defineService({
  name: "tiny",
  description: "Does next to nothing",
  owners: { maintainers: { team: "builders", access: "maintain" } },
  responsibilities: {
    everything: {
      description: "All of it",
      paths: ["*"],
      responsible: ["maintainers"],
      accountable: "maintainers",
      consulted: [],
      informed: [],
    },
  },
  repository: {
    visibility: "public",
    topics: [],
    merge: ["squash"],
    squashMessage: "pull-request-title",
    deleteBranchOnMerge: true,
    updateBranchButton: true,
    issues: true,
    wiki: false,
    projects: false,
    secretScanning: true,
    pushProtection: true,
    vulnerabilityAlerts: true,
    branchNames: ["feat/*"],
  },
  main: {
    approvals: 1,
    dismissStale: true,
    codeOwners: true,
    upToDate: true,
    resolveConversations: true,
    linearHistory: true,
    requiredChecks: [{ job: "test" }],
  },
  ci: {
    jobs: {
      test: { kind: "steps", gate: "unit", timeoutMinutes: 5, steps: [{ name: "Test", run: "npm test" }] },
    },
  },
  stages: { production: { reviewers: ["maintainers"], preventSelfReview: true, waitMinutes: 5, branches: ["main"] } },
  settings: {},
  labels: { flaky: { color: "fbca04", description: "Fails without a cause" } },
  flakes: { label: "flaky", fixWithinDays: 14 },
  onCall: { channel: "#tiny", respondWithinMinutes: 30, escalateTo: "maintainers" },
  runbooks: ["on-call"],
  pullRequestChecklist: ["Tests cover the change"],
});

export interface FleetChanges {
  /** Changes of the service. */
  readonly service?: Changes;
  readonly organization?: Changes;
  /** In place of the sealed secrets. */
  readonly sealed?: unknown;
  /** In place of the stateful record. */
  readonly stateful?: unknown;
}

export function minimalFleet(changes: FleetChanges = {}): Fleet {
  return changedFleet(minimalOrganization, { service: minimalService, sealed: {}, stateful: {} }, changes);
}

/** openclaw-pos as it is declared, with changes. */
export function posFleet(changes: FleetChanges = {}): Fleet {
  return changedFleet(fleet.organization, entryOf("openclaw-pos"), changes);
}

/** relay as it is declared, with changes. */
export function relayFleet(changes: FleetChanges = {}): Fleet {
  return changedFleet(fleet.organization, entryOf("relay"), changes);
}

/** summit as it is declared, with changes. */
export function summitFleet(changes: FleetChanges = {}): Fleet {
  return changedFleet(fleet.organization, entryOf("summit"), changes);
}

/** hotdash as it is declared, with changes. */
export function hotdashFleet(changes: FleetChanges = {}): Fleet {
  return changedFleet(fleet.organization, entryOf("hotdash"), changes);
}

function entryOf(name: string): ServiceEntry {
  const entry = fleet.services.find(({ service }) => service.name === name);
  if (entry === undefined) throw new Error(`services/fleet.ts has no service "${name}"`);
  return entry;
}

function changedFleet(organization: Organization, entry: ServiceEntry, changes: FleetChanges): Fleet {
  const service = {
    service: changed(entry.service, changes.service ?? {}),
    sealed: "sealed" in changes ? changes.sealed : entry.sealed,
    stateful: "stateful" in changes ? changes.stateful : entry.stateful,
  };
  return { organization: changed(organization, changes.organization ?? {}), services: [service as ServiceEntry] };
}

export type Refusal = Omit<Problem, "subject">;

/** What is wrong with openclaw-pos after changes of its service, its organization or its records. */
export function posRefusals(service: Changes, others: Omit<FleetChanges, "service"> = {}): readonly Refusal[] {
  return validate(posFleet({ service, ...others })).map(withoutSubject);
}

/** What is wrong with relay after changes of its service, its organization or its records. */
export function relayRefusals(service: Changes, others: Omit<FleetChanges, "service"> = {}): readonly Refusal[] {
  return validate(relayFleet({ service, ...others })).map(withoutSubject);
}

/** What is wrong with summit after changes of its service, its organization or its records. */
export function summitRefusals(service: Changes, others: Omit<FleetChanges, "service"> = {}): readonly Refusal[] {
  return validate(summitFleet({ service, ...others })).map(withoutSubject);
}

/** What is wrong with hotdash after changes of its service, its organization or its records. */
export function hotdashRefusals(service: Changes, others: Omit<FleetChanges, "service"> = {}): readonly Refusal[] {
  return validate(hotdashFleet({ service, ...others })).map(withoutSubject);
}

/** What is wrong with the minimal service after changes. */
export function minimalRefusals(service: Changes, others: Omit<FleetChanges, "service"> = {}): readonly Refusal[] {
  return validate(minimalFleet({ service, ...others })).map(withoutSubject);
}

function withoutSubject({ subject: _subject, ...refusal }: Problem): Refusal {
  return refusal;
}
