import { availableParallelism } from "node:os";
import { isDeepStrictEqual } from "node:util";
import type { Fleet } from "../declaration/fleet";
import { type Console, mark, seconds } from "./console";
import { indented } from "./drift-report";
import { type Incident, incidentsOf } from "./incidents";
import type { AttributeChange } from "./plan-changes";
import type { SandboxSession } from "./sandbox-session";
import { applyPlan, eachStack, initStack, lookAtStack, type Outcome, planStack, type StackPlan } from "./stack-run";
import type { SynthesizedStack } from "./synthesize";

/** What became of one stack. */
export interface StackResult {
  readonly stack: string;
  /** Resources that the first plan would create, change, destroy. */
  readonly planned: { readonly create: number; readonly change: number; readonly destroy: number } | undefined;
  readonly deployed: boolean;
  /** The plan after the deploy had no changes. */
  readonly settled: boolean;
  readonly problem?: string;
  readonly milliseconds: { readonly plan: number; readonly deploy: number; readonly planAgain: number };
}

/** What became of one incident. */
export interface IncidentResult {
  readonly incident: string;
  readonly stack: string;
  readonly address?: string;
  /** What differed: the path, before (as declared), and after the tampering. */
  readonly drift: readonly { readonly path: string; readonly before: unknown; readonly after: unknown }[];
  readonly found: boolean;
  readonly healed: boolean;
  readonly problem?: string;
  readonly milliseconds: number;
}

/** Plans and deploys the stacks in order, then plans each again. */
export async function deployAll(
  session: SandboxSession,
  stacks: readonly SynthesizedStack[],
  console: Console,
): Promise<readonly StackResult[]> {
  const { runner } = session;
  const options = { parallel: availableParallelism(), ordered: true, signal: runner.signal };
  const times = new Map<string, { plan: number; deploy: number }>();
  const plans = new Map<string, StackPlan>();
  const deployed = await eachStack(stacks, options, async (stack) => {
    const started = performance.now();
    await initStack(runner, stack);
    const plan = await planStack(runner, stack);
    const planned = performance.now();
    plans.set(stack.name, plan);
    console.progress(`${mark.ok} plan    ${stack.name}: ${summary(plan)} (${seconds(planned - started)})`);
    if (plan.changes.length > 0) {
      await applyPlan(runner, stack);
      console.progress(`${mark.ok} deploy  ${stack.name} (${seconds(performance.now() - planned)})`);
    }
    times.set(stack.name, { plan: planned - started, deploy: performance.now() - planned });
  });
  for (const outcome of deployed) reportFailure("deploy", outcome, console);
  const there = deployed.filter(({ status }) => status === "done").map(({ stack }) => stack);
  const again = await eachStack(there, { ...options, ordered: false }, async (stack) => {
    const plan = await lookAtStack(runner, stack);
    console.progress(
      `${plan.changes.length === 0 ? mark.ok : mark.failed} plan    ${stack.name} again: ${summary(plan)}`,
    );
    return plan;
  });
  const second = new Map(again.map((outcome) => [outcome.stack.name, outcome]));
  return deployed.map((outcome) =>
    stackResult(outcome, plans.get(outcome.stack.name), second.get(outcome.stack.name), times.get(outcome.stack.name)),
  );
}

function stackResult(
  deploy: Outcome<void>,
  plan: StackPlan | undefined,
  again: Outcome<StackPlan> | undefined,
  times: { plan: number; deploy: number } | undefined,
): StackResult {
  const settled = again?.status === "done" && again.value.changes.length === 0;
  const changed = again?.status === "done" ? again.value.changes.map(({ address }) => address).join(", ") : "";
  const problem =
    deploy.status !== "done"
      ? deploy.reason
      : again?.status !== "done"
        ? again?.reason
        : settled
          ? undefined
          : `the second plan would change ${changed}`;
  return {
    stack: deploy.stack.name,
    planned: plan && counts(plan),
    deployed: deploy.status === "done",
    settled,
    ...(problem !== undefined && { problem }),
    milliseconds: { plan: times?.plan ?? 0, deploy: times?.deploy ?? 0, planAgain: again?.milliseconds ?? 0 },
  };
}

/** Plays every kind of incident once, on the first of the services that it can be played on. */
export async function playIncidents(
  fleet: Fleet,
  session: SandboxSession,
  stacks: readonly SynthesizedStack[],
  console: Console,
): Promise<readonly IncidentResult[]> {
  const results: IncidentResult[] = [];
  const played = new Set<string>();
  for (const { service } of fleet.services) {
    for (const incident of incidentsOf(service)) {
      const stack = stacks.find(({ name }) => name === incident.stack);
      if (stack === undefined || played.has(incident.type)) continue;
      played.add(incident.type);
      session.runner.signal?.throwIfAborted();
      const result = await playIncident(session, stack, incident);
      console.progress(
        `${result.found && result.healed ? mark.ok : mark.failed} incident ${incident.name} (${seconds(result.milliseconds)})`,
      );
      if (result.problem !== undefined) console.progress(indented(result.problem));
      results.push(result);
    }
  }
  return results;
}

async function playIncident(
  { sandbox, runner }: SandboxSession,
  stack: SynthesizedStack,
  incident: Incident,
): Promise<IncidentResult> {
  const started = performance.now();
  const base = { incident: incident.name, stack: stack.name };
  const failed = (problem: string, drift: IncidentResult["drift"] = [], found = false): IncidentResult => ({
    ...base,
    drift,
    found,
    healed: false,
    problem,
    milliseconds: performance.now() - started,
  });
  try {
    const target = incident.find(sandbox.world);
    if (target === undefined) return failed(`nothing to tamper with: the sandbox has no ${incident.type} of it`);
    const intact = target.attributes;
    sandbox.world.edit(target.type, target.id, incident.tamper);
    const plan = await planStack(runner, stack);
    const change = plan.changes.find(({ type, changedOutside }) => type === incident.type && changedOutside);
    const drift = (change?.attributes ?? []).filter(({ path }) => path.startsWith(incident.path)).map(asIncident);
    if (change === undefined || drift.length === 0)
      return failed(`the drift was not found; the plan has: ${summary(plan)}`);
    if (plan.changes.length > 1) return failed(`more differs than was tampered with: ${summary(plan)}`, drift, true);
    await applyPlan(runner, stack);
    const after = await lookAtStack(runner, stack);
    const object = incident.find(sandbox.world);
    const healed =
      after.changes.length === 0 &&
      isDeepStrictEqual(object?.attributes[root(incident.path)], intact[root(incident.path)]);
    if (!healed) return failed(`not healed; the next plan has: ${summary(after)}`, drift, true);
    return { ...base, address: change.address, drift, found: true, healed, milliseconds: performance.now() - started };
  } catch (error) {
    runner.signal?.throwIfAborted();
    return failed(error instanceof Error ? error.message : String(error));
  }
}

function asIncident({ path, declared, found }: AttributeChange) {
  return { path, before: declared, after: found };
}

function root(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}

function reportFailure(what: string, outcome: Outcome<unknown>, console: Console): void {
  if (outcome.status === "done") return;
  console.progress(
    `${outcome.status === "failed" ? mark.failed : mark.skipped} ${what} ${outcome.stack.name}: ${outcome.status}`,
  );
  console.progress(indented(outcome.reason));
}

function counts({ changes }: StackPlan) {
  const having = (action: string) => changes.filter(({ actions }) => actions.includes(action)).length;
  return { create: having("create"), change: having("update"), destroy: having("delete") };
}

function summary(plan: StackPlan): string {
  const { create, change, destroy } = counts(plan);
  return plan.changes.length === 0 ? "no changes" : `${create} to create, ${change} to change, ${destroy} to destroy`;
}
