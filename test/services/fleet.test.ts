import { join } from "node:path";
import { fleet } from "../../services/fleet";
import { MANIFEST, manifest } from "../../workflows/manifest";
import { serviceFiles } from "../../workflows/service-files";
import { synthesizedFleet } from "../stacks/synthesized-fleet";
import { expectGolden, expectGoldenFile } from "./golden";

const GOLDEN = join(__dirname, "golden");

describe("the services become exactly these stacks", () => {
  const directory = join(GOLDEN, "stacks");
  const files = synthesizedFleet(fleet).map(({ name, json, dependencies, warnings }) => ({
    path: `${name}.json`,
    content: `${JSON.stringify({ dependencies, warnings, ...json }, undefined, 2)}\n`,
  }));

  test("none missing and none left over", () => {
    expectGolden(directory, files);
  });

  test.each(files)("$path", (file) => {
    expectGoldenFile(directory, file);
  });

  test("the same ones again when they are synthesized a second time", () => {
    expect(synthesizedFleet(fleet)).toEqual(synthesizedFleet(fleet));
  });
});

const entries = fleet.services.map(({ service, sealed }) => [service.name, service, sealed] as const);

describe.each(entries)("%s", (name, service, sealed) => {
  const directory = join(GOLDEN, name, "files");
  const all = serviceFiles(service, fleet.organization, sealed);
  // It follows from the others, and is nothing to read in a review.
  const files = all.filter(({ path }) => path !== MANIFEST);

  test("gets a manifest of all of them", () => {
    expect(all.find(({ path }) => path === MANIFEST)).toEqual(manifest(name, files));
  });

  test("gets exactly these files, none missing and none left over", () => {
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

  const workflows = files.filter(({ path }) => path.startsWith(".github/workflows/"));

  test.each(workflows)("every action of $path is at a full commit, with its version beside it (POS-4)", (file) => {
    const uses = file.content.split("\n").filter((line) => /^\s*(?:- )?uses:/.test(line));
    if (file.path.endsWith("/preview-request.yml")) expect(uses).toEqual([]);
    else expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v?\d[\w.]*$/);
  });

  test("nothing that pull requests start has an environment or reads a secret: it can't deploy (POS-5)", () => {
    const started = workflows.filter(({ content }) => /^ {2}pull_request/m.test(content));
    const image = service.cluster?.previews?.dispatch === undefined ? [] : [".github/workflows/preview-image.yml"];
    const request = service.fly?.previews === undefined ? [] : [".github/workflows/preview-request.yml"];
    const title = service.main.conventionalCommits === undefined ? [] : [".github/workflows/pull-request-title.yml"];
    expect(started.map(({ path }) => path)).toEqual(
      [`.github/workflows/${service.ci.workflow ?? "ci"}.yml`, ...image, ...request, ...title].sort(),
    );
    for (const { content } of started) expect(content).not.toMatch(/environment:|secrets\./);
  });
});
