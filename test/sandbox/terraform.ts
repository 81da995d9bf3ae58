import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/sandbox";
import { type SynthesizedStack, typesInUse } from "../../sandbox/types-in-use";
import { TERRAFORM } from "../support/programs";

export interface Result {
  readonly code: number;
  readonly output: string;
}

export interface ResourceChange {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly replace_paths?: readonly unknown[];
  };
}

export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
}

const REQUIRED = {
  github: { source: "integrations/github", version: "6.9.0" },
  cloudflare: { source: "cloudflare/cloudflare", version: "5.14.0" },
  kubernetes: { source: "hashicorp/kubernetes", version: "2.38.0" },
  helm: { source: "hashicorp/helm", version: "3.1.1" },
  grafana: { source: "grafana/grafana", version: "4.21.0" },
};

/** One directory with a configuration and its state. Terraform runs beside this process: waiting for it would stop the stand-ins. */
export class Workspace {
  private readonly directory = mkdtempSync(join(tmpdir(), "workspace-"));
  /** What was written last. */
  public configuration: SynthesizedStack = {};

  /** Instead of the sandbox's own. @default - the sandbox's */
  public environment: Readonly<Record<string, string>> | undefined;

  private constructor(public sandbox: Sandbox) {}

  /** Starts a sandbox that serves the types of this workspace: all of them take Terraform a second each time it asks. */
  public static async open(options: SandboxOptions = {}): Promise<Workspace> {
    const inUse = () => typesInUse([workspace.configuration]);
    const workspace: Workspace = new Workspace(await startSandbox({ typesInUse: inUse, ...options }));
    return workspace;
  }

  /** Ends the sandbox and starts another, as the next run of a program would. */
  public async reopen(options: SandboxOptions): Promise<void> {
    await this.sandbox.close();
    this.sandbox = await startSandbox({ typesInUse: () => typesInUse([this.configuration]), ...options });
  }

  /** Starts another sandbox, for which nobody says which types are in use. */
  public async reopenForAllTypes(): Promise<void> {
    await this.sandbox.close();
    this.sandbox = await startSandbox();
  }

  public async end(): Promise<void> {
    rmSync(this.directory, { recursive: true, force: true });
    await this.sandbox.close();
  }

  /** Writes the configuration: resources, data, imports, … Each provider has an empty block. */
  public write(configuration: SynthesizedStack & Readonly<Record<string, unknown>>): void {
    this.configuration = configuration;
    const provider = Object.fromEntries(Object.keys(REQUIRED).map((name) => [name, [{}]]));
    const whole = { terraform: { required_providers: REQUIRED }, provider, ...configuration };
    writeFileSync(join(this.directory, "main.tf.json"), JSON.stringify(whole, undefined, 2));
  }

  /** Starts Terraform; `started` is given the process, to be interrupted. */
  public run(args: readonly string[], started: (process: ChildProcess) => void = () => undefined): Promise<Result> {
    return new Promise((resolve, reject) => {
      const child = spawn(TERRAFORM ?? "terraform", [...args, "-no-color"], {
        cwd: this.directory,
        env: { ...process.env, ...(this.environment ?? this.sandbox.environment), TF_IN_AUTOMATION: "1" },
      });
      let output = "";
      child.stdout.on("data", (chunk) => {
        output += chunk;
      });
      child.stderr.on("data", (chunk) => {
        output += chunk;
      });
      child.on("error", reject);
      child.on("close", (code) => resolve({ code: code ?? -1, output }));
      started(child);
    });
  }

  /** The same, but a failure fails the test. */
  public async succeed(...args: readonly string[]): Promise<string> {
    const { code, output } = await this.run(args);
    if (code !== 0) {
      throw new Error(`terraform ${args.join(" ")} ended with ${code}:\n${output}`);
    }
    return output;
  }

  /** Writes resources, and goes all the way to an apply. */
  public async deploy(resource: Readonly<Record<string, unknown>>): Promise<void> {
    this.write({ resource });
    await this.succeed("init", "-input=false");
    await this.succeed("validate");
    await this.apply();
  }

  public async apply(): Promise<string> {
    return this.succeed("apply", "-auto-approve", "-input=false");
  }

  public async plan(...args: readonly string[]): Promise<PlanJson> {
    await this.succeed("plan", "-input=false", "-out=plan", ...args);
    return JSON.parse(await this.succeed("show", "-json", "plan")) as PlanJson;
  }

  /** The addresses that a plan would touch, with what it would do. */
  public async actions(): Promise<Readonly<Record<string, string>>> {
    const { resource_changes: changes } = await this.plan();
    const touched = (changes ?? []).filter(
      ({ change }) => change.actions.join() !== "no-op" && change.actions.join() !== "read",
    );
    return Object.fromEntries(touched.map(({ address, change }) => [address, change.actions.join("+")]));
  }

  /** Forgets the state, as a killed Terraform would that never saved it. */
  public loseState(): void {
    for (const file of ["terraform.tfstate", "terraform.tfstate.backup", ".terraform.tfstate.lock.info"]) {
      rmSync(join(this.directory, file), { force: true });
    }
  }
}
