import { stringify } from "smol-toml";
import { type Fly, type FlyStage, flyConfigFile, flyStages } from "../../declaration/fly";
import { generatedBy } from "../generated-by";
import type { RenderedFile } from "../rendered-file";
import type { OnFly } from "./deployable";

/** What a stage's app is: its name, and what of the stage goes into its settings. */
export type FlyApp = Pick<FlyStage, "machine" | "whenIdle" | "concurrency" | "variables"> & {
  /** @default - the command line names it */
  readonly app?: string;
  /** Machines that run also when nobody asks anything. */
  readonly running: number;
  /** Fly closes connections on which nothing was sent for so long. Seconds. @default - Fly's own time */
  readonly closeIdleAfterSeconds?: number;
};

/** The settings of each stage, as `fly` reads them: https://fly.io/docs/reference/configuration/ */
export function flyConfigs(service: OnFly): readonly RenderedFile[] {
  const { fly } = service;
  return flyStages(fly).flatMap((stage) => {
    const entry = fly.stages[stage];
    if (entry === undefined) return [];
    const running = entry.whenIdle === "stop" ? 0 : entry.machines;
    return [flyConfig(service, flyConfigFile(fly, stage), { ...entry, running })];
  });
}

/** One file of settings. */
export function flyConfig({ name, fly }: OnFly, path: string, app: FlyApp): RenderedFile {
  const head = [
    ...generatedBy(name),
    "",
    // internal/appconfig/config.go of flyctl is the only place that names it: nothing reads it since Machines came.
    ...(fly.deploy.automaticRollback
      ? ["auto_rollback says what is wanted; flyctl itself goes nowhere back: scripts/fly-rollback.sh does."]
      : []),
  ].map((line) => `# ${line}`.trimEnd());
  return { path, content: `${head.join("\n")}\n\n${stringify(settings(fly, app)).trim()}\n`, executable: false };
}

function settings(fly: Fly, app: FlyApp) {
  const { deploy } = fly;
  return {
    ...(app.app === undefined ? {} : { app: app.app }),
    primary_region: fly.region,
    kill_signal: fly.killSignal,
    kill_timeout: `${fly.killTimeoutSeconds}s`,
    ...(deploy.automaticRollback ? { experimental: { auto_rollback: true } } : {}),
    build: { dockerfile: fly.dockerfile },
    deploy: {
      strategy: "rolling",
      max_unavailable: deploy.maxUnavailablePercent / 100,
      wait_timeout: `${deploy.waitMinutes}m`,
      ...(deploy.releaseCommand === undefined ? {} : { release_command: deploy.releaseCommand.join(" ") }),
    },
    env: { ...app.variables, PORT: String(fly.port) },
    services: [service(fly, app)],
    vm: [{ cpu_kind: app.machine.cpuKind, cpus: app.machine.cpus, memory: memory(app.machine.memoryMebibytes) }],
  };
}

/** `[[services]]`, for `[http_service]` has no TCP checks. */
function service({ port, checks }: Fly, { concurrency, running, whenIdle, closeIdleAfterSeconds }: FlyApp) {
  const grace_period = `${checks.graceSeconds}s`;
  const options = closeIdleAfterSeconds === undefined ? {} : { http_options: { idle_timeout: closeIdleAfterSeconds } };
  return {
    protocol: "tcp",
    internal_port: port,
    auto_stop_machines: whenIdle === "stop" ? "stop" : "off",
    auto_start_machines: true,
    min_machines_running: running,
    concurrency: { type: "requests", soft_limit: concurrency.soft, hard_limit: concurrency.hard },
    ports: [
      { port: 80, handlers: ["http"], force_https: true, ...options },
      { port: 443, handlers: ["tls", "http"], ...options },
    ],
    tcp_checks: [{ interval: `${checks.tcp.everySeconds}s`, timeout: `${checks.tcp.timeoutSeconds}s`, grace_period }],
    http_checks: [
      {
        interval: `${checks.http.everySeconds}s`,
        timeout: `${checks.http.timeoutSeconds}s`,
        grace_period,
        method: "get",
        path: checks.http.path,
        protocol: "http",
      },
    ],
  };
}

function memory(mebibytes: number): string {
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}gb` : `${mebibytes}mb`;
}
