import { type GatePlanProps, gatePlan } from "../../objectives/gate/gate-plan";
import { relay } from "../../services/relay";
import { type Answer, always, instant } from "./prometheus-server";

export interface Counts {
  readonly bad?: string | undefined;
  readonly total?: string | undefined;
}

/** What Prometheus says of each objective; 5,000 events and none of them bad, unless it is told otherwise. */
export interface Figures {
  readonly measured?: Readonly<Record<string, Counts>>;
  readonly stable?: Readonly<Record<string, Counts>>;
  /** How old the newest samples are. Seconds; undefined: there are none. */
  readonly age?: number | undefined;
  /** @default - all signals have the labels of versions */
  readonly unversioned?: readonly string[];
}

const HEALTHY: Counts = { bad: "0", total: "5000" };

/** Answers the queries of a gate on relay's production, and no others. */
export function figures(figures: Figures, props: Omit<GatePlanProps, "stage"> = {}): Answer {
  const { objectives } = gatePlan(relay, { stage: "production", ...props });
  return ({ query, time }, response, request) => {
    const age = "age" in figures ? figures.age : 5;
    for (const { name, measured, stable, versioned, wholeStage } of objectives) {
      const own = figures.measured?.[name] ?? HEALTHY;
      const other = figures.stable?.[name] ?? HEALTHY;
      const says: [string | undefined, string | undefined][] = [
        [measured.newest, age === undefined ? undefined : `${Number(time) - age}`],
        [wholeStage?.newest, age === undefined ? undefined : `${Number(time) - age}`],
        [measured.bad, own.bad],
        [measured.total, own.total],
        [wholeStage?.bad, own.bad],
        [wholeStage?.total, own.total],
        [stable?.bad, other.bad],
        [stable?.total, other.total],
        [versioned, figures.unversioned?.includes(name) ? undefined : "1"],
      ];
      const found = says.find(([of]) => of === query);
      if (found !== undefined) return always(200, instant(found[1]))({} as never, response, request);
    }
    throw new Error(`nobody expected ${query}`);
  };
}
