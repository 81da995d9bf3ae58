import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { PLATFORM_WORKFLOW, previewAskScript } from "../../workflows/preview/preview-ask-script";

interface Step {
  readonly name: string;
  readonly if?: string;
  readonly run?: string;
}

const previews = parse(readFileSync(join(__dirname, "../../.github/workflows/previews.yml"), "utf8")) as {
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: { readonly preview: { readonly steps: readonly Step[] } };
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean };
};

describe("previews.yml", () => {
  const { on, jobs: all, concurrency } = previews;
  const { inputs } = on.workflow_dispatch as { readonly inputs: Readonly<Record<string, object>> };

  /** Runs the step as GitHub would, with a gatehouse that says what it was asked. */
  function asked(event: string, values: Readonly<Record<string, string>>) {
    const directory = mkdtempSync(join(tmpdir(), "gatehouse-previews-"));
    try {
      writeFileSync(
        join(directory, "npx"),
        '#!/bin/sh\nprintf "<%s>" "$@" >"$RUNNER_TEMP/asked"\necho "~~~~~~~ said"\nexit "$END"\n',
        { mode: 0o755 },
      );
      const run = all.preview.steps.find(({ name }) => name === "Make, remove or sweep")?.run ?? "";
      const { status, stdout } = spawnSync("bash", ["-eo", "pipefail", "-c", run], {
        encoding: "utf8",
        env: {
          PATH: `${directory}:${process.env.PATH}`,
          RUNNER_TEMP: directory,
          GITHUB_STEP_SUMMARY: join(directory, "summary"),
          EVENT: event,
          END: "0",
          SERVICE: "",
          ACTION: "",
          PULL_REQUEST: "",
          DIGEST: "",
          ...values,
        },
      });
      const read = (file: string) =>
        existsSync(join(directory, file)) ? readFileSync(join(directory, file), "utf8") : "";
      return { status, stdout, asked: read("asked"), summary: read("summary") };
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }

  test("runs when it is asked and every hour, from main, in an environment of its own (SUM-5, MAE-15)", () => {
    expect(Object.keys(on)).toEqual(["workflow_dispatch", "schedule"]);
    expect(on.schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \* \* \* \*$/) }]);
    expect(all.preview).toMatchObject({ environment: "previews", if: "github.ref == 'refs/heads/main'" });
  });

  test("takes what a service's repository sends", () => {
    const script = previewAskScript({ name: "s", dispatch: { repository: "o/p", token: "T", environment: "e" } });
    for (const input of Object.keys(inputs)) expect(script.content).toMatch(new RegExp(`["{ ]${input}"?: \\$`));
    expect(inputs.action).toMatchObject({ type: "choice", options: ["up", "down"] });
    expect(PLATFORM_WORKFLOW).toBe("previews.yml");
  });

  test("one preview's runs go one after the other, and none is stopped in the middle", () => {
    expect(concurrency["cancel-in-progress"]).toBe(false);
    expect(concurrency.group).toContain("inputs.service");
    expect(concurrency.group).toContain("inputs.pull-request");
  });

  test("makes, removes and sweeps", () => {
    const service = { SERVICE: "summit", PULL_REQUEST: "42" };
    const digest = `sha256:${"0".repeat(64)}`;
    expect(asked("workflow_dispatch", { ...service, ACTION: "up", DIGEST: digest }).asked).toBe(
      `<gatehouse><preview><up><--service=summit><--pr=42><--comment><--digest=${digest}>`,
    );
    expect(asked("workflow_dispatch", { ...service, ACTION: "up" }).asked).not.toContain("--digest");
    expect(asked("workflow_dispatch", { ...service, ACTION: "down" }).asked).toBe(
      "<gatehouse><preview><down><--service=summit><--pr=42>",
    );
    expect(asked("schedule", {}).asked).toBe("<gatehouse><preview><sweep>");
  });

  test("passes on what was asked as single words, and runs none of it", () => {
    const hostile = { SERVICE: "a --pr=1", PULL_REQUEST: "1; touch $RUNNER_TEMP/summary", ACTION: "down" };
    expect(asked("workflow_dispatch", hostile).asked).toBe(
      "<gatehouse><preview><down><--service=a --pr=1><--pr=1; touch $RUNNER_TEMP/summary>",
    );
    expect(asked("workflow_dispatch", { ACTION: "sweep" })).toMatchObject({ status: 1, asked: "" });
  });

  test("ends as Gatehouse ended, and leaves what it said in the summary, where it can't close its block", () => {
    const { status, summary } = asked("schedule", { END: "2" });
    expect(status).toBe(2);
    expect(summary).toBe("~~~~~~text\n~ said\n~~~~~~\n");
  });

  test("the kubeconfig doesn't stay, however the run ends", () => {
    expect(all.preview.steps.at(-1)).toMatchObject({ if: "always()", run: 'rm -f "$RUNNER_TEMP/kubeconfig"' });
  });
});
