import { spawnSync } from "node:child_process";
import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { backupFiles } from "../../../workflows/backup/backup-files";
import { backupWorkflow } from "../../../workflows/backup/backup-workflow";
import { drillWorkflow } from "../../../workflows/backup/drill-workflow";
import { settingProblems } from "../../../workflows/check-settings";
import type { Workflow, WorkflowJob } from "../../../workflows/workflow";
import { describeWith } from "../../support/programs";
import { actionlint } from "../actionlint";

const pos: Service = openclawPos;
const { main } = openclawPos.edge.d1;
const files = backupFiles(pos, organization);

function known(workflow: Workflow<WorkflowJob> | undefined): Workflow<WorkflowJob> {
  if (workflow === undefined) throw new Error("no workflow");
  return workflow;
}
const content = (path: string, service: Service = pos) =>
  backupFiles(service, organization).find((file) => file.path === path)?.content ?? "";
function withBackup(change: object): Service {
  return {
    ...pos,
    edge: { ...openclawPos.edge, d1: { main: { ...main, backup: { ...main.backup, ...change } } } },
  } as Service;
}

describe("the backup workflow", () => {
  const workflow = known(backupWorkflow(pos));

  test("runs as scheduled and by hand, in its own environment, and may only read", () => {
    expect(workflow.triggers).toEqual({ schedule: ["17 2 * * *"], workflowDispatch: {} });
    expect(workflow.jobs.backup?.environment).toEqual({ name: "production-backup" });
    expect(workflow.jobs.backup?.permissions).toEqual({ contents: "read" });
  });

  test("every key it reads is defined by its environment", () => {
    expect(settingProblems(pos, workflow)).toEqual([]);
    expect(settingProblems(pos, known(drillWorkflow(pos)))).toEqual([]);
  });

  test("the backup can't read what decrypts it", () => {
    expect(JSON.stringify(workflow)).not.toContain(main.backup.drill.identity);
  });
});

describe("the drill workflow", () => {
  const workflow = known(drillWorkflow(pos));

  test("runs as scheduled, restores into a clone with smoke tests, and keeps the report", () => {
    expect(workflow.triggers.schedule).toEqual(["23 4 1 1,4,7,10 *"]);
    expect(workflow.jobs.drill?.environment).toEqual({ name: "production-restore" });
    const steps = JSON.stringify(workflow.jobs.drill?.steps);
    expect(steps).toContain("restore-d1.sh --into staging-clone");
    expect(steps).toContain("--smoke");
    expect(steps).toContain('"retention-days":90');
  });

  test("it may take longer than promised, so that it can say how slow it was", () => {
    expect(workflow.jobs.drill?.timeoutMinutes).toBeGreaterThan(main.backup.drill.withinMinutes);
  });
});

describe("the files of a backup", () => {
  test("what the declaration says stands at the head of the scripts", () => {
    const script = content("scripts/restore-d1.sh");
    expect(script).toContain("readonly DATABASE=openclaw-pos\n");
    expect(script).toContain("readonly CRITICAL_TABLES=(orders order_items payments products)\n");
    expect(script).toContain("readonly WITHIN_MINUTES=60\n");
    expect(script).toContain("readonly SMOKE_SCRIPT=smoke:checkout\n");
    expect(content("scripts/backup-d1.sh")).toContain("readonly TIERS=(daily weekly monthly)\n");
  });

  test("a change of the declaration changes the scripts and workflows", () => {
    expect(content("scripts/backup-d1.sh", withBackup({ bucket: "elsewhere" }))).toContain(
      "readonly BUCKET=elsewhere\n",
    );
    expect(content(".github/workflows/d1-backup.yml", withBackup({ schedule: "1 1 * * *" }))).toContain(
      'cron: "1 1 * * *"',
    );
    expect(content(".github/workflows/d1-backup.yml", withBackup({ token: "OTHER_TOKEN" }))).toContain(
      "CLOUDFLARE_API_TOKEN: ${{ secrets.OTHER_TOKEN }}",
    );
  });

  test("a service without a backup has none", () => {
    const { backup: _, ...database } = main;
    expect(
      backupFiles({ ...pos, edge: { ...openclawPos.edge, d1: { main: database } } } as Service, organization),
    ).toEqual([]);
  });

  test("a second database with a backup is refused", () => {
    const two = { ...pos, edge: { ...openclawPos.edge, d1: { main, other: main } } } as Service;
    expect(() => backupFiles(two, organization)).toThrow(
      'service "openclaw-pos": edge.d1.main and edge.d1.other have a backup, expected one; ' +
        "the backup scripts serve one database: put the tables into one database, or the other one into a service of its own",
    );
  });

  test("a backup of a stage that the database doesn't have is refused", () => {
    expect(() => backupFiles(withBackup({ stage: "preview" }), organization)).toThrow(
      'edge.d1.main.backup.stage is "preview", which is not among the stages of its names (staging, production); name one of these',
    );
  });

  test("an environment without the account's id is refused", () => {
    expect(() => backupFiles(withBackup({ environment: "elsewhere" }), organization)).toThrow(
      'no variable carries the id of the Cloudflare account in the environment "elsewhere"; add "elsewhere": { from: "cloudflare.accountId" }',
    );
  });

  test("actionlint accepts the workflows", async () => {
    for (const file of files.filter(({ path }) => path.endsWith(".yml"))) {
      expect(await actionlint(file.path, file.content)).toEqual([]);
    }
  });
});

describeWith(["shellcheck"], "the scripts of a backup", () => {
  test.each(files.filter(({ executable }) => executable).map((file) => [file.path, file.content] as const))(
    "%s has no findings",
    (_path, script) => {
      expect(spawnSync("shellcheck", ["--severity=style", "-"], { input: script, encoding: "utf8" }).stdout).toBe("");
    },
  );
});
