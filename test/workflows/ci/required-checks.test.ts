import type { CheckReference } from "../../../declaration/protected-main";
import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { requiredChecks } from "../../../workflows/ci/required-checks";

const service: Service = openclawPos;

function requiring(...references: readonly CheckReference[]): readonly string[] {
  return requiredChecks({ ...service, main: { ...service.main, requiredChecks: references } });
}

describe("the required checks", () => {
  it("of openclaw-pos are exactly the names its jobs report (POS-3)", () => {
    expect(requiredChecks(service)).toEqual([
      "lint-docs-and-yaml",
      "shellcheck",
      "git-hygiene",
      "codeql (javascript-typescript)",
      "codeql (python)",
      "trivy-config-scan",
    ]);
  });

  it("are every leg of a matrix job that is named without a leg", () => {
    expect(requiring({ job: "codeql" })).toEqual(["codeql (javascript-typescript)", "codeql (python)"]);
  });

  it("follow a job that gets another name for people", () => {
    const job = service.ci.jobs.shellcheck;
    if (job === undefined) throw new Error("openclaw-pos has no shellcheck job");
    const renamed = {
      ...service,
      ci: { jobs: { ...service.ci.jobs, shellcheck: { ...job, name: "Shell: all scripts" } } },
    };
    expect(requiredChecks(renamed)).toContain("Shell: all scripts");
    expect(requiredChecks(renamed)).not.toContain("shellcheck");
  });

  it("name each check once", () => {
    expect(requiring({ job: "codeql", leg: { language: "python" } }, { job: "codeql" })).toEqual([
      "codeql (python)",
      "codeql (javascript-typescript)",
    ]);
  });

  it("can't name a job that no longer exists", () => {
    expect(() => requiring({ job: "shell-check" })).toThrow(
      'service "openclaw-pos": main requires {"job":"shell-check"}, which no job of the CI workflow reports (it reports "lint-docs-and-yaml", "shellcheck"',
    );
  });

  it("can't name a leg that the matrix doesn't have", () => {
    expect(() => requiring({ job: "codeql", leg: { language: "go" } })).toThrow(
      /refer to a job of ci\.jobs and to values of its matrix/,
    );
    expect(() => requiring({ job: "shellcheck", leg: { toString: "x" } })).toThrow(
      /which no job of the CI workflow reports/,
    );
  });
});
