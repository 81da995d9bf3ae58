import type { Command } from "commander";
import type { Fleet } from "../declaration/fleet";
import { terminal } from "./console";

const INPUT = `
Run it until it says that it is done: it makes, checks and seals another token; when that is committed and deployed, it revokes the former ones.
Interrupted anywhere, run it again.

CLOUDFLARE_API_TOKEN is a token of the account with the permission Account API Tokens Write, GITHUB_TOKEN one that may read the repository's
environments and the names of their secrets; CLOUDFLARE_BASE_URL and GITHUB_BASE_URL are where to ask, if it is not the vendors themselves.`;

/** The verb `rotate`. */
export function addRotateVerb(gatehouse: Command, fleet: Fleet, signal: AbortSignal): void {
  gatehouse
    .command("rotate")
    .description(
      "renew a Cloudflare token with exactly the declared permissions; exit code 2 while it waits to be deployed",
    )
    .argument("<service>", "name of the service")
    .argument("<stage>", "the stage, or an unattended environment of one")
    .argument("<KEY>", "name of the secret whose token settings declare")
    .option("--early", "make another though the present one isn't due, as after a leak", false)
    .option("--json", "print the result as JSON", false)
    .addHelpText("after", INPUT)
    .action(async (service: string, stage: string, key: string, { early, json }) => {
      const { rotate } = require("./rotate") as typeof import("./rotate");
      const options = { service, stage, key, early, json, root: process.cwd(), environment: process.env, signal };
      process.exitCode = await rotate(fleet, options, terminal);
    });
}
