import { inPhase } from "../../declaration/in-phase";
import { ClustersView } from "../../operations/phase-clusters";
import { ClusterReader } from "../../operations/preflight-kubectl";
import { type Changes, REMOVED } from "../declaration/change";
import { summitFleet } from "../declaration/fixture";
import { type KubectlSays, World } from "./preflight-world";

const NOW = Date.parse("2026-11-21T12:00:00Z");

let world: World;
afterEach(() => world.close());

async function view(kubectl: Readonly<Record<string, KubectlSays>> | undefined, service: Changes = {}) {
  world = await World.of(kubectl === undefined ? {} : { kubectl });
  const { environment } = world;
  const { organization, services } = summitFleet({ service });
  const [entry] = services;
  if (entry === undefined) throw new Error("a fleet without a service");
  return new ClustersView(organization, inPhase(entry), ({ context }) => new ClusterReader({ context, environment }));
}

describe("previews", () => {
  const namespaces = (...expiries: readonly (string | undefined)[]) => ({
    "get namespaces": {
      stdout: {
        items: expiries.map((expiry, index) => ({
          metadata: { name: `pr-${index}`, annotations: { "gatehouse.dev/expires-at": expiry } },
        })),
      },
    },
  });

  test("none is past its time", async () => {
    const clusters = await view(namespaces("2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z"));
    expect(await clusters.previews(NOW)).toMatchObject({ sight: "ok", said: "2 there, none past its time" });
    expect(world.commands).toEqual([
      expect.stringContaining("--selector=gatehouse.dev/kind=preview,gatehouse.dev/service=summit"),
    ]);
  });

  test("one past its time, or without one, has failed", async () => {
    const clusters = await view(namespaces("2026-11-20T00:00:00Z", undefined, "soon", "2026-11-22T00:00:00Z"));
    expect(await clusters.previews(NOW)).toMatchObject({
      sight: "failed",
      said: "past their time, or without one: pr-0, pr-1, pr-2",
      todo: "npx gatehouse preview sweep",
    });
  });

  test.each([
    ["no kubectl", undefined],
    ["an answer without a list", { "get namespaces": { stdout: { items: "all" } } }],
    ["nothing", {}],
  ])("%s: not seen", async (_what, kubectl) => {
    expect(await (await view(kubectl)).previews(NOW)).toMatchObject({ sight: "unseen" });
  });

  test("a service without previews has none", async () => {
    const clusters = await view(undefined, { "cluster.previews": REMOVED });
    expect(await clusters.previews(NOW)).toMatchObject({ sight: "ok", said: "the service declares none" });
  });
});

describe("stages", () => {
  const steps = [5, 25, 50].flatMap((setWeight) => [{ setWeight }, { pause: { duration: 600 } }]);
  const rollout = (status: object = {}, weights: object[] = steps) => ({
    "get rollouts.argoproj.io summit": {
      stdout: {
        metadata: { generation: 2 },
        spec: { strategy: { canary: { steps: weights } } },
        status: { observedGeneration: "2", phase: "Healthy", ...status },
      },
    },
  });
  const templates = Object.fromEntries(
    ["gate", "watch", "step"].map((name) => [
      `get analysistemplates.argoproj.io summit-${name}`,
      { stdout: { kind: "AnalysisTemplate" } },
    ]),
  );

  test("production is healthy, steps as declared, and can be judged", async () => {
    const findings = await (await view({ ...rollout(), ...templates })).stages("canary");
    expect(findings.map(({ what, sight, said }) => `${what}: ${sight}, ${said}`)).toEqual([
      "rollout of prod: ok, Healthy; steps 5, 25, 50, 100 %",
      "analysis summit-gate of prod: ok, there",
      "analysis summit-watch of prod: ok, there",
      "analysis summit-step of prod: ok, there",
    ]);
  });

  test.each([
    ["degraded", rollout({ phase: "Degraded" }), "failed", "it is Degraded"],
    ["other steps", rollout({}, [{ setWeight: 50 }]), "failed", "its steps are 50; declared are 5, 25, 50"],
    [
      "a status of the version before",
      rollout({ observedGeneration: "1" }),
      "unseen",
      "the controller has not looked at its newest version yet",
    ],
    ["nothing there", {}, "failed", "not there"],
  ])("%s: %s", async (_what, kubectl, sight, said) => {
    const [workload] = await (await view(kubectl)).stages("canary");
    expect(workload).toMatchObject({ what: "rollout of prod", sight, said });
  });

  test("without its templates nobody would judge a release", async () => {
    const findings = await (await view(rollout())).stages("canary");
    expect(findings.slice(1).map(({ sight, said }) => `${sight}: ${said}`)).toEqual(
      Array(3).fill("failed: not there: nobody would judge a release"),
    );
  });

  test("a Deployment is well when its pods are available", async () => {
    const deployment = (availableReplicas: number) => ({
      "get deployments.apps summit": {
        stdout: {
          metadata: { generation: 1 },
          spec: { replicas: 2 },
          status: { observedGeneration: 1, availableReplicas },
        },
      },
    });
    const changes = { "cluster.stages.stage.workload": "deployment" };
    expect(await (await view(deployment(2), changes)).stages("rehearsal")).toMatchObject([
      { sight: "ok", said: "2 of 2 pods are available" },
    ]);
    await world.close();
    expect(await (await view(deployment(1), changes)).stages("rehearsal")).toMatchObject([{ sight: "failed" }]);
  });

  test("no cluster in sight, nothing seen", async () => {
    const findings = await (await view(undefined)).stages("rehearsal");
    expect(new Set(findings.map(({ sight }) => sight))).toEqual(new Set(["unseen"]));
  });
});
