import { spawn } from "node:child_process";
import { Failure } from "./failure";

/** A Terraform or OpenTofu binary that is new enough. */
export interface Terraform {
  readonly command: string;
  readonly product: "Terraform" | "OpenTofu";
  readonly version: string;
}

export interface TerraformRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asks Terraform to stop, once, as Ctrl-C does: it finishes what it is doing and saves its state. */
  readonly signal?: AbortSignal | undefined;
}

/** The oldest versions that lock a state in S3 by a file and know what Gatehouse writes. */
const OLDEST = { Terraform: [1, 11], OpenTofu: [1, 10] } as const;

const HOW_TO_GET =
  "Install Terraform 1.11 or newer (https://developer.hashicorp.com/terraform/install) or OpenTofu 1.10 or newer (https://opentofu.org/docs/intro/install), " +
  "put it on PATH, or name it in TERRAFORM_BINARY_NAME.";

/**
 * The binary to run: `TERRAFORM_BINARY_NAME` if it is set (as for cdktf), else `terraform`, else `tofu`.
 * @throws Failure that says how to get one, when there is none or it is too old.
 */
export async function findTerraform(environment: Readonly<Record<string, string | undefined>>): Promise<Terraform> {
  const named = environment.TERRAFORM_BINARY_NAME;
  const candidates = named ? [named] : ["terraform", "tofu"];
  const tooOld: string[] = [];
  for (const command of candidates) {
    const found = await versionOf(command, environment);
    if (found === undefined) continue;
    const [major = 0, minor = 0] = found.version.split(".").map(Number);
    const [oldestMajor, oldestMinor] = OLDEST[found.product];
    if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return found;
    tooOld.push(`"${command}" is ${found.product} ${found.version}; expected ${oldestMajor}.${oldestMinor} or newer`);
  }
  if (tooOld.length > 0) throw new Failure(`${tooOld.join("\n")}\n${HOW_TO_GET}`);
  throw new Failure(
    `no ${candidates.map((command) => `"${command}"`).join(" and no ")} on PATH that answers "version -json"\n${HOW_TO_GET}`,
  );
}

async function versionOf(
  command: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Terraform | undefined> {
  try {
    const { stdout } = await run(command, ["version", "-json"], { cwd: process.cwd(), environment });
    const answer = JSON.parse(stdout.slice(stdout.indexOf("{"))) as { terraform_version?: string };
    const text = await run(command, ["version"], { cwd: process.cwd(), environment });
    const product = /OpenTofu/.test(text.stdout) ? "OpenTofu" : "Terraform";
    return answer.terraform_version === undefined ? undefined : { command, product, version: answer.terraform_version };
  } catch {
    // Not there, or not Terraform: the caller says what was looked for.
    return undefined;
  }
}

/** Runs Terraform without colour and without asking. A signal that is aborted already keeps it from starting. */
export function runTerraform(
  terraform: Terraform,
  args: readonly string[],
  options: RunOptions,
): Promise<TerraformRun> {
  options.signal?.throwIfAborted();
  return run(terraform.command, args, {
    ...options,
    environment: { ...options.environment, TF_IN_AUTOMATION: "1", TF_INPUT: "0" },
  });
}

/** A group of its own, so that Ctrl-C in a terminal reaches Terraform once, through the signal, and not twice: twice would kill it. */
function run(
  command: string,
  args: readonly string[],
  { cwd, environment, signal }: RunOptions,
): Promise<TerraformRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: environment, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output.stderr += text;
    });
    const interrupt = () => child.kill("SIGINT");
    signal?.addEventListener("abort", interrupt, { once: true });
    child.once("error", reject);
    child.once("close", (code, killedBy) => {
      signal?.removeEventListener("abort", interrupt);
      if (killedBy !== null) output.stderr += `\n${command} was killed by ${killedBy}`;
      resolve({ ...output, exitCode: code ?? EXIT_WHEN_KILLED });
    });
  });
}

const EXIT_WHEN_KILLED = 1;

/** The errors in Terraform's output, without frames and repeated warnings: what a person must read. */
export function errorsOf(result: TerraformRun): string {
  const text = `${result.stderr}\n${result.stdout}`.replace(/^[╷╵│]\s?/gm, "");
  const start = text.indexOf("Error:");
  return (start < 0 ? text : text.slice(start)).replace(/\n{3,}/g, "\n\n").trim();
}
