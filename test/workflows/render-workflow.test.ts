import { parse } from "yaml";
import { ACTIONS } from "../../workflows/actions";
import { renderWorkflow } from "../../workflows/render-workflow";
import type { CallingJob, Value, Workflow, WorkflowJob } from "../../workflows/workflow";
import { actionlint } from "./actionlint";
import { HOSTILE } from "./hostile-text";

const job: WorkflowJob = {
  runsOn: "ubuntu-24.04",
  timeoutMinutes: 5,
  permissions: { contents: "read" },
  steps: [{ name: "Say it", run: "echo hello" }],
};

function workflow(change: Partial<Workflow> = {}): Workflow {
  return {
    file: "sample.yml",
    service: "sample",
    name: "Sample",
    triggers: { push: { branches: ["main"] } },
    concurrency: { group: "sample", cancelInProgress: false },
    jobs: { only: job },
    ...change,
  };
}

function rendered(change: Partial<Workflow> = {}): string {
  return renderWorkflow(workflow(change)).content;
}

function envOf(value: Value): string {
  return parse(rendered({ env: { VALUE: value } })).env.VALUE;
}

describe("a rendered workflow", () => {
  it("begins with what made it and the command that makes it again", () => {
    expect(rendered().split("\n").slice(0, 2)).toEqual([
      "# Made by Gatehouse from services/sample.ts; do not edit.",
      "# Make it again: npx gatehouse files sample",
    ]);
  });

  it("lies in .github/workflows and ends with one line break", () => {
    const file = renderWorkflow(workflow());
    expect(file.path).toBe(".github/workflows/sample.yml");
    expect(file.content).toMatch(/[^\n]\n$/);
  });

  it("grants nothing but what a job names, with the reason beside it", () => {
    const content = rendered({
      jobs: { only: { ...job, permissions: { contents: { access: "write", because: "it pushes\nthe tag" } } } },
    });
    expect(parse(content).permissions).toEqual({});
    expect(parse(content).jobs.only.permissions).toEqual({ contents: "write" });
    expect(content).toContain("contents: write # it pushes the tag\n");
  });

  it("of the library says so, and asks for inputs and secrets by name", () => {
    const { service: _none, ...library } = workflow({
      triggers: {
        workflowCall: {
          inputs: {
            shards: { description: "How many", type: "number", default: 1 },
            commit: { description: "Which", type: "string" },
          },
          secrets: { TOKEN: { description: "Registry ${{ x }}", required: true } },
          outputs: { digest: { description: "Of the image", value: { expression: "jobs.only.outputs.digest" } } },
        },
      },
      jobs: {
        only: { ...job, env: { COMMIT: { expression: "inputs.commit" }, SHARDS: { expression: "inputs.shards" } } },
      },
    });
    const { content } = renderWorkflow(library);
    expect(content.split("\n").slice(0, 2)).toEqual([
      "# Made by Gatehouse from workflows/library/; do not edit.",
      "# Make it again: npx gatehouse library",
    ]);
    expect(parse(content).on.workflow_call).toEqual({
      inputs: {
        shards: { description: "How many", required: false, type: "number", default: 1 },
        commit: { description: "Which", required: true, type: "string" },
      },
      secrets: { TOKEN: { description: "Registry $ {{ x }}", required: true } },
      outputs: { digest: { description: "Of the image", value: "${{ jobs.only.outputs.digest }}" } },
    });
  });

  it("calls a workflow of the library at its commit, with inputs and secrets by name or all of them", () => {
    const calls = { file: "wf.yml", name: "Called", triggers: { workflowCall: { inputs: {} } }, jobs: { only: job } };
    const call: CallingJob = { permissions: { contents: "read" }, calls, with: { shards: 2 } };
    const jobs = {
      some: { ...call, secrets: { TOKEN: { secret: "KEY" } } },
      all: { ...call, secrets: "inherit" },
    } as const;
    const library = { repository: "openclaw/gatehouse", commit: "0".repeat(40), version: "v1.0.0" };
    const { content } = renderWorkflow(workflow({ jobs }), library);
    const uses = `openclaw/gatehouse/.github/workflows/wf.yml@${"0".repeat(40)}`;
    expect(parse(content).jobs).toEqual({
      some: {
        name: "some",
        permissions: { contents: "read" },
        uses,
        with: { shards: 2 },
        secrets: { TOKEN: "${{ secrets.KEY }}" },
      },
      all: expect.objectContaining({ secrets: "inherit" }),
    });
    expect(content).toContain(`uses: ${uses} # v1.0.0\n`);
    expect(() => renderWorkflow(workflow({ jobs }), { ...library, commit: "main" })).toThrow(
      'the action "openclaw/gatehouse/.github/workflows/wf.yml@main" is not at a full commit SHA',
    );
    expect(() => renderWorkflow(workflow({ jobs }))).toThrow(
      'job "some" calls wf.yml, and nobody says where it is; write organization.library (repository, commit, version)',
    );
  });

  it("says which events of a pull request start it", () => {
    const triggers = { pullRequest: { branches: ["main"], types: ["opened", "closed"] } } as const;
    expect(parse(rendered({ triggers })).on).toEqual({
      pull_request: { branches: ["main"], types: ["opened", "closed"] },
    });
  });

  it("runs after another workflow with the reason beside it, where the one who looks for weaknesses reads it", () => {
    const content = rendered({ triggers: { workflowRun: { workflows: ["Other"], because: "takes\nnothing" } } });
    expect(parse(content).on).toEqual({ workflow_run: { workflows: ["Other"], types: ["completed"] } });
    expect(content).toContain("workflows: [Other] # zizmor: ignore[dangerous-triggers] takes nothing\n");
  });

  it("stops a script at the first error, in a pipe too", () => {
    expect(parse(rendered()).defaults.run.shell).toBe("bash");
  });

  it("writes a script as a block, as it is", () => {
    const run = 'if true; then\n  echo "a: #b" | cat\nfi';
    const content = rendered({ jobs: { only: { ...job, steps: [{ name: "x", run }] } } });
    expect(parse(content).jobs.only.steps[0].run).toBe(`${run}\n`);
    expect(content).toContain(
      '        run: |\n          if true; then\n            echo "a: #b" | cat\n          fi\n',
    );
  });

  it("writes the version of an action beside its commit", () => {
    const content = rendered({ jobs: { only: { ...job, steps: [{ name: "x", uses: ACTIONS.checkout }] } } });
    expect(content).toContain(`uses: ${ACTIONS.checkout.uses} # ${ACTIONS.checkout.version}\n`);
  });

  it("refuses an action that is not at a commit", () => {
    const uses = { uses: "actions/checkout@v7", version: "v7" };
    expect(() => rendered({ jobs: { only: { ...job, steps: [{ name: "x", uses }] } } })).toThrow(
      'the action "actions/checkout@v7" is not at a full commit SHA; look it up (git ls-remote) and write owner/name@<40 hexadecimal digits>',
    );
  });

  it("refuses an expression inside a script", () => {
    const steps = [{ name: "Greet", run: `echo "\${{ github.event.pull_request.title }}"` }];
    expect(() => rendered({ jobs: { only: { ...job, steps } } })).toThrow(
      /step "Greet": its script contains an expression .* pass the value through env and read the shell variable/,
    );
  });

  it("refuses an invisible character inside a script", () => {
    const steps = [{ name: "Greet", run: "echo safe \u202e# gnihtemos" }];
    expect(() => rendered({ jobs: { only: { ...job, steps } } })).toThrow(
      /the invisible character "\u202e" \(U\+202e\): what people read would not be what runs/,
    );
  });

  it("refuses an expression that reads settings past the matrix", () => {
    expect(() => envOf({ expression: "secrets.TOKEN" })).toThrow(
      'the expression "secrets.TOKEN" reads secrets or vars; write { secret: KEY } or { variable: KEY }',
    );
    expect(() => envOf({ expression: "github.sha }}${{ github.token" })).toThrow("carries its own ${{ }}");
  });

  it("renders references as GitHub reads them", () => {
    expect(envOf({ secret: "TOKEN" })).toBe("${{ secrets.TOKEN }}");
    expect(envOf({ variable: "URL" })).toBe("${{ vars.URL }}");
    expect(envOf(["ci-", { expression: "github.ref" }, "-x"])).toBe("ci-${{ github.ref }}-x");
  });

  it("keeps text text: an expression in it is written as one that yields it", () => {
    expect(envOf("a ${{ secrets.TOKEN }}")).toBe("a ${{ '${{' }} secrets.TOKEN }}");
  });

  it.each([
    "yes",
    "no",
    "on",
    "1.20",
    "0o7",
    "1e3",
    "null",
    "~",
    "-",
    "2026-11-21",
    "0x1f",
    ".5",
    "a: b",
    "#c",
    "&a",
    "*b",
    "!t",
    "|",
    "",
    " x ",
  ])("quotes %j, which some readers take for something else", (value) => {
    expect(envOf(value)).toBe(value);
    expect(rendered({ env: { VALUE: value } })).toMatch(/VALUE: ["']/);
  });

  it("is one file for the same workflow, however often it is rendered", () => {
    expect(rendered({ env: { B: "1", A: "2" } })).toBe(rendered({ env: { B: "1", A: "2" } }));
  });

  it("survives hostile text in every free field, and GitHub's parser too", async () => {
    const content = rendered({
      name: HOSTILE,
      env: { VALUE: HOSTILE },
      triggers: {
        workflowDispatch: { sha: { description: HOSTILE, required: true, type: "string", default: HOSTILE } },
      },
      jobs: {
        only: {
          ...job,
          name: HOSTILE,
          permissions: { contents: { access: "read", because: HOSTILE } },
          steps: [{ name: HOSTILE, run: "true", env: { STEP: HOSTILE } }],
        },
      },
    });
    const read = parse(content);
    expect(read.env.VALUE.replaceAll("${{ '${{' }}", "${{")).toBe(HOSTILE);
    expect(Object.keys(read.jobs)).toEqual(["only"]);
    for (const name of [read.name, read.jobs.only.name, read.jobs.only.steps[0].name])
      expect(name).not.toContain("${{");
    expect(content).not.toMatch(/[\u200b\ufeff]/);
    expect(await actionlint("sample.yml", content)).toEqual([]);
  });
});
