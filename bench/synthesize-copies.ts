import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { fleet } from "../services/fleet";
import { withoutCreationStacks } from "../stacks/creation-stacks";
import { addFleet } from "../stacks/fleet-stacks";
import { fleetOfCopies, withoutObjectives } from "./fleet-of-copies";

/**
 * A process of its own: synthesizes as many copies of the first service as its first argument says, as it is or, as the second says,
 * `without-objectives`, and prints how long declaring and writing took, in milliseconds of processor.
 */
const [, , count, variant] = process.argv;
const copies = fleetOfCopies(variant === "without-objectives" ? withoutObjectives(fleet) : fleet, Number(count));
const outdir = mkdtempSync(join(tmpdir(), "gatehouse-copies-"));
try {
  const started = process.cpuUsage();
  const app = new App({ outdir });
  withoutCreationStacks(() => addFleet(app, copies));
  const declared = process.cpuUsage(started);
  const between = process.cpuUsage();
  withoutCreationStacks(() => app.synth());
  process.stdout.write(
    JSON.stringify({ declare: milliseconds(declared), write: milliseconds(process.cpuUsage(between)) }),
  );
} finally {
  rmSync(outdir, { recursive: true, force: true });
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
