import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { inPhase } from "../../../declaration/in-phase";
import { DELIVERY_TITLE } from "../../../operations/delivery-body";
import { maestro } from "../../../services/maestro";
import { openclawPos } from "../../../services/openclaw-pos";
import { checkNames } from "../../../workflows/check-names";
import { requiredChecks } from "../../../workflows/ci/required-checks";
import { titleFiles } from "../../../workflows/title/title-files";
import { titleWorkflow } from "../../../workflows/title/title-workflow";
import { describeWith } from "../../support/programs";
import { actionlint } from "../actionlint";

const [workflow, script] = titleFiles(maestro);

describe("titles of pull requests (MAE-3)", () => {
  test("are read by a check that main requires, under exactly that name", () => {
    const rendered = titleWorkflow(maestro);
    expect(checkNames(rendered ?? { jobs: {} }).map(({ name }) => name)).toEqual(["pull-request-title"]);
    expect(requiredChecks(maestro)).toContain("pull-request-title");
  });

  test("are read again whenever they change", async () => {
    const { on, permissions } = parse(workflow?.content ?? "");
    expect(on.pull_request.types).toEqual(["opened", "edited", "synchronize", "reopened"]);
    expect(permissions).toEqual({});
    expect(await actionlint("pull-request-title.yml", workflow?.content ?? "")).toEqual([]);
  });

  test("say what they like where nothing is declared, or the phase of the full list has not come", () => {
    expect(titleFiles(openclawPos)).toEqual([]);
    const early = (phase: number) => inPhase({ service: { ...maestro, phase }, stateful: {} }).main.conventionalCommits;
    expect([early(8), early(9)]).toEqual([undefined, maestro.main.conventionalCommits]);
  });
});

describeWith(["bash"], "pull-request-title.sh (MAE-3)", () => {
  const directory = mkdtempSync(join(tmpdir(), "gatehouse-title-"));
  const path = join(directory, "title.sh");
  writeFileSync(path, script?.content ?? "");
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function read(TITLE: string): { readonly status: number | null; readonly output: string } {
    const { status, stdout, stderr } = spawnSync("bash", [path], { encoding: "utf8", env: { ...process.env, TITLE } });
    return { status, output: stdout + stderr };
  }

  test.each([
    DELIVERY_TITLE,
    "feat: say so",
    "fix(api): say what is missing",
    "feat!: nothing is as it was",
    "refactor(data base)!: new schema",
    "docs: a: b (c)",
    "fix: größer",
    "revert: feat: say so",
  ])("%s passes", (title) =>
    expect(read(title)).toEqual({ status: 0, output: "✓ the title is a Conventional Commit\n" }),
  );

  test.each([
    ["Say so", "It has no colon after the type."],
    ["Feat: say so", "It does not begin with one of the types."],
    ["feature: say so", "It does not begin with one of the types."],
    [" feat: say so", "It does not begin with one of the types."],
    [": say so", "It does not begin with one of the types."],
    ["*: say so", "It does not begin with one of the types."],
    ['Revert "feat: say so"', "It does not begin with one of the types."],
    ["feat(): say so", "stands something else than (scope) and !"],
    ["feat(a)(b): say so", "stands something else than (scope) and !"],
    ["feat(a: say so", "stands something else than (scope) and !"],
    ["feat!!: say so", "stands something else than (scope) and !"],
    ["feat!(a): say so", "stands something else than (scope) and !"],
    ["feat:say so", "After the colon comes one space"],
    ["feat:  say so", "After the colon comes one space"],
    ["feat: ", "After the colon comes one space"],
    ["feat: \u0007", "a character that can't be seen"],
    ["feat: a\n::error::b", "a character that can't be seen"],
  ])("%j is refused, and it says why", (title, why) => {
    const { status, output } = read(title);
    expect(output).toContain(why);
    expect(output).toContain("Types: build chore ci docs feat fix perf refactor revert test.");
    expect(output).not.toMatch(/^::/m);
    expect(status).toBe(1);
  });

  test("no title is no pull request's", () => {
    expect(read("")).toMatchObject({
      status: 1,
      output: expect.stringContaining("set it to the title of the pull request"),
    });
  });
});

describeWith(["shellcheck"], "pull-request-title.sh", () => {
  test("passes ShellCheck", () => {
    const { stdout } = spawnSync("shellcheck", ["--severity=style", "-"], { input: script?.content, encoding: "utf8" });
    expect(stdout).toBe("");
  });
});
