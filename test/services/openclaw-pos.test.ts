import { join } from "node:path";
import { fleet } from "../../services/fleet";
import { openclawPos } from "../../services/openclaw-pos";
import { organization } from "../../services/organization";
import { serviceFiles } from "../../workflows/service-files";
import { synthesizedFleet } from "../stacks/synthesized-fleet";
import { expectGolden, expectGoldenFile } from "./golden";

const GOLDEN = join(__dirname, "golden", "openclaw-pos");

describe("openclaw-pos becomes exactly these stacks", () => {
  const directory = join(GOLDEN, "stacks");
  const files = synthesizedFleet(fleet).map(({ name, json, dependencies, warnings }) => ({
    path: `${name}.json`,
    content: `${JSON.stringify({ dependencies, warnings, ...json }, undefined, 2)}\n`,
  }));

  test("four of them", () => {
    expectGolden(directory, files);
  });

  test.each(files)("$path", (file) => {
    expectGoldenFile(directory, file);
  });

  test("the same ones again when they are synthesized a second time", () => {
    expect(synthesizedFleet(fleet)).toEqual(synthesizedFleet(fleet));
  });
});

describe("openclaw-pos gets exactly these files", () => {
  const directory = join(GOLDEN, "files");
  const files = serviceFiles(openclawPos, organization);

  test("none missing and none left over", () => {
    expectGolden(directory, files);
  });

  test.each(files)("$path", (file) => {
    expectGoldenFile(directory, file);
  });

  test("scripts can be executed, nothing else can", () => {
    const executable = files.filter((file) => file.executable).map(({ path }) => path);
    expect(executable.every((path) => path.endsWith(".sh"))).toBe(true);
    expect(files.filter(({ path }) => path.endsWith(".sh")).map(({ path }) => path)).toEqual(executable);
  });
});

describe("POS-4: what runs in workflows is pinned", () => {
  const workflows = serviceFiles(openclawPos, organization).filter(({ path }) => path.startsWith(".github/workflows/"));

  test.each(workflows)("every action of $path is at a full commit, with its version beside it", ({ content }) => {
    const uses = content.split("\n").filter((line) => /^\s*(?:- )?uses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d[\w.]*$/);
  });
});

describe("POS-5: nothing that pull requests start can deploy", () => {
  const workflows = serviceFiles(openclawPos, organization).filter(({ path }) => path.startsWith(".github/workflows/"));

  test("a workflow that pull requests start has no environment and reads no secret", () => {
    const started = workflows.filter(({ content }) => /^ {2}pull_request/m.test(content));
    expect(started.map(({ path }) => path)).toEqual([".github/workflows/ci.yml"]);
    for (const { content } of started) expect(content).not.toMatch(/environment:|secrets\./);
  });
});
