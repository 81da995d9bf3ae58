import { spawnSync } from "node:child_process";
import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { settingProblems } from "../../../workflows/check-settings";
import { releaseFiles } from "../../../workflows/release/release-files";
import { releaseWorkflow } from "../../../workflows/release/release-workflow";
import type { Workflow, WorkflowJob } from "../../../workflows/workflow";
import { describeWith } from "../../support/programs";
import { actionlint } from "../actionlint";

const pos: Service = openclawPos;
const files = releaseFiles(pos, organization);

function workflowOf(service: Service): Workflow<WorkflowJob> {
  const workflow = releaseWorkflow(service);
  if (workflow === undefined) throw new Error("no release workflow");
  return workflow;
}

describe("the release workflow", () => {
  const workflow = workflowOf(pos);

  test("only a push to main or a dispatch starts it, never a pull request", () => {
    expect(Object.keys(workflow.triggers).sort()).toEqual(["push", "workflowDispatch"]);
    expect(workflow.triggers.push).toEqual({ branches: ["main"] });
  });

  test("one release runs at a time and is never stopped half-way", () => {
    expect(workflow.concurrency).toEqual({ group: "release-cloudflare", cancelInProgress: false });
  });

  test("the commit is checked, rehearsed, released and then tagged", () => {
    expect(Object.entries(workflow.jobs).map(([id, { needs }]) => [id, needs])).toEqual([
      ["verify", undefined],
      ["deploy-staging", ["verify"]],
      ["deploy-production", ["verify", "deploy-staging"]],
      ["tag", ["verify", "deploy-production"]],
    ]);
  });

  test("deployments run in the environment of their stage, and only the tag may write", () => {
    expect(workflow.jobs["deploy-staging"]?.environment).toEqual({ name: "staging" });
    expect(workflow.jobs["deploy-production"]?.environment).toEqual({ name: "production" });
    expect(workflow.jobs.tag?.environment).toBeUndefined();
    expect(Object.values(workflow.jobs).map(({ permissions }) => JSON.stringify(permissions))).toEqual([
      '{"contents":"read"}',
      '{"contents":"read"}',
      '{"contents":"read"}',
      expect.stringContaining('"access":"write"'),
    ]);
  });

  test("every key it reads is defined by the environment that reads it", () => {
    expect(settingProblems(pos, workflow)).toEqual([]);
  });

  test("a token of another name reaches wrangler under the name that wrangler reads", () => {
    const service = { ...pos, release: { ...openclawPos.release, token: "DEPLOY_TOKEN" } } as Service;
    const steps = workflowOf(service).jobs["deploy-production"]?.steps ?? [];
    expect(steps.find(({ id }) => id === "deploy")?.env?.CLOUDFLARE_API_TOKEN).toEqual({ secret: "DEPLOY_TOKEN" });
    expect(settingProblems(service, workflowOf(service)).map(({ path }) => path)).toContain("settings.DEPLOY_TOKEN");
  });

  test("without a rehearsal production needs the check only", () => {
    const { rehearsal: _, ...release } = openclawPos.release;
    expect(workflowOf({ ...pos, release } as Service).jobs["deploy-production"]?.needs).toEqual(["verify"]);
  });

  test("a service without a release has none", () => {
    const { release: _, ...service } = pos;
    expect(releaseFiles(service, organization)).toEqual([]);
  });

  test("its scripts are executable, say what made them, and quote what the declaration says", () => {
    const note = "It's $(touch /tmp/x) `id` \\ ${HOME}";
    const hostile = { ...pos, release: { ...openclawPos.release, migrationNotes: note } } as Service;
    const script = releaseFiles(hostile, organization).find(({ path }) => path === "scripts/release-tag.sh");
    expect(script).toMatchObject({ executable: true });
    expect(script?.content.split("\n").slice(1, 3)).toEqual([
      "# Made by Gatehouse from services/openclaw-pos.ts; do not edit.",
      "# Make it again: npx gatehouse files openclaw-pos",
    ]);
    const line = script?.content.split("\n").find((text) => text.startsWith("readonly MIGRATION_NOTES="));
    expect(spawnSync("bash", ["-c", `${line}; printf %s "$MIGRATION_NOTES"`], { encoding: "utf8" }).stdout).toBe(note);
  });

  test("actionlint accepts it", async () => {
    for (const { path, content } of files.filter((file) => file.path.endsWith(".yml"))) {
      expect(await actionlint(path, content)).toEqual([]);
    }
  });
});

describeWith(["shellcheck"], "the scripts of a release", () => {
  test.each(files.filter(({ executable }) => executable).map((file) => [file.path, file.content] as const))(
    "%s has no findings",
    (_path, content) => {
      expect(spawnSync("shellcheck", ["--severity=style", "-"], { input: content, encoding: "utf8" }).stdout).toBe("");
    },
  );
});
