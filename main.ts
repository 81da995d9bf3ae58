import { App } from "cdktf";
import { DeclarationError } from "./declaration/problem";
import { fleet } from "./services/fleet";
import { addFleet } from "./stacks/fleet-stacks";
import { runPropsOf } from "./stacks/run-props";

/** The composition root that cdktf runs: services → stacks → synth. */
try {
  const app = new App();
  addFleet(app, fleet, runPropsOf(process.env));
  app.synth();
} catch (error) {
  if (!(error instanceof DeclarationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
