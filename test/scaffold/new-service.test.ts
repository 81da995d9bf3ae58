import { join } from "node:path";
import type { Fleet, ServiceEntry } from "../../declaration/fleet";
import type { Organization } from "../../declaration/organization";
import { formatProblem } from "../../declaration/problem";
import { thingsInPhase } from "../../declaration/stateful-things";
import type { NewService } from "../../scaffold/asked";
import { newService } from "../../scaffold/new-service";
import { newTeam, withTeam } from "../../scaffold/new-team";
import { serviceText } from "../../scaffold/service-text";
import { leftOut } from "../../scaffold/shared-sections";
import { fleet } from "../../services/fleet";
import { fleetProblems } from "../../stacks/fleet-problems";
import { expectGoldenFile } from "../services/golden";
import { ASKED } from "./asked";
import { formatted } from "./formatted";

/** The fleet with a service that is asked for, of a team that is new too. */
function grownBy(asked: NewService, github: Partial<Fleet["organization"]["github"]> = {}): Fleet {
  const base = { ...fleet.organization, github: { ...fleet.organization.github, ...github } };
  const organization = withTeam(
    base,
    newTeam({ slug: "demo-maintainers", service: asked.name, until: "platform" }, base),
  );
  const { service } = newService(asked, organization);
  const entry: ServiceEntry = { service, sealed: {}, stateful: thingsInPhase({ service, stateful: {} }) };
  return { organization, services: github.plan === undefined ? [...fleet.services, entry] : [entry] };
}

const problemsOf = (grown: Fleet) => fleetProblems(grown).map(formatProblem);

describe("a new service in a cluster", () => {
  const grownIn = (home: Partial<NonNullable<Organization["clusters"]>[string]>) => {
    const { "eu-1": cluster } = fleet.organization.clusters ?? {};
    if (cluster === undefined) throw new Error("no cluster");
    const organization: Organization = {
      ...withTeam(
        fleet.organization,
        newTeam({ slug: "demo-maintainers", service: "demo", until: "platform" }, fleet.organization),
      ),
      clusters: { "eu-1": { ...cluster, ...home } },
    };
    const { service } = newService(ASKED.cluster, organization);
    const entry: ServiceEntry = { service, sealed: {}, stateful: thingsInPhase({ service, stateful: {} }) };
    return { service, problems: fleetProblems({ organization, services: [entry] }).map(formatProblem) };
  };

  it("has a canary in production, where the cluster can step and judge one", () => {
    const { service, problems } = grownIn({});
    expect(problems).toEqual([]);
    expect(service.cluster?.stages.production).toMatchObject({
      workload: "rollout",
      canary: { steps: [5, 25, 50, 100] },
    });
    expect(service.cluster?.stages.staging?.canary).toBeUndefined();
    expect(service.runbooks).toContain("canary");
  });

  it("has none where there is no controller for it, nor where nobody could judge it", () => {
    const plain = grownIn({ controllers: [] });
    expect(plain.problems).toEqual([]);
    expect(plain.service.cluster?.stages.production).toMatchObject({ workload: "deployment" });
    const { metrics: _, ...blind } = fleet.organization.clusters?.["eu-1"] ?? {};
    const unjudged = grownIn({ ...blind, metrics: undefined as never });
    for (const { service } of [plain, unjudged]) {
      expect(service.cluster?.stages.production?.canary).toBeUndefined();
      expect(service.runbooks).not.toContain("canary");
    }
  });
});

describe.each(Object.entries(ASKED))("a new service of the kind %s", (kind, asked) => {
  it.each([["staging,production"], ["production"], ["stage,prod"]])("has no mistake with the stages %s", (stages) => {
    expect(problemsOf(grownBy({ ...asked, stages: stages.split(",") }))).toEqual([]);
  });

  it.each([
    ["public", { plan: "team" }, []],
    ["public", { plan: "free", protectDefaultBranches: false }, []],
    ["private", { plan: "team" }, ["secret scanning", "code scanning", "required reviewers", "wait timers"]],
    [
      "private",
      { plan: "team", licenses: ["secret-protection", "code-security"] },
      ["required reviewers", "wait timers"],
    ],
    ["private", { plan: "enterprise" }, ["secret scanning", "code scanning"]],
    ["internal", { plan: "enterprise", licenses: ["secret-protection", "code-security"] }, []],
  ] as const)(
    "of a %s repository on %j has no mistake, and is without what that doesn't have",
    (visibility, github, without) => {
      const grown = grownBy({ ...asked, visibility }, github);
      expect(problemsOf(grown)).toEqual([]);
      expect(leftOut(grown.organization, { ...asked, visibility })).toEqual(without);
    },
  );

  it("is refused where the plan can't protect its main at all", () => {
    const problems = problemsOf(
      grownBy({ ...asked, visibility: "private" }, { plan: "free", protectDefaultBranches: false }),
    );
    expect(problems.join("\n")).toContain('came:     rulesets for a private repository on the GitHub plan "free"');
  });

  it("has exactly this text, which the formatter leaves as it is", () => {
    const text = serviceText(newService(asked, fleet.organization), "demo", "npx gatehouse new demo");
    expect(formatted(text)).toBe(text);
    expectGoldenFile(join(__dirname, "golden"), { path: `${kind}.ts.txt`, content: text });
  });

  it("waits for production's approval, and runs every job of the chain before a merge", () => {
    const { service } = newService(asked, fleet.organization);
    expect(service.stages.staging?.reviewers).toEqual([]);
    expect(service.stages.production?.reviewers).not.toEqual([]);
    const chain = Object.keys(service.ci.jobs).filter((id) => id !== "flaky-tests");
    expect(service.main.requiredChecks.map(({ job }) => job)).toEqual(chain);
  });

  it("has the gate chain of MAE-1 in its order, as far as nobody but the service itself knows its commands", () => {
    const { service } = newService(asked, fleet.organization);
    expect(service.ci).toMatchObject({ failFast: true, summary: true });
    const gates = new Set(Object.values(service.ci.jobs).map(({ gate }) => gate));
    const own = { edge: [], cluster: ["migration"], railway: ["migration"], fly: ["migration"] }[asked.kind];
    expect([...gates]).toEqual(["lint", "unit", "security", "sbom", ...own, "license"]);
    const kinds = Object.values(service.ci.jobs).map((job) => job.kind);
    expect(kinds).toEqual(expect.arrayContaining(["scan", "package", "licenses"]));
    // What Railway deploys is tested once more, on the commit that is deployed; what it runs is built there.
    expect(kinds.includes("flaky-tests")).toBe(asked.kind !== "railway");
    expect(kinds.includes("build")).toBe(asked.kind === "cluster");
  });

  it("freezes a red main, in words until its workflow lies on main", () => {
    const { service } = newService(asked, fleet.organization);
    expect(service.main.freezeWhenRed).toEqual({ repairLabel: "fix/main", blocking: false });
    expect(Object.keys(service.labels)).toContain("fix/main");
  });
});
