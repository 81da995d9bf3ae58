import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fleet } from "../../declaration/fleet";
import { phase } from "../../operations/phase";
import type { PhaseReport } from "../../operations/phase-report";
import { type Changes, REMOVED } from "../declaration/change";
import { minimalFleet, summitFleet } from "../declaration/fixture";
import { World, type WorldProps } from "./preflight-world";
import { RecordingConsole } from "./recording-console";

const NOTHING_RECORDED = {};
const STAGE_RECORDED = { "stage/namespace/eu-1": "summit-stage" };
const ALL_RECORDED = { ...STAGE_RECORDED, "prod/namespace/eu-1": "summit-prod" };

const TERRAFORM = `if [ "$2" = -json ]; then echo '{"terraform_version":"1.11.4"}'; else echo 'Terraform v1.11.4'; fi`;

let world: World;
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
});
afterEach(async () => {
  await world.close();
  rmSync(root, { recursive: true, force: true });
});

interface Asked {
  readonly to?: number;
  readonly json?: boolean;
}

async function run(fleet: Fleet, asked: Asked = {}, props: WorldProps = {}, environment = { GITHUB_TOKEN: "" }) {
  const programs = { terraform: TERRAFORM };
  world = await World.of({ programs, ...props });
  const console = new RecordingConsole();
  const options = { service: fleet.services[0]?.service.name ?? "", plan: false, json: true, root, ...asked };
  const code = await phase(fleet, { ...options, environment: { ...world.environment, ...environment } }, console);
  return { code, console };
}

function summit(number: number, stateful: object, changes: Changes = {}): Fleet {
  return summitFleet({ service: { ...changes, phase: number }, stateful });
}

async function report(fleet: Fleet, asked: Asked = {}, props: WorldProps = {}): Promise<PhaseReport> {
  return (await run(fleet, asked, props)).console.json as PhaseReport;
}

describe("gatehouse phase: where a service stands", () => {
  test("shows all twelve phases, what is done, where it is and what is off", async () => {
    const { phases, phase: now } = await report(summit(3, NOTHING_RECORDED), { to: 3 });
    expect(now).toBe(3);
    expect(phases.map(({ state }) => state)).toEqual([...Array(3).fill("done"), "now", ...Array(8).fill("off")]);
  });

  test("every reached phase has validations; none that could not be seen is green, and others aren't looked at", async () => {
    const { phases } = await report(summit(11, ALL_RECORDED), { to: 11 });
    for (const { validations, result } of phases) {
      expect(validations.length).toBeGreaterThan(0);
      // Of the offline ones each phase has at least one beside that needs an account.
      expect(result).not.toBe("ok");
    }
    await world.close();
    const early = await report(summit(2, NOTHING_RECORDED), { to: 2 });
    expect(early.phases.map(({ result }) => result === null)).toEqual([
      ...Array(3).fill(false),
      ...Array(9).fill(true),
    ]);
    expect(early.phases[5]?.validations).toEqual([]);
  });

  test("says which of them needs an account", async () => {
    const { phases } = await report(summit(2, NOTHING_RECORDED), { to: 2 });
    expect(phases[1]?.validations).toContainEqual({
      what: "stack summit-repository",
      sight: "unseen",
      said: "GITHUB_TOKEN is not set: no account to compare with",
      todo: "set the providers' variables; see the README",
    });
    expect(phases[2]?.validations[0]).toEqual({
      what: "workflows read what their environments define",
      sight: "ok",
      said: "no problem",
    });
  });

  test("a service without a phase has everything on, and can go back", async () => {
    const { phase: now, phases, plans } = await report(minimalFleet());
    expect(now).toBeNull();
    expect(new Set(phases.map(({ state }) => state))).toEqual(new Set(["done"]));
    expect(plans.map(({ to, direction }) => [to, direction])).toEqual([[10, "back"]]);
  });

  test("prints phases, findings and plans, and what to do to go on", async () => {
    const { console, code } = await run(summit(3, NOTHING_RECORDED), { json: false });
    expect(code).toBe(1);
    expect(console.text).toMatch(/│ 3 +│ previews +│ a preview for each pull request +│ now +│/);
    expect(console.text).toContain("forward from 3 to 4 (security):");
    expect(console.text).toContain("  brings: code scanning, secret scanning with push protection, SBOM");
    expect(console.text).toContain("  ~ file .github/workflows/pr.yml");
    expect(console.text).toContain("back from 3 to 2 (workflows):");
    expect(console.text).toContain("  takes away: a preview for each pull request");
    expect(console.printed.at(-1)).toBe(
      "summit is in the phase 3 (previews); the next, 4 (security), brings code scanning, secret scanning with push protection, SBOM\nto go there, write phase: 4 in services/summit.ts, deploy, and look again",
    );
    expect(console.progressed.map((line) => line.replace(/^\S+ /, ""))).toEqual([0, 1, 2, 3].map((n) => `phase ${n}`));
  });

  test("leaves nothing behind on disk", async () => {
    await run(summit(3, NOTHING_RECORDED));
    expect(readdirSync(root)).toEqual([]);
  });
});

describe("gatehouse phase: the plan to another phase", () => {
  async function plan(fleet: Fleet, to: number, props: WorldProps = {}) {
    const { plans } = await report(fleet, { to }, props);
    expect(plans).toHaveLength(1);
    const [only] = plans;
    if (only === undefined) throw new Error("one plan was expected");
    return only;
  }

  test("from 3 to 4 scanning is on, and the jobs of scans are added: nothing else of Terraform's", async () => {
    const { diff, refused } = await plan(summit(3, NOTHING_RECORDED), 4);
    expect(refused).toEqual([]);
    expect(diff?.resources).toContainEqual({
      stack: "summit-repository",
      address: "github_repository.repository",
      change: "changed",
      attributes: expect.arrayContaining(["security_and_analysis"]),
    });
    expect(new Set(diff?.resources.map(({ stack }) => stack))).toEqual(new Set(["summit-repository"]));
    expect(diff?.files).toContainEqual({ path: ".github/workflows/pr.yml", change: "changed" });
  });

  test("from 7 to 8 production gets its namespace and its release, and the record its line", async () => {
    const { diff } = await plan(summit(7, STAGE_RECORDED), 8);
    const added = diff?.resources.filter(({ change }) => change === "added") ?? [];
    expect(new Set(added.map(({ stack }) => stack))).toEqual(new Set(["summit-prod"]));
    expect(added.map(({ address }) => address)).toEqual(
      expect.arrayContaining(["helm_release.release", expect.stringMatching(/^kubernetes_namespace_v1\./)]),
    );
    expect(diff?.recorded).toEqual(["prod/namespace/eu-1"]);
  });

  test("from 8 to 7 with nothing running nothing is removed: the release stays, without its steps", async () => {
    const { diff, refused, canary } = await plan(summit(8, ALL_RECORDED), 7, { kubectl: {} });
    expect(refused).toEqual([]);
    expect(canary).toEqual([
      { what: "canary: prod (summit-prod)", sight: "ok", said: "nothing of the service runs there" },
    ]);
    expect(diff?.resources.filter(({ change }) => change === "removed")).toEqual([]);
    expect(diff?.resources).toContainEqual({
      stack: "summit-prod",
      address: "helm_release.release",
      change: "changed",
      attributes: expect.arrayContaining(["values"]),
    });
  });

  test("from 11 to 10 dashboards and alerts go, and nothing that holds data", async () => {
    const { diff, refused } = await plan(summit(11, ALL_RECORDED), 10);
    expect(refused).toEqual([]);
    const removed = diff?.resources.filter(({ change }) => change === "removed") ?? [];
    expect(removed.length).toBeGreaterThan(0);
    expect(new Set(removed.map(({ address }) => address.split("_")[0]))).toEqual(new Set(["grafana"]));
  });

  test("from 1 to 0 stacks are left alone with what they hold, and files go", async () => {
    const { diff } = await plan(summit(1, NOTHING_RECORDED), 0);
    expect(diff?.resources).toEqual([]);
    expect(diff?.leftAlone).toEqual(["summit-prod", "summit-repository", "summit-stage"]);
    expect(new Set(diff?.files.map(({ change }) => change))).toEqual(new Set(["removed"]));
  });

  test("from 0 to 1 the repository, its protection and its environments are added", async () => {
    const { diff } = await plan(summit(0, NOTHING_RECORDED), 1);
    expect(new Set(diff?.resources.map(({ change }) => change))).toEqual(new Set(["added"]));
    expect(diff?.resources.map(({ address }) => address.split(".")[0])).toEqual(
      expect.arrayContaining(["github_repository", "github_repository_ruleset", "github_repository_environment"]),
    );
    expect(diff?.resources.map(({ address }) => address).join()).not.toMatch(/kubernetes|helm|grafana/);
  });

  test("several phases at once bring what all of them bring", async () => {
    const { brings, diff } = await plan(summit(3, NOTHING_RECORDED), 9);
    expect(brings).toHaveLength(6);
    expect(diff?.recorded).toEqual(["stage/namespace/eu-1", "prod/namespace/eu-1"]);
  });

  test("a phase for which the declaration is not right is refused, with every mistake", async () => {
    const fleet = summit(9, ALL_RECORDED, { "labels.freeze/main-red": REMOVED });
    const { code, console } = await run(fleet, { to: 10 });
    const [only] = (console.json as PhaseReport).plans;
    expect(code).toBe(1);
    expect(only?.diff).toBeUndefined();
    expect(only?.refused).toEqual([expect.stringContaining('labels["freeze/main-red"]')]);
  });

  test.each([[12], [-1], [1.5], [Number.NaN]])("--to %d is refused", async (to) => {
    await expect(run(summit(3, NOTHING_RECORDED), { to })).rejects.toThrow(
      `--to is ${to}; expected the number of a phase, 0 (preflight) to 11 (observability)`,
    );
  });
});

describe("gatehouse phase: while a canary runs its steps stay", () => {
  const kubectl = (phase: string) => ({
    "get rollouts.argoproj.io summit": {
      stdout: {
        metadata: { generation: 3 },
        status: { observedGeneration: "3", phase, currentPodHash: "b2", stableRS: phase === "Healthy" ? "b2" : "a1" },
      },
    },
  });

  async function wayBack(props: WorldProps, to: number) {
    const { code, console } = await run(summit(8, ALL_RECORDED), { to }, props);
    return { code, refused: (console.json as PhaseReport).plans[0]?.refused };
  }

  test("with one version, healthy, the way back is free", async () => {
    expect((await wayBack({ kubectl: kubectl("Healthy") }, 7)).refused).toEqual([]);
  });

  test("from 8 to 1 while a canary runs is refused, with words, and exit code 1", async () => {
    const { code, refused } = await wayBack({ kubectl: kubectl("Paused") }, 1);
    expect(code).toBe(1);
    expect(refused).toEqual([
      "canary: prod (summit-prod): a canary runs: it is Paused, with the version b2 beside a1\n  to do: wait until it is promoted, or abort it: kubectl argo rollouts abort",
    ]);
  });

  test("a cluster that can't be seen is not said to be safe", async () => {
    const { code, refused } = await wayBack({}, 7);
    expect(code).toBe(1);
    expect(refused).toEqual([
      expect.stringMatching(
        /^canary: prod \(summit-prod\): could not see whether one runs: .*there is no "kubectl" on PATH/,
      ),
    ]);
  });

  test("a way that leaves the canary as it is asks nothing of it", async () => {
    const { console } = await run(summit(10, ALL_RECORDED), { to: 8 }, {});
    expect((console.json as PhaseReport).plans[0]).toMatchObject({ canary: [], refused: [] });
  });
});
