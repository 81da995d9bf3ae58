import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { fleet } from "../../services/fleet";
import { ACTIONS } from "../../workflows/actions";
import { synthesizedFleet } from "../stacks/synthesized-fleet";
import { actionlint } from "../workflows/actionlint";

const ROOT = join(__dirname, "../..");
const WORKFLOWS = join(ROOT, ".github/workflows");

interface Step {
  readonly if?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly name?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": unknown };
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Those of the library follow from workflows/library, and are tested there; others are called by nobody. */
const files = readdirSync(WORKFLOWS)
  .filter((file) => !file.startsWith("wf-reuse-"))
  .map((file) => ({
    file,
    text: readFileSync(join(WORKFLOWS, file), "utf8"),
    workflow: parse(readFileSync(join(WORKFLOWS, file), "utf8")) as Workflow,
  }));
const local = readFileSync(join(ROOT, ".github/actions/prepare/action.yml"), "utf8");
const sources = [...files, { file: "actions/prepare/action.yml", text: local }];

const uses = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/^\s*(?:- )?uses: *(?<action>\S+)(?: *# *(?<comment>.*))?$/gm)].map(({ groups }) => ({
    file,
    action: groups?.action ?? "",
    comment: groups?.comment,
  })),
);
const jobs = files.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ file, id, job, on: workflow.on })),
);

function workflow(name: string): Workflow {
  const found = files.find(({ file }) => file === `${name}.yml`);
  if (found === undefined) throw new Error(`no workflow ${name}.yml`);
  return found.workflow;
}

describe("this repository's workflows", () => {
  test("are the seven that the project needs", () => {
    expect(files.map(({ file }) => file).sort()).toEqual([
      "break-glass.yml",
      "ci.yml",
      "deploy.yml",
      "drift.yml",
      "files.yml",
      "plan.yml",
      "previews.yml",
    ]);
  });

  test.each(files)("$file is what actionlint accepts", async ({ file, text }) => {
    const found = await actionlint(`.github/workflows/${file}`, text);
    // The package's actionlint is older than the context `vars` (https://github.blog/changelog/2023-01-10); .ci/run asks the current one too.
    expect(found.filter((line) => !line.includes('undefined variable "vars"'))).toEqual([]);
  });

  test.each(uses)("$file: $action is at a full commit, with its version, as in workflows/actions.ts", (used) => {
    if (used.action.startsWith("./")) {
      expect(statSync(join(ROOT, used.action, "action.yml")).isFile()).toBe(true);
      return;
    }
    expect(used.action).toMatch(/^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*@[0-9a-f]{40}$/);
    expect(used.comment).toMatch(/^v\d+\.\d+\.\d+$/);
    const [name] = used.action.split("@");
    const kept = Object.values(ACTIONS).find((action) => action.uses.startsWith(`${name}@`));
    expect({ uses: used.action, version: used.comment }).toEqual(kept);
  });

  test.each(files)("$file grants nothing by itself and has a concurrency group", ({ workflow }) => {
    expect(workflow.permissions).toEqual({});
    expect(workflow.concurrency.group).toMatch(/^[a-z]+/);
  });

  test.each(jobs)("$file, job $id: a name, a timeout and permissions of its own", ({ job }) => {
    expect(job.name).toBeTruthy();
    expect(job["timeout-minutes"]).toBeGreaterThan(0);
    expect(job["timeout-minutes"]).toBeLessThanOrEqual(120);
    expect(job.permissions).toBeDefined();
  });

  test("write permissions are those that are needed, in jobs without a pull request's code; who writes entries signs them as its workflow", () => {
    const writing = jobs.flatMap(({ file, id, job }) =>
      Object.entries(job.permissions ?? {})
        .filter(([, access]) => access !== "read")
        .map(([permission]) => `${file} ${id}: ${permission}`),
    );
    const signing = jobs
      .filter(({ job }) => JSON.stringify(job.steps).includes("gatehouse audit run"))
      .map(({ file, id }) => `${file} ${id}: id-token`);
    expect(signing).toHaveLength(4);
    expect(writing.sort()).toEqual([...signing, "drift.yml drift: issues", "plan.yml comment: pull-requests"].sort());
    const [checkOut] = workflow("plan").jobs.comment?.steps ?? [];
    expect(checkOut?.with?.ref).toBe("${{ github.event.pull_request.base.sha }}");
  });

  test("no check-out leaves a token behind", () => {
    const checkOuts = jobs.flatMap(({ job }) =>
      job.steps.filter(({ uses: used }) => used?.startsWith("actions/checkout@")),
    );
    expect(checkOuts.length).toBeGreaterThan(0);
    for (const step of checkOuts) expect(step.with?.["persist-credentials"]).toBe(false);
  });

  test("secrets are read in steps alone, and only in jobs with an environment", () => {
    for (const { file, workflow: read } of files) {
      expect([file, JSON.stringify([read.env, ...Object.values(read.jobs).map(({ env }) => env)])]).not.toEqual([
        file,
        expect.stringContaining("secrets."),
      ]);
    }
    for (const { file, id, job } of jobs) {
      if (!JSON.stringify(job.steps).includes("secrets.")) continue;
      expect([file, id, job.environment]).toEqual([file, id, expect.stringMatching(/^[a-z]+$/)]);
    }
  });

  test("no expression is pasted into a script", () => {
    const scripts = jobs.flatMap(({ file, job }) => job.steps.map(({ run }) => ({ file, run: run ?? "" })));
    for (const { file, run } of scripts) expect([file, run]).not.toEqual([file, expect.stringContaining("${{")]);
  });

  test("nothing runs a pull request's code with the rights of the base", () => {
    for (const { workflow: read } of files) {
      expect(Object.keys(read.on)).not.toContain("pull_request_target");
      expect(Object.keys(read.on)).not.toContain("workflow_run");
    }
  });
});

describe("plan.yml", () => {
  const steps = workflow("plan").jobs.plan?.steps ?? [];

  test("runs for pull requests, and a plan is never stopped in the middle", () => {
    expect(Object.keys(workflow("plan").on)).toEqual(["pull_request"]);
    expect(workflow("plan").concurrency["cancel-in-progress"]).toBe(false);
  });

  test("plans one exact stack at a time, and goes on when one fails", () => {
    const plan = steps.find(({ name }) => name === "Plan them")?.run ?? "";
    expect(plan).toContain('npx cdktf plan "$stack"');
    expect(plan).toMatch(/npx cdktf plan .* \|\| code=\$\?/);
  });

  test("judges each plan by the policies, and ends as they do, but keeps no plan as JSON: values stand in it in clear", () => {
    const plan = steps.find(({ name }) => name === "Plan them")?.run ?? "";
    expect(plan).toContain('terraform -chdir="cdktf.out/stacks/$stack" show -json plan > "$json/$stack.json"');
    expect(plan).toContain('npx gatehouse policy --plan "$json"/*.json --markdown');
    expect(plan).toContain(`trap 'rm -rf "$json"' EXIT`);
    expect(plan).toMatch(/if \[ "\$code" -eq 0 \]; then code=\$judged; fi\nexit "\$code"/);
    const kept = steps.find(({ name }) => name === "Keep the comment for the next job");
    expect(kept?.with?.path).toBe(".gatehouse/plan-report/comment.md");
  });

  test("says why where there are no secrets, in the summary", () => {
    const said = steps.find(({ name }) => name === "Say why nothing is planned")?.run ?? "";
    expect(said).toContain("--unplanned");
    expect(said).toContain("$GITHUB_STEP_SUMMARY");
  });
});

describe("deploy.yml", () => {
  const { on, jobs: deploys, concurrency } = workflow("deploy");

  test("runs from main only, and never stops a deploy", () => {
    expect(on.push).toEqual({ branches: ["main"] });
    expect(Object.keys(on)).toEqual(["push", "workflow_dispatch"]);
    expect(deploys.foundation).toMatchObject({ if: "github.ref == 'refs/heads/main'" });
    expect(concurrency["cancel-in-progress"]).toBe(false);
  });

  test("goes wave by wave, each behind the one before and behind the environment of its name", () => {
    expect(
      Object.entries(deploys).map(([id, job]) => [id, job.environment, (job as { needs?: string }).needs]),
    ).toEqual([
      ["foundation", "foundation", undefined],
      ["rehearsal", "rehearsal", "foundation"],
      ["production", "production", "rehearsal"],
    ]);
  });

  test("names no stack: which there are follows from the manifest", () => {
    for (const [wave, job] of Object.entries(deploys)) {
      const run = job.steps.at(-1)?.run ?? "";
      expect(run).toContain(`npx gatehouse stacks --wave ${wave}`);
      expect(run).toContain('npx cdktf deploy "${stacks[@]}" --auto-approve');
      expect(run.includes("--ignore-missing-stack-dependencies")).toBe(wave !== "foundation");
    }
  });

  test("each wave has the credentials of the providers that its stacks may have, the bucket of an audit trail among them", () => {
    const signers = { ci: { publicKey: "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=" } };
    const organization = { ...fleet.organization, audit: { bucket: { name: "openclaw-audit" }, signers } };
    const credential: Readonly<Record<string, string>> = {
      github: "GITHUB_TOKEN",
      cloudflare: "CLOUDFLARE_API_TOKEN",
      grafana: "GRAFANA_AUTH",
      kubernetes: "KUBE_CONFIG_PATH",
      helm: "KUBE_CONFIG_PATH",
    };
    const wanted = { foundation: new Set<string>(), rehearsal: new Set<string>(), production: new Set<string>() };
    for (const { name, json } of synthesizedFleet({ ...fleet, organization })) {
      const isOfStage = !/^organization$|^cluster-|-repository$/.test(name);
      for (const provider of Object.keys(json.provider ?? {}))
        for (const wave of isOfStage ? (["rehearsal", "production"] as const) : (["foundation"] as const))
          wanted[wave].add(credential[provider] ?? provider);
    }
    for (const [wave, variables] of Object.entries(wanted))
      expect([wave, Object.keys(deploys[wave]?.steps.at(-1)?.env ?? {})]).toEqual([
        wave,
        expect.arrayContaining([...variables]),
      ]);
    expect(wanted.foundation).toContain("CLOUDFLARE_API_TOKEN");
  });

  test("no state is said to be kept on a runner: with local state every deploy is refused", () => {
    expect(files.find(({ file }) => file === "deploy.yml")?.text).not.toContain("TF_VAR_");
  });
});

describe("drift.yml", () => {
  test("runs every night and by hand", () => {
    expect(Object.keys(workflow("drift").on)).toEqual(["schedule", "workflow_dispatch"]);
  });

  test("the issue is kept after a look that failed too", () => {
    const steps = workflow("drift").jobs.drift?.steps ?? [];
    expect(steps.find(({ name }) => name === "Look for drift")?.run).toContain("npx gatehouse drift --markdown");
    expect(steps.at(-2)?.run).toContain('npx gatehouse drift-issue --report "$REPORT" --exit-code "$EXIT_CODE"');
  });

  test("an overdue rotation fails the run, whatever came before", () => {
    const last = workflow("drift").jobs.drift?.steps.at(-1);
    expect(last?.run).toBe("npx gatehouse check");
    expect(last?.if).toContain("!cancelled()");
  });
});

describe("files.yml", () => {
  const { on, jobs: all, concurrency } = workflow("files");
  const deliver = all.deliver?.steps.at(-1)?.run ?? "";

  /** Runs the step as GitHub would, with a gatehouse that ends as told. */
  function delivered(code: number) {
    const directory = mkdtempSync(join(tmpdir(), "gatehouse-files-"));
    try {
      writeFileSync(join(directory, "npx"), `#!/bin/sh\necho "| $* |"\nexit ${code}\n`, { mode: 0o755 });
      const environment = {
        PATH: `${directory}:${process.env.PATH}`,
        RUNNER_TEMP: directory,
        GITHUB_STEP_SUMMARY: join(directory, "summary"),
      };
      const run = spawnSync("bash", ["-eo", "pipefail", "-c", deliver], { encoding: "utf8", env: environment });
      return { status: run.status, output: run.stdout, summary: readFileSync(join(directory, "summary"), "utf8") };
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }

  test("delivers what is on main to all services, one run after the other, with a token of its own", () => {
    expect(on.push).toEqual({ branches: ["main"] });
    expect(Object.keys(on)).toEqual(["push", "workflow_dispatch"]);
    expect(all.deliver).toMatchObject({ environment: "files", if: "github.ref == 'refs/heads/main'" });
    expect(concurrency["cancel-in-progress"]).toBe(false);
  });

  test("ends as the delivery ends, with its report in the summary, whatever became of it", () => {
    const report = "| gatehouse files --all --pull-request --markdown |\n";
    expect(delivered(0)).toEqual({ status: 0, output: report, summary: report });
    expect(delivered(1)).toEqual({ status: 1, output: report, summary: report });
  });

  test("what a person turned down is a warning", () => {
    const { status, output } = delivered(2);
    expect(status).toBe(0);
    expect(output).toContain("::warning::a person closed a service's pull request");
  });
});

describe("ci.yml", () => {
  test("runs .ci/run for every pull request and on main, on the oldest supported Node.js and the current LTS", () => {
    expect(Object.keys(workflow("ci").on)).toEqual(["pull_request", "push"]);
    const { test: job } = workflow("ci").jobs;
    expect(job?.steps.at(-1)?.run).toBe(".ci/run");
    expect(JSON.stringify(job)).toContain('["20.20.2","24.18.0"]');
  });
});
