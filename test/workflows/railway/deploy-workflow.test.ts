import { spawnSync } from "node:child_process";
import type { Railway } from "../../../declaration/railway";
import type { Service } from "../../../declaration/service";
import { organization } from "../../../services/organization";
import { relay as declared } from "../../../services/relay";
import { settingProblems } from "../../../workflows/check-settings";
import { deployFiles } from "../../../workflows/railway/deploy-files";
import { deployWorkflow } from "../../../workflows/railway/deploy-workflow";
import type { Workflow, WorkflowJob } from "../../../workflows/workflow";
import { workflowProblems } from "../../../workflows/workflow-problems";
import { describeWith } from "../../support/programs";
import { actionlint } from "../actionlint";

const relay: Service = declared;
const files = deployFiles(relay);

function workflowOf(service: Service): Workflow<WorkflowJob> {
  const workflow = deployWorkflow(service);
  if (workflow === undefined) throw new Error("no deployment workflow");
  return workflow;
}

function withRailway(changes: Partial<Railway>): Service {
  return { ...relay, railway: { ...declared.railway, ...changes } };
}

describe("deploy.yml", () => {
  const workflow = workflowOf(relay);
  const production = workflow.jobs["deploy-production"];
  const step = (name: string, job: WorkflowJob | undefined = production) => {
    const found = job?.steps.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no step "${name}"`);
    return found;
  };

  test("only a push to main or a dispatch starts it, never a pull request", () => {
    expect(Object.keys(workflow.triggers).sort()).toEqual(["push", "workflowDispatch"]);
    expect(workflow.triggers.push).toEqual({ branches: ["main"] });
    expect(workflow.triggers.workflowDispatch?.sha).toMatchObject({ required: true });
  });

  test("one deployment runs at a time and is never stopped half-way", () => {
    expect(workflow.concurrency).toEqual({ group: "deploy-railway", cancelInProgress: false });
  });

  test("the commit is checked, tested, rehearsed, deployed, tagged, and its evidence kept", () => {
    expect(Object.entries(workflow.jobs).map(([id, { needs }]) => [id, needs])).toEqual([
      ["verify", undefined],
      ["unit-tests", ["verify"]],
      ["deploy-staging", ["verify", "unit-tests"]],
      ["deploy-production", ["verify", "deploy-staging"]],
      ["tag", ["verify", "deploy-production"]],
      ["evidence", ["verify", "unit-tests", "deploy-staging", "deploy-production", "tag"]],
    ]);
  });

  test("a stage is deployed, waited for, migrated, smoke-tested and, if any of it failed, rolled back: in one job", () => {
    expect(production?.steps.flatMap((one) => ("run" in one ? [one.run] : [])).slice(1)).toEqual([
      "tools/scripts/railway-deploy.sh",
      "tools/scripts/railway-wait.sh",
      "tools/scripts/migrate.sh",
      "tools/scripts/smoke-test.sh",
      "tools/scripts/railway-rollback.sh",
    ]);
    expect(step("Roll back").if).toBe(
      "(failure() || cancelled()) && steps.deploy.outputs.began == 'yes' && needs.verify.outputs.mode == 'release'",
    );
  });

  test("the steps of a job never take the time that its rollback needs", () => {
    const limits = production?.steps.map(({ timeoutMinutes }) => timeoutMinutes ?? 0) ?? [];
    expect(production?.timeoutMinutes).toBeGreaterThanOrEqual(limits.reduce((sum, limit) => sum + limit, 0));
    expect(step("Roll back").timeoutMinutes).toBe(2 * declared.railway.waitMinutes);
  });

  test("what came of a deployment is kept, whatever came of it, and the evidence of a release as long as declared", () => {
    expect(step("Keep what came of it").if).toBe("always()");
    expect(step("Keep the evidence", workflow.jobs.evidence)).toMatchObject({
      with: { name: "release-evidence", "retention-days": 90, "if-no-files-found": "error" },
    });
  });

  test("a rollback skips tests, rehearsal and migrations, and nothing else does", () => {
    const rollback = "needs.verify.outputs.mode == 'rollback'";
    expect(workflow.jobs["unit-tests"]?.if).toBe("needs.verify.outputs.mode == 'release'");
    expect(step("Migrate the database").if).toBe("needs.verify.outputs.mode == 'release'");
    expect(production?.if).toBe(
      "!cancelled() && needs.verify.result == 'success' && (needs.deploy-staging.result == 'success' || " +
        `(needs.deploy-staging.result == 'skipped' && ${rollback}))`,
    );
  });

  test("without a rehearsal production needs the tests", () => {
    const { rehearsal: _, ...railway } = declared.railway;
    const jobs = workflowOf({ ...relay, railway }).jobs;
    expect(jobs["deploy-production"]?.needs).toEqual(["verify", "unit-tests"]);
    expect(jobs["deploy-production"]?.if).toContain("needs.unit-tests.result == 'success'");
    expect(jobs["deploy-staging"]).toBeUndefined();
  });

  test("the unit tests are the job of CI, at the commit that is deployed", () => {
    const job = workflow.jobs["unit-tests"];
    expect(job?.steps.map(({ name }) => name)).toEqual(["Check out", "Install and test"]);
    expect(step("Check out", job)).toMatchObject({ with: { ref: { expression: "needs.verify.outputs.sha" } } });
    expect(job?.environment).toBeUndefined();
  });

  test("jobs run in the environment of their stage, and only the tag may write", () => {
    expect(production?.environment).toEqual({ name: "production", url: "https://relay.example.com" });
    expect(workflow.jobs["deploy-staging"]?.environment).toEqual({
      name: "staging",
      url: "https://relay-staging.example.com",
    });
    const writing = Object.entries(workflow.jobs).filter(([, job]) =>
      JSON.stringify(job.permissions).includes("write"),
    );
    expect(writing.map(([id]) => id)).toEqual(["tag"]);
  });

  test("each step gets the secrets that it needs and no others", () => {
    const secrets = (name: string) =>
      Object.values(step(name).env ?? {}).flatMap((value) =>
        typeof value === "object" && "secret" in value ? [value.secret] : [],
      );
    expect(step("Install the packages of the lock file").env).toBeUndefined();
    expect(secrets("Deploy")).toEqual(["RAILWAY_TOKEN"]);
    expect(secrets("Migrate the database")).toEqual(["DATABASE_PUBLIC_URL"]);
    expect(secrets("Smoke test")).toEqual(["DATABASE_PUBLIC_URL", "DEV_KEY", "ADMIN_KEY", "WEBHOOK_SIGNING_SECRET"]);
    expect(secrets("Roll back")).toEqual(["RAILWAY_TOKEN"]);
  });

  test("every key it reads is defined by the environment that reads it, and one that isn't is a problem", () => {
    expect(settingProblems(relay, workflow)).toEqual([]);
    const settings = { ...relay.settings, ADMIN_KEY: { ...declared.settings.ADMIN_KEY, environments: ["staging"] } };
    expect(workflowProblems({ ...relay, settings }, organization)).toEqual([
      expect.objectContaining({
        path: "settings.ADMIN_KEY.environments",
        came: 'job "deploy-production" of deploy.yml reads the secret ADMIN_KEY in the environment production, which does not define it',
      }),
    ]);
  });

  test("what the declaration says reaches the scripts, quoted", () => {
    const smoke = { ...declared.railway.smoke, burst: { ...declared.railway.smoke.burst, requests: 130 } };
    const webhook = { ...smoke.webhook, body: `{"note":"it's $(touch /tmp/x) \`id\`"}` };
    const scripts = deployFiles(withRailway({ waitMinutes: 7, smoke: { ...smoke, webhook } }));
    const line = (path: string, beginning: string) =>
      scripts
        .find((file) => file.path === path)
        ?.content.split("\n")
        .find((text) => text.startsWith(beginning));
    expect(line("scripts/railway-wait.sh", "readonly WAIT_ATTEMPTS=")).toBe("readonly WAIT_ATTEMPTS=42");
    expect(line("scripts/smoke-test.sh", "readonly BURST_REQUESTS=")).toBe("readonly BURST_REQUESTS=130");
    const shown = `${line("scripts/smoke-test.sh", "readonly WEBHOOK_BODY=")}; printf %s "$WEBHOOK_BODY"`;
    expect(spawnSync("bash", ["-c", shown], { encoding: "utf8" }).stdout).toBe(webhook.body);
  });

  test("a service that isn't on Railway has none", () => {
    const { railway: _, ...service } = relay;
    expect(deployFiles(service)).toEqual([]);
    expect(deployWorkflow(service)).toBeUndefined();
  });

  test("actionlint accepts it", async () => {
    for (const { path, content } of files.filter((file) => file.path.endsWith(".yml"))) {
      expect(await actionlint(path, content)).toEqual([]);
    }
  });
});

describeWith(["shellcheck"], "the scripts of a deployment to Railway", () => {
  test.each(files.filter(({ executable }) => executable).map((file) => [file.path, file.content] as const))(
    "%s has no findings",
    (_path, content) => {
      expect(spawnSync("shellcheck", ["--severity=style", "-"], { input: content, encoding: "utf8" }).stdout).toBe("");
    },
  );
});
