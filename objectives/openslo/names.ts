import { createHash } from "node:crypto";

/** What OpenSLO's v1 objects say they are. https://github.com/OpenSLO/OpenSLO#general-schema */
export const API_VERSION = "openslo/v1";

/** Annotations for what a declaration says and OpenSLO has no field for. Values are JSON, but for plain text. */
export const ANNOTATION = {
  /** Key of the objective in the declaration. */
  objective: "gatehouse/objective",
  stage: "gatehouse/stage",
  /** The stage's matchers, which are part of every query. */
  scope: "gatehouse/scope",
  owner: "gatehouse/owner",
  runbook: "gatehouse/runbook",
  minimumEvents: "gatehouse/minimum-events",
  gateMinutes: "gatehouse/gate-minutes",
  budget: "gatehouse/budget",
  /** Key of the signal in the declaration. */
  signal: "gatehouse/signal",
  /** Of the signal: what its queries do not tell. */
  unit: "gatehouse/unit",
  buckets: "gatehouse/buckets",
  status: "gatehouse/status",
} as const;

/** Names are those of RFC 1123: 63 of a–z, 0–9 and -. */
const LONGEST = 63;
const HASH_LENGTH = 8;

/** No part has two dashes in a row, so that names of other parts are other names. */
const BETWEEN = "--";

/** A name from parts that may have `_` or be too long; then it ends in a hash of all of them. */
export function openSloName(...parts: readonly string[]): string {
  const name = parts.join(BETWEEN);
  if (/^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*$/.test(name) && name.length <= LONGEST) return name;
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, HASH_LENGTH);
  const readable = name.toLowerCase().replace(/[^a-z0-9-]+/g, "-");
  const beginning = readable.slice(0, LONGEST - HASH_LENGTH - 1).replace(/^-+|-+$/g, "");
  return beginning === "" ? hash : `${beginning}-${hash}`;
}
