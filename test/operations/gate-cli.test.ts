import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { TOKEN } from "./gate-run";
import { figures } from "./prometheus-figures";
import { type Answer, always, PrometheusServer } from "./prometheus-server";

const GATEHOUSE = join(__dirname, "../../operations/gatehouse.js");

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe("the command gatehouse gate", () => {
  let server: PrometheusServer | undefined;
  afterEach(() => server?.close());

  async function run(
    args: readonly string[],
    answer?: Answer,
    started?: (child: ChildProcess) => void,
  ): Promise<Ended> {
    server = answer === undefined ? undefined : await PrometheusServer.answering(answer);
    const env = { ...(server && { PROMETHEUS_URL: server.url }), PROMETHEUS_TOKEN: TOKEN, PATH: process.env.PATH };
    const child = spawn(process.execPath, [GATEHOUSE, "gate", ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
    const ended = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const)
      child[stream].setEncoding("utf8").on("data", (chunk: string) => {
        ended[stream] += chunk;
      });
    started?.(child);
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    expect(ended.stdout + ended.stderr).not.toContain(TOKEN);
    return { code, ...ended };
  }

  const production = ["relay", "--stage", "production"];

  it("answers 0 for a pass, with clean JSON", async () => {
    const { code, stdout, stderr } = await run([...production, "--json"], figures({}));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, verdict: "pass" });
  });

  it("answers 2 for a fail, in Markdown", async () => {
    const measured = { errors: { bad: "900", total: "1000" } };
    const args = [...production, "--for", "5m", "--canary", "v='2'", "--baseline", "v='1'", "--markdown"];
    const answer = figures({ measured }, { forSeconds: 300, canary: "v='2'", baseline: "v='1'" });
    const { code, stdout } = await run(args, answer);
    expect(code).toBe(2);
    expect(stdout).toContain(
      "| errors | 99 % | 10 % | 1,000 | 100 % | fail | 900 of 1,000 events were bad in 5 minutes",
    );
  });

  it("answers 1 without a verdict", async () => {
    const { code, stdout, stderr } = await run([...production, "--deadline", "0s"], always(500, "boom"));
    expect(code).toBe(1);
    expect(stdout).toContain("relay, production: no verdict, after 1 look");
    expect(stderr).toBe("");
  });

  it("answers 130 when it is interrupted while it waits", async () => {
    let child: ChildProcess | undefined;
    const { code, stdout, stderr } = await run(production, always(500, ""), (started) => {
      child = started;
      started.stderr?.once("data", () => child?.kill("SIGINT"));
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toContain("interrupted; run the command again to go on");
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.each([
    [["relay"], "required option '--stage <stage>' not specified"],
    [[...production, "--for", "10"], '"10" is no duration'],
    [[...production, "--for", "59s"], "expected a duration from 1m to 6h, such as 10m"],
    [[...production, "--deadline", "7h"], "expected a duration from 0s to 6h, such as 10m"],
    [[...production, "--json", "--markdown"], "cannot be used with"],
    [production, "PROMETHEUS_URL is not set"],
    [["rely", "--stage", "production"], 'no service "rely" is declared'],
    [["relay", "--stage", "dev"], 'service "relay" has no stage "dev"'],
    [[...production, "--canary", "stable"], "--canary\ncame:     stable\nexpected: label matchers of PromQL"],
  ])("refuses %j", async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
