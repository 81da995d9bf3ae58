import type { Fleet } from "../../declaration/fleet";
import type { Clock } from "../../operations/clock";
import { type GateOptions, gate } from "../../operations/gate";
import type { GateReport, ObjectiveReport } from "../../operations/gate-report";
import { fleet } from "../../services/fleet";
import { type Answer, PrometheusServer } from "./prometheus-server";
import { RecordingConsole } from "./recording-console";

export const TOKEN = "token-that-nobody-may-see";
export const START = Date.UTC(2026, 0, 2, 3, 4, 5);

/** Time that passes by sleeping only. */
export class SleepingClock implements Clock {
  readonly slept: number[] = [];
  private time = START;

  now = () => this.time;
  random = () => 0.5;

  async sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds / 1000);
    this.time += milliseconds;
  }
}

/** One run of the gate on relay's production, and what it said. */
export class GateRun {
  readonly console = new RecordingConsole();
  readonly clock = new SleepingClock();
  private server: PrometheusServer | undefined;

  /** The exit code of a gate that asks a server with such answers. */
  async against(answer: Answer, options: Partial<GateOptions> = {}, of: Fleet = fleet): Promise<number> {
    this.server = await PrometheusServer.answering(answer);
    try {
      return await this.at(this.server.url, options, of);
    } finally {
      await this.server.close();
    }
  }

  at(url: string, options: Partial<GateOptions> = {}, of: Fleet = fleet): Promise<number> {
    const environment = { PROMETHEUS_URL: url, PROMETHEUS_TOKEN: TOKEN };
    const common = { service: "relay", stage: "production", format: "json", environment, clock: this.clock } as const;
    return gate(of, { ...common, ...options }, this.console);
  }

  get received() {
    return this.server?.received ?? [];
  }

  get report(): GateReport {
    return this.console.json as GateReport;
  }

  objective(name: string): ObjectiveReport | undefined {
    return this.report.objectives.find(({ objective }) => objective === name);
  }

  get everything(): string {
    return [...this.console.printed, ...this.console.progressed].join("\n");
  }
}
