import { analysisValues } from "../../../constructs/helm/analysis-values";
import type { Organization } from "../../../declaration/organization";
import type { Service } from "../../../declaration/service";
import { organization } from "../../../services/organization";
import { settingProblems } from "../../../workflows/check-settings";
import { trainFiles } from "../../../workflows/cluster/train-files";
import { trainWorkflow } from "../../../workflows/cluster/train-workflow";
import { settingsRead } from "../../../workflows/settings-read";
import type { WorkflowJob } from "../../../workflows/workflow";
import { jobOf, maestro, step, summit, workflowOf } from "./train-jobs";

function secretsOf(job: WorkflowJob, name: string): readonly string[] {
  return Object.values(step(job, name).env ?? {}).flatMap((value) =>
    typeof value === "object" && "secret" in value ? [value.secret] : [],
  );
}

/** Names of the jobs by which one writes. */
function writing(service: Service, what: string): readonly string[] {
  return Object.entries(workflowOf(service).jobs)
    .filter(([, { permissions }]) => {
      const grant = permissions[what as "contents"];
      return grant === "write" || (typeof grant === "object" && grant.access === "write");
    })
    .map(([id]) => id);
}

describe("release-train.yml", () => {
  const workflow = workflowOf(summit);
  const production = jobOf(summit, "deploy-prod");

  test("only a push to main or a start by hand begins it, never a pull request", () => {
    expect(Object.keys(workflow.triggers).sort()).toEqual(["push", "workflowDispatch"]);
    expect(workflow.triggers.push).toEqual({ branches: ["main"] });
    expect(workflow.triggers.workflowDispatch).toMatchObject({
      action: { required: true, options: ["release", "resume", "rollback"] },
      reason: { required: true },
    });
  });

  test("one train runs at a time and is never stopped half-way; a rollback waits for none", () => {
    expect(workflow.concurrency).toEqual({
      group: { expression: "inputs.action == 'rollback' && 'release-train-rollback' || 'release-train'" },
      cancelInProgress: false,
    });
  });

  test("a commit is checked, built once, rehearsed, released, and tagged; a rollback freezes", () => {
    expect(Object.entries(workflow.jobs).map(([id, { needs }]) => [id, needs])).toEqual([
      ["check", undefined],
      ["build", ["check"]],
      ["reproduce", ["check", "build"]],
      ["deploy-stage", ["check", "build"]],
      ["deploy-prod", ["check", "build", "deploy-stage"]],
      ["rollback", ["check"]],
      ["freeze", ["check", "deploy-prod", "rollback"]],
      ["tag", ["check", "build", "deploy-prod"]],
    ]);
  });

  test("a stage is checked again, verified, asked at its gate, deployed and watched, in this order", () => {
    for (const id of ["deploy-stage", "deploy-prod"]) {
      expect(jobOf(summit, id).steps.map(({ name }) => name)).toEqual([
        "Check out",
        "Check again",
        "Install kubectl, cosign",
        "Verify the image",
        "Ask the gate",
        "Deploy and watch",
        "Keep what came of it",
      ]);
    }
  });

  test("a stage has a gate exactly where the chart has one", () => {
    for (const service of [summit, maestro]) {
      const { cluster } = service;
      if (cluster === undefined) throw new Error("no cluster");
      for (const [stage, declared] of Object.entries(cluster.stages)) {
        const home = (organization as Organization).clusters?.[declared.cluster];
        if (home === undefined) throw new Error("no cluster");
        const values = analysisValues({ service, stage, organization, cluster: home, declared });
        const gated = jobOf(service, `deploy-${stage}`).steps.some(({ name }) => name === "Ask the gate");
        expect([stage, gated]).toEqual([stage, (values?.gate.length ?? 0) > 0]);
      }
    }
  });

  test("later jobs use the digest of the build, and nothing that a tag may say", () => {
    for (const name of ["Verify the image", "Ask the gate", "Deploy and watch"])
      expect(step(production, name).env?.DIGEST).toEqual({ expression: "needs.build.outputs.digest" });
    expect(JSON.stringify(production)).not.toContain("sha-");
  });

  test("a rollback passes build, rehearsal and gate by, but not the signature", () => {
    const rollback = jobOf(summit, "rollback");
    expect(rollback.if).toBe("needs.check.outputs.action == 'rollback'");
    expect(jobOf(summit, "build").if).toBe("needs.check.outputs.action != 'rollback'");
    expect(rollback.environment?.name).toBe("prod");
    expect(
      trainFiles(summit, organization).find(({ path }) => path === "scripts/train-rollback.sh")?.content,
    ).toContain('must_be_verified "$target"');
  });

  test("a stage that nobody can judge has no gate: without objectives, metrics or a Rollout", () => {
    const { objectives: _, ...without } = summit;
    const names = (service: Service) => jobOf(service, "deploy-prod").steps.map(({ name }) => name);
    expect(names(without)).not.toContain("Ask the gate");
    expect(trainFiles(without, organization).map(({ path }) => path)).not.toContain("scripts/train-gate.sh");
    const [name = "", cluster] = Object.entries((organization as Organization).clusters ?? {})[0] ?? [];
    if (cluster === undefined) throw new Error("no cluster");
    const { metrics: __, ...blind } = cluster;
    const workflow = trainWorkflow(summit, { ...organization, clusters: { [name]: blind } });
    expect(workflow?.jobs["deploy-prod"]?.steps.map((one) => one.name)).not.toContain("Ask the gate");
    const home = summit.cluster;
    if (home?.stages.prod === undefined) throw new Error("no stage prod in a cluster");
    const stages = { ...home.stages, prod: { ...home.stages.prod, workload: "deployment" as const } };
    expect(names({ ...summit, cluster: { ...home, stages } })).not.toContain("Ask the gate");
  });

  test("a rollback of production freezes, whoever began it, and also when the run is cancelled", () => {
    expect(jobOf(summit, "freeze").if).toBe(
      "always() && (startsWith(needs.deploy-prod.outputs.verdict, 'roll') || startsWith(needs.rollback.outputs.verdict, 'roll'))",
    );
  });

  test("only freeze and tag may write to the repository, only keyless signing gets an identity", () => {
    expect(writing(summit, "contents")).toEqual(["freeze", "tag"]);
    expect(writing(summit, "id-token")).toEqual([]);
    expect(writing(maestro, "id-token")).toEqual(["build"]);
    for (const id of ["freeze", "tag", "check", "reproduce"]) expect(jobOf(summit, id).environment).toBeUndefined();
  });

  test("each step gets the secrets that it needs and no others", () => {
    const build = jobOf(summit, "build");
    expect(secretsOf(build, "Build, sign, describe")).toEqual([
      "REGISTRY_USER",
      "REGISTRY_TOKEN",
      "COSIGN_PRIVATE_KEY",
      "COSIGN_PASSWORD",
    ]);
    expect(secretsOf(jobOf(maestro, "build"), "Build, sign, describe")).toEqual(["REGISTRY_USER", "REGISTRY_TOKEN"]);
    expect(secretsOf(production, "Check again")).toEqual([]);
    expect(secretsOf(production, "Verify the image")).toEqual(["REGISTRY_USER", "REGISTRY_TOKEN"]);
    expect(secretsOf(production, "Ask the gate")).toEqual(["KUBE_CONFIG"]);
    expect(secretsOf(production, "Deploy and watch")).toEqual(["KUBE_CONFIG"]);
  });

  test("a commit is built a second time, beside the train, which doesn't wait for it", () => {
    expect(jobOf(summit, "reproduce").if).toBe("needs.build.outputs.built == 'true'");
    for (const { needs } of Object.values(workflow.jobs)) expect(needs ?? []).not.toContain("reproduce");
  });

  test("reviewers are asked for production alone: the image is built in the rehearsal's environment", () => {
    expect(jobOf(summit, "build").environment?.name).toBe("stage");
    expect(production.environment).toEqual({ name: "prod", url: "https://summit.example.com" });
  });

  test.each([
    ["summit", summit],
    ["maestro", maestro],
  ])("every key that %s reads is defined where it is read", (_name, service) => {
    expect(settingsRead(workflowOf(service)).length).toBeGreaterThan(0);
    expect(settingProblems(service, workflowOf(service))).toEqual([]);
  });

  test("the time of gate, canary and rollback fits into the job, as far as GitHub lets it", () => {
    expect(production.timeoutMinutes).toBe(15 + 90 + 15 + 15);
    const { cluster } = summit;
    if (cluster?.train === undefined) throw new Error("no train");
    const slow = { ...summit, cluster: { ...cluster, train: { ...cluster.train, withinMinutes: 350 } } };
    expect(jobOf(slow, "deploy-prod").timeoutMinutes).toBe(360);
  });

  test("what came of a job is kept as long as declared, also of one that failed, and of each attempt", () => {
    expect(step(production, "Keep what came of it")).toMatchObject({
      if: "always()",
      with: { "retention-days": 90, name: ["train-deploy-prod-", { expression: "github.run_attempt" }] },
    });
  });
});
