import { spawnSync } from "node:child_process";
import { parse } from "yaml";
import { organization } from "../../../services/organization";
import { summit } from "../../../services/summit";
import { settingProblems } from "../../../workflows/check-settings";
import { previewFiles, previewWorkflows } from "../../../workflows/preview/preview-files";
import { settingsRead } from "../../../workflows/settings-read";
import { describeWith } from "../../support/programs";
import { actionlint } from "../actionlint";

const files = previewFiles(summit, organization);
const [image, preview] = previewWorkflows(summit);
if (image === undefined || preview === undefined) throw new Error("no workflows of previews");

describe("the workflows of previews (SUM-5, MAE-8)", () => {
  test("are two, with a script each", () => {
    expect(files.map(({ path }) => path)).toEqual([
      ".github/workflows/preview-image.yml",
      ".github/workflows/preview.yml",
      "scripts/preview-image.sh",
      "scripts/preview-ask.sh",
    ]);
  });

  test("are none where nobody is asked for previews, or where there are none", () => {
    const { cluster, ...elsewhere } = summit;
    const { dispatch: _dispatch, ...previews } = cluster.previews;
    expect(previewFiles({ ...summit, cluster: { ...cluster, previews } }, organization)).toEqual([]);
    expect(previewFiles(elsewhere, organization)).toEqual([]);
  });

  test("what a pull request starts has no environment and reads no secret", () => {
    expect(Object.keys(image.triggers)).toEqual(["pullRequest"]);
    expect(settingsRead(image)).toEqual([]);
    expect(Object.values(image.jobs).map(({ environment }) => environment)).toEqual([undefined, undefined]);
  });

  test("what has the secret runs after it, with main's code, for this repository's own pull requests", () => {
    expect(Object.keys(preview.triggers)).toEqual(["workflowRun"]);
    expect(preview.triggers.workflowRun?.workflows).toEqual([image.name]);
    const { ask } = preview.jobs;
    expect(ask?.environment).toEqual({ name: "previews" });
    for (const condition of [
      "conclusion == 'success'",
      "event == 'pull_request'",
      "head_repository.full_name == github.repository",
    ])
      expect(ask?.if).toContain(`github.event.workflow_run.${condition}`);
    expect(JSON.stringify(ask?.steps)).not.toContain('"ref"');
    expect(settingProblems(summit, preview)).toEqual([]);
  });

  test("no fork's pull request is built: its token could not push", () => {
    expect(image.jobs["preview-image"]?.if).toContain("head.repo.full_name == github.repository");
  });

  test("a newer commit stops the build of an older one; asking is never stopped", () => {
    expect(image.concurrency?.cancelInProgress).toBe(true);
    expect(preview.concurrency?.cancelInProgress).toBe(false);
    expect(JSON.stringify(image.concurrency?.group)).toContain("pull_request.number");
    expect(JSON.stringify(preview.concurrency?.group)).toContain("workflow_run.head_branch");
  });

  test("start for a closed pull request too", () => {
    const [file] = files;
    expect(parse(file?.content ?? "").on).toEqual({
      pull_request: { branches: ["main"], types: ["opened", "synchronize", "reopened", "closed"] },
    });
  });

  test("write nothing but packages", () => {
    const writing = [image, preview].flatMap(({ jobs }) =>
      Object.entries(jobs).flatMap(([id, { permissions }]) =>
        Object.entries(permissions)
          .filter(([, grant]) => (typeof grant === "string" ? grant : grant.access) === "write")
          .map(([permission]) => `${id}: ${permission}`),
      ),
    );
    expect(writing).toEqual(["preview-image: packages"]);
  });

  test.each(files.filter(({ path }) => path.endsWith(".yml")).map((file) => [file.path, file.content] as const))(
    "%s is accepted by actionlint",
    async (path, content) => {
      expect(await actionlint(path, content)).toEqual([]);
    },
  );
});

describeWith(["shellcheck"], "the scripts of previews", () => {
  test.each(files.filter(({ executable }) => executable).map((file) => [file.path, file.content] as const))(
    "%s has no findings",
    (_path, content) => {
      expect(spawnSync("shellcheck", ["--severity=style", "-"], { input: content, encoding: "utf8" }).stdout).toBe("");
    },
  );
});
