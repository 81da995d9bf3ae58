import { type Command, Option } from "commander";
import { PLATFORMS } from "../scaffold/asked";
import { fleet } from "../services/fleet";
import { terminal } from "./console";
import { Failure } from "./failure";

/** The verb that begins a service. */
export function addNewVerb(gatehouse: Command, signal: AbortSignal): void {
  gatehouse
    .command("new")
    .description(
      "declare a new service: asks, or takes flags; writes services/<service>.ts and what belongs to it, and shows what follows",
    )
    .argument("[service]", "name of the service and of its repository")
    .option("--edge", "it runs on Cloudflare: a Worker with a D1 database")
    .option("--cluster", "it runs in Kubernetes: previews, a canary, the release train")
    .addOption(new Option("--platform <platform>", "it runs on a hosted platform").choices(PLATFORMS))
    .option(
      "--maintainers <team>",
      "team that writes and runs it; a new one is added to the organization (default: <service>-maintainers)",
    )
    .option(
      "--owner <role=team>",
      "team for another role, such as security=secops; may be repeated (default: as in the other services)",
      owner,
      {},
    )
    .option("--description <text>", "what it is, in a line")
    .option("--stages <stages>", "one stage, or two with a comma; the last is production (default: staging,production)")
    .option("--visibility <visibility>", "public, private or internal (default: as most services)")
    .option("--domain <domain>", "domain under which it answers (default: the organization's first zone)")
    .option(
      "--backup-recipient <recipient>",
      "public age recipient that backups are encrypted for (default: as in the other services)",
    )
    .option("--cluster-name <cluster>", "cluster that it runs in (default: the organization's first)")
    .option("--preview-domain <domain>", "domain below which previews answer (default: as in the other services)")
    .option("--mail <address>", "of a new team: where its warnings go (default: where those of the platform's team go)")
    .option(
      "--on-call <contact point>",
      "of a new team: contact point in Grafana for what can't wait (default: that of the platform's team)",
    )
    .option("--yes", "take defaults without asking", false)
    .option("--json", "print the result as JSON", false)
    .action(
      async (service: string | undefined, { edge, cluster, platform, owner: owners, maintainers, ...options }) => {
        const { newServiceOf } = require("./new") as typeof import("./new");
        const { withAsker } = require("./asker") as typeof import("./asker");
        const all = {
          ...options,
          service,
          kinds: [...(edge ? ["edge"] : []), ...(cluster ? ["cluster"] : []), ...(platform ? [platform] : [])],
          owners: { ...owners, ...(maintainers !== undefined && { maintainers }) },
          root: process.cwd(),
          signal,
        };
        const asks = process.stdin.isTTY === true && process.stderr.isTTY === true && !options.yes;
        process.exitCode = asks
          ? await withAsker(
              {
                input: process.stdin,
                output: process.stderr,
                signal,
                interrupt: () => process.kill(process.pid, "SIGINT"),
              },
              (ask) => newServiceOf(fleet, { ...all, ask }, terminal),
            )
          : await newServiceOf(fleet, all, terminal);
      },
    );
}

function owner(came: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [role, team, ...more] = came.split("=");
  if (role && team && more.length === 0) return { ...before, [role]: team };
  throw new Failure(`--owner ${came}: expected a role and a team, such as security=secops`);
}
