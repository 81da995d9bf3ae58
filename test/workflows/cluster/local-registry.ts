import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChildProgram } from "../../support/child-program";
import { freePorts } from "../../support/free-ports";
import { until } from "../../support/until";

/** A real registry on loopback, on a free port, without a login. Needs `registry`. */
export class LocalRegistry {
  static async start(): Promise<LocalRegistry> {
    const [port] = (await freePorts(1)) as [number];
    const directory = mkdtempSync(join(tmpdir(), "gatehouse-registry-"));
    const configuration = {
      version: "0.1",
      log: { level: "error" },
      storage: { filesystem: { rootdirectory: join(directory, "data") } },
      http: { addr: `127.0.0.1:${port}` },
    };
    // JSON is YAML.
    writeFileSync(join(directory, "config.yml"), JSON.stringify(configuration));
    const program = new ChildProgram("registry", ["serve", join(directory, "config.yml")], join(directory, "log"));
    const isReady = async () => {
      program.mustRun();
      return (await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined))?.ok;
    };
    await until("the registry answers", isReady, 30, () => program.log());
    return new LocalRegistry(`127.0.0.1:${port}`, program, directory);
  }

  private constructor(
    readonly host: string,
    private readonly program: ChildProgram,
    private readonly directory: string,
  ) {}

  async stop(): Promise<void> {
    await this.program.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
