import { show } from "../../declaration/problem";
import { ruleUid } from "../names";
import { ruleNames } from "../rule-names";
import type { Observed, Reported } from "./reported";

/** Rules of one name or one uid in a stage, of which one would overwrite the other. Case is no difference. */
export function nameProblems({ service, telemetry }: Observed): readonly Reported[] {
  const problems: Reported[] = [];
  const [stage = "stage"] = Object.keys(telemetry.stages);
  const taken = new Map<string, string>();
  for (const { name, origin } of ruleNames(service)) {
    const owner = `${origin[0]}.${origin[1]}`;
    const addresses = [`name ${name}`, `uid ${ruleUid(service.name, stage, name)}`].map((each) => each.toLowerCase());
    const other = addresses.map((address) => taken.get(address)).find((before) => before !== undefined);
    for (const address of addresses) if (!taken.has(address)) taken.set(address, owner);
    if (other === undefined) continue;
    problems.push({
      path: origin,
      came: `a rule named ${show(name)}, which ${other} has too`,
      expected: "a name of its own, upper and lower case aside: rules of one name overwrite one another",
      remedy: origin[0] === "alerts" ? "rename the alert" : "rename the objective: its rules are named after it",
    });
  }
  return problems;
}
