import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One value of an instant query. A scalar is a sample without labels. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One line of a range query: values by time. */
export interface Line {
  readonly labels: Readonly<Record<string, string>>;
  /** Unix time in seconds, and the value then. */
  readonly points: readonly (readonly [number, number])[];
}

/** Unix time. Seconds. */
type Time = number;

export interface PrometheusOptions {
  /** Samples to begin with, as OpenMetrics text with times; see `open-metrics.ts`. @default - none */
  readonly openMetrics?: string;
  /** A rule file (YAML), evaluated every second. @default - no rules */
  readonly rules?: string;
  /** What is scraped every second. @default - nothing */
  readonly scrape?: readonly { readonly job: string; readonly target: string }[];
}

export interface RunningPrometheus {
  /** `http://127.0.0.1:<a free port>`, without a slash at the end. */
  readonly url: string;
  /** @param time @default - now */
  query(promql: string, time?: Time): Promise<readonly Sample[]>;
  queryRange(
    promql: string,
    range: { readonly from: Time; readonly to: Time; readonly stepSeconds: number },
  ): Promise<readonly Line[]>;
  /** Ends it in order and removes its data. Does nothing when it has ended. */
  stop(): Promise<void>;
  /** Ends it in the middle of whatever it does, as a crash would, and removes its data. */
  kill(): Promise<void>;
}

/**
 * A real Prometheus on loopback, on a free port, with data of its own. Needs `prometheus` and `promtool`.
 *
 * @throws Error when the samples or the configuration are refused; the message is the program's own
 */
export async function startPrometheus(options: PrometheusOptions = {}): Promise<RunningPrometheus> {
  const directory = mkdtempSync(join(tmpdir(), "gatehouse-prometheus-"));
  try {
    const data = join(directory, "data");
    if (options.openMetrics !== undefined) await createBlocks(directory, data, options.openMetrics);
    const server = spawn("prometheus", flags(configuration(directory, options), data), {
      stdio: ["ignore", "ignore", "pipe"],
    });
    return running(server, await listening(server), directory);
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

function running(server: ChildProcess, url: string, directory: string): RunningPrometheus {
  const killWithTest = () => server.kill("SIGKILL");
  process.once("exit", killWithTest);

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill(signal);
      await ended;
    }
    process.removeListener("exit", killWithTest);
    rmSync(directory, { recursive: true, force: true });
  }

  return {
    url,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    async query(promql, time) {
      const parameters = time === undefined ? { query: promql } : { query: promql, time: String(time) };
      const data = (await ask(url, "query", parameters)) as InstantData;
      if (data.resultType === "scalar") return [{ labels: {}, value: Number(data.result[1]) }];
      return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
    },
    async queryRange(promql, { from, to, stepSeconds }) {
      const parameters = { query: promql, start: String(from), end: String(to), step: String(stepSeconds) };
      const data = (await ask(url, "query_range", parameters)) as RangeData;
      return data.result.map(({ metric, values }) => ({
        labels: metric,
        points: values.map(([time, value]) => [time, Number(value)] as const),
      }));
    },
  };
}

type InstantData =
  | { readonly resultType: "scalar"; readonly result: readonly [number, string] }
  | {
      readonly resultType: "vector";
      readonly result: readonly { readonly metric: Record<string, string>; readonly value: [number, string] }[];
    };

interface RangeData {
  readonly result: readonly { readonly metric: Record<string, string>; readonly values: [number, string][] }[];
}

async function ask(url: string, what: string, parameters: Record<string, string>): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1/${what}`, { method: "POST", body: new URLSearchParams(parameters) });
  const body = (await answer.json()) as { readonly status: string; readonly data?: unknown; readonly error?: string };
  if (body.status !== "success") throw new Error(`Prometheus refused ${parameters.query}\n${body.error}`);
  return body.data;
}

function configuration(directory: string, { rules, scrape = [] }: PrometheusOptions): string {
  const file = join(directory, "prometheus.yml");
  if (rules !== undefined) writeFileSync(join(directory, "rules.yml"), rules);
  // JSON is YAML.
  const content = {
    global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" },
    rule_files: rules === undefined ? [] : ["rules.yml"],
    scrape_configs: scrape.map(({ job, target }) => ({ job_name: job, static_configs: [{ targets: [target] }] })),
  };
  writeFileSync(file, JSON.stringify(content));
  return file;
}

function flags(configurationFile: string, data: string): string[] {
  return [
    `--config.file=${configurationFile}`,
    `--storage.tsdb.path=${data}`,
    // Generated samples may be of any age: keep all.
    "--storage.tsdb.retention.time=100y",
    // The kernel chooses a free port; the log says which.
    "--web.listen-address=127.0.0.1:0",
  ];
}

async function createBlocks(directory: string, data: string, openMetrics: string): Promise<void> {
  const file = join(directory, "samples.txt");
  writeFileSync(file, openMetrics);
  const promtool = spawn("promtool", ["tsdb", "create-blocks-from", "openmetrics", "--quiet", file, data], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  promtool.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const code = await new Promise((resolve, reject) => promtool.once("error", reject).once("close", resolve));
  if (code !== 0) throw new Error(`promtool refused the samples\n${said}`);
}

/** Waits until the server can be asked; where it listens. */
function listening(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = "";
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`prometheus ended before it was ready\n${log}`)));
    server.stderr?.on("data", (chunk) => {
      log += chunk;
      const address = /Listening on".*?address=(127\.0\.0\.1:\d+)/.exec(log)?.[1];
      if (address === undefined || !log.includes("Server is ready to receive web requests")) return;
      server.stderr?.removeAllListeners("data").resume();
      resolve(`http://${address}`);
    });
  });
}
