import type { Fleet, ServiceEntry } from "../../declaration/fleet";
import { inPhase } from "../../declaration/in-phase";
import { isManaged, PHASES, reached } from "../../declaration/phase";
import type { Service } from "../../declaration/service";
import { thingsInPhase } from "../../declaration/stateful-things";
import { validate } from "../../declaration/validate";
import { fleet } from "../../services/fleet";
import { workflowProblems } from "../../workflows/workflow-problems";
import { type Changes, changed, REMOVED } from "./change";
import { type FleetChanges, hotdashFleet, posFleet, relayFleet, summitFleet } from "./fixture";

const ALL = PHASES.map((_, number) => number);

function entry(changes: Changes = {}, stateful: unknown = {}): ServiceEntry {
  return summitFleet({ service: changes, stateful }).services[0] as ServiceEntry;
}

function maestroFleet({ service = {} }: FleetChanges): Fleet {
  const services = fleet.services.filter((each) => each.service.name === "maestro");
  return { ...fleet, services: services.map((each) => ({ ...each, service: changed(each.service, service) })) };
}

/** summit in a phase, with changes, and nothing recorded. */
function summit(phase: number, changes: Changes = {}, stateful: unknown = {}): Service {
  return inPhase(entry({ ...changes, phase }, stateful));
}

describe("inPhase: what a later phase brings is off", () => {
  test("without a phase everything is on: the very same object", () => {
    const declared = entry({ phase: REMOVED });
    expect(inPhase(declared)).toBe(declared.service);
  });

  test("in the last phase everything is on: the very same object", () => {
    const declared = entry({ phase: 11 });
    expect(inPhase(declared)).toBe(declared.service);
  });

  test("nothing of a service in the phase 0 is written; from 1 on it is", () => {
    expect(ALL.map((phase) => isManaged({ phase }))).toEqual([false, ...Array(11).fill(true)]);
    expect(isManaged({})).toBe(true);
  });

  test("main requires its first checks until the phase 9 brings the full list", () => {
    const required = ALL.map((phase) => summit(phase).main.requiredChecks.length);
    expect(required).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 9, 9]);
    expect(summit(8).main.requiredChecks).toEqual([{ job: "ci-pr" }]);
  });

  test("without first checks main requires the full list at once, but for jobs that are off", () => {
    const required = (phase: number) =>
      summit(phase, { "main.firstChecks": REMOVED }).main.requiredChecks.map(({ job }) => job);
    expect(required(1)).toEqual(["ci-pr", "git-hygiene", "shellcheck", "unit"]);
    expect(required(4)).toEqual([
      "ci-pr",
      "git-hygiene",
      "shellcheck",
      "unit",
      "codeql",
      "scan",
      "trivy-config-scan",
      "package",
    ]);
    expect(required(5)).toEqual([
      "ci-pr",
      "git-hygiene",
      "shellcheck",
      "unit",
      "codeql",
      "scan",
      "trivy-config-scan",
      "package",
      "migrations",
    ]);
  });

  test("jobs come phase by phase: those of first checks, all but later gates, security, migrations", () => {
    const jobs = ALL.map((phase) => Object.keys(summit(phase).ci.jobs));
    const workflows = ["git-hygiene", "shellcheck", "unit", "ci-pr"];
    const security = [...workflows, "codeql", "scan", "trivy-config-scan", "package"];
    const migrations = [...security, "migrations"];
    expect(jobs).toEqual([...Array(4).fill(workflows), security, ...Array(7).fill(migrations)]);
  });

  test("what a first check needs runs with it, whatever gate it serves", () => {
    const changes = {
      "main.firstChecks": [{ job: "migrations" }, { job: "ci-pr" }, { job: "codeql" }],
      "ci.jobs.migrations.needs": ["codeql", "ci-pr"],
    };
    expect(Object.keys(summit(1, changes).ci.jobs)).toEqual([
      "git-hygiene",
      "shellcheck",
      "unit",
      "ci-pr",
      "codeql",
      "migrations",
    ]);
  });

  test("a job that needs one that is off needs what that one needs: the chain keeps its order", () => {
    const chain = {
      "ci.jobs.ci-pr.needs": ["unit"],
      "ci.jobs.codeql.needs": ["ci-pr"],
      "ci.jobs.trivy-config-scan.needs": ["codeql"],
      "ci.jobs.shellcheck.needs": ["trivy-config-scan", "git-hygiene"],
    };
    expect(summit(2, chain).ci.jobs.shellcheck?.needs).toEqual(["ci-pr", "git-hygiene"]);
    expect(summit(4, chain).ci.jobs.shellcheck?.needs).toEqual(["trivy-config-scan", "git-hygiene"]);
    const alone = { "ci.jobs.ci-pr.needs": ["unit"], "ci.jobs.shellcheck.needs": ["codeql"] };
    expect(summit(2, alone).ci.jobs.shellcheck).not.toHaveProperty("needs");
  });

  test("a circle of needs, which validation refuses, ends all the same", () => {
    const circle = {
      "ci.jobs.ci-pr.needs": ["unit"],
      "ci.jobs.codeql.needs": ["trivy-config-scan"],
      "ci.jobs.trivy-config-scan.needs": ["codeql"],
    };
    expect(summit(2, { ...circle, "ci.jobs.shellcheck.needs": ["codeql"] }).ci.jobs.shellcheck).not.toHaveProperty(
      "needs",
    );
  });

  test("secret scanning, push protection and alerts on dependencies come with the phase 4", () => {
    const on = ({ repository }: Service) => [
      repository.secretScanning,
      repository.pushProtection,
      repository.vulnerabilityAlerts,
    ];
    expect(on(summit(3))).toEqual([false, false, false]);
    expect(on(summit(4))).toEqual([true, true, true]);
  });

  test("the cluster comes piece by piece: previews, the train, the rehearsal, production with its canary", () => {
    const pieces = ALL.map((phase) => {
      const { cluster } = summit(phase);
      return cluster && [Object.keys(cluster.stages), "previews" in cluster, "train" in cluster];
    });
    const both = ["stage", "prod"];
    expect(pieces).toEqual([
      undefined,
      undefined,
      undefined,
      ...Array(3).fill([[], true, false]),
      [[], true, true],
      [["stage"], true, true],
      ...Array(4).fill([both, true, true]),
    ]);
    expect(summit(8).cluster?.stages.prod?.canary?.steps).toEqual([5, 25, 50, 100]);
  });

  test("without a train the last stage is production, and comes with the phase 8", () => {
    const stages = (phase: number) => Object.keys(summit(phase, { "cluster.train": REMOVED }).cluster?.stages ?? {});
    expect([6, 7, 8].map(stages)).toEqual([[], ["stage"], ["stage", "prod"]]);
  });

  test("the label that freezes main comes with the phase 10", () => {
    const { "freeze/main-red": _freeze, ...others } = entry().service.labels;
    expect(summit(9).labels).toEqual(others);
    expect(Object.keys(summit(10).labels)).toContain("freeze/main-red");
    expect(summit(9, { "flakes.label": "freeze/main-red" }).labels).toHaveProperty(["freeze/main-red"]);
  });

  test("runbooks come with what they are about", () => {
    const cluster = (phase: number) =>
      summit(phase).runbooks.filter((name) => ["canary", "rollback", "migration"].includes(name));
    expect([5, 6, 7, 8].map(cluster)).toEqual([
      [],
      ["rollback", "migration"],
      ["rollback", "migration"],
      ["canary", "rollback", "migration"],
    ]);
    expect(summit(1).runbooks).toEqual(expect.arrayContaining(["on-call", "error-budget"]));
  });

  test("signals and objectives stay, for gate and canary read them; what is made of them comes with the phase 11", () => {
    expect(summit(7).telemetry).toEqual(entry().service.telemetry);
    expect(summit(7).objectives).toEqual(entry().service.objectives);
    expect(reached({ phase: 10 }, "observability")).toBe(false);
    expect(reached({ phase: 11 }, "observability")).toBe(true);
  });
});

describe("inPhase: going back never deletes a stateful thing", () => {
  const exists = { "prod/namespace/eu-1": "summit-prod", "stage/namespace/eu-1": "summit-stage" };

  test.each([1, 2, 3, 4, 5, 6, 7])(
    "in the phase %d a namespace that exists stays, with all but its canary",
    (phase) => {
      const { canary: _canary, ...prod } = entry().service.cluster?.stages.prod ?? {};
      expect(summit(phase, {}, exists).cluster?.stages.prod).toEqual(prod);
      expect(summit(phase, {}, exists).cluster?.stages.stage).toEqual(entry().service.cluster?.stages.stage);
    },
  );

  test("a namespace that exists in another cluster does not keep the stage", () => {
    expect(summit(7, {}, { "prod/namespace/eu-2": "summit-prod" }).cluster?.stages).not.toHaveProperty("prod");
  });

  test("databases at the edge, releases and Railway are no matter of phases", () => {
    for (const phase of ALL) {
      const [pos] = posFleet({ service: { phase } }).services;
      const [relay] = relayFleet({ service: { phase } }).services;
      expect(pos && inPhase(pos).edge).toEqual(pos?.service.edge);
      expect(pos && inPhase(pos).release).toEqual(pos?.service.release);
      expect(relay && inPhase(relay).railway).toEqual(relay?.service.railway);
    }
  });
});

describe("inPhase, of every service in every phase", () => {
  const roles = {
    "owners.platform": { team: "platform", access: "admin" },
    "owners.delivery": { team: "platform", access: "admin" },
    "owners.data": { team: "data", access: "push" },
    "owners.release-captain": { team: "release-captains", access: "maintain" },
    "labels.freeze/main-red": { color: "b60205", description: "main is red" },
  };
  const chained = {
    "ci.jobs.shellcheck.needs": ["codeql", "trivy-config-scan"],
    "ci.jobs.migrations.needs": ["shellcheck"],
    "main.firstChecks": REMOVED,
  };
  const withoutTrain = {
    "cluster.train": REMOVED,
    runbooks: ["on-call", "incident-template", "secret-leak", "error-budget", "canary"],
  };
  const withoutRehearsal = {
    "cluster.train.rehearsal": REMOVED,
    "settings.COSIGN_PRIVATE_KEY.environments": ["prod"],
    "settings.COSIGN_PASSWORD.environments": ["prod"],
  };
  const cases = [
    ["summit", summitFleet, {}],
    ["summit without first checks", summitFleet, { "main.firstChecks": REMOVED }],
    ["summit with a chain through later gates", summitFleet, chained],
    ["summit without a train", summitFleet, withoutTrain],
    ["summit without previews", summitFleet, { "cluster.previews": REMOVED }],
    ["summit without a rehearsal", summitFleet, withoutRehearsal],
    ["maestro", maestroFleet, {}],
    ["openclaw-pos", posFleet, roles],
    ["relay", relayFleet, roles],
    ["hotdash", hotdashFleet, roles],
  ] as const;

  const each = cases.flatMap(([name, fleetOf, service]) => ALL.map((phase) => ({ name, phase, fleetOf, service })));

  test("previews on Fly come with their phase, and nothing else of Fly waits for one", () => {
    const flyIn = (phase: number) => {
      const [entry] = hotdashFleet({ service: { ...roles, phase } }).services;
      return entry === undefined ? undefined : inPhase(entry).fly;
    };
    expect(flyIn(2)).toMatchObject({ stage: "production" });
    expect(flyIn(2)).not.toHaveProperty("previews");
    expect(flyIn(3)).toHaveProperty("previews.appPrefix", "hotdash-pr-");
  });

  test.each(each)("$name in the phase $phase is right as far as it is on", ({ fleetOf, service, phase }) => {
    const declared = fleetOf({ service: { ...service, phase } });
    for (const kept of [true, false]) {
      const [whole] = declared.services;
      if (whole === undefined) throw new Error("a fleet without a service");
      const stateful = kept ? whole.stateful : thingsInPhase({ ...whole, stateful: {} });
      const effective = inPhase({ ...whole, stateful });
      const services = [{ ...whole, stateful, service: effective }];
      expect(validate({ ...declared, services: [{ ...whole, stateful }] })).toEqual([]);
      expect(validate({ ...declared, services })).toEqual([]);
      expect(workflowProblems(effective, declared.organization)).toEqual([]);
      expect(inPhase({ stateful, service: effective })).toEqual(effective);
    }
  });

  test.each(cases)("%s: a phase only ever adds to the one before", (_name, fleetOf, service) => {
    for (const phase of ALL.slice(1)) {
      const [before, after] = [phase - 1, phase].map((number) => {
        const [whole] = fleetOf({ service: { ...service, phase: number } }).services;
        return inPhase({ ...(whole as ServiceEntry), stateful: {} });
      });
      if (before === undefined || after === undefined) throw new Error("two phases were expected");
      const names = (of: Service) => [
        ...Object.keys(of.ci.jobs),
        ...Object.keys(of.cluster?.stages ?? {}),
        ...Object.keys(of.labels),
        ...Object.keys(of.stages),
      ];
      expect(names(after)).toEqual(expect.arrayContaining(names(before)));
      const jobs = after.main.requiredChecks.map(({ job }) => job);
      expect(jobs).toEqual(expect.arrayContaining(before.main.requiredChecks.map(({ job }) => job)));
    }
  });
});
