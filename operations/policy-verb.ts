import { type Command, Option } from "commander";
import type { Fleet } from "../declaration/fleet";
import { terminal } from "./console";
import type { PolicyFormat } from "./policy";

const FORMATS = ["json", "markdown", "junit", "sarif"] as const;

type FormatOptions = Readonly<Partial<Record<(typeof FORMATS)[number], boolean>>>;

/** The verb `policy`: judges what Gatehouse makes; lists and compiles the rules by which it does. */
export function addPolicyVerb(gatehouse: Command, fleet: Fleet, signal: AbortSignal): void {
  const policies = gatehouse
    .command("policy")
    .description("judge synthesized stacks and rendered files, or given plans and manifests, by the rules of policies/")
    .argument("[files...]", "plans as JSON, manifests or workflows as YAML; - is standard input")
    .option("--plan <file...>", "judge a plan as JSON (terraform show -json), and nothing that is no plan")
    .option("--manifests", "judge also what Helm makes of the chart for each stage, which needs helm", false)
    .option("--service <name>", "only this service; of given files, whose they are")
    .option("--stage <stage>", "only this stage; of given files, what they are of")
    .addOption(new Option("--json", "print the result as JSON").conflicts(["markdown", "junit", "sarif"]))
    .addOption(new Option("--markdown", "print it as Markdown, for a job summary").conflicts(["junit", "sarif"]))
    .addOption(new Option("--junit", "print it as JUnit XML").conflicts("sarif"))
    .option("--sarif", "print it as SARIF, for code scanning")
    .addHelpText(
      "after",
      "\nExit codes: 0 nothing that blocks was found, or a waiver lets it pass; 2 something was, or a waiver is at fault; 1 a rule has no answer, or a document can't be read.",
    )
    .action(async (files: readonly string[], { service, stage, plan: plans, manifests, ...formats }) => {
      const { policy } = require("./policy") as typeof import("./policy");
      const format: PolicyFormat = FORMATS.find((each) => (formats as FormatOptions)[each]) ?? "text";
      const where = { root: process.cwd(), environment: process.env, signal };
      process.exitCode = await policy(fleet, { files, plans, manifests, service, stage, format, ...where }, terminal);
    });
  policies
    .command("compile")
    .description("compile the rules to WebAssembly, which needs opa")
    .option("--check", "write nothing; exit code 2 when the compiled rules are not as they would be written", false)
    .action(async ({ check }) => {
      const { compile } = require("./policy-compile") as typeof import("./policy-compile");
      process.exitCode = await compile({ check, environment: process.env }, terminal);
    });
  policies
    .command("rules")
    .description("list the rules: what holds by each, its level, and which rules of others it answers")
    .addOption(new Option("--json", "print the result as JSON").conflicts("markdown"))
    .option("--markdown", "print the result as Markdown: docs/reference/policies.md")
    .action(async (formats: FormatOptions) => {
      const { rules } = require("./policy-rules") as typeof import("./policy-rules");
      const format = formats.json ? "json" : formats.markdown ? "markdown" : "text";
      process.exitCode = await rules({ format }, terminal);
    });
}
