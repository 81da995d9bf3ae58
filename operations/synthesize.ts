import { readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import { putChart, readChart } from "../charts/read-chart";
import type { LocalChart } from "../constructs/helm/local-chart";
import type { Fleet } from "../declaration/fleet";
import { stackNames } from "../declaration/stack-names";
import { withoutCreationStacks } from "../stacks/creation-stacks";
import { addFleet } from "../stacks/fleet-stacks";
import type { RunProps } from "../stacks/gatehouse-stack";
import { Failure } from "./failure";

const PROJECT = resolve(__dirname, "..");

/** A stack as it lies on disk, ready for Terraform. */
export interface SynthesizedStack {
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
  /** Names of the stacks that must be deployed before. */
  readonly dependsOn: readonly string[];
  /** Undefined for the organization's. */
  readonly service: string | undefined;
  /** Undefined for the organization's and a repository's. */
  readonly stage: string | undefined;
}

interface Manifest {
  readonly stacks: Readonly<
    Record<
      string,
      { readonly name: string; readonly workingDirectory: string; readonly dependencies: readonly string[] }
    >
  >;
}

/** Which stacks to work on; nothing given means all. */
export interface Selection {
  readonly service?: string | undefined;
  readonly stage?: string | undefined;
}

/**
 * Synthesizes a fleet into a directory, which is cleared first: a synth that fails leaves nothing behind that looks like one.
 * @throws DeclarationError with every mistake of the declarations
 */
export async function synthesize(fleet: Fleet, directory: string, run: RunProps): Promise<readonly SynthesizedStack[]> {
  const outdir = resolve(directory);
  await rm(outdir, { recursive: true, force: true });
  const stacks = await synthesizedApp(outdir, (app, chart) => addFleet(app, fleet, { chart, ...run }));
  const owners = ownersOf(fleet);
  return stacks.map(({ name, workingDirectory, dependencies }) => ({
    name,
    directory: join(outdir, workingDirectory),
    dependsOn: dependencies,
    service: owners.get(name)?.service,
    stage: owners.get(name)?.stage,
  }));
}

/** Synthesizes what `build` adds to an app into a directory, with the chart beside it; its stacks, as the manifest lists them. */
export async function synthesizedApp(
  outdir: string,
  build: (app: App, chart: LocalChart) => void,
): Promise<readonly Manifest["stacks"][string][]> {
  const app = new App({ outdir });
  withoutCreationStacks(() => {
    build(app, readChart(PROJECT));
    app.synth();
  });
  putChart(PROJECT, outdir);
  const manifest = JSON.parse(await readFile(join(outdir, "manifest.json"), "utf8")) as Manifest;
  return Object.values(manifest.stacks);
}

function ownersOf(fleet: Fleet): ReadonlyMap<string, { service: string; stage: string | undefined }> {
  const owners = new Map<string, { service: string; stage: string | undefined }>();
  for (const { service } of fleet.services) {
    for (const [key, stack] of Object.entries(stackNames(service))) {
      owners.set(stack, { service: service.name, stage: key === "repository" ? undefined : key });
    }
  }
  return owners;
}

/**
 * The stacks of a selection: those of the service, or of the stage in every service, or both.
 * @throws Failure when the selection names a service or stage that is not declared
 */
export function selectStacks(
  stacks: readonly SynthesizedStack[],
  { service, stage }: Selection,
): readonly SynthesizedStack[] {
  refuseUnknown("service", service, new Set(stacks.map((stack) => stack.service)));
  const ofService = stacks.filter((stack) => service === undefined || stack.service === service);
  refuseUnknown("stage", stage, new Set(ofService.map((stack) => stack.stage)));
  return ofService.filter((stack) => stage === undefined || stack.stage === stage);
}

/** A selection together with everything that must be deployed before it. */
export function withDependencies(
  selected: readonly SynthesizedStack[],
  all: readonly SynthesizedStack[],
): readonly SynthesizedStack[] {
  const byName = new Map(all.map((stack) => [stack.name, stack]));
  const needed = new Set<string>();
  const add = (name: string) => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const dependency of byName.get(name)?.dependsOn ?? []) add(dependency);
  };
  for (const { name } of selected) add(name);
  return all.filter(({ name }) => needed.has(name));
}

function refuseUnknown(what: string, came: string | undefined, known: ReadonlySet<string | undefined>): void {
  if (came === undefined || known.has(came)) return;
  const names = [...known].filter((name) => name !== undefined);
  throw new Failure(
    `--${what} "${came}" is not declared\n${names.length === 0 ? `no ${what} is declared` : `expected one of: ${names.join(", ")}`}; see services/fleet.ts`,
  );
}
