import { budgetStates } from "../../declaration/burn-alerts";
import type { Service } from "../../declaration/service";
import { percent } from "./figures";
import { code, table } from "./markdown";

/** From which share of its error budget on each objective is green, yellow and red. */
export function budgetTable(
  { objectives }: Pick<Service, "objectives">,
  titles: readonly [green: string, yellow: string, red: string],
): readonly string[] {
  return table(
    ["Objective", ...titles],
    Object.entries(objectives ?? {}).map(([name, objective]) => {
      const { yellowFrom, redFrom } = budgetStates(objective);
      return [
        code(name),
        `less than ${percent(yellowFrom)} used`,
        `${percent(yellowFrom)} to ${percent(redFrom)}`,
        `more than ${percent(redFrom)}`,
      ];
    }),
  );
}
