import { spawn } from "node:child_process";

/** Runs helm against one cluster, with a home directory of its own. */
export class LiveHelm {
  constructor(
    private readonly kubeconfig: string,
    /** Home directory; also for files that helm reads. */
    readonly directory: string,
  ) {}

  /** What it prints. @throws Error with what it complains about */
  run(args: readonly string[]): Promise<string> {
    const env = { PATH: process.env.PATH, HOME: this.directory, KUBECONFIG: this.kubeconfig };
    return new Promise((resolve, reject) => {
      const child = spawn("helm", args, { env, stdio: ["ignore", "pipe", "pipe"] });
      let printed = "";
      let complained = "";
      child.stdout.setEncoding("utf8").on("data", (chunk) => {
        printed += chunk;
      });
      child.stderr.setEncoding("utf8").on("data", (chunk) => {
        complained += chunk;
      });
      child.once("error", reject);
      child.once("close", (code) => {
        if (code === 0) resolve(printed);
        else reject(new Error(`helm ${args.join(" ")} ended with ${code}\n${complained}${printed}`));
      });
    });
  }
}
