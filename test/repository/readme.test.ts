import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { Cluster, describeWithCluster } from "../support/cluster";
import { installDefinitions } from "../support/definitions";
import { LivePlugin } from "../support/live-plugin";
import { describeWith } from "../support/programs";
import { type RunningPrometheus, startPrometheus } from "../support/prometheus";
import { HEALTHY, relaySamples } from "../support/relay-samples";

const ROOT = resolve(__dirname, "../..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

/** Every command line of every `sh` block. */
const COMMANDS = [...README.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)]
  .flatMap(([, block = ""]) => block.split("\n"))
  .map((line) => line.trim())
  .filter((line) => line !== "");

/** Commands that install; CI runs these two themselves. */
const RUN_BY_CI = ["npm ci && npm run sandbox", "npm cit"];

/** Commands that change the project's own files: new-service.test.ts, seal-cli.test.ts and rotate-cli.test.ts run these, in a copy. */
const RUN_IN_A_COPY = [
  "npx gatehouse new demo --edge --yes",
  "npm run sandbox -- --service demo",
  "npx gatehouse seal relay staging ADMIN_KEY",
  "npx gatehouse seal summit stage KUBE_CONFIG --as-is < kubeconfig.yaml",
  "npx gatehouse seal summit prod DATABASE_URL --certificate eu-1.pem",
  "npx gatehouse rotate openclaw-pos production CLOUDFLARE_API_TOKEN",
];

describe("the README", () => {
  it("names its two commands, and CI runs them", () => {
    expect(COMMANDS).toEqual(expect.arrayContaining(RUN_BY_CI));
    const ci = readFileSync(join(ROOT, ".ci/run"), "utf8");
    expect(ci).toContain("npm cit");
    expect(ci).toContain("npm run sandbox");
  });

  it("links to files that exist", () => {
    const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = ""]) => target);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((target) => !existsSync(join(ROOT, dirname(target), target.split("/").at(-1) ?? "")))).toEqual(
      [],
    );
  });
});

const others = COMMANDS.filter((command) => ![...RUN_BY_CI, ...RUN_IN_A_COPY].includes(command));
/** The day decides whether they find something: a flag expires, a secret is to be renewed. */
const looksAtTheDay = (command: string) => /^npx gatehouse (?:check|flags)(?: |$)/.test(command);
const asksPrometheus = (command: string) => /promtool|gatehouse gate/.test(command);
const asksCluster = (command: string) => command.startsWith("npx gatehouse preview ");
/** What they find out without any account is half of it; they say so, and end with 1. */
const sayWhatTheyCouldNotSee = (command: string) =>
  /^npx gatehouse (?:phase |preflight |secrets |overrides |files .*--(?:diff|pull-request))/.test(command);

/** A project directory of its own, so that nothing is left in this one. */
function projectDirectory(): string {
  const project = mkdtempSync(join(tmpdir(), "gatehouse-readme-"));
  for (const entry of readdirSync(ROOT)) {
    if (![".git", ".gatehouse", "cdktf.out", ".jest-results.json"].includes(entry))
      symlinkSync(join(ROOT, entry), join(project, entry));
  }
  return project;
}

function expectToWork(command: string, project: string, environment: Readonly<Record<string, string>> = {}): void {
  const needsAccount = /^npx (?:cdktf (?!synth)|gatehouse drift)/.test(command);
  const line = command.replaceAll("/tmp/", `${project}/files-`);
  const run = needsAccount
    ? `npx gatehouse sandbox --shell ${line.replace("cdktf deploy", "cdktf deploy --auto-approve")}`
    : line;
  const result = spawnSync("bash", ["-o", "pipefail", "-c", run], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, CI: "", ...environment },
    timeout: 120_000,
  });
  if (looksAtTheDay(command) && result.status === 2) {
    expect(result.stdout).toMatch(/expired on|was to be rotated by|is yet to come/);
    return;
  }
  const output = result.status === 0 ? "" : result.stdout + result.stderr;
  expect({ command, status: result.status, output }).toEqual({ command, status: 0, output: "" });
}

describeWith(
  ["terraform", "openssl"],
  "every command does what it says, in a sandbox where it needs an account",
  () => {
    let project: string;
    beforeAll(() => {
      project = projectDirectory();
    });
    afterAll(() => rmSync(project, { recursive: true, force: true }));

    it.each(
      others.filter((command) => ![asksPrometheus, asksCluster, sayWhatTheyCouldNotSee].some((is) => is(command))),
    )("%s", (command) => expectToWork(command, project), 130_000);

    it.each(others.filter(sayWhatTheyCouldNotSee))(
      "%s, as far as it can see",
      (command) => {
        const result = spawnSync("bash", ["-c", command], {
          cwd: project,
          encoding: "utf8",
          env: { ...process.env, CI: "", GITHUB_TOKEN: "", KUBE_CONFIG_PATH: "" },
          timeout: 120_000,
        });
        expect(result.status).toBe(1);
        expect(result.stdout).toMatch(/could not (?:see|be seen|be delivered)/);
        expect(result.stdout).toContain("GITHUB_TOKEN is not set");
      },
      130_000,
    );
  },
);

describeWithCluster("the commands on previews do what they say, on a real API server", ["terraform", "helm"], () => {
  let project: string;
  let cluster: Cluster;
  let plugin: LivePlugin;
  let health: Server;
  let environment: Record<string, string | undefined>;

  beforeAll(async () => {
    project = projectDirectory();
    health = createServer((_, response) => response.writeHead(200).end());
    await new Promise<void>((resolve) => health.listen(0, "127.0.0.1", resolve));
    cluster = await Cluster.start();
    await installDefinitions(cluster, "gateway-api");
    await cluster.playKubelet();
    // The context is called as in services/organization.ts.
    const kubeconfig = join(project, "kubeconfig");
    writeFileSync(kubeconfig, await cluster.kubectl(["config", "view", "--raw"]), { mode: 0o600 });
    const context = await cluster.kubectl(["config", "current-context"]);
    await cluster.run("kubectl", ["config", "rename-context", context.trim(), "eu-1", `--kubeconfig=${kubeconfig}`]);
    plugin = await LivePlugin.start({ kubeconfig, localChart: join(ROOT, "charts/service") });
    environment = {
      ...process.env,
      ...plugin.environment,
      KUBE_CONFIG_PATH: kubeconfig,
      GATEHOUSE_PREVIEW_HEALTH_URL: `http://127.0.0.1:${(health.address() as AddressInfo).port}`,
      CI: "",
    };
  }, 120_000);
  afterAll(async () => {
    health?.close();
    await plugin?.stop();
    await cluster?.stop();
    rmSync(project, { recursive: true, force: true });
  });

  // Not synchronously: the plugin that they speak to is in this process.
  it.each(others.filter(asksCluster))(
    "%s",
    async (command) => {
      const run = promisify(execFile)("bash", ["-c", command], { cwd: project, env: environment, timeout: 170_000 });
      await expect(run).resolves.toMatchObject({ stdout: expect.stringMatching(/pr-42|preview/) });
    },
    180_000,
  );
});

describeWith(["prometheus", "promtool"], "every command that asks Prometheus does what it says", () => {
  let project: string;
  let prometheus: RunningPrometheus;
  beforeAll(async () => {
    project = projectDirectory();
    const stable = { stage: "production", version: "stable", ...HEALTHY };
    const versions = [stable, { ...stable, version: "canary", requests: 5 }];
    prometheus = await startPrometheus({ openMetrics: relaySamples(versions, { production: 1 }) });
  });
  afterAll(async () => {
    rmSync(project, { recursive: true, force: true });
    await prometheus.stop();
  });

  it.each(others.filter(asksPrometheus))("%s", (command) =>
    expectToWork(command, project, { PROMETHEUS_URL: prometheus.url }),
  );
});
