import { Tokenization } from "cdktf";

/** Arguments whose values are maps of somebody's own keys, which stay as they are. */
const MAPS: ReadonlySet<string> = new Set([
  "labels",
  "annotations",
  "headers",
  "httpHeaders",
  "details",
  "settings",
  "tlsConfig",
]);

/** A resource's configuration under Terraform's names, with nothing that isn't set. */
export function terraformNames(config: object): Record<string, unknown> {
  const set = Object.entries(config).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    set.map(([name, value]) => [
      name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
      MAPS.has(name) ? value : renamed(value),
    ]),
  );
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  // What Terraform is to compute stands for itself until cdktf resolves it.
  if (typeof value !== "object" || value === null || Tokenization.isResolvable(value)) return value;
  return terraformNames(value);
}
