import { show } from "../problem";
import type { Service } from "../service";
import { statefulThings, thingsInPhase } from "../stateful-things";
import type { CheckContext } from "./context";

const WHAT: Readonly<Record<string, string>> = {
  d1: "D1 database",
  kv: "KV namespace",
  bucket: "R2 bucket",
  "backup-bucket": "bucket of backups",
  namespace: "Kubernetes namespace",
};

const RECORD = "remove the old thing in a later change together with its line in the stateful record";
const TO_MOVE = `To really move: declare the new thing under a key of its own, restore a backup into it, switch the binding, and ${RECORD} (services/<service>.stateful.json)`;
const TO_MOVE_A_NAMESPACE = `To really move: declare a stage of its own with the new one, bring over what the old one holds, and ${RECORD} (services/<service>.stateful.json)`;

/**
 * Data stays where it is: a stateful thing that was recorded is still declared, under the same key and with the same name, and a new one is
 * recorded before it is made. Terraform alone would answer a renamed key by destroying the old thing: `prevent_destroy` goes with its block.
 */
export function statefulProblems({ service, stateful, report }: CheckContext): void {
  const declared = statefulThings(service);
  for (const [address, name] of Object.entries(stateful)) {
    const [stage = "", kind = "", key = ""] = address.split("/");
    const what = `${WHAT[kind] ?? kind} "${name}" of ${stage}`;
    const now = declared[address];
    if (now === name) continue;
    report(placeOf(service, address), {
      came:
        now === undefined
          ? `${elsewhere(service, address)}, where the ${what} was`
          : `${show(now)}, where the ${what} was`,
      expected: `${show(name)}${kind === "namespace" ? ` in the cluster ${show(key)}` : ""}: another name or key is another, empty thing, and the data of this one would be lost`,
      remedy: `write ${show(name)} again. ${kind === "namespace" ? TO_MOVE_A_NAMESPACE : TO_MOVE}`,
    });
  }
  for (const [address, name] of Object.entries(thingsInPhase({ service, stateful }))) {
    if (Object.hasOwn(stateful, address)) continue;
    report(placeOf(service, address), {
      came: `${show(name)}, which is not in the stateful record`,
      expected: "a record of everything that holds data, so that renaming it is noticed",
      remedy: "record it: npx gatehouse check --record",
    });
  }
}

/** Where a declaration says the name of the thing at an address of the record. */
function placeOf(service: Pick<Service, "cluster">, address: string): readonly string[] {
  const [stage = "", kind = "", key = ""] = address.split("/");
  if (kind === "backup-bucket") return ["edge", "d1", key, "backup", "bucket"];
  if (kind !== "namespace") return ["edge", kind === "bucket" ? "buckets" : kind, key, "names", stage];
  const cluster = service.cluster?.stages[stage]?.cluster;
  return ["cluster", "stages", stage, ...(cluster === undefined ? [] : [cluster === key ? "namespace" : "cluster"])];
}

/** What is declared in place of a thing whose address is gone: the stage in another cluster, or nothing. */
function elsewhere(service: Pick<Service, "cluster">, address: string): string {
  const [stage = "", kind = ""] = address.split("/");
  const moved = kind === "namespace" ? service.cluster?.stages[stage] : undefined;
  return moved === undefined ? "nothing" : `${show(moved.namespace)} in the cluster ${show(moved.cluster)}`;
}
