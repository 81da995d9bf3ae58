import type { ChildProgram } from "./child-program";
import type { Cluster } from "./cluster";
import { freePorts } from "./free-ports";
import { until } from "./until";

const CONTROLLER = "rollouts-controller";

/**
 * Starts the real Argo Rollouts controller; its definitions (`argo-rollouts`) must be installed. It ends with the cluster, or by `kill()`: a lost
 * controller.
 */
export async function startRollouts(cluster: Cluster): Promise<ChildProgram> {
  const [metrics, health] = (await freePorts(2)) as [number, number];
  const controller = cluster.startProgram(CONTROLLER, [
    `--kubeconfig=${cluster.kubeconfig}`,
    `--metricsPort=${metrics}`,
    `--healthzPort=${health}`,
    "--leader-elect=false",
  ]);
  const isReady = async () => {
    controller.mustRun();
    const answer = await fetch(`http://127.0.0.1:${health}/healthz`).catch(() => undefined);
    return answer?.ok;
  };
  await until("the Rollouts controller is ready", isReady, 60, () => controller.log().slice(-4000));
  return controller;
}
