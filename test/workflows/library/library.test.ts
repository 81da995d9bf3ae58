import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Job } from "../../../declaration/ci";
import { checkNames } from "../../../workflows/check-names";
import { libraryJob } from "../../../workflows/ci/library-job";
import { LIBRARY, libraryFiles } from "../../../workflows/library/library";
import { call, libraryWorkflow } from "../../../workflows/library/library-workflow";
import type { Permissions } from "../../../workflows/workflow";
import { actionlint } from "../actionlint";

const ROOT = join(__dirname, "../../..");
const test_ = {
  kind: "test",
  gate: "unit",
  timeoutMinutes: 15,
  command: "npm test",
  report: "junit.xml",
  keepDays: 30,
} as const;

function names(id: string, job: Parameters<typeof libraryJob>[1]): readonly string[] {
  return checkNames({ jobs: { [id]: libraryJob(id, job) } }).map(({ name }) => name);
}

describe("the library of workflows (SUM-4)", () => {
  test.each(libraryFiles())("$path is in this repository as it follows from workflows/library", (file) => {
    expect(readFileSync(join(ROOT, file.path), "utf8")).toBe(file.content);
  });

  test.each(libraryFiles())("$path is what actionlint accepts", async ({ path, content }) => {
    expect(await actionlint(path, content)).toEqual([]);
  });

  test.each(LIBRARY)("$file is called, and nothing else starts it; it grants nothing by itself", (workflow) => {
    const file = libraryFiles().find(({ path }) => path.endsWith(`/${workflow.file}`));
    const read = parse(file?.content ?? "");
    expect(Object.keys(read.on)).toEqual(["workflow_call"]);
    expect(read.permissions).toEqual({});
    // A group of its own would be its caller's, which would then wait for itself.
    expect(read).not.toHaveProperty("concurrency");
  });

  test.each(LIBRARY)("$file uses every input that it asks for, and asks for every one that it uses", (workflow) => {
    const used = [...JSON.stringify(workflow.jobs).matchAll(/\binputs\.([\w-]+)/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(Object.keys(workflow.triggers.workflowCall.inputs).sort());
  });
});

describe("a job that calls the library", () => {
  test("is reported as its own name and that of the job that is called", () => {
    expect(names("unit", test_)).toEqual(["unit / test"]);
    expect(names("unit", { ...test_, name: "Unit tests" })).toEqual(["Unit tests / test"]);
    expect(names("scan", { kind: "scan", gate: "security", timeoutMinutes: 5, severities: ["HIGH"] })).toEqual([
      "scan / dependencies",
      "scan / secrets",
    ]);
  });

  test("in parts is reported once a part, and tells each which it is", () => {
    expect(names("unit", { ...test_, shards: 3 })).toEqual(["unit (1) / test", "unit (2) / test", "unit (3) / test"]);
    expect(libraryJob("unit", { ...test_, shards: 3 })).toMatchObject({
      matrix: { shard: ["1", "2", "3"] },
      with: { shard: { expression: "matrix.shard" }, shards: 3, artifact: "unit" },
    });
  });

  const jobs: readonly Extract<Job, { readonly kind: "test" | "scan" | "package" | "build" }>[] = [
    test_,
    { ...test_, shards: 2 },
    { kind: "scan", gate: "security", timeoutMinutes: 5, severities: ["HIGH", "CRITICAL"] },
    { kind: "package", gate: "sbom", timeoutMinutes: 5, keepDays: 90 },
    { kind: "build", gate: "sbom", timeoutMinutes: 5, command: "npm run build", output: "dist" },
  ];

  test.each(jobs)("of kind $kind passes what must be passed, and nothing that isn't asked for", (job) => {
    const { calls, with: passed = {} } = libraryJob("it", job);
    const inputs = calls.triggers.workflowCall.inputs;
    const needed = Object.keys(inputs).filter((name) => inputs[name]?.default === undefined);
    expect(Object.keys(passed)).toEqual(expect.arrayContaining(needed));
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(passed)));
  });

  test("grants what the called jobs ask for, the stronger where two ask", () => {
    const job = (permissions: Permissions) => ({ runsOn: "x", timeoutMinutes: 5, permissions, steps: [] });
    const workflow = libraryWorkflow({
      file: "wf.yml",
      name: "Called",
      inputs: {},
      jobs: {
        one: job({ contents: { access: "write", because: "to push" }, issues: "read" }),
        two: job({ contents: "read", packages: "write" }),
      },
    });
    expect(call({}, workflow, {}).permissions).toEqual({
      contents: { access: "write", because: "to push" },
      issues: "read",
      packages: "write",
    });
  });
});
