import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { InputSeries } from "./sample-series";

/** What promtool says of a rule file: its exit code and output. */
export function checkRules(file: string): { readonly status: number | null; readonly output: string } {
  return inDirectory((directory) => {
    const path = join(directory, "rules.yml");
    writeFileSync(path, file);
    return promtool(["check", "rules", path]);
  });
}

/** Series, and which alerts fire when. */
export interface Scenario {
  readonly name: string;
  readonly series: readonly InputSeries[];
  /** By minute: names of all alerts that fire then, in alphabetical order. */
  readonly firing: Readonly<Record<number, readonly string[]>>;
  /** By minute: expressions and the one value that each has then; undefined: none. */
  readonly values?: Readonly<Record<number, Readonly<Record<string, number | undefined>>>>;
}

/** Runs promtool's unit tests over a rule file, evaluated every `step` minutes. Returns what failed; empty when all is as said. */
export function testRules(file: string, scenarios: readonly Scenario[], step = 1): string {
  return inDirectory((directory) => {
    writeFileSync(join(directory, "rules.yml"), file);
    const tests = scenarios.map(({ name, series, firing, values = {} }) => ({
      name,
      interval: "1m",
      input_series: series,
      promql_expr_test: [
        ...Object.entries(firing).map(([minute, alerts]) => ({
          expr: 'max by (alertname) (ALERTS{alertstate="firing"})',
          eval_time: `${minute}m`,
          exp_samples: alerts.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
        })),
        ...Object.entries(values).flatMap(([minute, expressions]) =>
          Object.entries(expressions).map(([expr, value]) => ({
            expr,
            eval_time: `${minute}m`,
            exp_samples: value === undefined ? [] : [{ labels: "{}", value }],
          })),
        ),
      ],
    }));
    const path = join(directory, "tests.yml");
    writeFileSync(
      path,
      stringify({ rule_files: ["rules.yml"], evaluation_interval: `${step}m`, tests }, { lineWidth: 0 }),
    );
    const { status, output } = promtool(["test", "rules", path]);
    return status === 0 ? "" : output || `promtool ended with ${status}`;
  });
}

function promtool(args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync("promtool", args, { encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
}

function inDirectory<T>(work: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), "gatehouse-promtool-"));
  try {
    return work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
