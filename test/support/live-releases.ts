import { mkdtempSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { hasUnknown } from "../../sandbox/protocol/unknown";
import type { Attributes } from "../../sandbox/protocol/value-codec";
import { settle } from "../../sandbox/provider/settle";
import type { StandIn } from "../../sandbox/provider/stand-in";
import { blockType } from "../../sandbox/schema/schema";
import type { LiveHelm } from "./live-helm";
import type { LiveResources } from "./live-resources";

const TYPE = "helm_release";

/** Attributes that turn into flags which are there or not, by what they do at: both an installation and an upgrade, or one of them. */
const SWITCHES: Readonly<Record<string, { readonly flag: string; readonly at: readonly ("install" | "upgrade")[] }>> = {
  atomic: { flag: "--atomic", at: ["install", "upgrade"] },
  cleanup_on_fail: { flag: "--cleanup-on-fail", at: ["upgrade"] },
  create_namespace: { flag: "--create-namespace", at: ["install"] },
  dependency_update: { flag: "--dependency-update", at: ["install", "upgrade"] },
  devel: { flag: "--devel", at: ["install", "upgrade"] },
  disable_openapi_validation: { flag: "--disable-openapi-validation", at: ["install", "upgrade"] },
  disable_webhooks: { flag: "--no-hooks", at: ["install", "upgrade"] },
  force_update: { flag: "--force", at: ["upgrade"] },
  replace: { flag: "--replace", at: ["install"] },
  reset_values: { flag: "--reset-values", at: ["upgrade"] },
  reuse_values: { flag: "--reuse-values", at: ["upgrade"] },
  skip_crds: { flag: "--skip-crds", at: ["install", "upgrade"] },
  take_ownership: { flag: "--take-ownership", at: ["install", "upgrade"] },
  wait: { flag: "--wait", at: ["install", "upgrade"] },
  wait_for_jobs: { flag: "--wait-for-jobs", at: ["install", "upgrade"] },
};

/** What else is understood, or means nothing to a test. */
const UNDERSTOOD = [
  "chart",
  "description",
  "id",
  "lint",
  "manifest",
  "max_history",
  "metadata",
  "name",
  "namespace",
  "render_subchart_notes",
  "repository",
  "resources",
  "set",
  "set_sensitive",
  "status",
  "timeout",
  "timeouts",
  "values",
  "version",
];

/** What `helm status --output json` says. */
interface ReleaseStatus {
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  readonly info: {
    readonly status: string;
    readonly description: string;
    readonly first_deployed: string;
    readonly last_deployed: string;
  };
}

/**
 * Releases of the real helm as resources of hashicorp/helm. An installation is `helm install`, a change `helm upgrade`, as the plugin does
 * without `upgrade_install` (v3.1.1, `helm/resource_helm_release.go`); what the release's objects and templates became is not looked at.
 */
export class LiveReleases implements LiveResources {
  readonly types = [TYPE];
  context: string | undefined;

  constructor(
    private readonly standIn: StandIn,
    private readonly helm: LiveHelm,
    /** Directory of the chart that stacks name by where it is seen from them, which nobody here knows. */
    private readonly localChart: string | undefined,
  ) {}

  /** With `lint`, errors of chart and values end the plan, as soon as values are known; warnings don't. */
  async inspect(_type: string, planned: Attributes): Promise<void> {
    const { lint, chart } = planned;
    if (lint !== true || hasUnknown(planned.values) || hasUnknown(planned.set)) return;
    await this.helm.run(["lint", this.#chart(chart), "--quiet", ...inNamespace(planned), ...this.#values(planned)]);
  }

  async create(_type: string, planned: Attributes): Promise<Attributes> {
    await this.#helm([...this.#shipped("install", planned)]);
    return this.#settled(planned);
  }

  async read(_type: string, state: Attributes): Promise<Attributes | undefined> {
    const status = await this.#status(state);
    return status === undefined ? undefined : { ...state, ...this.#known(status, state) };
  }

  async update(_type: string, _prior: Attributes, planned: Attributes): Promise<Attributes> {
    const history = Number(planned.max_history ?? 0);
    await this.#helm([...this.#shipped("upgrade", planned), `--history-max=${history}`]);
    return this.#settled(planned);
  }

  async delete(_type: string, prior: Attributes): Promise<void> {
    const { name, timeout, wait } = prior;
    const args = ["uninstall", String(name), "--ignore-not-found", `--timeout=${timeout}s`];
    await this.#helm([...args, ...(wait === true ? ["--wait"] : []), ...inNamespace(prior)]);
  }

  #chart(chart: unknown): string {
    return String(chart).startsWith("../") && this.localChart !== undefined ? this.localChart : String(chart);
  }

  #shipped(at: "install" | "upgrade", planned: Attributes): string[] {
    refuseUnknown(planned);
    const { name, chart, version, repository, timeout } = planned;
    const switches = Object.entries(SWITCHES).filter(
      ([attribute, how]) => planned[attribute] === true && how.at.includes(at),
    );
    return [
      at,
      String(name),
      this.#chart(chart),
      ...inNamespace(planned),
      `--timeout=${timeout}s`,
      ...switches.map(([, { flag }]) => flag),
      ...optional("--version", version),
      ...optional("--repo", repository),
      ...this.#values(planned),
    ];
  }

  #values({ values, set, set_sensitive }: Attributes): string[] {
    const directory = mkdtempSync(join(this.helm.directory, "values-"));
    const files = ((values ?? []) as readonly string[]).map((text, i) => {
      const file = join(directory, `${i}.yaml`);
      writeFileSync(file, text, { mode: 0o600 });
      return `--values=${file}`;
    });
    const single = [set, set_sensitive].flatMap((each) => (each ?? []) as readonly Attributes[]);
    return [
      ...files,
      ...single.flatMap(({ name, value, type }) => [type === "string" ? "--set-string" : "--set", `${name}=${value}`]),
    ];
  }

  async #status(state: Attributes): Promise<ReleaseStatus | undefined> {
    try {
      return JSON.parse(await this.#helm(["status", String(state.name), ...inNamespace(state), "--output=json"]));
    } catch (error) {
      if (error instanceof Error && /release: not found/.test(error.message)) return undefined;
      throw error;
    }
  }

  /** What was planned, with what only helm knows filled in: a plugin on the framework must answer with what was planned. */
  async #settled(planned: Attributes): Promise<Attributes> {
    const status = await this.#status(planned);
    if (status === undefined) throw new Error(`helm has no release ${planned.name} any more, right after it was made`);
    const shape = blockType(this.standIn.schema("resource", TYPE));
    const seed = { type: TYPE, number: status.version, now: status.info.last_deployed };
    return settle(planned, { ...this.#known(status, planned), manifest: null, resources: {} }, shape, seed);
  }

  #known({ name, namespace, version, info }: ReleaseStatus, { chart, version: chartVersion }: Attributes): Attributes {
    const shown = typeof chartVersion === "string" ? chartVersion : null;
    return {
      id: name,
      status: info.status,
      description: info.description,
      metadata: {
        name,
        namespace,
        revision: version,
        chart: basename(String(chart)),
        version: shown,
        app_version: null,
        notes: null,
        values: null,
        first_deployed: seconds(info.first_deployed),
        last_deployed: seconds(info.last_deployed),
      },
    };
  }

  #helm(args: readonly string[]): Promise<string> {
    const context = this.context === undefined ? [] : [`--kube-context=${this.context}`];
    return this.helm.run([...args, ...context]);
  }
}

function refuseUnknown(planned: Attributes): void {
  const known = new Set([...Object.keys(SWITCHES), ...UNDERSTOOD]);
  for (const [name, value] of Object.entries(planned)) {
    if (known.has(name) || value === null || value === false) continue;
    throw new Error(`the live plugin doesn't know what ${name} means to helm; add it to live-releases.ts`);
  }
}

function inNamespace({ namespace }: Attributes): string[] {
  return [`--namespace=${namespace}`];
}

function optional(flag: string, value: unknown): string[] {
  return typeof value === "string" && value !== "" ? [`${flag}=${value}`] : [];
}

function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}
