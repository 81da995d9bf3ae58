import type { Ci } from "../../declaration/ci";
import { inChain } from "../../declaration/gate-chain";
import { ciInPhase } from "../../declaration/jobs-in-phase";
import { maestro } from "../../services/maestro";
import { minimalRefusals, minimalService } from "./fixture";

const steps = [{ name: "Look", run: "true" }];

function job(gate: Ci["jobs"][string]["gate"], needs?: readonly string[]): Ci["jobs"][string] {
  return { kind: "steps", gate, timeoutMinutes: 5, steps, ...(needs !== undefined && { needs }) };
}

function needs(ci: Ci): Record<string, readonly string[] | undefined> {
  return Object.fromEntries(Object.entries(inChain(ci).jobs).map(([id, each]) => [id, each.needs]));
}

describe("inChain: a red gate stops those after it", () => {
  const jobs = { lint: job("lint"), style: job("lint"), test: job("unit"), licenses: job("license") };

  test("each job waits for all jobs of the nearest gate before its own that has any", () => {
    expect(needs({ failFast: true, jobs })).toEqual({
      lint: undefined,
      style: undefined,
      test: ["lint", "style"],
      licenses: ["test"],
    });
  });

  test("the order in which jobs are written says nothing", () => {
    const turned = Object.fromEntries(Object.entries(jobs).toReversed());
    expect(needs({ failFast: true, jobs: turned })).toMatchObject({ test: ["style", "lint"], licenses: ["test"] });
  });

  test("without it the very same object: jobs wait for what they need by themselves", () => {
    const ci = { jobs };
    expect(inChain(ci)).toBe(ci);
  });

  test("a job waits for those of its own gate that it names, too", () => {
    expect(needs({ failFast: true, jobs: { ...jobs, second: job("unit", ["test"]) } })).toMatchObject({
      second: ["lint", "style", "test"],
      licenses: ["test", "second"],
    });
  });

  test("a job that stands for others is no link: it needs what it names, and none waits for it", () => {
    const all: Ci["jobs"][string] = { kind: "all-of", gate: "unit", timeoutMinutes: 5, needs: ["lint"] };
    expect(needs({ failFast: true, jobs: { lint: job("lint"), all, licenses: job("license") } })).toEqual({
      lint: undefined,
      all: ["lint"],
      licenses: ["lint"],
    });
  });

  test("applied twice it changes nothing more", () => {
    const once = inChain({ failFast: true, jobs });
    expect(inChain(once)).toEqual(once);
  });

  test("in each phase the chain is whole: jobs wait for those of the gates that are on", () => {
    const { needs: licenses } = inChain(ciInPhase({ ...maestro, phase: 4 })).jobs.licenses ?? {};
    expect(licenses).toEqual(["package", "build"]);
    const early = inChain(ciInPhase({ ...maestro, phase: 2 })).jobs;
    expect(Object.keys(early)).toEqual(["lint", "git-hygiene", "unit", "contract", "smoke", "flaky-tests"]);
    expect(early.smoke?.needs).toEqual(["contract"]);
  });
});

describe("a declared chain", () => {
  const chain = { "ci.failFast": true, "ci.jobs.lint": job("lint") };

  test("is refused where a required job waits for one that isn't", () => {
    expect(minimalRefusals(chain)).toEqual([
      expect.objectContaining({
        path: "main.requiredChecks[0].job",
        came: '"test", which needs "lint", which is not required',
      }),
    ]);
    expect(minimalRefusals({ ...chain, "main.requiredChecks": [{ job: "lint" }, { job: "test" }] })).toEqual([]);
  });

  test("is refused with needs across gates, forwards and backwards", () => {
    const required = { "main.requiredChecks": [{ job: "lint" }, { job: "test" }] };
    expect(minimalService.ci.jobs.test?.gate).toBe("unit");
    expect(minimalRefusals({ ...chain, ...required, "ci.jobs.test.needs": ["lint"] })).toEqual([
      {
        path: "ci.jobs.test.needs[0]",
        came: '"lint", of the gate "lint", where ci.failFast is true',
        expected: 'only jobs of its own gate, "unit"',
        remedy: "remove it: jobs wait for the gates before theirs without being told",
      },
    ]);
    expect(minimalRefusals({ ...chain, ...required, "ci.jobs.lint.needs": ["test"] })).toContainEqual(
      expect.objectContaining({ path: "ci.jobs.lint.needs[0]", expected: 'only jobs of its own gate, "lint"' }),
    );
  });
});
