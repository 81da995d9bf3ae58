import { environmentsOf } from "../environments";
import { didYouMean, oneOf, show } from "../problem";
import type { CheckContext } from "./context";
import { planProblem } from "./plan";

/** A stage of this name would have the address of the repository's own stack. */
const RESERVED = new Set(["repository"]);

/** Stages have reviewers that exist, protections that the plan gives, and environments of distinct names. */
export function stagesProblems({ organization, service, report }: CheckContext): void {
  const { plan } = organization.github;
  const { visibility } = service.repository;
  const stages = Object.entries(service.stages);
  if (stages.length === 0) {
    report(["stages"], { came: "no stage", expected: "at least one stage", remedy: "declare where the service runs" });
  }
  for (const [name, stage] of stages) {
    const path = ["stages", name];
    if (RESERVED.has(name)) {
      report(path, {
        came: show(name),
        expected: "another name: it is the name of the repository's stack",
        remedy: "rename the stage",
      });
    }
    stage.reviewers.forEach((role, index) => {
      if (!Object.hasOwn(service.owners, role)) {
        report([...path, "reviewers", index], {
          came: show(role),
          expected: oneOf(Object.keys(service.owners), "roles in owners"),
          remedy: `nobody plays this role: declare it in owners, or name one of them${didYouMean(role, Object.keys(service.owners))}`,
        });
      } else if (stage.reviewers.indexOf(role) !== index) {
        report([...path, "reviewers", index], {
          came: `${show(role)} a second time`,
          expected: "each role once",
          remedy: "remove one",
        });
      }
    });
    if (stage.preventSelfReview && stage.reviewers.length === 0) {
      report([...path, "preventSelfReview"], {
        came: "true, without reviewers",
        expected: "reviewers, or false",
        remedy: "name reviewers: without them nobody reviews at all",
      });
    }
    for (const [key, { branches }] of Object.entries(stage.unattended ?? {})) {
      if (branches.length === 1 && branches[0] === "main") continue;
      report([...path, "unattended", key, "branches"], {
        came: show(branches),
        expected: '["main"]: nobody approves what runs here, so only reviewed code may',
        remedy: 'write ["main"]',
      });
    }
    const asks = [
      ["environments", true, [], "leave the service out: its stages need environments"],
      [
        "required reviewers",
        stage.reviewers.length > 0,
        ["reviewers"],
        "write reviewers: [] and protect the stage by its branches",
      ],
      ["wait timers", stage.waitMinutes > 0, ["waitMinutes"], "write waitMinutes: 0"],
    ] as const;
    for (const [feature, asked, inner, otherwise] of asks) {
      const problem = asked ? planProblem(feature, plan, visibility, otherwise) : undefined;
      if (problem !== undefined) report([...path, ...inner], problem);
    }
  }
  const owners = new Map<string, string>();
  for (const environment of environmentsOf(service)) {
    const key = environment.name.toLowerCase();
    const other = owners.get(key);
    if (other !== undefined) {
      report(["stages", environment.stage, ...(environment.unattended ? ["unattended", environment.name] : [])], {
        came: `the environment ${show(environment.name)}, which the stage "${other}" has too`,
        expected: "a name that no other environment has",
        remedy: "rename one",
      });
    }
    owners.set(key, environment.stage);
  }
}
