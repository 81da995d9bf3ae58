import type { Panel } from "../../declaration/dashboard";
import type { Objective } from "../../declaration/objectives";
import { show } from "../../declaration/problem";
import type { Signal } from "../../declaration/telemetry";
import { dataSourceUid } from "../names";
import type { ObservedStage } from "../observed-stage";

/** What the panels of one stage are made from. */
export interface Board {
  readonly at: ObservedStage;
  /** Where panels and annotations ask. */
  readonly source: { readonly type: "prometheus"; readonly uid: string };
}

export type PanelOf<Kind extends Panel["kind"]> = Extract<Panel, { kind: Kind }>;

export function boardOf(at: ObservedStage): Board {
  return { at, source: { type: "prometheus", uid: dataSourceUid(at.telemetry.dataSource) } };
}

/** Throws when there is no such signal, or it is of another kind. */
export function signalOfKind<Kind extends Signal["kind"]>(
  { at }: Board,
  key: string,
  kind: Kind,
): Extract<Signal, { kind: Kind }> {
  const signal = at.telemetry.signals[key];
  if (signal?.kind === kind) return signal as Extract<Signal, { kind: Kind }>;
  const came = signal === undefined ? "is not declared" : `is of kind ${show(signal.kind)}`;
  throw new Error(`signal ${show(key)} ${came}; name one of kind ${show(kind)}, or take a panel of another kind`);
}

/** Throws when there is no such objective. */
export function objectiveOf({ at }: Board, key: string): Objective {
  const objective = at.service.objectives?.[key];
  if (objective === undefined) throw new Error(`objective ${show(key)} is not declared; name one of the service's`);
  return objective;
}

/** Key of the signal that a panel shows, itself or by an objective; undefined when it shows none. */
export function shownSignal({ at }: Board, panel: Panel): string | undefined {
  if ("signal" in panel) return panel.signal;
  return "objective" in panel ? at.service.objectives?.[panel.objective]?.signal : undefined;
}
