import type { Attributes } from "../../sandbox/protocol/value-codec";
import type { StandIn } from "../../sandbox/provider/stand-in";
import { resourceRule } from "../../sandbox/rules/catalogue";
import type { LiveApi } from "./live-api";
import { collectionPath, LIVE_KINDS, type LiveKind } from "./live-kinds";
import { fromManifest, idOf, type Manifest, mergePatch, toManifest } from "./live-manifest";
import type { LiveResources } from "./live-resources";
import { until } from "./until";

/** The plugin waits so long for a namespace to be gone. Seconds. */
const DELETED_WITHIN = 300;

/**
 * The objects of a real API server as resources of hashicorp/kubernetes. What is sent is what the plugin sends (v2.38.0,
 * `kubernetes/resource_kubernetes_*_v1.go`): a create that fails where there is one already, a patch of what differs between state and
 * plan, a delete; a quota is waited for until it counts, a namespace until it is gone.
 */
export class LiveObjects implements LiveResources {
  readonly types = Object.keys(LIVE_KINDS);
  context: string | undefined;

  constructor(
    private readonly standIn: StandIn,
    private readonly api: LiveApi,
  ) {}

  async create(type: string, planned: Attributes): Promise<Attributes> {
    const manifest = toManifest(kindOf(type), this.#block(type), planned);
    const { namespace } = manifest.metadata as { readonly namespace?: string };
    const created = await this.#ask("POST", collectionPath(kindOf(type), namespace), manifest);
    await this.#settle(type, idOf(created));
    return this.#attributes(type, created, planned);
  }

  async read(type: string, state: Attributes): Promise<Attributes | undefined> {
    const found = await this.#find(type, String(state.id));
    return found === undefined ? undefined : this.#attributes(type, found, state);
  }

  async update(type: string, prior: Attributes, planned: Attributes): Promise<Attributes> {
    const [before, after] = [prior, planned].map((each) => toManifest(kindOf(type), this.#block(type), each));
    const id = String(prior.id);
    const patched = await this.#ask("PATCH", pathOf(type, id), mergePatch(before, after) ?? {});
    await this.#settle(type, id);
    return this.#attributes(type, patched, planned);
  }

  async delete(type: string, prior: Attributes): Promise<void> {
    const id = String(prior.id);
    await this.api.ask(this.context, "DELETE", pathOf(type, id));
    const isGone = async () => (await this.#find(type, id)) === undefined;
    await until(`the deleted ${type} ${id} is gone`, isGone, DELETED_WITHIN);
  }

  /** `resource_kubernetes_resource_quota_v1.go` waits up to a minute until the status has the limits of the spec. */
  async #settle(type: string, id: string): Promise<void> {
    if (type !== "kubernetes_resource_quota_v1") return;
    const counts = async () => {
      const { spec, status } = (await this.#find(type, id)) as Record<string, { readonly hard?: object } | undefined>;
      return mergePatch(spec?.hard, status?.hard) === undefined;
    };
    await until(`the quota ${id} counts`, counts, 60);
  }

  #find(type: string, id: string): Promise<Manifest | undefined> {
    return this.api.ask<Manifest>(this.context, "GET", pathOf(type, id));
  }

  async #ask(method: string, path: string, body: object): Promise<Manifest> {
    return (await this.api.ask<Manifest>(this.context, method, path, body)) ?? {};
  }

  #attributes(type: string, object: Manifest, kept: Attributes): Attributes {
    const real = fromManifest(kindOf(type), this.#block(type), object, kept);
    return resourceRule("kubernetes", type).reads?.(real, kept) ?? real;
  }

  #block(type: string) {
    return this.standIn.schema("resource", type);
  }
}

function pathOf(type: string, id: string): string {
  const [name, namespace] = id.split("/").reverse();
  return `${collectionPath(kindOf(type), namespace)}/${name}`;
}

function kindOf(type: string): LiveKind {
  const kind = LIVE_KINDS[type];
  if (kind !== undefined) return kind;
  throw new Error(
    `the live plugin has no ${type}; it has ${Object.keys(LIVE_KINDS).join(", ")}; add it to live-kinds.ts`,
  );
}
