import { outside } from "../declaration/document-paths";
import type { Organization } from "../declaration/organization";
import { type Problem, show } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { serviceFiles } from "./service-files";

const MOST_SHOWN = 5;

/** Documents that Gatehouse would write into the repository and that the service's own allow-list would then refuse, in every pull request. */
export function documentProblems(service: Service, organization: Organization): readonly Problem[] {
  return Object.entries(service.ci.jobs).flatMap(([id, job]) => {
    if (job.kind !== "docs-policy") return [];
    const paths = serviceFiles(service, organization, {}).map(({ path }) => path);
    const refused = outside(paths, job.allow);
    if (refused.length === 0) return [];
    const more = refused.length > MOST_SHOWN ? ` and ${refused.length - MOST_SHOWN} more` : "";
    return [
      {
        subject: `service ${show(service.name)}`,
        path: `ci.jobs.${id}.allow`,
        came: `paths without ${refused.slice(0, MOST_SHOWN).map(show).join(", ")}${more}, which Gatehouse writes`,
        expected: "paths with every document that the repository gets",
        remedy: `add ${[...new Set(refused.map(directory))].map(show).join(" and ")}`,
      },
    ];
  });
}

/** What allows a file with its neighbours; a file at the root has none that belong to it. */
function directory(path: string): string {
  const [top, ...rest] = path.split("/");
  return rest.length === 0 ? path : `${top}/**`;
}
