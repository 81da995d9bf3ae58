import { spawnSync } from "node:child_process";
import { parse } from "yaml";
import type { Service } from "../../../declaration/service";
import { relay } from "../../../services/relay";
import { settingProblems } from "../../../workflows/check-settings";
import { postgresFiles } from "../../../workflows/postgres/postgres-files";
import { postgresWorkflow } from "../../../workflows/postgres/postgres-workflow";
import { describeWith } from "../../support/programs";
import { actionlint } from "../actionlint";

const service: Service = relay;
const workflow = (() => {
  const found = postgresWorkflow(service);
  if (found === undefined) throw new Error("relay has a database, and no workflow for it");
  return found;
})();
const files = postgresFiles(service);
const contentOf = (path: string, of: readonly { path: string; content: string }[] = files) =>
  of.find((file) => file.path === path)?.content ?? "";

describe("backup.yml", () => {
  test("dumps at 09:00 UTC and drills once a month; either runs by hand (REL-3)", () => {
    expect(workflow.triggers.schedule).toEqual(["0 9 * * *", "30 11 1 * *"]);
    expect(workflow.triggers.workflowDispatch?.job).toMatchObject({ options: ["backup", "drill"], default: "backup" });
    expect(workflow.jobs.backup?.if).toBe("github.event.schedule == '0 9 * * *' || inputs.job == 'backup'");
    expect(workflow.jobs.drill?.if).toBe("github.event.schedule == '30 11 1 * *' || inputs.job == 'drill'");
  });

  test("is never started by a pull request or a push", () => {
    expect(Object.keys(workflow.triggers)).toEqual(["schedule", "workflowDispatch"]);
  });

  test("keeps dumps for 30 days and reports for 90 (REL-3)", () => {
    const yaml = parse(contentOf(".github/workflows/backup.yml"));
    const kept = (job: string) =>
      yaml.jobs[job].steps.flatMap((step: { with?: Record<string, unknown> }) =>
        step.with?.["retention-days"] === undefined ? [] : [[step.with.name, step.with["retention-days"]]],
      );
    expect(kept("backup")).toEqual([["postgres-dump", 30]]);
    expect(kept("drill")).toEqual([["restore-drill-report", 90]]);
  });

  test("gives each job the least: the dump can't decrypt, the drill has no way to the database", () => {
    expect(workflow.jobs.backup?.environment).toEqual({ name: "production-backup" });
    expect(workflow.jobs.backup?.permissions).toEqual({ contents: "read" });
    expect(JSON.stringify(workflow.jobs.backup)).not.toContain("BACKUP_AGE_IDENTITY");
    expect(workflow.jobs.drill?.environment).toEqual({ name: "production-restore" });
    expect(Object.keys(workflow.jobs.drill?.permissions ?? {})).toEqual(["contents", "actions"]);
    expect(JSON.stringify(workflow.jobs.drill)).not.toContain("DATABASE");
  });

  test("reads only keys that its environments define", () => {
    expect(settingProblems(service, workflow)).toEqual([]);
  });

  test("is refused when its environment lacks the URL", () => {
    const { DATABASE_PUBLIC_URL: url } = relay.settings;
    const lacking = { ...relay.settings, DATABASE_PUBLIC_URL: { ...url, environments: ["production"] } } as const;
    expect(settingProblems({ ...service, settings: lacking }, workflow)).toEqual([
      {
        subject: "relay",
        path: "settings.DATABASE_PUBLIC_URL.environments",
        came: 'job "backup" of backup.yml reads the secret DATABASE_PUBLIC_URL in the environment production-backup, which does not define it',
        expected: "production-backup among the environments of DATABASE_PUBLIC_URL",
        remedy:
          "add production-backup to settings.DATABASE_PUBLIC_URL.environments, or run the job in an environment that has the key",
      },
    ]);
  });

  test("lets a drill that is too slow end by itself and say so", () => {
    expect(workflow.jobs.drill?.timeoutMinutes).toBe(135);
    const [summarize, keep] = workflow.jobs.drill?.steps.slice(-2) ?? [];
    expect([summarize?.if, keep?.if]).toEqual(["always()", "always()"]);
  });

  test("passes actionlint", async () => {
    expect(await actionlint(".github/workflows/backup.yml", contentOf(".github/workflows/backup.yml"))).toEqual([]);
  });

  test("has none without a database", () => {
    const { postgres: _postgres, ...plain } = service;
    expect(postgresFiles(plain)).toEqual([]);
  });
});

describe("the scripts of backup.yml", () => {
  const withPostgres = (change: object) => postgresFiles({ ...service, postgres: { ...relay.postgres, ...change } });

  test("name the declared tables with their schema, and the fewest rows of each", () => {
    expect(contentOf("scripts/restore-postgres.sh")).toContain(
      `readonly KEY_TABLES='{"public.workspaces":1,"public.api_keys":1,"public.audit_logs":1,"public.sessions":0}'`,
    );
    expect(contentOf("scripts/backup-postgres.sh", withPostgres({ keyTables: { "abrechnung.größe": 3 } }))).toContain(
      `KEY_TABLES='{"abrechnung.größe":3}'`,
    );
  });

  test("ask for the migrations that the release applies, or for those that are declared", () => {
    expect(contentOf("scripts/backup-postgres.sh")).toContain('max("version"::text COLLATE "C")');
    const own = withPostgres({ migrations: { table: "meta.steps", column: "name" } });
    expect(contentOf("scripts/backup-postgres.sh", own)).toContain('FROM "meta"."steps";');
    const { railway: _railway, ...without } = service;
    expect(contentOf("scripts/backup-postgres.sh", postgresFiles(without))).toContain("readonly MIGRATIONS_SQL=''");
  });
});

describeWith(["shellcheck"], "the scripts of backup.yml", () => {
  test.each(files.filter((file) => file.executable).map(({ path, content }) => [path, content] as const))(
    "%s passes shellcheck",
    (_path, content) => {
      const { stdout, status } = spawnSync("shellcheck", ["-"], { input: content, encoding: "utf8" });
      expect(stdout).toBe("");
      expect(status).toBe(0);
    },
  );

  test("the steps of the workflow pass it too", () => {
    for (const job of Object.values(workflow.jobs)) {
      for (const step of job.steps) {
        if (!("run" in step)) continue;
        const { stdout } = spawnSync("shellcheck", ["--shell=bash", "-"], { input: step.run, encoding: "utf8" });
        expect(stdout).toBe("");
      }
    }
  });
});
