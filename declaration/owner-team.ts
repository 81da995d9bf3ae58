import type { Service } from "./service";

/** The team that is called when something of the service breaks: it answers for what runs. */
export function ownerTeam({ owners, onCall }: Pick<Service, "owners" | "onCall">): string {
  return owners[onCall.escalateTo]?.team ?? onCall.escalateTo;
}
