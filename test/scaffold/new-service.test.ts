import type { Fleet, ServiceEntry } from "../../declaration/fleet";
import { formatProblem } from "../../declaration/problem";
import { thingsInPhase } from "../../declaration/stateful-things";
import type { NewService } from "../../scaffold/asked";
import { newService } from "../../scaffold/new-service";
import { newTeam, withTeam } from "../../scaffold/new-team";
import { serviceText } from "../../scaffold/service-text";
import { leftOut } from "../../scaffold/shared-sections";
import { fleet } from "../../services/fleet";
import { fleetProblems } from "../../stacks/fleet-problems";
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

describe.each(Object.entries(ASKED))("a new service of the kind %s", (_, asked) => {
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

  it("has a text that the formatter leaves as it is", () => {
    const text = serviceText(newService(asked, fleet.organization), "demo", "npx gatehouse new demo");
    expect(formatted(text)).toBe(text);
    expect(text).toContain("/** Begun with: npx gatehouse new demo */\nexport const demo = defineService({\n");
  });

  it("waits for production's approval, and runs every job of the chain before a merge", () => {
    const { service } = newService(asked, fleet.organization);
    expect(service.stages.staging?.reviewers).toEqual([]);
    expect(service.stages.production?.reviewers).not.toEqual([]);
    expect(service.main.requiredChecks.map(({ job }) => job)).toEqual(Object.keys(service.ci.jobs));
  });
});
