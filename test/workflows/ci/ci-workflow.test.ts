import { parse } from "yaml";
import type { Job } from "../../../declaration/ci";
import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { checkNames } from "../../../workflows/check-names";
import { settingProblems } from "../../../workflows/check-settings";
import { ciWorkflow } from "../../../workflows/ci/ci-workflow";
import { renderWorkflow } from "../../../workflows/render-workflow";
import type { WorkflowJob } from "../../../workflows/workflow";
import { actionlint } from "../actionlint";
import { HOSTILE } from "../hostile-text";

const service: Service = openclawPos;
const workflow = ciWorkflow(service);
const read = parse(renderWorkflow(workflow).content);

function withJobs(jobs: Readonly<Record<string, Job>>, settings: Service["settings"] = {}): Service {
  return { ...service, settings, ci: { jobs } };
}

function jobOf(job: Job, settings: Service["settings"] = {}): WorkflowJob {
  const found = ciWorkflow(withJobs({ only: job }, settings)).jobs.only;
  if (found === undefined) throw new Error("the job is missing");
  return found as WorkflowJob;
}

describe("the CI workflow", () => {
  it("has exactly the declared jobs, in their order", () => {
    expect(Object.keys(read.jobs)).toEqual([
      "lint-docs-and-yaml",
      "shellcheck",
      "git-hygiene",
      "codeql",
      "trivy-config-scan",
    ]);
  });

  it("is started by pull requests to main and pushes to main, and nothing else", () => {
    expect(read.on).toEqual({ pull_request: { branches: ["main"] }, push: { branches: ["main"] } });
  });

  it("is started only by the declared paths, if there are any", () => {
    const on = ciWorkflow({ ...service, ci: { ...service.ci, paths: ["src/**"] } }).triggers;
    expect(on.pullRequest?.paths).toEqual(["src/**"]);
    expect(on.push?.paths).toEqual(["src/**"]);
  });

  it("sets the ci column of the matrix", () => {
    expect(read.env).toEqual({ APP_ENV: "ci" });
  });

  it("reads no secret and no variable: what pull requests bring runs in it", () => {
    expect(settingProblems(service, workflow)).toEqual([]);
    expect(renderWorkflow(workflow).content).not.toMatch(/secrets\.|vars\./);
  });

  it("leaves no token in the working copy", () => {
    for (const job of Object.values(workflow.jobs as Readonly<Record<string, WorkflowJob>>)) {
      expect(job.steps[0]).toMatchObject({ name: "Check out", with: { "persist-credentials": false } });
    }
  });

  it("stops older runs of a pull request, never those of main", () => {
    expect(read.concurrency["cancel-in-progress"]).toBe("${{ github.event_name == 'pull_request' }}");
  });

  it("gives each job its timeout, and only CodeQL a permission to write", () => {
    for (const [id, job] of Object.entries(workflow.jobs as Readonly<Record<string, WorkflowJob>>)) {
      expect(job.timeoutMinutes).toBe(service.ci.jobs[id]?.timeoutMinutes);
      const writes = Object.entries(job.permissions).filter(
        ([, grant]) => (typeof grant === "string" ? grant : grant.access) === "write",
      );
      expect(writes.map(([scope]) => scope)).toEqual(id === "codeql" ? ["security-events"] : []);
    }
  });

  it("is accepted by actionlint", async () => {
    expect(await actionlint("ci.yml", renderWorkflow(workflow).content)).toEqual([]);
  });
});

describe("a job of CI", () => {
  const common = { gate: "unit", timeoutMinutes: 5 } as const;

  it("looks at the declared scripts, and fails when there is none", () => {
    const step = jobOf({ ...common, kind: "shellcheck", scripts: ["scripts/*.sh", "bin/**/*.bash"] }).steps.at(-1);
    expect(step).toMatchObject({
      env: { PATTERNS: "scripts/*.sh bin/**/*.bash" },
      run: expect.stringContaining("exit 1"),
    });
  });

  it("refuses files over the declared size, over the whole change", () => {
    const { steps } = jobOf({ ...common, kind: "git-hygiene", maxFileKilobytes: 77 });
    expect(steps[0]).toMatchObject({ with: { "fetch-depth": 0 } });
    expect(steps[1]).toMatchObject({ env: { MAX_FILE_KILOBYTES: 77 }, run: '.github/tools/git-hygiene.sh "$BASE"' });
  });

  it("looks for edits of generated files too, whatever the change is otherwise", () => {
    const { steps } = jobOf({ ...common, kind: "git-hygiene", maxFileKilobytes: 77 });
    expect(steps[2]).toMatchObject({ if: "!cancelled()", run: ".github/tools/generated-files.sh" });
  });

  it("fails for the declared severities of Trivy, by the checks that the pinned version carries", () => {
    expect(jobOf({ ...common, kind: "trivy-config", severities: ["CRITICAL", "LOW"] }).steps[1]).toMatchObject({
      env: { TRIVY_SKIP_CHECK_UPDATE: true },
      with: {
        severity: "CRITICAL,LOW",
        "exit-code": 1,
        version: expect.stringMatching(/^v\d+\.\d+\.\d+$/),
        cache: false,
      },
    });
  });

  it("builds only the languages that CodeQL can't read otherwise", () => {
    const interpreted = jobOf({ ...common, kind: "codeql", matrix: { language: ["python", "rust"] } });
    expect(interpreted.steps[1]).toMatchObject({ with: { "build-mode": "none" } });
    const compiled = jobOf({ ...common, kind: "codeql", matrix: { language: ["python", "go"] } });
    expect(compiled.steps[1]).toMatchObject({
      with: { "build-mode": { expression: `contains(fromJSON('["go"]'), matrix.language) && 'autobuild' || 'none'` } },
    });
  });

  it("runs the service's own steps after a checkout, with the matrix in variables", () => {
    const job = jobOf({
      ...common,
      kind: "steps",
      matrix: { "node-version": ["22"] },
      steps: [{ name: "Test", run: "npm test" }],
    });
    expect(job.steps.map((step) => step.name)).toEqual(["Check out", "Test"]);
    expect(job.env).toEqual({ MATRIX_NODE_VERSION: { expression: "matrix['node-version']" } });
  });

  it("gives a token that may read what is declared, and nothing more, to scripts alone (HOT-1)", () => {
    const job = jobOf({
      ...common,
      kind: "steps",
      name: "Danger",
      reads: ["pull-requests"],
      steps: [
        { name: "Review", run: "npm run danger", env: { MODE: "ci" } },
        { name: "Mine", action: { uses: `a/b@${"a".repeat(40)}`, version: "v9" } },
      ],
    });
    expect(job).toMatchObject({
      name: "Danger",
      permissions: { contents: "read", "pull-requests": { access: "read" } },
    });
    expect(job.steps[1]?.env).toEqual({ GITHUB_TOKEN: { expression: "github.token" }, MODE: "ci" });
    expect(job.steps[2]?.env).toEqual({});
    const without = jobOf({ ...common, kind: "steps", steps: [{ name: "x", run: "true" }] });
    expect([without.permissions, without.steps[1]?.env]).toEqual([{ contents: "read" }, {}]);
  });

  it.each(["AI Config Validation", "Docs Policy", "Danger"])("reports a check named %s exactly so (HOT-1)", (name) => {
    const jobs = { own: { ...common, kind: "steps" as const, name, steps: [{ name: "Check", run: "npm run check" }] } };
    expect(checkNames(ciWorkflow(withJobs(jobs)))).toEqual([{ job: "own", leg: {}, name }]);
  });

  it("does not check out twice", () => {
    const uses = `actions/checkout@${"a".repeat(40)}`;
    const job = jobOf({
      ...common,
      kind: "steps",
      steps: [{ name: "Mine", action: { uses, version: "v9" }, with: { ref: "x" } }],
    });
    expect(job.steps.map((step) => step.name)).toEqual(["Mine"]);
  });

  it("gets the ci value of a variable it refers to", () => {
    const job = jobOf(
      {
        ...common,
        kind: "steps",
        steps: [{ name: "Test", run: "true", env: { MODE: { setting: "APP_ENV" }, X: "plain" } }],
      },
      service.settings,
    );
    expect(job.steps[1]?.env).toEqual({ MODE: "ci", X: "plain" });
  });

  it("that refers to a key which CI has no value for is refused by name", () => {
    const broken = withJobs(
      {
        only: {
          ...common,
          kind: "steps",
          steps: [{ name: "x", run: "true", env: { A: { setting: "SENTRY_DSN" }, B: { setting: "NONE" } } }],
        },
      },
      service.settings,
    );
    expect(settingProblems(broken, ciWorkflow(broken)).map((problem) => problem.path)).toEqual([
      "settings.SENTRY_DSN",
      "settings.NONE",
    ]);
  });

  it("keeps hostile text out of GitHub's hands", async () => {
    const steps = [{ name: HOSTILE, run: 'echo "$TEXT"', env: { TEXT: HOSTILE } }];
    const hostile = withJobs({
      tests: { ...common, kind: "steps", name: HOSTILE, matrix: { a: ["1"], "b/c": ["x"] }, steps },
      after: { ...common, kind: "docs-and-yaml-lint", needs: ["tests"] },
    });
    const { content } = renderWorkflow(ciWorkflow(hostile));
    expect(await actionlint("ci.yml", content)).toEqual([]);
    expect(parse(content).jobs.after.needs).toEqual(["tests"]);
  });
});
