import type { Attributes } from "../../protocol/value-codec";
import type { World } from "../../world";
import type { WorldObject } from "../../world-object";
import type { Inspection } from "../inspection";
import type { Needs } from "../needs";

const IDENTIFIER = /^[0-9a-f]{32}$/;

/** Accounts and zones: developers.cloudflare.com, "Find account and zone IDs": 32 hexadecimal digits. */
export function checkIds(config: Inspection, ...paths: readonly string[]): void {
  for (const path of paths) {
    config.matches(path, IDENTIFIER, "an id of 32 lower-case hexadecimal digits");
  }
}

/** Names of Workers: developers.cloudflare.com, "Wrangler configuration": name. */
export const WORKER_NAME = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** A Worker by its name, whichever resource made it. */
export function needsWorker(accountId: unknown, name: unknown, path: string, needs: Needs): WorldObject {
  const script = needs.world.find(
    "cloudflare_workers_script",
    (attributes) => attributes.account_id === accountId && attributes.script_name === name,
  );
  return (
    script ??
    needs.some(
      "cloudflare_worker",
      String(name),
      [path],
      (attributes) => (accountId === undefined || attributes.account_id === accountId) && attributes.name === name,
    )
  );
}

/** The parts of an import's id, as the provider's importpath takes them apart. */
export function importedBy(
  type: string,
  ...attributes: readonly string[]
): (id: string, world: World) => WorldObject | undefined {
  return (id, world) => {
    const parts = id.split("/");
    return world.find(type, (real: Attributes) =>
      attributes.every((name, i) => real[name] === parts[i] || (parts[i] === undefined && name === "jurisdiction")),
    );
  };
}
