import type { Flag } from "../../declaration/flags";

/** A flag that says no more than it must. Its last day is 2027-02-01. */
export const FLAG = {
  kind: "boolean",
  description: "Another way",
  owner: "maintainers",
  reviewed: "2026-11-27",
  expires: "2027-02-01",
  default: false,
  killSwitch: false,
} as const satisfies Flag;
