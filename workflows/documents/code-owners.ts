import type { z } from "zod";
import type { Organization } from "../../declaration/organization";
import type { Area } from "../../declaration/owners";
import type { Service } from "../../declaration/service";
import { generatedBy } from "../generated-by";
import { plainText } from "../plain-text";
import type { RenderedFile } from "../rendered-file";
import { teamMention } from "./team-mention";

/**
 * Who reviews what: for every path of an area those who are responsible for it and the one who is accountable. The last pattern that matches
 * a file wins, so areas stand in the declaration's order.
 */
export function codeOwners(
  service: Pick<Service, "name" | "owners" | "responsibilities">,
  organization: Organization,
): RenderedFile {
  const areas = Object.entries(service.responsibilities).map(([name, area]) => {
    const owners = reviewers(area).map((role) => teamMention(role, service, organization));
    const lines = area.paths.map((path) => `${path} ${[...new Set(owners)].join(" ")}`);
    return [`# ${name}: ${plainText(area.description)}`, ...lines].join("\n");
  });
  const header = generatedBy(service.name).map((line) => `# ${line}`);
  return { path: ".github/CODEOWNERS", content: `${[header.join("\n"), ...areas].join("\n\n")}\n`, executable: false };
}

function reviewers(area: z.infer<typeof Area>): readonly string[] {
  return [...new Set([...area.responsible, area.accountable])];
}
