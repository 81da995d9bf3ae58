import { canaryFindings, relaxesCanary } from "../../operations/phase-canary";
import { ClusterReader } from "../../operations/preflight-kubectl";
import { summitFleet } from "../declaration/fixture";
import { World, type WorldProps } from "./preflight-world";

const ROLLOUT = "get rollouts.argoproj.io summit";

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function found(props: WorldProps) {
  const made = await World.of(props);
  world = made;
  const { environment } = made;
  const { organization, services } = summitFleet();
  const [entry] = services;
  if (entry === undefined) throw new Error("a fleet without a service");
  return canaryFindings(organization, entry.service, ({ context }) => new ClusterReader({ context, environment }));
}

function rollout(status: object, generation = 3): WorldProps {
  const stdout = { metadata: { generation }, status: { observedGeneration: "3", ...status } };
  return { kubectl: { [ROLLOUT]: { stdout } } };
}

const healthy = { phase: "Healthy", currentPodHash: "a1", stableRS: "a1" };

test("only a way from 8 or more to below 8 takes the canary away", () => {
  expect([
    relaxesCanary(8, 7),
    relaxesCanary(11, 1),
    relaxesCanary(11, 8),
    relaxesCanary(7, 8),
    relaxesCanary(7, 1),
  ]).toEqual([true, true, false, false, false]);
});

test("with one version, healthy, none runs; the Rollout of the stage with a canary was asked for, in its context", async () => {
  expect(await found(rollout(healthy))).toEqual([
    { what: "canary: prod (summit-prod)", sight: "ok", said: "none runs: it is Healthy, with one version" },
  ]);
  expect(world?.commands).toEqual([
    "get rollouts.argoproj.io summit --namespace=summit-prod --ignore-not-found --output=json --context=eu-1 --request-timeout=20s",
  ]);
});

test.each([
  ["progressing", { phase: "Progressing", currentPodHash: "b2", stableRS: "a1" }],
  ["paused", { phase: "Paused", currentPodHash: "b2", stableRS: "a1" }],
  ["paused on one version", { ...healthy, phase: "Paused" }],
  ["aborted, beside the stable one", { phase: "Degraded", currentPodHash: "b2", stableRS: "a1" }],
])("%s: one runs", async (_what, status) => {
  expect(await found(rollout(status))).toEqual([
    {
      what: "canary: prod (summit-prod)",
      sight: "failed",
      said: `a canary runs: it is ${status.phase}, with the version ${status.currentPodHash} beside a1`,
      todo: "wait until it is promoted, or abort it: kubectl argo rollouts abort",
    },
  ]);
});

test.each([
  ["no kubectl", {}, 'there is no "kubectl" on PATH'],
  [
    "a cluster that is away",
    { kubectl: { [ROLLOUT]: { exitCode: 1, stderr: "Unable to connect" } } },
    "Unable to connect",
  ],
  ["a Rollout without status", { kubectl: { [ROLLOUT]: { stdout: { metadata: {} } } } }, "its status does not say"],
  ["a Rollout that was never stable", rollout({ ...healthy, stableRS: "" }), "its status does not say"],
  ["a status of the version before", rollout(healthy, 4), "has not looked at its newest version yet"],
  ["no JSON", { kubectl: { [ROLLOUT]: { stdout: "<html>" } } }, "JSON"],
])("%s: could not be seen", async (_what, props, why) => {
  expect(await found(props)).toEqual([
    expect.objectContaining({ sight: "unseen", said: expect.stringContaining(why) }),
  ]);
});

test("where nothing of the service runs, no canary runs", async () => {
  expect(await found({ kubectl: {} })).toEqual([
    { what: "canary: prod (summit-prod)", sight: "ok", said: "nothing of the service runs there" },
  ]);
});
