import type { Secret } from "../../declaration/settings";

/** A secret of production that says no more than it must. */
export const SECRET = {
  kind: "secret",
  description: "A token",
  owner: "maintainers",
  local: "absent",
  environments: ["production"],
  rotateEveryDays: 90,
} as const satisfies Secret;
