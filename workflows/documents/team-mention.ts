import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";

/** The team behind a role as GitHub mentions it: `@login/team`. */
export function teamMention(role: string, service: Pick<Service, "owners">, organization: Organization): string {
  const owner = Object.hasOwn(service.owners, role) ? service.owners[role] : undefined;
  if (owner === undefined) {
    throw new Error(
      `the role "${role}" is not among owners (${Object.keys(service.owners).join(", ")}); declare it there`,
    );
  }
  return `@${organization.github.login}/${owner.team}`;
}
