import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Job } from "../../../declaration/ci";
import type { Service } from "../../../declaration/service";
import { organization } from "../../../services/organization";
import { ACTIONS } from "../../../workflows/actions";
import { buildTwiceScript } from "../../../workflows/ci/build-twice-script";
import { ciWorkflow } from "../../../workflows/ci/ci-workflow";
import { renderWorkflow } from "../../../workflows/render-workflow";
import { type ActRun, runWithAct } from "../../support/act";
import { describeWith } from "../../support/programs";

const ROOT = join(__dirname, "../../..");
const { repository, commit } = organization.library ?? {};

/** A job that does one thing after its checkout. */
function does(run: string, others: Partial<Job> = {}): Job {
  return { kind: "steps", gate: "unit", timeoutMinutes: 5, steps: [{ name: "Do", run }], ...others } as Job;
}

function allOf(...needs: readonly string[]): Job {
  return { kind: "all-of", gate: "unit", timeoutMinutes: 5, needs };
}

function run(ci: Service["ci"], replaced: Readonly<Record<string, string>> = {}): ActRun {
  const files = [
    renderWorkflow(ciWorkflow({ name: "sample", settings: {}, ci }), organization.library),
    buildTwiceScript("sample"),
    { path: "README.md", content: "# Sample\n", executable: false },
  ];
  return runWithAct({ files, workflow: "ci.yml", event: "pull_request", replaced });
}

describeWith(["act", "git", "jq"], "a rendered CI workflow, run by act", () => {
  test("is green when all of its jobs are", () => {
    const { green, results } = run({
      jobs: { lint: does("true"), unit: does("true", { needs: ["lint"] }), all: allOf("lint", "unit") },
    });
    expect(results).toEqual({ lint: "success", unit: "success", all: "success" });
    expect(green).toBe(true);
  });

  test("has a red check of all when a job is red, and when one was skipped for it", () => {
    const jobs = {
      lint: does("false"),
      unit: does("true", { needs: ["lint"] }),
      other: does("true"),
      red: allOf("lint", "other"),
      skipped: allOf("unit", "other"),
      green: allOf("other"),
    };
    const { results, output } = run({ jobs });
    expect(results).toEqual({
      lint: "failure",
      other: "success",
      red: "failure",
      skipped: "failure",
      green: "success",
    });
    expect(output).toContain("skipped  unit");
    expect(output).toContain("failure  lint");
  });

  test("stops behind a red gate, and not beside it, where it fails fast (MAE-1)", () => {
    const jobs = {
      lint: does("true", { gate: "lint" }),
      unit: does("false"),
      more: does("true"),
      contract: does("true", { gate: "contract" }),
      license: does("true", { gate: "license" }),
    };
    const { results } = run({ failFast: true, jobs });
    expect(results).toEqual({ lint: "success", unit: "failure", more: "success" });
  });

  test("runs every leg of a matrix, which finds its values", () => {
    const { green, output } = run({
      jobs: {
        unit: does('echo "on $MATRIX_OS"', { matrix: { os: ["linux", "macos"] } } as Partial<Job>),
        all: allOf("unit"),
      },
    });
    expect(green).toBe(true);
    expect(output).toContain("on linux");
    expect(output).toContain("on macos");
  });

  describe("with a job that the library does", () => {
    let directory: string;
    beforeAll(() => {
      // In place of the action that installs Node.js, which is a download: what is on PATH does.
      directory = mkdtempSync(join(tmpdir(), "gatehouse-action-"));
      writeFileSync(
        join(directory, "action.yml"),
        "name: Node.js\ndescription: As it is\nruns: { using: composite, steps: [{ shell: bash, run: node --version }] }\n",
      );
    });
    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    const built = (command: string) =>
      run(
        {
          jobs: {
            build: { kind: "build", gate: "sbom", timeoutMinutes: 5, command, output: "dist" },
            all: allOf("build"),
          },
        },
        { [`${repository}@${commit}`]: ROOT, [ACTIONS.setupNode.uses]: directory },
      );

    test("passes inputs on, and is green when two builds are the same bytes (MAE-10)", () => {
      const { green, results } = built("mkdir -p dist && cp README.md dist/");
      expect(results).toEqual({ build: "success", all: "success" });
      expect(green).toBe(true);
    });

    test("is red when they aren't", () => {
      const { green, results } = built("mkdir -p dist && mktemp -u > dist/a");
      // Behind a called workflow that failed act goes no further, where GitHub runs what always runs.
      expect(results).toEqual({ build: "failure" });
      expect(green).toBe(false);
    });
  });
});
