import { PREVIEW_STAGE } from "./cluster-names";
import type { Flag } from "./flags";
import type { Service } from "./service";
import { stageStackName } from "./stack-names";

/** Name of the document with a stage's flags: the key in the KV namespace, and the file in the pods' directory. */
export const FLAGS_FILE = "flags.json";

/** Directory in which pods find the document. */
export const FLAGS_DIRECTORY = "/etc/gatehouse/flags";

/** The ConfigMap with the document. A DNS label. */
export function flagsConfigMap({ name }: Pick<Service, "name">): string {
  return `${name}-flags`;
}

/** Most bytes of a ConfigMap: `MaxSecretSize` in pkg/apis/core/types.go of Kubernetes, which its validation has for both. */
export const MOST_CONFIG_MAP_BYTES = 1024 * 1024;

/** Most bytes of a value in Workers KV. https://developers.cloudflare.com/kv/platform/limits/ */
export const MOST_KV_BYTES = 25 * 1024 * 1024;

type Flagged = Pick<Service, "name" | "flags">;

/** The flags of a stage as whatever runs there reads them; undefined when the service has none. */
export function stageFlags(service: Flagged, stage: string): string | undefined {
  return document(service, stage, (flag) => valueIn(flag, stage));
}

/** The same for previews of pull requests. */
export function previewFlags(service: Flagged): string | undefined {
  return document(service, PREVIEW_STAGE, (flag) => flag.preview ?? flag.default);
}

/** What a flag is in a stage. */
export function valueIn(flag: Flag, stage: string): boolean | string {
  const { values = {} } = flag;
  return (Object.hasOwn(values, stage) ? values[stage] : undefined) ?? flag.default;
}

/**
 * Flag definitions as flagd has them (https://flagd.dev/schema/v0/flags.json), which OpenFeature's own in-memory provider takes too: each flag with its
 * variants, the one that holds, and whose it is for how long. Equal declarations give equal bytes, in whatever order they are written.
 */
function document(service: Flagged, place: string, pick: (flag: Flag) => boolean | string): string | undefined {
  const { flags } = service;
  if (flags === undefined) return undefined;
  const definitions = Object.entries(flags.registry)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, flag]) => [
      key,
      {
        state: "ENABLED",
        variants: variantsOf(flag),
        defaultVariant: variantName(pick(flag)),
        metadata: { owner: flag.owner, expires: flag.expires, killSwitch: flag.kind === "boolean" && flag.killSwitch },
      },
    ]);
  const content = {
    $schema: "https://flagd.dev/schema/v0/flags.json",
    metadata: { flagSetId: stageStackName(service.name, place) },
    flags: Object.fromEntries(definitions),
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

function variantsOf(flag: Flag): Readonly<Record<string, boolean | string>> {
  return flag.kind === "boolean"
    ? { on: true, off: false }
    : Object.fromEntries(flag.choices.map((choice) => [choice, choice]));
}

function variantName(value: boolean | string): string {
  return typeof value === "string" ? value : value ? "on" : "off";
}
