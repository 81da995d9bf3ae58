import type { Service } from "../../declaration/service";
import { code, prose, table } from "./markdown";

/** RACI by area: who does the work, the one who answers for it, who is asked before and who is told after. */
export function responsibilityTable(service: Pick<Service, "responsibilities">): readonly string[] {
  const roles = (names: readonly string[]) => names.map((name) => code(name)).join(", ");
  return table(
    ["Area", "What belongs to it", "Responsible", "Accountable", "Consulted", "Informed"],
    Object.entries(service.responsibilities).map(([name, area]) => [
      code(name),
      prose(area.description),
      roles(area.responsible),
      code(area.accountable),
      roles(area.consulted),
      roles(area.informed),
    ]),
  );
}
