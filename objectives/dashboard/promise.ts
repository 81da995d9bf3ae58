import type { Objective } from "../../declaration/objectives";
import { objectiveSeries } from "../objective-rules";
import type { ObjectiveSeries } from "../objective-series";
import { type Board, objectiveOf } from "./board";
import { rounded } from "./rounded";

/** An objective as a panel shows it. */
export interface Promised {
  readonly objective: Objective;
  /** Where it is looked up: what was recorded, where the data source says who records. */
  readonly series: ObjectiveSeries;
  /** What is promised, in words and numbers. */
  readonly words: string;
}

export function promised(board: Board, key: string): Promised {
  const objective = objectiveOf(board, key);
  return {
    objective,
    series: objectiveSeries(board.at, key, objective, board.at.dataSource.recordedBy !== undefined),
    words: `${objective.description}: ${rounded(objective.target * 100)} % over ${objective.windowDays} days`,
  };
}
