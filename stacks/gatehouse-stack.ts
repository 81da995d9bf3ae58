import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { LocalChart } from "../constructs/helm/local-chart";
import type { StateBackend } from "../declaration/state-backend";
import { refuseLostState } from "./kept-state-guard";
import { keepState } from "./state";

/** Where a synth happens, as far as stacks must know. */
export interface RunProps {
  /** Keep state in files of this directory instead of the declared backend. @default - as the organization declares */
  readonly localStateDirectory?: string | undefined;
  /** The run is on a machine that is thrown away afterwards, as CI runners are. @default false */
  readonly ephemeral?: boolean | undefined;
  /** The chart that services in clusters are released by. @default - none: a stage in a cluster can't be synthesized */
  readonly chart?: LocalChart | undefined;
  /** When it happens: what is open for a time only is so by it. Unix time. Milliseconds. @default - by the machine's clock */
  readonly now?: number | undefined;
}

/** @throws Error if the run has no chart; says what would have been released by it */
export function chartOf({ chart }: RunProps, what: string): LocalChart {
  if (chart !== undefined) return chart;
  throw new Error(`${what} was synthesized without its chart; pass readChart(…) as run.chart`);
}

/** A stack with the state that the organization declares. */
export class GatehouseStack extends TerraformStack {
  constructor(scope: Construct, name: string, state: StateBackend, run: RunProps) {
    super(scope, name);
    keepState(this, name, { backend: state, localDirectory: run.localStateDirectory });
    if (run.ephemeral === true && (state.kind === "local" || run.localStateDirectory !== undefined))
      refuseLostState(this);
  }
}
