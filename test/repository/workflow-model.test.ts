import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inPhase } from "../../declaration/in-phase";
import { formatProblem } from "../../declaration/problem";
import type { Service } from "../../declaration/service";
import { fleet } from "../../services/fleet";
import { organization } from "../../services/organization";
import { LIBRARY } from "../../workflows/library/library";
import { pathsIn } from "../../workflows/model/expression";
import { expressionsOf } from "../../workflows/model/expressions-of";
import type { JudgedWorkflow } from "../../workflows/model/judged-workflow";
import { workflowFindings } from "../../workflows/model/workflow-findings";
import type { RenderedFile } from "../../workflows/rendered-file";
import { serviceFiles } from "../../workflows/service-files";
import { serviceWorkflows } from "../../workflows/service-workflows";
import { isCalling } from "../../workflows/workflow";
import { type ReadingProps, readCalled, readWorkflow } from "../support/read-workflow";

const ROOT = join(__dirname, "../..");
const OWN = ".github/workflows";

const library = readdirSync(join(ROOT, OWN))
  .filter((file) => file.startsWith("wf-reuse-"))
  .map((file) => readCalled(file, readFileSync(join(ROOT, OWN, file), "utf8")));
const { repository, commit } = organization.library ?? {};
const props: ReadingProps = {
  called: Object.fromEntries(library.map((called) => [`${repository}/${OWN}/${called.file}@${commit}`, called])),
  composites: {
    "./.github/actions/prepare": readFileSync(join(ROOT, ".github/actions/prepare/action.yml"), "utf8"),
  },
};

function readFiles(files: readonly RenderedFile[]): readonly JudgedWorkflow[] {
  return files
    .filter(({ path }) => path.startsWith(`${OWN}/`))
    .map(({ path, content }) => readWorkflow(path.slice(OWN.length + 1), content, props));
}

const own = readFiles(
  readdirSync(join(ROOT, OWN)).map((file) => ({
    path: `${OWN}/${file}`,
    content: readFileSync(join(ROOT, OWN, file), "utf8"),
    executable: false,
  })),
);

/** With all phases, and as far as its phase is on. */
const services = fleet.services.flatMap((entry) => {
  const now = inPhase(entry);
  const of = (name: string, service: Service) => ({ name, service, files: serviceFiles(service, organization, {}) });
  const all = of(entry.service.name, entry.service);
  return now === entry.service ? [all] : [all, of(`${now.name}, today`, now)];
});

function findings(workflows: readonly JudgedWorkflow[]): readonly string[] {
  return workflows.flatMap((workflow) =>
    workflowFindings(workflow, workflows).map((finding) => formatProblem({ ...finding, subject: workflow.file })),
  );
}

/** What a service's own scripts ask for stands in its declaration, and in no file. */
function withAskedFor(workflow: JudgedWorkflow, model: JudgedWorkflow | undefined): JudgedWorkflow {
  const jobs = Object.entries(workflow.jobs).map(([id, job]) => {
    const declared = model?.jobs[id];
    if (isCalling(job) || declared === undefined || isCalling(declared)) return [id, job] as const;
    const steps = job.steps.map((step, index) => {
      const asking = declared.steps[index];
      return asking !== undefined && "run" in asking && "run" in step && asking.asksFor !== undefined
        ? { ...step, asksFor: asking.asksFor }
        : step;
    });
    return [id, { ...job, steps }] as const;
  });
  return { ...workflow, jobs: Object.fromEntries(jobs) };
}

describe("nothing is wrong", () => {
  test("in this repository's own workflows, which people write, but that plans of pull requests read secrets", () => {
    expect(own.map(({ file }) => file)).toContain("plan.yml");
    const found = findings(own);
    // The environment `plan` holds what can only read: plan.yml says so where it begins.
    const meant = found.filter((text) => text.includes("in a run that a pull request starts"));
    expect(found.filter((text) => !meant.includes(text))).toEqual([]);
    expect(meant.filter((text) => !text.startsWith("plan.yml: jobs.plan."))).toEqual([]);
    expect(meant).toContainEqual(expect.stringContaining("the environment plan, in a run"));
  });

  test("in the workflows of the library, as its model and as its files say them", () => {
    expect(findings(LIBRARY)).toEqual([]);
    expect(findings(library)).toEqual([]);
  });

  test.each(services)("in the workflows that $name gets, read back from their files", ({ service, files }) => {
    const workflows = readFiles(files);
    const models = new Map(serviceWorkflows(service, organization).map((workflow) => [workflow.file, workflow]));
    expect(workflows.length).toBeGreaterThan(0);
    expect(findings(workflows.map((workflow) => withAskedFor(workflow, models.get(workflow.file))))).toEqual([]);
  });
});

test.each(services)("every workflow that $name gets is judged at synth", ({ service, files }) => {
  const judged = serviceWorkflows(service, organization).map(({ file }) => file);
  expect(judged.sort()).toEqual(
    readFiles(files)
      .map(({ file }) => file)
      .sort(),
  );
});

test.each(services)("every output that $name reads of a program is written by that program", ({ files }) => {
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  for (const workflow of readFiles(files)) {
    for (const { job: id = "", place, expression } of expressionsOf(workflow)) {
      for (const [context, key, part, output] of pathsIn(expression)) {
        const job = workflow.jobs[id];
        if (context !== "steps" || part !== "outputs" || job === undefined || isCalling(job)) continue;
        const step = job.steps.find(({ id: own }) => own?.toLowerCase() === key);
        if (step === undefined || "uses" in step) continue;
        const programs = [...step.run.matchAll(/(?:tools\/)?([\w./-]+\.(?:sh|mjs|py))/g)];
        const text = programs.map(([, path = ""]) => contents.get(path) ?? "").join("\n") || step.run;
        expect([workflow.file, place, text]).toEqual([
          workflow.file,
          place,
          expect.stringMatching(new RegExp(`${output}(?:=|<<| ["$])`)),
        ]);
      }
    }
  }
});
