import type { Command } from "commander";
import type { Fleet } from "../declaration/fleet";
import { terminal } from "./console";
import { Failure } from "./failure";

const INPUT = `
The value is asked for at a prompt that doesn't show it, or read from standard input when that is no terminal; it is never an argument.
GITHUB_TOKEN is a token that may read the repository's environments; GITHUB_BASE_URL is the address of a GitHub Enterprise Server.

With --certificate the value becomes a key of the Secret that the container has in the stage's namespace, and GitHub isn't asked:
services/<service>.<stage>.sealed-secret.json is a SealedSecret, which only the controller of the cluster opens. Its certificate comes from
kubeseal --fetch-cert --controller-namespace sealed-secrets --context <context>`;

/** The verb `seal`. */
export function addSealVerb(gatehouse: Command, fleet: Fleet, signal: AbortSignal): void {
  gatehouse
    .command("seal")
    .description("seal a secret for the environment's public key, or for a cluster, into a file in services/")
    .argument("<service>", "name of the service")
    .argument("<stage>", "the stage, or an unattended environment of one")
    .argument("<KEY>", "name of the secret, as settings or cluster.secrets declare it")
    .option("--as-is", "take every byte of the value: several lines, blanks and line breaks at its ends", false)
    .option("--certificate <file>", "seal for the cluster of the stage: the certificate of its controller, in PEM")
    .option("--json", "print the result as JSON, without the sealed value", false)
    .addHelpText("after", INPUT)
    // Commander would quote what it doesn't know, and that may be the value.
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async (service: string, stage: string, key: string, { asIs, json, certificate }, command: Command) => {
      refuseMore(command.args);
      const value = (question: string) => askedValue(question, signal);
      const options = { service, stage, key, asIs, json, root: process.cwd(), signal, value };
      if (certificate !== undefined) {
        const { sealForCluster } = require("./seal-for-cluster") as typeof import("./seal-for-cluster");
        process.exitCode = await sealForCluster(fleet, { ...options, certificate }, terminal);
        return;
      }
      const { seal } = require("./seal") as typeof import("./seal");
      process.exitCode = await seal(fleet, { ...options, environment: process.env }, terminal);
    });
}

const ARGUMENTS = 3;

function refuseMore(came: readonly string[]): void {
  if (came.length === ARGUMENTS && !came.some((word) => word.startsWith("-"))) return;
  throw new Failure(
    "expected a service, a stage and a key, and no more; what came beside them is not shown\na value is no argument: it is asked for, or read from standard input. If it was one, it is in the shell's history now: renew it",
  );
}

async function askedValue(question: string, signal: AbortSignal): Promise<Uint8Array> {
  const { stdin: input, stderr: output } = process;
  if (input.isTTY !== true) {
    const { inputBytes } = require("./standard-input") as typeof import("./standard-input");
    const { MOST_BYTES } = require("./secret-text") as typeof import("./secret-text");
    return inputBytes(input, MOST_BYTES, signal);
  }
  if (output.isTTY !== true)
    throw new Failure(
      "there is no terminal to ask on: standard error goes elsewhere; nothing was sealed\ngive the value on standard input: <what prints it> | npx gatehouse seal …",
    );
  const { hiddenLine } = require("./hidden-prompt") as typeof import("./hidden-prompt");
  const interrupt = () => void process.kill(process.pid, "SIGINT");
  return Buffer.from(await hiddenLine(question, { input, output, signal, interrupt }));
}
