import {
  type AnnotationQuery,
  AnnotationQueryBuilder,
  type AnnotationTarget,
  AnnotationTargetBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Board } from "./board";
import { rangeQuery } from "./query";
import { newVersions } from "./running-versions";

/** What is marked on the time of all panels. */
export type Marks = Omit<AnnotationQuery, "target" | "placement"> & {
  readonly target: AnnotationQuery["target"] | AnnotationTarget;
};

/** Changes of an alert's state that are fetched, the newest ones. */
const MOST_CHANGES = 500;

/**
 * Alerts that fired, on every panel: those of Grafana's rules that name this board (`__dashboardUid__` and `__panelId__`), whose changes of state
 * Grafana keeps as annotations of the board. It takes the place of the query that Grafana builds into every board, which differs in one thing: it
 * says `type: "dashboard"`, and shows each alert on its own panel only, where a panel with one number shows none.
 * Source: filterAnnotations.ts in github.com/grafana/scenes, packages/scenes/src/querying/layers/annotations.
 *
 * Series of alerts are no help: Grafana writes `GRAFANA_ALERTS` only where an administrator sends the history of states to a Prometheus.
 * Source: https://grafana.com/docs/grafana/latest/alerting/set-up/configure-alert-state-history/
 */
export function firingAlerts(): Marks {
  const query = new AnnotationQueryBuilder()
    .name("Alerts")
    .builtIn(1)
    .datasource({ type: "grafana", uid: "-- Grafana --" })
    .enable(true)
    .hide(false)
    .iconColor("red");
  const ofThisBoard = new AnnotationTargetBuilder().type("dashboard").limit(MOST_CHANGES).matchAny(false).tags([]);
  return marks(query, ofThisBoard.build());
}

/** Where a commit began to run; none without `telemetry.deployments`. */
export function deploymentMarks(board: Board): readonly Marks[] {
  const { deployments } = board.at.telemetry;
  if (deployments === undefined) return [];
  const promql = newVersions(deployments, board.at.scope.where);
  const target = rangeQuery(board, "Deployments", promql).interval("1m").build();
  const query = new AnnotationQueryBuilder()
    .name("Deployments")
    .datasource(board.source)
    .enable(true)
    .hide(false)
    .iconColor("purple")
    // Read by Grafana 11; later ones read the target.
    .expr(target.expr)
    .step("1m")
    .titleFormat(`Deployed {{${deployments.sha}}}`);
  return [marks(query, target)];
}

/** With their switch on the board: the builder's default is a menu, and it knows no other place. */
function marks(builder: AnnotationQueryBuilder, target: Marks["target"]): Marks {
  const { placement: _menu, ...query } = builder.build();
  return { ...query, target };
}
