import { defineService } from "../../declaration/define-service";
import { validate } from "../../declaration/validate";
import { FLAG } from "../support/feature-flag";
import { SECRET } from "../support/secret-setting";
import { minimalOrganization, minimalService } from "./fixture";

/**
 * What the compiler refuses before synth does: `tsc` fails on an `@ts-expect-error` under which there is no error. Each declaration is wrong at
 * run time too, so that the types promise nothing that `validate` doesn't keep.
 */
function problemsOf(service: Parameters<typeof validate>[0]["services"][number]["service"]): number {
  return validate({ organization: minimalOrganization, services: [{ service, sealed: {}, stateful: {} }] }).length;
}

const job = {
  kind: "steps",
  gate: "unit",
  timeoutMinutes: 5,
  matrix: { node: ["20", "22"] },
  steps: [{ name: "Test", run: "npm test" }],
} as const;

describe("the compiler holds references to what is declared", () => {
  test("a declaration that refers to what it declares is fine, and comes out as it went in", () => {
    const service = defineService({
      ...minimalService,
      main: { ...minimalService.main, requiredChecks: [{ job: "test", leg: { node: "22" } }] },
      ci: { jobs: { test: job } },
    });
    expect(service.name).toBe("tiny");
    expect(problemsOf(service)).toBe(0);
  });

  test("a required check that is no job", () => {
    const service = defineService({
      ...minimalService,
      // @ts-expect-error no job "tests"
      main: { ...minimalService.main, requiredChecks: [{ job: "tests" }] },
    });
    expect(problemsOf(service)).toBe(1);
  });

  test("a leg whose value the matrix doesn't have", () => {
    const service = defineService({
      ...minimalService,
      // @ts-expect-error node 18 is not in the matrix
      main: { ...minimalService.main, requiredChecks: [{ job: "test", leg: { node: "18" } }] },
      ci: { jobs: { test: job } },
    });
    expect(problemsOf(service)).toBe(1);
  });

  test("a leg of a job without a matrix", () => {
    const service = defineService({
      ...minimalService,
      // @ts-expect-error the job has no matrix
      main: { ...minimalService.main, requiredChecks: [{ job: "test", leg: { node: "22" } }] },
    });
    expect(problemsOf(service)).toBe(1);
  });

  test("a flag that nobody owns, or with a value in a stage that isn't there", () => {
    const service = defineService({
      ...minimalService,
      flags: {
        registry: {
          // @ts-expect-error no role "maintainer"
          "another-way": { ...FLAG, owner: "maintainer" },
          // @ts-expect-error no stage "prod"
          "third-way": { ...FLAG, values: { prod: true } },
        },
      },
    });
    // Nothing reads flags in this service: they are looked at no further.
    expect(problemsOf(service)).toBe(1);
  });

  test("a reviewer who is no role", () => {
    const production = { ...minimalService.stages.production, reviewers: ["nobody"] } as const;
    // @ts-expect-error no role "nobody"
    const service = defineService({ ...minimalService, stages: { production } });
    expect(problemsOf(service)).toBe(1);
  });

  test("a secret of a stage that doesn't exist", () => {
    const KEY = { ...SECRET, environments: ["prod"] } as const;
    // @ts-expect-error no stage "prod"
    const service = defineService({ ...minimalService, settings: { KEY } });
    expect(problemsOf(service)).toBe(1);
  });

  test("a variable of a stage that doesn't exist", () => {
    const KEY = { kind: "variable", description: "A key", owner: "maintainers", environments: { prod: "x" } } as const;
    // @ts-expect-error no stage "prod"
    const service = defineService({ ...minimalService, settings: { KEY } });
    expect(problemsOf(service)).toBe(1);
  });

  test("a setting whose owner is no role", () => {
    const KEY = { kind: "variable", description: "A key", owner: "nobody", ci: "x", environments: {} } as const;
    // @ts-expect-error no role "nobody"
    const service = defineService({ ...minimalService, settings: { KEY } });
    expect(problemsOf(service)).toBe(1);
  });

  test("an unattended environment of a stage is one that settings may name", () => {
    const night = { description: "Backups", branches: ["main"] } as const;
    const production = { ...minimalService.stages.production, unattended: { night } } as const;
    const KEY = { kind: "variable", description: "A key", owner: "maintainers", environments: { night: "x" } } as const;
    const service = defineService({ ...minimalService, stages: { production }, settings: { KEY } });
    expect(problemsOf(service)).toBe(0);
  });

  test("a label for flaky checks that is no label", () => {
    // @ts-expect-error no label "flake"
    const service = defineService({ ...minimalService, flakes: { label: "flake", fixWithinDays: 14 } });
    expect(problemsOf(service)).toBe(1);
  });

  test("an escalation to no role", () => {
    const onCall = { channel: "#tiny", respondWithinMinutes: 30, escalateTo: "nobody" } as const;
    // @ts-expect-error no role "nobody"
    const service = defineService({ ...minimalService, onCall });
    expect(problemsOf(service)).toBe(1);
  });

  const telemetry = {
    dataSource: "metrics",
    stages: { production: { where: { env: "production" }, notify: true } },
    signals: { health: { kind: "probe", description: "Answers", source: "up" } },
  } as const;
  const objective = {
    description: "It answers",
    owner: "maintainers",
    signal: "health",
    target: 0.99,
    windowDays: 30,
    minimumEvents: 1,
    runbook: "on-call",
  } as const;

  test("an objective on a signal that telemetry doesn't have", () => {
    const service = defineService({
      ...minimalService,
      telemetry,
      // @ts-expect-error no signal "heath"
      objectives: { availability: { ...objective, signal: "heath" } },
    });
    expect(problemsOf(service)).toBeGreaterThan(0);
  });

  test("an objective that a role answers for whom nobody plays", () => {
    const service = defineService({
      ...minimalService,
      telemetry,
      // @ts-expect-error no role "platform"
      objectives: { availability: { ...objective, owner: "platform" } },
    });
    expect(problemsOf(service)).toBeGreaterThan(0);
  });

  test("telemetry of a stage that the service hasn't", () => {
    const service = defineService({
      ...minimalService,
      // @ts-expect-error no stage "staging"
      telemetry: { ...telemetry, stages: { staging: { where: { env: "staging" }, notify: true } } },
    });
    expect(problemsOf(service)).toBeGreaterThan(0);
  });

  test("a panel on an objective that isn't promised", () => {
    const service = defineService({
      ...minimalService,
      telemetry,
      objectives: { availability: objective },
      dashboard: {
        refreshSeconds: 30,
        hours: 24,
        // @ts-expect-error no objective "latency"
        panels: { budget: { kind: "budget-left", title: "Budget", objective: "latency" } },
      },
    });
    expect(problemsOf(service)).toBeGreaterThan(0);
  });
});
