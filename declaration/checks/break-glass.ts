import { type BreakGlass, MOST_HOURS_OPEN, Opening } from "../break-glass";
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
  openingProblems(breakGlass, actor?.team, { service, report });
}

function openingProblems(
  { role, openings = [] }: BreakGlass,
  team: string | undefined,
  { service, report }: Pick<CheckContext, "service" | "report">,
): void {
  openings.forEach(({ from, until, approver }, index) => {
    const path = [...PATH, "openings", index];
    const hours = (timeOf(until) - timeOf(from)) / 3_600_000;
    if (hours <= 0 || hours > MOST_HOURS_OPEN) {
      report([...path, "until"], {
        came:
          hours <= 0 ? `${until}, which is not after ${from}` : `${until}, ${Math.round(hours)} hours after ${from}`,
        expected: `a time after "from", at most ${MOST_HOURS_OPEN} hours`,
        remedy: "end it sooner, and open it again if the emergency lasts",
      });
    }
    refersTo(
      report,
      [...path, "approver"],
      approver,
      Object.keys(service.owners),
      "roles in owners",
      "name who agreed",
    );
    const agreed = Object.hasOwn(service.owners, approver) ? service.owners[approver]?.team : undefined;
    if (team !== undefined && agreed === team) {
      report([...path, "approver"], {
        came: `${show(approver)}, of the team ${show(team)}, which may use it`,
        expected: `a role of another team than that of ${show(role)}`,
        remedy: "ask somebody else: nobody grants their own exception",
      });
    }
  });
}

/** Milliseconds; NaN for what is no time, which has been said already. */
function timeOf(text: string): number {
  return Opening.shape.from.safeParse(text).success ? Date.parse(text) : Number.NaN;
}
