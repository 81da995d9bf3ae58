import type { Service } from "../../declaration/service";
import { openclawPos } from "../../services/openclaw-pos";
import { ACTIONS } from "../../workflows/actions";
import { settingProblems } from "../../workflows/check-settings";
import { settingsRead } from "../../workflows/settings-read";
import type { CalledWorkflow, Value, Variables, Workflow, WorkflowJob } from "../../workflows/workflow";

const service: Service = openclawPos;

function workflow(env: Variables, job: Partial<WorkflowJob> = {}): Workflow<WorkflowJob> {
  const only: WorkflowJob = { runsOn: "ubuntu-24.04", timeoutMinutes: 5, permissions: {}, steps: [], env, ...job };
  return {
    file: "sample.yml",
    service: "openclaw-pos",
    name: "Sample",
    triggers: {},
    concurrency: { group: "sample", cancelInProgress: false },
    jobs: { only },
  };
}

describe("the settings a workflow reads", () => {
  it("are found wherever a value can stand", () => {
    const sample = workflow(
      { A: { secret: "JOB" } },
      {
        environment: { name: "production", url: { variable: "LINK" } },
        steps: [
          { name: "x", run: "true", env: { B: ["Bearer ", { secret: "STEP" }] } },
          { name: "y", uses: ACTIONS.checkout, with: { token: { secret: "INPUT" } } },
        ],
      },
    );
    const read = settingsRead({ ...sample, env: { C: { variable: "WORKFLOW" } }, runName: { variable: "RUN" } });
    expect(read.map(({ key }) => key)).toEqual(["WORKFLOW", "RUN", "LINK", "JOB", "STEP", "INPUT"]);
    expect(read[0]).toEqual({ job: "only", environment: "production", key: "WORKFLOW", kind: "variable" });
  });
});

describe("a job that calls a workflow", () => {
  const called = {
    ...workflow(
      { TOKEN: { secret: "CLOUDFLARE_API_TOKEN" } },
      { environment: { name: { expression: "inputs.where" } } },
    ),
    triggers: {
      workflowCall: {
        inputs: { where: { description: "Environment", type: "string" } },
        secrets: { CLOUDFLARE_API_TOKEN: { description: "Token", required: false } },
      },
    },
  } as const satisfies CalledWorkflow;
  const calling = (where: Value): Workflow => ({
    ...workflow({}),
    jobs: {
      there: {
        permissions: {},
        calls: called,
        with: { where },
        secrets: { CLOUDFLARE_API_TOKEN: { secret: "CLOUDFLARE_API_TOKEN" } },
      },
    },
  });

  it("reads what the called jobs read, in the environment that it names for them", () => {
    expect(settingsRead(calling("production"))).toEqual([
      { job: "there", environment: "production", key: "CLOUDFLARE_API_TOKEN", kind: "secret" },
    ]);
    expect(settingProblems(service, calling("production"))).toEqual([]);
  });

  it("is refused when that environment doesn't define it", () => {
    expect(settingProblems(service, calling("nowhere"))).toMatchObject([
      {
        path: "settings.CLOUDFLARE_API_TOKEN.environments",
        came: 'job "there" of sample.yml reads the secret CLOUDFLARE_API_TOKEN in the environment nowhere, which does not define it',
      },
    ]);
  });

  it("is refused when nobody can tell which environment it is", () => {
    expect(settingProblems(service, calling({ expression: "github.ref_name" }))).toMatchObject([
      { came: 'job "there" of sample.yml reads the secret CLOUDFLARE_API_TOKEN without an environment' },
    ]);
  });
});

describe("a workflow that reads a setting", () => {
  it("is fine when the job's environment defines it", () => {
    const sample = workflow(
      { TOKEN: { secret: "CLOUDFLARE_API_TOKEN" }, URL: { variable: "HEALTHCHECK_URL" } },
      { environment: { name: "production" } },
    );
    expect(settingProblems(service, sample)).toEqual([]);
  });

  it("is refused when the key is not declared, with the key that was probably meant", () => {
    const sample = workflow({ X: { secret: "CLOUDFLARE_API_TOKN" } }, { environment: { name: "production" } });
    expect(settingProblems(service, sample)).toMatchObject([
      {
        subject: "openclaw-pos",
        path: "settings.CLOUDFLARE_API_TOKN",
        came: 'job "only" of sample.yml reads the secret CLOUDFLARE_API_TOKN',
        remedy: expect.stringContaining('did you mean "CLOUDFLARE_API_TOKEN"?'),
      },
    ]);
  });

  it("is refused when the environment does not define the key", () => {
    const sample = workflow({ X: { secret: "CLOUDFLARE_API_TOKEN" } }, { environment: { name: "production-backup" } });
    expect(settingProblems(service, sample)).toMatchObject([
      {
        path: "settings.CLOUDFLARE_API_TOKEN.environments",
        came: 'job "only" of sample.yml reads the secret CLOUDFLARE_API_TOKEN in the environment production-backup, which does not define it',
        expected: "production-backup among the environments of CLOUDFLARE_API_TOKEN",
        remedy:
          "add production-backup to settings.CLOUDFLARE_API_TOKEN.environments, or run the job in an environment that has the key",
      },
    ]);
  });

  it("is refused when the environment does not exist", () => {
    const sample = workflow({ X: { secret: "CLOUDFLARE_API_TOKEN" } }, { environment: { name: "prod" } });
    expect(settingProblems(service, sample)[0]?.expected).toContain('one of the environments: "staging", "production"');
  });

  it("is refused when the job has no environment", () => {
    expect(settingProblems(service, workflow({ X: { variable: "APP_ENV" } }))).toMatchObject([
      { came: 'job "only" of sample.yml reads the variable APP_ENV without an environment' },
    ]);
  });

  it("is refused when a secret is read as a variable", () => {
    const sample = workflow({ X: { variable: "SENTRY_DSN" } }, { environment: { name: "production" } });
    expect(settingProblems(service, sample)).toMatchObject([
      { came: expect.stringContaining("which is declared as a secret"), expected: "a variable" },
    ]);
  });

  it("is refused for a key that is a property of every object", () => {
    const sample = workflow({ X: { secret: "constructor" } }, { environment: { name: "production" } });
    expect(settingProblems(service, sample)).toHaveLength(1);
  });
});
