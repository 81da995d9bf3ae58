import { type Command, InvalidArgumentError, Option } from "commander";
import type { Fleet } from "../declaration/fleet";
import { LONGEST_WAIVER_DAYS } from "../policies/waiver";
import { terminal } from "./console";

/** The verbs on exceptions from the rules of `policies/`. Loaded when they are used, as all verbs are. */
export function addWaiverVerbs(gatehouse: Command, fleet: Fleet, signal: AbortSignal): void {
  const waivers = gatehouse
    .command("waiver")
    .description("exceptions from policies: each has a reason, an owner and another who approves it, and ends");
  const term = (verb: Command) =>
    verb
      .addOption(new Option("--days <days>", "how long it holds (default: 30)").argParser(days).conflicts("expires"))
      .option("--expires <day>", `its last day in UTC, at most ${LONGEST_WAIVER_DAYS} days from today`)
      .option("--json", "print the waiver as JSON", false);
  term(waivers.command("add"))
    .description("write a waiver of one rule, for some addresses in one stack or file")
    .requiredOption("--rule <rule>", "the rule: <pack>/<id>")
    .option("--stack <name>", "the stack that it is about")
    .option("--service <name>", "with --file, whose file it is; with --given, what policy --service says")
    .option("--file <path>", "the file of that service's repository that it is about")
    .option("--given <path>", "the plan or manifest that it is about, as it is given to gatehouse policy")
    .option("--stage <stage>", "with --file, the stage of a release; with --given, what policy --stage says")
    .option("--at <address...>", "addresses of findings, as gatehouse policy shows them")
    .option("--matching <pattern>", "a pattern of them, with * for any characters: type and part of the name")
    .requiredOption("--owner <member>", "who answers for it: a GitHub login, or a team as organization/team")
    .requiredOption("--approver <member>", "who approves it: somebody else")
    .requiredOption("--reason <text>", "why it is needed, in a line")
    .requiredOption(
      "--ticket <ticket>",
      "under which the cause is repaired: an https address, SEC-12, or owner/repository#12",
    )
    .option("--id <id>", "what reports call it (default: the rule's id and the day)")
    .action(async ({ stack, service, file, given, stage, at, matching, ...options }) => {
      const { waiverAdd } = require("./waiver-add") as typeof import("./waiver-add");
      const scope = { stack, service, file, given, stage, at, matching };
      process.exitCode = await waiverAdd({ ...options, scope, root: process.cwd() }, terminal);
    });
  waivers
    .command("list")
    .description("list waivers with state, days left and uses; exit code 2 when one has a fault")
    .argument("[files...]", "look for uses in these, as policy does, in place of what Gatehouse makes")
    .option("--plan <file...>", "look for them in plans, as policy does")
    .option("--manifests", "look also in what Helm makes of the chart, which needs helm", false)
    .option("--service <name>", "only in this service; of given files, whose they are")
    .option("--stage <stage>", "only in this stage; of given files, what they are of")
    .option("--json", "print the result as JSON", false)
    .action(async (files: readonly string[], { plan: plans, ...options }) => {
      const { waiverList } = require("./waiver-list") as typeof import("./waiver-list");
      const where = { root: process.cwd(), environment: process.env, signal };
      process.exitCode = await waiverList(fleet, { ...options, files, plans, ...where }, terminal);
    });
  term(waivers.command("renew"))
    .description("let a waiver hold again from today, by a new approval and for a new reason")
    .argument("<id>", "id of the waiver")
    .requiredOption("--approver <member>", "who approves it this time: not the owner")
    .requiredOption("--reason <text>", "why it is still needed, in a line")
    .option("--owner <member>", "who answers for it from now on (default: as before)")
    .option("--ticket <ticket>", "under which the cause is repaired (default: as before)")
    .action(async (id: string, options) => {
      const { waiverRenew } = require("./waiver-renew") as typeof import("./waiver-renew");
      process.exitCode = await waiverRenew({ ...options, id, root: process.cwd() }, terminal);
    });
}

function days(text: string): number {
  const number = Number(text);
  if (!/^\d{1,2}$/.test(text) || number < 1 || number > LONGEST_WAIVER_DAYS)
    throw new InvalidArgumentError(`expected a whole number of days from 1 to ${LONGEST_WAIVER_DAYS}`);
  return number;
}
