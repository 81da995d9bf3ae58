import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
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

const others = COMMANDS.filter((command) => !RUN_BY_CI.includes(command));
const asksPrometheus = (command: string) => /promtool|gatehouse gate/.test(command);

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
  const output = result.status === 0 ? "" : result.stdout + result.stderr;
  expect({ command, status: result.status, output }).toEqual({ command, status: 0, output: "" });
}

describeWith(["terraform"], "every command does what it says, in a sandbox where it would need an account", () => {
  let project: string;
  beforeAll(() => {
    project = projectDirectory();
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it.each(others.filter((command) => !asksPrometheus(command)))(
    "%s",
    (command) => expectToWork(command, project),
    130_000,
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
