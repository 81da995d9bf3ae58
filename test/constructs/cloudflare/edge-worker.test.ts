import { CronSchedule } from "../../../constructs/cloudflare/cron-schedule";
import { EdgeWorker } from "../../../constructs/cloudflare/edge-worker";
import { WorkerDomain } from "../../../constructs/cloudflare/worker-domain";
import { WorkerRoute } from "../../../constructs/cloudflare/worker-route";
import { resourceOf, synthesized } from "../synthesized";

const accountId = "023e105f4ecef8ad9ca31a8372d0c353";
const zoneId = "593c9c94de529bbbfaac7c53ced0447d";
const PROPS = { accountId, name: "openclaw-pos", workersDev: false };

describe("EdgeWorker", () => {
  it("is watched in full and has no address of its own unless told otherwise", () => {
    expect(resourceOf((stack) => void new EdgeWorker(stack, "worker", PROPS), "cloudflare_worker")).toEqual({
      account_id: accountId,
      name: "openclaw-pos",
      tags: [],
      observability: {
        enabled: true,
        head_sampling_rate: 1,
        logs: { enabled: true, head_sampling_rate: 1, invocation_logs: true },
      },
      subdomain: { enabled: false, previews_enabled: false },
    });
  });

  it("is watched and reachable as told", () => {
    const worker = resourceOf(
      (stack) =>
        void new EdgeWorker(stack, "worker", {
          ...PROPS,
          workersDev: true,
          previewUrls: true,
          observability: false,
          logSampleRatio: 0.25,
          tags: ["pos", "edge"],
        }),
      "cloudflare_worker",
    );
    expect(worker).toMatchObject({
      tags: ["edge", "pos"],
      observability: {
        enabled: false,
        head_sampling_rate: 0.25,
        logs: { enabled: false, head_sampling_rate: 0.25 },
      },
      subdomain: { enabled: true, previews_enabled: true },
    });
  });

  it("has no code, version or deployment: they belong to releases", () => {
    const stack = synthesized((scope) => void new EdgeWorker(scope, "worker", PROPS));
    expect(Object.keys(stack.resource)).toEqual(["cloudflare_worker"]);
  });

  it("takes over a Worker that exists when told its id", () => {
    const stack = synthesized((scope) => void new EdgeWorker(scope, "worker", { ...PROPS, adopt: "abc" }));
    expect(stack.import).toEqual([{ to: "cloudflare_worker.worker", id: `${accountId}/abc` }]);
  });
});

describe("WorkerDomain", () => {
  it("follows the Worker, and names the environment without which every plan would replace it", () => {
    const domain = resourceOf((stack) => {
      const { workerName } = new EdgeWorker(stack, "worker", PROPS);
      new WorkerDomain(stack, "domain", { accountId, zoneId, hostname: "pos.example.com", worker: workerName });
    }, "cloudflare_workers_custom_domain");
    expect(domain).toEqual({
      account_id: accountId,
      zone_id: zoneId,
      hostname: "pos.example.com",
      service: "${cloudflare_worker.worker.name}",
      environment: "production",
    });
  });
});

describe("WorkerRoute", () => {
  it("sends the addresses of its pattern to the Worker", () => {
    const route = resourceOf(
      (stack) => void new WorkerRoute(stack, "route", { zoneId, pattern: "example.com/pos/*", worker: "openclaw-pos" }),
      "cloudflare_workers_route",
    );
    expect(route).toEqual({ zone_id: zoneId, pattern: "example.com/pos/*", script: "openclaw-pos" });
  });
});

describe("CronSchedule", () => {
  it("starts the Worker by the clock, in an order that doesn't depend on how the times were written", () => {
    const cron = resourceOf(
      (stack) =>
        void new CronSchedule(stack, "cron", { accountId, worker: "pos", schedules: ["30 3 * * *", "*/5 * * * *"] }),
      "cloudflare_workers_cron_trigger",
    );
    expect(cron).toEqual({
      account_id: accountId,
      script_name: "pos",
      schedules: [{ cron: "*/5 * * * *" }, { cron: "30 3 * * *" }],
    });
  });
});
