import { show } from "../problem";
import type { CheckContext } from "./context";
import { refersTo } from "./refers-to";

const PATH = ["main", "breakGlass"];
const MERGES = ["push", "maintain", "admin"];

/** Who may pass the rules of `main` by can merge at all, and is not the one who looks at it afterwards. */
export function breakGlassProblems({ service, report }: CheckContext): void {
  const { breakGlass } = service.main;
  if (breakGlass === undefined) return;
  const roles = Object.keys(service.owners);
  refersTo(report, [...PATH, "role"], breakGlass.role, roles, "roles in owners", "name who may");
  refersTo(report, [...PATH, "reviewer"], breakGlass.reviewer, roles, "roles in owners", "name who looks at it");
  const labels = Object.keys(service.labels);
  refersTo(report, [...PATH, "label"], breakGlass.label, labels, "labels", "declare the label");
  breakGlass.when.forEach((situation, index) => {
    if (breakGlass.when.indexOf(situation) === index) return;
    report([...PATH, "when", index], {
      came: `${show(situation)} a second time`,
      expected: "each situation once",
      remedy: "remove one",
    });
  });
  const ownerOf = (role: string) => (Object.hasOwn(service.owners, role) ? service.owners[role] : undefined);
  const [actor, reviewer] = [ownerOf(breakGlass.role), ownerOf(breakGlass.reviewer)];
  if (actor !== undefined && !MERGES.includes(actor.access)) {
    report([...PATH, "role"], {
      came: `${show(breakGlass.role)}, whose access is ${show(actor.access)}`,
      expected: "a role that may merge",
      remedy: `give owners.${breakGlass.role} access: "push", or name another role`,
    });
  }
  if (actor !== undefined && actor.team === reviewer?.team) {
    report([...PATH, "reviewer"], {
      came: `${show(breakGlass.reviewer)}, of the team ${show(reviewer.team)}, which may use it`,
      expected: "a role of another team",
      remedy: "name somebody who was not in it: nobody judges their own exception",
    });
  }
}
