import { analysisValues } from "../../../constructs/helm/analysis-values";
import type { Organization } from "../../../declaration/organization";
import type { Service } from "../../../declaration/service";
import { organization } from "../../../services/organization";
import { settingProblems } from "../../../workflows/check-settings";
import { trainFiles } from "../../../workflows/cluster/train-files";
import { trainWorkflow } from "../../../workflows/cluster/train-workflow";
import { settingsRead } from "../../../workflows/settings-read";
import type { WorkflowJob } from "../../../workflows/workflow";
import { calledBy, callOf, jobOf, maestro, step, summit, workflowOf } from "./train-jobs";

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
  const production = callOf(summit, "deploy-prod");
  const deploy = calledBy(production);

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

  test("a commit is checked, built once, signed, rehearsed, released, and tagged; a rollback freezes", () => {
    expect(Object.entries(workflow.jobs).map(([id, { needs }]) => [id, needs])).toEqual([
      ["check", undefined],
      ["publish", ["check"]],
      ["sign", ["check", "publish"]],
      ["reproduce", ["check", "publish"]],
      ["deploy-stage", ["check", "publish", "sign"]],
      ["deploy-prod", ["check", "publish", "deploy-stage"]],
      ["rollback", ["check"]],
      ["freeze", ["check", "deploy-prod", "rollback"]],
      ["tag", ["check", "publish", "deploy-prod"]],
    ]);
  });

  test("a stage is checked again, verified, asked at its gate, deployed and watched, in this order", () => {
    for (const id of ["deploy-stage", "deploy-prod"]) {
      expect(calledBy(callOf(summit, id)).steps.map(({ name }) => name)).toEqual([
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
        expect([stage, callOf(service, `deploy-${stage}`).with?.gate]).toEqual([stage, (values?.gate.length ?? 0) > 0]);
      }
    }
  });

  test("later jobs use the digest of the build, and nothing that a tag may say", () => {
    for (const name of ["Verify the image", "Ask the gate", "Deploy and watch"])
      expect(step(deploy, name).env?.DIGEST).toEqual({ expression: "inputs.digest" });
    expect(production.with?.digest).toEqual({ expression: "needs.publish.outputs.digest" });
    expect(JSON.stringify([production.with, deploy])).not.toContain("sha-");
  });

  test("a rollback passes build, rehearsal and gate by, but not the signature", () => {
    const rollback = jobOf(summit, "rollback");
    expect(rollback.if).toBe("needs.check.outputs.action == 'rollback'");
    expect(callOf(summit, "publish").if).toBe("needs.check.outputs.action != 'rollback'");
    expect(rollback.environment?.name).toBe("prod");
    expect(
      trainFiles(summit, organization).find(({ path }) => path === "scripts/train-rollback.sh")?.content,
    ).toContain('must_be_verified "$target"');
  });

  test("a stage that nobody can judge has no gate: without objectives, metrics or a Rollout", () => {
    const { objectives: _, ...without } = summit;
    expect(step(deploy, "Ask the gate").if).toBe("inputs.gate");
    const gated = (service: Service) => callOf(service, "deploy-prod").with?.gate;
    expect(gated(without)).toBe(false);
    expect(trainFiles(without, organization).map(({ path }) => path)).not.toContain("scripts/train-gate.sh");
    const [name = "", cluster] = Object.entries((organization as Organization).clusters ?? {})[0] ?? [];
    if (cluster === undefined) throw new Error("no cluster");
    const { metrics: __, ...blind } = cluster;
    const workflow = trainWorkflow(summit, { ...organization, clusters: { [name]: blind } });
    expect(workflow?.jobs["deploy-prod"]).toMatchObject({ with: { gate: false } });
    const home = summit.cluster;
    if (home?.stages.prod === undefined) throw new Error("no stage prod in a cluster");
    const stages = { ...home.stages, prod: { ...home.stages.prod, workload: "deployment" as const } };
    expect(gated({ ...summit, cluster: { ...home, stages } })).toBe(false);
  });

  test("a rollback of production freezes, whoever began it, and also when the run is cancelled", () => {
    expect(jobOf(summit, "freeze").if).toBe(
      "always() && (startsWith(needs.deploy-prod.outputs.verdict, 'roll') || " +
        "(needs.deploy-prod.result == 'failure' && needs.deploy-prod.outputs.verdict == '') || " +
        "startsWith(needs.rollback.outputs.verdict, 'roll'))",
    );
  });

  test("a deployment that did nothing says so: only one of which nothing is known freezes like one that was rolled back", () => {
    expect(production.calls.triggers.workflowCall.outputs?.verdict?.value).toEqual({
      expression: "jobs.deploy.outputs.verdict || 'none'",
    });
  });

  test("only freeze and tag may write to the repository, only keyless signing gets an identity", () => {
    expect(writing(summit, "contents")).toEqual(["freeze", "tag"]);
    expect(writing(summit, "id-token")).toEqual([]);
    expect(writing(maestro, "id-token")).toEqual(["sign"]);
    for (const id of ["freeze", "tag", "check", "reproduce"]) expect(jobOf(summit, id).environment).toBeUndefined();
  });

  test("each step gets the secrets that it needs and no others", () => {
    const login = ["REGISTRY_USER", "REGISTRY_TOKEN"];
    expect(secretsOf(calledBy(callOf(summit, "publish")), "Build and push")).toEqual(login);
    expect(secretsOf(jobOf(summit, "sign"), "Sign and describe")).toEqual([
      ...login,
      "COSIGN_PRIVATE_KEY",
      "COSIGN_PASSWORD",
    ]);
    expect(secretsOf(jobOf(maestro, "sign"), "Sign and describe")).toEqual(login);
    expect(Object.keys(production.secrets ?? {})).toEqual([...login, "KUBE_CONFIG"]);
    expect(secretsOf(deploy, "Check again")).toEqual([]);
    expect(secretsOf(deploy, "Verify the image")).toEqual(["REGISTRY_USER", "REGISTRY_TOKEN"]);
    expect(secretsOf(deploy, "Ask the gate")).toEqual(["KUBE_CONFIG"]);
    expect(secretsOf(deploy, "Deploy and watch")).toEqual(["KUBE_CONFIG"]);
  });

  test("a commit is built a second time, beside the train, which doesn't wait for it", () => {
    expect(jobOf(summit, "reproduce").if).toBe("needs.publish.outputs.built == 'true'");
    for (const { needs } of Object.values(workflow.jobs)) expect(needs ?? []).not.toContain("reproduce");
  });

  test("reviewers are asked for production alone: the image is built in the rehearsal's environment", () => {
    expect(callOf(summit, "publish").with?.environment).toBe("stage");
    expect(jobOf(summit, "sign").environment?.name).toBe("stage");
    expect(production.with).toMatchObject({ environment: "prod", url: "https://summit.example.com" });
  });

  test.each([
    ["summit", summit],
    ["maestro", maestro],
  ])("every key that %s reads is defined where it is read", (_name, service) => {
    expect(settingsRead(workflowOf(service)).length).toBeGreaterThan(0);
    expect(settingProblems(service, workflowOf(service))).toEqual([]);
  });

  test("the time of gate, canary and rollback fits into the job, as far as GitHub lets it", () => {
    expect(production.with?.["timeout-minutes"]).toBe(15 + 90 + 15 + 15);
    const { cluster } = summit;
    if (cluster?.train === undefined) throw new Error("no train");
    const slow = { ...summit, cluster: { ...cluster, train: { ...cluster.train, withinMinutes: 350 } } };
    expect(callOf(slow, "deploy-prod").with?.["timeout-minutes"]).toBe(360);
  });

  test("what came of a job is kept as long as declared, also of one that failed, and of each attempt", () => {
    expect(production.with).toMatchObject({ artifact: "train-deploy-prod", "keep-days": 90 });
    expect(step(deploy, "Keep what came of it")).toMatchObject({
      if: "always()",
      with: {
        "retention-days": { expression: "inputs.keep-days" },
        name: [{ expression: "inputs.artifact" }, "-", { expression: "github.run_attempt" }],
      },
    });
    expect(step(jobOf(summit, "rollback"), "Keep what came of it")).toMatchObject({
      if: "always()",
      with: { "retention-days": 90, name: ["train-rollback", "-", { expression: "github.run_attempt" }] },
    });
  });
});
