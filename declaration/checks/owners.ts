import { show } from "../problem";
import type { CheckContext } from "./context";
import { refersTo } from "./refers-to";

const CAN_WRITE = new Set(["push", "maintain", "admin"]);

/** Owners are teams of the organization; areas name owners, and owners that review can write. */
export function ownersProblems({ organization, service, report }: CheckContext): void {
  for (const [role, owner] of Object.entries(service.owners)) {
    refersTo(
      report,
      ["owners", role, "team"],
      owner.team,
      Object.keys(organization.teams),
      "organization's teams",
      "add the team to services/organization.ts, or name one of its teams",
    );
  }
  const teams = new Map<string, string>();
  for (const [role, owner] of Object.entries(service.owners)) {
    const earlier = teams.get(owner.team);
    if (earlier !== undefined && service.owners[earlier]?.access !== owner.access) {
      report(["owners", role, "access"], {
        came: `${show(owner.access)} for the team ${show(owner.team)}, which has ${show(service.owners[earlier]?.access)} as "${earlier}"`,
        expected: "one permission a team",
        remedy: "give both roles the same access, or use two teams",
      });
    }
    teams.set(owner.team, role);
  }
  for (const [name, area] of Object.entries(service.responsibilities)) {
    for (const part of ["responsible", "consulted", "informed"] as const) {
      area[part].forEach((role, index) => {
        knownRole(["responsibilities", name, part, index], role);
      });
    }
    knownRole(["responsibilities", name, "accountable"], area.accountable);
    for (const role of new Set([...area.responsible, area.accountable])) {
      const owner = service.owners[role];
      if (owner === undefined || CAN_WRITE.has(owner.access)) continue;
      report(["owners", role, "access"], {
        came: show(owner.access),
        expected: `"push", "maintain" or "admin": ${role} reviews the area "${name}", and GitHub ignores code owners that can't write`,
        remedy: "raise the access, or make another role responsible",
        source:
          "https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners#codeowners-file-location",
      });
    }
  }
  if (Object.keys(service.responsibilities).length === 0 && service.main?.codeOwners === true) {
    report(["responsibilities"], {
      came: "no area",
      expected: "at least one area: main.codeOwners asks for the review of an owner",
      remedy: 'declare an area with paths ["*"]',
    });
  }

  function knownRole(path: readonly PropertyKey[], role: string): void {
    refersTo(
      report,
      path,
      role,
      Object.keys(service.owners),
      "roles in owners",
      "declare the role in owners, or name one of them",
    );
  }
}
