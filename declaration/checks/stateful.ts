import { show } from "../problem";
import { statefulThings } from "../stateful-things";
import type { CheckContext } from "./context";

const WHAT: Readonly<Record<string, string>> = {
  d1: "D1 database",
  kv: "KV namespace",
  bucket: "R2 bucket",
  "backup-bucket": "bucket of backups",
};

/**
 * Data stays where it is: a stateful thing that was recorded is still declared, under the same key and with the same name, and a new one is
 * recorded before it is made. Terraform alone would answer a renamed key by destroying the old thing: `prevent_destroy` goes with its block.
 */
export function statefulProblems({ service, stateful, report }: CheckContext): void {
  const declared = statefulThings(service);
  for (const [address, name] of Object.entries(stateful)) {
    const [stage = "", kind = "", key = ""] = address.split("/");
    const what = `${WHAT[kind] ?? kind} "${name}" of ${stage}`;
    const path =
      kind === "backup-bucket"
        ? ["edge", "d1", key, "backup", "bucket"]
        : ["edge", kind === "bucket" ? "buckets" : kind, key, "names", stage];
    const now = declared[address];
    if (now === name) continue;
    report(path, {
      came: now === undefined ? `nothing, where the ${what} was` : `${show(now)}, where the ${what} was`,
      expected: `${show(name)}: another name or key is another, empty thing, and the data of this one would be lost`,
      remedy: `write ${show(name)} again. To really move: declare the new thing under a key of its own, restore a backup into it, switch the binding, and remove the old thing in a later change together with its line in the stateful record (services/<service>.stateful.json)`,
    });
  }
  for (const [address, name] of Object.entries(declared)) {
    if (Object.hasOwn(stateful, address)) continue;
    const [stage = "", kind = "", key = ""] = address.split("/");
    report(
      kind === "backup-bucket"
        ? ["edge", "d1", key, "backup", "bucket"]
        : ["edge", kind === "bucket" ? "buckets" : kind, key, "names", stage],
      {
        came: `${show(name)}, which is not in the stateful record`,
        expected: "a record of everything that holds data, so that renaming it is noticed",
        remedy: "record it: npx gatehouse check --record",
      },
    );
  }
}
