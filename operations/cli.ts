import { Argument, Command, Option } from "commander";
import { DeclarationError } from "../declaration/problem";
import { fleet } from "../services/fleet";
import { addAuditVerbs } from "./audit-verb";
import { addClusterVerbs } from "./cluster-verbs";
import { printable, terminal, tolerateClosedPipe } from "./console";
import { WAVES } from "./deploy-waves";
import { durationOption } from "./duration-option";
import { EXIT, Failure } from "./failure";
import { addFileVerb } from "./file-verb";
import { addFlagVerb } from "./flag-verb";
import { Interruption } from "./interruption";
import { addNewVerb } from "./new-verb";
import { positive, wholeNumber } from "./number-options";
import { addPolicyVerb } from "./policy-verb";
import { addRotateVerb } from "./rotate-verb";
import { addSealVerb } from "./seal-verb";
import { addWaiverVerbs } from "./waiver-verb";

/**
 * Runs the command line; the exit code is the process's. Verbs are loaded when they are used, by `require`: the loader that runs TypeScript here
 * hooks that alone, which is the quicker way.
 */
export async function main(argv: readonly string[]): Promise<void> {
  tolerateClosedPipe();
  const interruption = new Interruption();
  try {
    await program(interruption).parseAsync([...argv]);
  } catch (error) {
    if (interruption.signal.aborted) {
      terminal.progress("interrupted; run the command again to go on");
      process.exitCode = EXIT.interrupted;
    } else if (error instanceof Failure || error instanceof DeclarationError) {
      terminal.progress(printable(error.message));
      process.exitCode = EXIT.failed;
    } else throw error;
  }
}

function program(interruption: Interruption): Command {
  const { signal } = interruption;
  const gatehouse = new Command("gatehouse")
    .description("One typed declaration says how a service ships. Services are declared in services/; see the README.")
    .showHelpAfterError()
    .enablePositionalOptions()
    .addHelpText(
      "after",
      "\nExit codes: 0 fine; 1 could not do it, or a gate without a verdict; 2 did it, and found drift, an overdue rotation, an expired flag, a missed objective or a breach of a policy; 130 interrupted.",
    );
  gatehouse
    .command("sandbox")
    .description(
      "plan, deploy, tamper, find the drift and heal it, on stand-ins of the providers: no account, nothing real",
    )
    .option("--service <name>", "only this service, and what it depends on")
    .option("--stage <stage>", "only this stage, and what it depends on")
    .option("--keep", "keep the sandbox's world and state in .gatehouse/sandbox, and go on from there")
    .option("--json", "print the result as JSON")
    .option("--shell", "open a shell in the kept sandbox: cdktf and terraform work there")
    .argument("[command...]", "with --shell: a command to run there in place of a shell")
    .passThroughOptions()
    .action(async (command: readonly string[], { shell, ...options }) => {
      if (shell) {
        const { sandboxShell } = require("./sandbox-shell") as typeof import("./sandbox-shell");
        // Ctrl-C in a shell is the shell's.
        interruption.ignore();
        process.exitCode = await sandboxShell(
          fleet,
          { command, root: process.cwd(), environment: process.env },
          terminal,
        );
        return;
      }
      if (command.length > 0) {
        throw new Failure(
          `"${command[0]}" is nothing that sandbox knows\nto run a command in the sandbox: gatehouse sandbox --shell ${command.join(" ")}`,
        );
      }
      const { sandbox } = require("./sandbox") as typeof import("./sandbox");
      process.exitCode = await sandbox(
        fleet,
        { ...options, root: process.cwd(), environment: process.env, signal },
        terminal,
      );
    });
  gatehouse
    .command("check")
    .description(
      "validate the declarations, all mistakes at once; list secrets that nobody has sealed yet or that are overdue, and expired flags",
    )
    .option("--record", "write new stateful things into the services' records first", false)
    .option("--json", "print the result as JSON", false)
    .action(async (options) => {
      const { check } = require("./check") as typeof import("./check");
      process.exitCode = await check(fleet, { ...options, root: process.cwd() }, terminal);
    });
  gatehouse
    .command("checks")
    .description("list the checks that main of each service requires, with workflow, job and gate of each")
    .option("--service <name>", "only this service")
    .addOption(new Option("--json", "print the result as JSON").conflicts("markdown"))
    .option("--markdown", "print the result as Markdown: docs/reference/required-checks.md")
    .action(async ({ service, json, markdown }) => {
      const { checks } = require("./checks") as typeof import("./checks");
      const format = json ? "json" : markdown ? "markdown" : "text";
      process.exitCode = await checks(fleet, { service, format }, terminal);
    });
  addFileVerb(gatehouse, fleet, signal);
  gatehouse
    .command("library")
    .description("write the reusable workflows that services call, in the repository that keeps them")
    .option("--out <directory>", "the repository's root", ".")
    .option("--check", "write nothing; exit code 2 when a file is not as it would be written", false)
    .action(async (options) => {
      const { library } = require("./library") as typeof import("./library");
      process.exitCode = await library(options, terminal);
    });
  gatehouse
    .command("drift")
    .description("compare what is there with what is declared, by Terraform's refresh; exit code 2 on drift")
    .option("--service <name>", "only this service")
    .option("--stage <stage>", "only this stage")
    .option("--parallel <stacks>", "stacks at a time", positive)
    .option("--json", "print the result as JSON")
    .option("--markdown", "print the result as Markdown, for an issue or a job summary")
    .action(async ({ json, markdown, ...options }) => {
      const { drift } = require("./drift") as typeof import("./drift");
      const format = json ? "json" : markdown ? "markdown" : "text";
      process.exitCode = await drift(
        fleet,
        { ...options, format, environment: process.env, outdir: "cdktf.out", signal },
        terminal,
      );
    });
  gatehouse
    .command("secrets")
    .description("hold the names of secrets in GitHub against the declaration; exit code 2 when they differ")
    .argument("<service>", "name of the service")
    .option("--json", "print the result as JSON", false)
    .action(async (service: string, options) => {
      const { secrets } = require("./secrets") as typeof import("./secrets");
      const props = { ...options, service, root: process.cwd(), environment: process.env, signal };
      process.exitCode = await secrets(fleet, props, terminal);
    });
  addSealVerb(gatehouse, fleet, signal);
  addRotateVerb(gatehouse, fleet, signal);
  gatehouse
    .command("break-glass")
    .description("list when the rules of main may be passed by: of which service, by whom, until when and why")
    .option("--service <name>", "only this service")
    .addOption(new Option("--json", "print the result as JSON").default(false).conflicts("stacks"))
    .option("--stacks", "print only the stacks whose deployment opens or closes what is declared", false)
    .action(async (options) => {
      const { breakGlass } = require("./break-glass") as typeof import("./break-glass");
      process.exitCode = await breakGlass(fleet, options, terminal);
    });
  gatehouse
    .command("overrides")
    .description("list merges that passed the rules of main by, each with its record; exit code 2 where one has none")
    .argument("<service>", "name of the service")
    .option("--json", "print the result as JSON", false)
    .action(async (service: string, options) => {
      const { overrides } = require("./overrides") as typeof import("./overrides");
      process.exitCode = await overrides(fleet, { ...options, service, environment: process.env, signal }, terminal);
    });
  addFlagVerb(gatehouse, fleet, signal);
  gatehouse
    .command("stacks")
    .description("list the stacks in the order of their deployment: foundation, rehearsal, production")
    .addOption(new Option("--wave <wave>", "only this wave, names alone").choices(WAVES))
    .option("--json", "print the result as JSON", false)
    .action(async (options) => {
      const { stacks } = require("./stacks") as typeof import("./stacks");
      process.exitCode = await stacks(fleet, { ...options, environment: process.env }, terminal);
    });
  gatehouse
    .command("changed")
    .description("list the stacks whose synthesized configuration differs between two synths")
    .option("--base <directory>", "the synth to compare with (a cdktf.out); without one, every stack is new")
    .requiredOption("--head <directory>", "the synth to look at")
    .option("--json", "print the result as JSON", false)
    .action(async (options) => {
      const { changed } = require("./changed") as typeof import("./changed");
      process.exitCode = await changed(options, terminal);
    });
  gatehouse
    .command("plan-report")
    .description("turn the output of cdktf plan into a comment for the pull request; exit code 1 if a plan failed")
    .requiredOption("--changes <file>", "what gatehouse changed --json printed")
    .requiredOption("--plans <directory>", "where <stack>.txt and <stack>.exit are")
    .option("--unplanned <reason>", "nothing was planned, and why")
    .option("--policies <file>", "what gatehouse policy --plan … --markdown printed of the plans")
    .requiredOption("--run-url <url>", "the run that planned")
    .requiredOption("--commit <sha>", "the commit that was planned")
    .action(async (options) => {
      const { planReport } = require("./plan-report") as typeof import("./plan-report");
      process.exitCode = await planReport({ ...options, environment: process.env }, terminal);
    });
  gatehouse
    .command("comment")
    .description("write the one comment on a pull request, or update it (GH_TOKEN, GITHUB_REPOSITORY)")
    .requiredOption("--pull-request <number>", "which", wholeNumber)
    .requiredOption("--body <file>", "its text; the first line is its marker")
    .action(async (options) => {
      const { comment } = require("./pull-request-comment") as typeof import("./pull-request-comment");
      process.exitCode = await comment({ ...options, environment: process.env }, terminal);
    });
  gatehouse
    .command("drift-issue")
    .description("open, update or close the one issue about drift (GH_TOKEN, GITHUB_REPOSITORY)")
    .requiredOption("--report <file>", "what gatehouse drift --markdown printed")
    .requiredOption("--exit-code <number>", "the exit code of gatehouse drift", wholeNumber)
    .action(async (options) => {
      const { driftIssue } = require("./drift-issue") as typeof import("./drift-issue");
      process.exitCode = await driftIssue({ ...options, environment: process.env }, terminal);
    });
  const slo = gatehouse.command("slo").description("objectives as files of others: Prometheus rules and OpenSLO");
  slo
    .command("export")
    .description("print alerts and recording rules for Prometheus, or objectives as OpenSLO, as YAML")
    .argument("[service]", "only this service")
    .option("--stage <stage>", "only this stage")
    .addOption(
      new Option("--format <format>", "what to print")
        .choices(["openslo", "prometheus", "prometheus-operator"])
        .makeOptionMandatory(),
    )
    .action(async (service: string | undefined, options) => {
      const { sloExport } = require("./slo") as typeof import("./slo");
      process.exitCode = await sloExport(fleet, { ...options, service }, terminal);
    });
  slo
    .command("import")
    .description(
      "print signals and objectives of a file as text for a declaration, and say what it could not take over",
    )
    .addArgument(new Argument("<format>", "what the file is").choices(["openslo"]))
    .argument("<file>", "path of the file")
    .option("--service <name>", "of a file with SLOs of several services: only those of this one")
    .option("--owner <role>", "role that answers for objectives", "maintainers")
    .option("--runbook <name>", "runbook that their alerts link to", "error-budget")
    .option("--minimum-events <events>", "events without which no alert speaks", positive, 100)
    .action(async (_format: string, file: string, options) => {
      const { sloImport } = require("./slo") as typeof import("./slo");
      process.exitCode = await sloImport({ ...options, file }, terminal);
    });
  gatehouse
    .command("gate")
    .description(
      "ask Prometheus whether a service keeps its objectives; exit code 2 when it doesn't, 1 without a verdict",
    )
    .argument("<service>", "name of the service")
    .requiredOption("--stage <stage>", "the stage to look at")
    .option(
      "--for <duration>",
      "how far to look back (default: each objective's own, or 10m)",
      durationOption(60, 21_600),
    )
    .option("--canary <selector>", "label matchers of the canary's series, such as 'version=\"2.4.1\"'")
    .option("--baseline <selector>", "label matchers of the stable version's series, to compare with")
    .addOption(
      new Option("--deadline <duration>", "how long to wait for a verdict; 0s looks once")
        .argParser(durationOption(0, 21_600))
        .default(60, "1m"),
    )
    .addOption(new Option("--json", "print the result as JSON").conflicts("markdown"))
    .option("--markdown", "print the result as Markdown, for a job summary")
    .addHelpText("after", GATE_ENVIRONMENT)
    .action(async (service: string, { json, markdown, for: forSeconds, deadline: deadlineSeconds, ...options }) => {
      const { gate } = require("./gate") as typeof import("./gate");
      const format = json ? "json" : markdown ? "markdown" : "text";
      process.exitCode = await gate(
        fleet,
        { ...options, service, forSeconds, deadlineSeconds, format, environment: process.env, signal },
        terminal,
      );
    });
  addNewVerb(gatehouse, signal);
  addPolicyVerb(gatehouse, fleet, signal);
  addWaiverVerbs(gatehouse, fleet, signal);
  addClusterVerbs(gatehouse, signal);
  addAuditVerbs(gatehouse, interruption);
  return gatehouse;
}

const GATE_ENVIRONMENT =
  "\nPROMETHEUS_URL is the address of a Prometheus-compatible API; PROMETHEUS_TOKEN, or PROMETHEUS_USER and PROMETHEUS_PASSWORD, the login.";
