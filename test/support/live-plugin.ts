import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PluginServer } from "../../sandbox/protocol/plugin-server";
import { type RunningPlugin, reattach } from "../../sandbox/protocol/reattach";
import { StandIn } from "../../sandbox/provider/stand-in";
import { World } from "../../sandbox/world";
import { LiveApi } from "./live-api";
import { liveHandlers } from "./live-handlers";
import { LiveHelm } from "./live-helm";
import { LiveObjects } from "./live-objects";
import { LiveReleases } from "./live-releases";

export interface LivePluginOptions {
  /** Kubeconfig file of whoever Terraform works as. */
  readonly kubeconfig: string;
  /** Directory of the chart that stacks name by a path that begins with `../`. @default - the path is taken from this process's own directory */
  readonly localChart?: string;
}

/**
 * Terraform providers at the addresses of hashicorp/kubernetes and hashicorp/helm, for tests: what Terraform applies becomes real objects of a
 * real API server, reached by `kubectl proxy`, and real releases, made by `helm`.
 *
 * They are not HashiCorp's plugins. Schemas come from the bindings, validation and plans from the sandbox's rules; which request is sent is
 * written after the plugins' sources. They serve the types of `live-kinds.ts` and `helm_release`, and refuse attributes that they don't
 * know. So a test that passes says that the configuration, its order and the cluster fit together; what HashiCorp's own code does with it,
 * it says only as far as the rules are right.
 */
export class LivePlugin {
  static async start({ kubeconfig, localChart }: LivePluginOptions): Promise<LivePlugin> {
    const directory = mkdtempSync(join(tmpdir(), "live-plugin-"));
    const api = new LiveApi(kubeconfig, directory);
    const releases = new LiveHelm(kubeconfig, directory);
    const now = () => new Date().toISOString();
    const kubernetes = new StandIn("kubernetes", new World(), now);
    const helm = new StandIn("helm", new World(), now);
    const served = [
      { source: "hashicorp/kubernetes", handlers: liveHandlers(kubernetes, new LiveObjects(kubernetes, api)) },
      { source: "hashicorp/helm", handlers: liveHandlers(helm, new LiveReleases(helm, releases, localChart)) },
    ];
    const servers: PluginServer[] = [];
    const plugins: RunningPlugin[] = [];
    for (const { source, handlers } of served) {
      const server = new PluginServer(handlers);
      servers.push(server);
      plugins.push({ source, address: await server.listen() });
    }
    return new LivePlugin(directory, api, servers, plugins);
  }

  /**
   * What a Terraform process must have in its environment, beside its PATH. Start it asynchronously: these providers are in this process.
   * Where others run beside them, `reattach([...plugins, ...others], process.pid)` takes the place of `TF_REATTACH_PROVIDERS`.
   */
  readonly environment: Readonly<Record<string, string>>;

  private constructor(
    private readonly directory: string,
    private readonly api: LiveApi,
    private readonly servers: readonly PluginServer[],
    readonly plugins: readonly RunningPlugin[],
  ) {
    const cliConfig = join(directory, "empty.tfrc");
    writeFileSync(cliConfig, "");
    this.environment = {
      TF_REATTACH_PROVIDERS: reattach(plugins, process.pid),
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: cliConfig,
    };
  }

  /** Ends the providers; what they made stays. */
  async stop(): Promise<void> {
    for (const server of this.servers) server.close();
    await this.api.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
