import { z } from "zod";
import { hostname, matching, wanted } from "./values";

const bucket = matching(
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "the name of a bucket: 3 to 63 of a–z, 0–9, . and -",
  "write the bucket's name",
);
const https = matching(
  /^(?=.{1,300}$)https:\/\/[\w.-]+(?::\d{1,5})?(?:\/[\w./-]*)?$/,
  "an https URL",
  "write the endpoint, beginning with https://",
);

/**
 * Where Terraform keeps its state. Credentials come from the backend's own environment variables, never from here.
 * - `local`: files on this machine; for one person and a first look. A run in CI refuses to plan or deploy with it.
 * - `s3`: an S3 bucket (or R2, with its endpoint), locked by a lock file.
 * - `pg`: a PostgreSQL database, one schema a stack; its address comes from `PG_CONN_STR`.
 * - `cloud`: HCP Terraform or Terraform Enterprise, one workspace a stack.
 */
export const StateBackend = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("local") }),
    z.strictObject({
      kind: z.literal("s3"),
      bucket,
      /** AWS region; `auto` for R2. */
      region: matching(
        /^[a-z0-9-]{2,30}$/,
        'a region such as "eu-central-1", or "auto" for R2',
        "write the bucket's region",
      ),
      /** @default - AWS itself */
      endpoint: https.optional(),
      /** Prefix of the keys. @default "gatehouse" */
      prefix: matching(
        /^(?=.{1,100}$)[\w-]+(?:\/[\w-]+)*$/,
        "a key prefix of at most 100 characters, without slashes at its ends",
        "write it like teams/platform",
      ).optional(),
    }),
    z.strictObject({
      kind: z.literal("pg"),
      /** Prefix of the schemas. @default "gatehouse" */
      schemaPrefix: matching(
        /^[a-z_][a-z0-9_]{0,20}$/,
        "a prefix of a–z, 0–9 and _",
        "write a short prefix",
      ).optional(),
    }),
    z.strictObject({
      kind: z.literal("cloud"),
      organization: matching(
        /^[A-Za-z0-9][\w-]{0,62}$/,
        "the name of an HCP Terraform organization: letters, digits, - and _",
        "write the organization's name",
      ),
      /** Host name of a Terraform Enterprise installation. @default "app.terraform.io" */
      hostname: hostname.optional(),
    }),
  ],
  {
    error: wanted('a state backend of kind "local", "s3", "pg" or "cloud"', 'write { kind: "local" } for a first look'),
  },
);
export type StateBackend = z.infer<typeof StateBackend>;

/** The PostgreSQL schema that holds the state of a stack. Stack names have no underscores, so no two become one. */
export function stateSchema(backend: { readonly schemaPrefix?: string | undefined }, stack: string): string {
  return `${backend.schemaPrefix ?? "gatehouse"}_${stack.replaceAll("-", "_")}`;
}
