import type { Permissions } from "../workflow";

type Grant = NonNullable<Permissions[keyof Permissions]>;

/** What a grant allows, without the reason for it. */
export function accessOf(grant: Grant): "read" | "write" {
  return typeof grant === "string" ? grant : grant.access;
}

/** All that any of some permissions allows; of two grants of one scope the wider. */
export function united(all: readonly Permissions[]): Permissions {
  const union: Partial<Record<string, Grant>> = {};
  for (const permissions of all) {
    for (const [scope, grant] of Object.entries(permissions)) {
      if (union[scope] === undefined || accessOf(grant) === "write") union[scope] = grant;
    }
  }
  return union;
}
