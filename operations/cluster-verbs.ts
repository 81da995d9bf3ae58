import { type Command, Option } from "commander";
import { fleet } from "../services/fleet";
import { terminal } from "./console";
import { wholeNumber } from "./number-options";

interface Run {
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** The verbs on services in clusters, and on how far the governance bundle has come. Loaded when they are used, as all verbs are. */
export function addClusterVerbs(gatehouse: Command, signal: AbortSignal): void {
  const run = () => ({ root: process.cwd(), environment: process.env, signal });
  gatehouse
    .command("phase")
    .description(
      "show where a service stands in the twelve phases, whether they hold, and what going on or back changes",
    )
    .argument("<service>", "name of the service")
    .option("--to <number>", "the phase to plan for (default: one forward, and one back)", wholeNumber)
    .option("--plan", "let Terraform plan it, with accounts; otherwise synthesized configurations are compared", false)
    .option("--json", "print the result as JSON", false)
    .action(async (service: string, options) => {
      const { phase } = require("./phase") as typeof import("./phase");
      process.exitCode = await phase(fleet, { ...options, service, ...run() }, terminal);
    });
  gatehouse
    .command("preflight")
    .description("look at everything that must be right before anything of a service is written; writes nothing")
    .argument("<service>", "name of the service")
    .option("--json", "print the result as JSON", false)
    .action(async (service: string, options) => {
      const { preflight } = require("./preflight") as typeof import("./preflight");
      process.exitCode = await preflight(fleet, { ...options, service, ...run() }, terminal);
    });
  addPreviewVerbs(gatehouse, run);
}

/** `preview up|down|list|sweep`: previews of pull requests in a cluster. */
function addPreviewVerbs(gatehouse: Command, run: () => Run): void {
  const preview = gatehouse.command("preview").description("a preview of the service for a pull request, in a cluster");
  const ofOne = (verb: string, description: string) =>
    preview
      .command(verb)
      .description(description)
      .requiredOption("--service <name>", "name of the service")
      .requiredOption("--pr <number>", "number of the pull request")
      .option("--json", "print the result as JSON", false);
  ofOne("up", "deploy a preview or wake it, wait until it is healthy, and measure how long that took")
    .addOption(new Option("--image <image>", "what it runs: <repository>@sha256:…").conflicts("digest"))
    .option("--digest <digest>", "what it runs, of the service's own repository (default: as declared)")
    .option("--health-url <url>", "where to ask for its health, when its own address can't be reached from here")
    .option("--comment", "say it on the pull request too (GH_TOKEN)", false)
    .action(async (options) => {
      const { previewUp } = require("./preview-up") as typeof import("./preview-up");
      process.exitCode = await previewUp(fleet, { ...options, ...run() }, terminal);
    });
  ofOne("down", "remove a preview, or what is left of it; twice does no harm").action(async (options) => {
    const { previewDown } = require("./preview-down") as typeof import("./preview-down");
    process.exitCode = await previewDown(fleet, { ...options, ...run() }, terminal);
  });
  preview
    .command("list")
    .description("list the previews that are there; exit code 1 when a cluster could not be seen")
    .option("--service <name>", "only of this service")
    .option("--json", "print the result as JSON", false)
    .action(async (options) => {
      const { previewList } = require("./preview-list") as typeof import("./preview-list");
      process.exitCode = await previewList(fleet, { ...options, ...run() }, terminal);
    });
  preview
    .command("sweep")
    .description("remove previews that are past their time or whose pull request is closed; put idle ones to sleep")
    .option("--service <name>", "only of this service")
    .option("--dry-run", "say what is due, and touch nothing", false)
    .option("--json", "print the result as JSON", false)
    .action(async (options) => {
      const { previewSweep } = require("./preview-sweep") as typeof import("./preview-sweep");
      process.exitCode = await previewSweep(fleet, { ...options, ...run() }, terminal);
    });
}
