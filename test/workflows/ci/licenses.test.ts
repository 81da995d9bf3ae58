import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LicensesJob, licensesFiles } from "../../../workflows/ci/licenses";

const JOB: LicensesJob = {
  kind: "licenses",
  gate: "license",
  timeoutMinutes: 5,
  allow: ["MIT", "Apache-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"],
  accepted: [{ package: "@own/app", license: "none", because: "Ours" }],
};

const python = spawnSync("python3", ["-c", "import license_expression"]).status === 0;
const withParser = python ? describe : describe.skip;

function library(name: string, licenses?: unknown, more: object = {}): object {
  return { type: "library", name, ...(licenses !== undefined && { licenses }), ...more };
}

const id = (text: string) => [{ license: { id: text } }];
const bom = (...components: object[]) => JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", components });

withParser("the gate of licenses (needs Python with license-expression)", () => {
  const directory = mkdtempSync(join(tmpdir(), "gatehouse-licenses-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function check(sbom: string, job = JOB): { status: number | null; output: string } {
    const script = join(directory, "licenses.py");
    writeFileSync(script, licensesFiles("sample", "licenses", job)[0]?.content ?? "");
    writeFileSync(join(directory, "sbom.json"), sbom);
    const run = spawnSync("python3", [script, join(directory, "sbom.json")], {
      encoding: "utf8",
      env: { ...process.env, PYTHONIOENCODING: "utf-8" },
    });
    return { status: run.status, output: run.stdout + run.stderr };
  }

  test.each([
    ["one that is allowed", id("MIT")],
    ["one of two", [{ expression: "(GPL-3.0-only OR MIT)" }]],
    ["both of two", [{ expression: "MIT AND Apache-2.0" }]],
    ["one with its exception", [{ expression: "GPL-2.0-only WITH Classpath-exception-2.0" }]],
    ["an expression where a name belongs", [{ license: { name: "MIT OR ISC" } }]],
  ])("%s passes", (_what, licenses) => {
    expect(check(bom(library("a", licenses)))).toEqual({
      status: 0,
      output: "✓ 1 dependencies, all with licenses that are allowed or accepted\n",
    });
  });

  test.each([
    ["another", id("GPL-3.0-only"), '"a": "GPL-3.0-only", which is not allowed'],
    ["one of two that both hold", [{ expression: "MIT AND ISC" }], '"a": "MIT AND ISC", which is not allowed'],
    [
      "several in a list, all of which hold",
      [...id("MIT"), ...id("ISC")],
      '"a": "(MIT) AND (ISC)", which is not allowed',
    ],
    ["one without the exception", id("GPL-2.0-only"), '"a": "GPL-2.0-only", which is not allowed'],
    ["one that SPDX doesn't list", [{ license: { name: "Ours" } }], '"a": "Ours", which is no license that SPDX lists'],
    ["none", undefined, '"a": "none", which is no license that SPDX lists'],
    ["something else than a list", "MIT", '"a": "none", which is no license that SPDX lists'],
    ["a list of something else", ["MIT"], '"a": "none", which is no license that SPDX lists'],
    ["no license where one belongs", [{ license: "MIT" }], '"a": "none", which is no license that SPDX lists'],
    ["a broken expression", [{ expression: "MIT OR" }], '"a": "MIT OR", which is no license that SPDX lists'],
    ["one that nests without end", [{ expression: "(".repeat(900) }], "which is no license that SPDX lists"],
  ])("%s fails, and the check says what to do", (_what, licenses, words) => {
    const { status, output } = check(bom(library("b", id("MIT")), library("a", licenses)));
    expect(status).toBe(1);
    expect(output).toContain(words);
    expect(output).toContain("add it to ci.jobs.licenses.accepted in the declaration");
    expect(output).not.toContain('"b"');
  });

  test("what is accepted passes with the license it was accepted with, and no other", () => {
    const own = (licenses?: unknown) => check(bom(library("app", licenses, { group: "@own" }))).status;
    expect([own(), own(id("GPL-3.0-only"))]).toEqual([0, 1]);
  });

  test("text of a package can't speak to the runner, nor fill the log", () => {
    const parts = Array.from({ length: 60 }, (_, index) =>
      library(`p${index}`, [{ license: { name: `x\n::error::no\n##[error]no\u001b[31m${"y".repeat(3000)}` } }]),
    );
    const { status, output } = check(bom(...parts));
    expect(status).toBe(1);
    expect(output).not.toMatch(/^::/m);
    expect(output).not.toContain("##[");
    expect(output).not.toContain("\u001b");
    expect(output).toContain("✗ and 10 more");
    expect(output.length).toBeLessThan(20_000);
  });

  test.each([
    ["no JSON", "{", "is no JSON; expected a CycloneDX SBOM"],
    ["an SPDX document", '{"spdxVersion":"SPDX-2.3"}', "is no CycloneDX SBOM with components"],
    ["JSON that nests without end", "[".repeat(200_000), "is no JSON"],
    ["no dependency", bom({ type: "application", name: "package-lock.json" }), "the SBOM names no dependency"],
  ])("%s is no verdict", (_what, sbom, words) => {
    const { status, output } = check(sbom);
    expect(status).toBe(2);
    expect(output).toContain(words);
  });

  test("a license that SPDX doesn't list can't be allowed", () => {
    expect(check(bom(library("a", id("MIT"))), { ...JOB, allow: ["MTI"] })).toEqual({
      status: 2,
      output: '✗ "MTI" of the declaration is no license that SPDX lists; correct ci.jobs.licenses.allow\n',
    });
  });
});
