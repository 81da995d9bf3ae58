import { parse } from "smol-toml";
import type { Service } from "../../../declaration/service";
import { hotdash } from "../../../services/hotdash";
import { isOnFly } from "../../../workflows/fly/deployable";
import { flyConfigs } from "../../../workflows/fly/fly-toml";
import { type Changes, changed, REMOVED } from "../../declaration/change";

function settings(path: string, changes: Changes = {}) {
  const service = changed<Service>(hotdash, changes);
  if (!isOnFly(service)) throw new Error("not on Fly");
  const file = flyConfigs(service).find((each) => each.path === path);
  if (file === undefined) throw new Error(`no ${path}`);
  return { text: file.content, read: parse(file.content) };
}

describe("the settings of Fly, as its command line reads them (HOT-6)", () => {
  test("production: 2 processors, 2 GB, at least 2 Machines, checks every 15 and 30 s, 200/250, 30 % at a time, 30 s to end", () => {
    expect(settings("fly.production.toml").read).toEqual({
      app: "hotdash",
      primary_region: "ord",
      kill_signal: "SIGTERM",
      kill_timeout: "30s",
      experimental: { auto_rollback: true },
      build: { dockerfile: "Dockerfile" },
      deploy: { strategy: "rolling", max_unavailable: 0.3, wait_timeout: "5m", release_command: "npm run migrate" },
      env: { APP_ENV: "production", NODE_ENV: "production", PORT: "3000" },
      services: [
        {
          protocol: "tcp",
          internal_port: 3000,
          auto_stop_machines: "off",
          auto_start_machines: true,
          min_machines_running: 2,
          concurrency: { type: "requests", soft_limit: 200, hard_limit: 250 },
          ports: [
            { port: 80, handlers: ["http"], force_https: true },
            { port: 443, handlers: ["tls", "http"] },
          ],
          tcp_checks: [{ interval: "15s", timeout: "2s", grace_period: "20s" }],
          http_checks: [
            {
              interval: "30s",
              timeout: "5s",
              grace_period: "20s",
              method: "get",
              path: "/health",
              protocol: "http",
            },
          ],
        },
      ],
      vm: [{ cpu_kind: "shared", cpus: 2, memory: "2gb" }],
    });
  });

  test("staging: 80/100, and it stops when nobody asks", () => {
    const { read } = settings("fly.toml");
    expect(read).toMatchObject({
      app: "hotdash-staging",
      services: [
        {
          auto_stop_machines: "stop",
          min_machines_running: 0,
          concurrency: { type: "requests", soft_limit: 80, hard_limit: 100 },
        },
      ],
      vm: [{ cpu_kind: "shared", cpus: 1, memory: "1gb" }],
    });
  });

  test("memory below a gigabyte is written in megabytes", () => {
    expect(settings("fly.toml", { "fly.stages.staging.machine.memoryMebibytes": 768 }).read).toMatchObject({
      vm: [{ memory: "768mb" }],
    });
  });

  test("the file says what made it, and that flyctl itself goes nowhere back", () => {
    expect(settings("fly.toml").text.split("\n").slice(0, 4)).toEqual([
      "# Made by Gatehouse from services/hotdash.ts; do not edit.",
      "# Make it again: npx gatehouse files hotdash",
      "#",
      "# auto_rollback says what is wanted; flyctl itself goes nowhere back: scripts/fly-rollback.sh does.",
    ]);
  });

  test("without an automatic rollback, a release command or a rehearsal nothing speaks of them", () => {
    const { read } = settings("fly.production.toml", {
      "fly.deploy.automaticRollback": false,
      "fly.deploy.releaseCommand": REMOVED,
      "fly.rehearsal": REMOVED,
    });
    expect(read).not.toHaveProperty("experimental");
    expect(read).not.toHaveProperty("deploy.release_command");
    expect(() => settings("fly.toml", { "fly.rehearsal": REMOVED })).toThrow("no fly.toml");
  });
});
