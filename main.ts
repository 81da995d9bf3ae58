import { App } from "cdktf";
import { putChart, readChart } from "./charts/read-chart";
import { DeclarationError } from "./declaration/problem";
import { fleet } from "./services/fleet";
import { withoutCreationStacks } from "./stacks/creation-stacks";
import { addFleet } from "./stacks/fleet-stacks";
import { runPropsOf } from "./stacks/run-props";

/** The composition root that cdktf runs: services → stacks → synth. */
try {
  const app = new App();
  withoutCreationStacks(() => {
    addFleet(app, fleet, { ...runPropsOf(process.env), chart: readChart(__dirname) });
    app.synth();
  });
  putChart(__dirname, app.outdir);
} catch (error) {
  if (!(error instanceof DeclarationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
