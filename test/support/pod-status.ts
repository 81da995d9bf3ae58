import type { ApiObject } from "./api-client";

/**
 * What a played kubelet makes of a pod: `ready`: runs and answers; `unready`: runs, its readiness probe fails; `crashes`: its containers end at once, again
 * and again; `no-image`: its image can't be pulled; `completes` and `fails`: ends with exit code 0 or 1; `pending`: no node takes it.
 */
export type Fate = "ready" | "unready" | "crashes" | "no-image" | "completes" | "fails" | "pending";

/** The status that a kubelet would report. */
export function podStatus(pod: ApiObject, fate: Fate, podIP: string): object {
  const now = new Date().toISOString();
  if (fate === "pending") {
    const reason = { reason: "Unschedulable", message: "0/1 nodes are available" };
    return { phase: "Pending", conditions: [condition("PodScheduled", false, now, reason)] };
  }
  const ready = fate === "ready";
  const conditions = [
    condition("PodScheduled", true, now),
    condition("Initialized", true, now),
    condition("ContainersReady", ready, now),
    condition("Ready", ready, now),
  ];
  return {
    phase: PHASES[fate],
    conditions,
    hostIP: "127.0.0.1",
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: pod.status?.startTime ?? now,
    initContainerStatuses: (pod.spec.initContainers ?? []).map((container: Container) =>
      containerStatus(container, "completes", now),
    ),
    containerStatuses: pod.spec.containers.map((container: Container) => containerStatus(container, fate, now)),
  };
}

interface Container {
  readonly name: string;
  readonly image: string;
}

const PHASES = {
  ready: "Running",
  unready: "Running",
  crashes: "Running",
  "no-image": "Pending",
  completes: "Succeeded",
  fails: "Failed",
} as const;

function condition(type: string, status: boolean, now: string, more: object = {}): object {
  return { type, status: status ? "True" : "False", lastTransitionTime: now, ...more };
}

function containerStatus({ name, image }: Container, fate: Exclude<Fate, "pending">, now: string): object {
  const common = { name, image, imageID: image, containerID: `played://${name}`, ready: fate === "ready" };
  const ended = (exitCode: number, reason: string) => ({
    terminated: { exitCode, reason, startedAt: now, finishedAt: now, containerID: `played://${name}` },
  });
  switch (fate) {
    case "ready":
    case "unready":
      return { ...common, started: true, restartCount: 0, state: { running: { startedAt: now } } };
    case "crashes":
      return {
        ...common,
        started: false,
        restartCount: 5,
        state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 5m0s restarting failed container" } },
        lastState: ended(1, "Error"),
      };
    case "no-image":
      return {
        ...common,
        imageID: "",
        started: false,
        restartCount: 0,
        state: { waiting: { reason: "ImagePullBackOff", message: `Back-off pulling image "${image}"` } },
      };
    case "completes":
      return { ...common, started: false, restartCount: 0, state: ended(0, "Completed") };
    case "fails":
      return { ...common, started: false, restartCount: 0, state: ended(1, "Error") };
  }
}
