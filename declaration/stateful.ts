import { z } from "zod";
import { matching } from "./values";

/**
 * The names under which a service's data exists: `<stage>/<kind>/<key>` → name; the key of a namespace is its cluster. Written down once a thing is declared, and compared at every
 * synth, because Terraform would answer a renamed or removed declaration with a new, empty thing.
 */
export const StatefulRecord = z.record(
  matching(
    /^[a-z][\w-]*\/(?:d1|kv|bucket|backup-bucket|namespace)\/[a-z][\w/-]*$/,
    "<stage>/<kind>/<key>",
    "write it again: npx gatehouse check --record",
  ),
  matching(/^[\w-]{1,100}$/, "the name of the thing", "write it again: npx gatehouse check --record"),
);
export type StatefulRecord = z.infer<typeof StatefulRecord>;
