import type { Command } from "commander";
import type { Fleet } from "../declaration/fleet";
import { terminal } from "./console";

/** The verb `flags`: lists feature flags, and holds code against them. */
export function addFlagVerb(gatehouse: Command, fleet: Fleet, signal: AbortSignal): void {
  gatehouse
    .command("flags")
    .description(
      "list the feature flags of a service, and hold code against them; exit code 2 when one has expired, or they differ",
    )
    .argument("<service>", "name of the service")
    .option("--tree <directory>", "the code that uses them: JavaScript and TypeScript under this directory")
    .option("--json", "print the result as JSON", false)
    .action(async (service: string, options) => {
      const { flags } = require("./flags") as typeof import("./flags");
      process.exitCode = await flags(fleet, { ...options, service, signal }, terminal);
    });
}
