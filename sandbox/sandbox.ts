import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PluginServer } from "./protocol/plugin-server";
import { providerHandlers, type ServedTypes } from "./protocol/provider-service";
import { type RunningPlugin, reattach } from "./protocol/reattach";
import { StandIn } from "./provider/stand-in";
import { PROVIDERS, type ProviderName, providerTypes } from "./schema/schemas";
import { World } from "./world";
import type { WorldObject } from "./world-object";

const SOURCES: Readonly<Record<ProviderName, string>> = {
  github: "integrations/github",
  cloudflare: "cloudflare/cloudflare",
  kubernetes: "hashicorp/kubernetes",
  helm: "hashicorp/helm",
  grafana: "grafana/grafana",
};

export interface SandboxOptions {
  /** Directory the world (and nothing else) survives in. @default - in memory, gone at close */
  readonly directory?: string;
  /**
   * Resource and data types to serve, such as `resource:github_team` and `data:github_team` (see `typesInUse`). Asked
   * anew at every GetProviderSchema, so that a shell session sees new types. Types that the world has objects of are
   * served too: a state may hold what the configuration no longer has.
   * @default - all types of all providers
   */
  readonly typesInUse?: () => ReadonlySet<string>;
}

export interface Sandbox {
  /** What a Terraform (or cdktf) child process must have in its environment. Start it asynchronously. */
  readonly environment: Readonly<Record<string, string>>;
  readonly world: World;
  /**
   * Makes something as if a person had made it by hand, with what its API would fill in.
   *
   * @throws Refusal if the API would refuse it
   */
  create(type: string, attributes: Readonly<Record<string, unknown>>): WorldObject;
  close(): Promise<void>;
}

/** The provider a type belongs to. */
function providerOf(type: string): ProviderName {
  const provider = PROVIDERS.find((name) => type.startsWith(`${name}_`));
  if (provider === undefined) {
    throw new Error(`sandbox: ${type} is of no provider that the sandbox stands in for (${PROVIDERS.join(", ")}).`);
  }
  return provider;
}

function servedTypes(provider: ProviderName, world: World, inUse: ReadonlySet<string> | undefined): ServedTypes {
  const resources = providerTypes(provider, "resource");
  const data = providerTypes(provider, "data");
  if (inUse === undefined) {
    return { resources, data };
  }
  return {
    resources: resources.filter((type) => inUse.has(`resource:${type}`) || world.list(type).length > 0),
    data: data.filter((type) => inUse.has(`data:${type}`)),
  };
}

/**
 * Starts stand-ins for the providers in this process. Real Terraform plans and applies against them, without an account
 * and without a network. They say nothing about what the real providers and APIs do beyond the rules in `rules/`.
 *
 * @throws Error if another process uses the directory, or its journal can't be read
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = new World(options.directory);
  const now = () => new Date().toISOString();
  const standIns = new Map(PROVIDERS.map((name) => [name, new StandIn(name, world, now)]));
  const settings = mkdtempSync(join(tmpdir(), "sandbox-"));
  const cliConfig = join(settings, "empty.tfrc");
  writeFileSync(cliConfig, "");

  const servers = new Map<ProviderName, PluginServer>();
  const close = async () => {
    for (const server of servers.values()) {
      server.close();
    }
    world.close();
    rmSync(settings, { recursive: true, force: true });
  };
  const plugins: RunningPlugin[] = [];
  try {
    for (const [name, standIn] of standIns) {
      const server = new PluginServer(
        providerHandlers(standIn, () => servedTypes(name, world, options.typesInUse?.())),
      );
      servers.set(name, server);
      plugins.push({ source: SOURCES[name], address: await server.listen() });
    }
  } catch (error) {
    await close();
    throw error;
  }

  return {
    environment: {
      TF_REATTACH_PROVIDERS: reattach(plugins, process.pid),
      // No look-up of newer versions, no settings of the person's own: nothing leaves this machine.
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: cliConfig,
    },
    world,
    create: (type, attributes) => {
      const standIn = standIns.get(providerOf(type)) as StandIn;
      return standIn.create(type, attributes);
    },
    close,
  };
}
