import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { SealedSecrets } from "../../declaration/sealed";
import { EnvironmentKey } from "../support/github/environment-key";
import { GithubStandIn } from "../support/github/github-stand-in";
import { describeWith } from "../support/programs";
import { inTerminal } from "../support/pseudo-terminal";
import { SealingKey } from "../support/sealing-key";
import { NewProject } from "./new-project";

const GATEHOUSE = resolve(__dirname, "../../operations/gatehouse.js");
const CANARY = "canary-58e2b0-value";
const KEYS = ["RAILWAY_TOKEN", "ADMIN_KEY", "DEV_KEY"] as const;

let github: GithubStandIn;
let staging: EnvironmentKey;
let project: NewProject;
/** Home, temporary files, and Node's reports of whatever goes wrong. */
let left: string;

beforeEach(async () => {
  github = await GithubStandIn.start();
  staging = await EnvironmentKey.of("568250167242549743");
  staging.giveTo(github.repository("openclaw/relay"), "staging");
  project = new NewProject();
  left = mkdtempSync(join(tmpdir(), "gatehouse-left-"));
});
afterEach(async () => {
  expect(github.problems).toEqual([]);
  await github.close();
  project.remove();
  rmSync(left, { recursive: true });
});

function environment(): Record<string, string> {
  return {
    ...github.environment,
    PATH: process.env.PATH ?? "",
    HOME: left,
    TMPDIR: left,
    NODE_OPTIONS: `--report-uncaught-exception --report-on-fatalerror --report-on-signal --report-directory=${left}`,
  };
}

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
}

function start(words: readonly string[], input?: string): Run {
  const child = spawn(process.execPath, [GATEHOUSE, "seal", ...words], { cwd: project.root, env: environment() });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  child.stdin.on("error", () => undefined);
  if (input !== undefined) child.stdin.end(input);
  const ended = new Promise<Awaited<Run["ended"]>>((done) => child.once("close", (code) => done({ code, output })));
  return { child, ended };
}

const run = (words: readonly string[], input?: string) => start(words, input).ended;
const record = () => JSON.parse(project.read("services/relay.sealed.json")) as SealedSecrets;

/** The value is in nothing that was printed or left, in none of the spellings that a log or a report could have. */
function expectNoCanary(output: string): void {
  const spellings = [CANARY, encodeURIComponent(CANARY), Buffer.from(CANARY).toString("base64").replace(/=*$/, "")];
  const files = [left, join(project.root, "services")].flatMap((directory) =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8")),
  );
  const asked = JSON.stringify(github.calls);
  for (const text of [output, asked, ...files])
    expect(spellings.filter((spelling) => text.includes(spelling))).toEqual([]);
}

async function untilAsked(): Promise<void> {
  while (github.calls.length === 0) await new Promise((done) => setTimeout(done, 20));
}

describe("the value that npx gatehouse seal is given is nowhere but in the box (MAE-4)", () => {
  jest.setTimeout(600_000);

  test("from standard input", async () => {
    const { code, output } = await run(["relay", "staging", "ADMIN_KEY"], `${CANARY}\n`);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining("✓ relay, staging: ADMIN_KEY") });
    expect(staging.open(record().staging?.ADMIN_KEY?.ciphertext ?? "")).toBe(CANARY);
    expectNoCanary(output);
  });

  test("at a prompt on a terminal, which shows none of it", async () => {
    const terminal = inTerminal(process.execPath, [GATEHOUSE, "seal", "relay", "staging", "ADMIN_KEY"], {
      cwd: project.root,
      env: environment(),
    });
    let output = "";
    const asked = new Promise<void>((done) => {
      terminal.onData((text) => {
        output += text;
        if (output.includes("it is not shown")) done();
      });
    });
    const ended = new Promise<number>((done) => void terminal.onExit(({ exitCode }) => done(exitCode)));
    await Promise.race([asked, ended]);
    terminal.write(`${CANARY}\r`);
    expect({ code: await ended, output }).toMatchObject({ code: 0 });
    expect(staging.open(record().staging?.ADMIN_KEY?.ciphertext ?? "")).toBe(CANARY);
    expectNoCanary(output);
  });

  test("as the README has it, with a kubeconfig from a file", async () => {
    const stage = await EnvironmentKey.of("7");
    stage.giveTo(github.repository("openclaw/summit"), "stage");
    const readme = readFileSync(resolve(__dirname, "../../README.md"), "utf8");
    expect(readme).toContain("npx gatehouse seal relay staging ADMIN_KEY\n");
    expect(readme).toContain("npx gatehouse seal summit stage KUBE_CONFIG --as-is < kubeconfig.yaml\n");
    const kubeconfig = `apiVersion: v1\nkind: Config # ${CANARY}\n`;
    const { code, output } = await run(["summit", "stage", "KUBE_CONFIG", "--as-is"], kubeconfig);
    expect({ code, output }).toMatchObject({ code: 0 });
    const sealed = JSON.parse(project.read("services/summit.sealed.json")) as SealedSecrets;
    expect(stage.open(sealed.stage?.KUBE_CONFIG?.ciphertext ?? "")).toBe(kubeconfig);
    expectNoCanary(output);
  });

  describeWith(["openssl"], "for a cluster", () => {
    test("as the README has it, with a certificate and without GitHub", async () => {
      const readme = readFileSync(resolve(__dirname, "../../README.md"), "utf8");
      expect(readme).toContain("npx gatehouse seal summit prod DATABASE_URL --certificate eu-1.pem\n");
      const key = new SealingKey(left);
      renameSync(key.certificate, join(project.root, "eu-1.pem"));
      const words = ["summit", "prod", "DATABASE_URL", "--certificate", "eu-1.pem"];
      const { code, output } = await run(words, `${CANARY}\n`);
      expect({ code, output }).toMatchObject({
        code: 0,
        output: expect.stringContaining("✓ summit, prod: DATABASE_URL"),
      });
      const { spec } = JSON.parse(project.read("services/summit.prod.sealed-secret.json"));
      expect(key.open(spec.encryptedData.DATABASE_URL, "summit-prod/summit")).toBe(CANARY);
      expect(github.calls).toEqual([]);
      expectNoCanary(output);
    });
  });

  test("without a terminal and without a value nothing is sealed", async () => {
    const { code, output } = await run(["relay", "staging", "ADMIN_KEY"], "");
    expect({ code, output }).toEqual({
      code: 1,
      output:
        "the value is empty; nothing was sealed\ntype it at the prompt, or write it to the command's standard input: <what prints it> | npx gatehouse seal …\n",
    });
  });

  test.each([
    ["as an argument", ["relay", "staging", "ADMIN_KEY", CANARY]],
    ["as an option", ["relay", "staging", "ADMIN_KEY", `--value=${CANARY}`]],
    ["in the place of the key", ["relay", "staging", CANARY]],
    ["after the key", ["relay", "staging", `ADMIN_KEY=${CANARY}`]],
  ])("%s it is refused, and not said again", async (_what, words) => {
    const { code, output } = await run(words, "");
    expect(code).toBe(1);
    expect(output).toContain("it is in the shell's history now");
    expectNoCanary(output);
    expect(record()).toEqual({});
  });

  test.each([
    ["of several lines", `${CANARY}\n${CANARY}`],
    ["that is binary", `${CANARY}\u0000`],
    ["that is too long", CANARY.repeat(5000)],
  ])("a bad one, %s", async (_what, input) => {
    const { code, output } = await run(["relay", "staging", "ADMIN_KEY"], input);
    expect(code).toBe(1);
    expectNoCanary(output);
    expect(record()).toEqual({});
  });

  test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("interrupted by %s while it comes in", async (signal) => {
    const { child, ended } = start(["relay", "staging", "ADMIN_KEY"]);
    child.stdin?.write(CANARY);
    await untilAsked();
    // Node's own report of the process, with the value in its memory.
    child.kill("SIGUSR2");
    child.kill(signal);
    const { code, output } = await ended;
    expect(code).toBe(signal === "SIGKILL" ? null : 130);
    expectNoCanary(output);
    expect(record()).toEqual({});
    expect(readdirSync(join(project.root, "services")).filter((name) => /lock|new$/.test(name))).toEqual([]);
  });

  test("killed in the middle of writing, the file is as it was or as it is to be", async () => {
    const { child, ended } = start(["relay", "staging", "ADMIN_KEY"], CANARY);
    const watcher = watch(join(project.root, "services"), () => child.kill("SIGKILL"));
    const { output } = await ended;
    watcher.close();
    const sealed = record().staging?.ADMIN_KEY;
    if (sealed !== undefined) expect(staging.open(sealed.ciphertext)).toBe(CANARY);
    else expect(record()).toEqual({});
    expectNoCanary(output);
  });

  test("several at once lose nothing of one another", async () => {
    const ended = await Promise.all(KEYS.map((key) => run(["relay", "staging", key], CANARY)));
    expect(ended.map(({ code }) => code)).toEqual(KEYS.map(() => 0));
    expect(Object.keys(record().staging ?? {})).toEqual([...KEYS].sort());
    expectNoCanary(ended.map(({ output }) => output).join(""));
  });
});
