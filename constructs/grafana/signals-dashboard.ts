import { Construct } from "constructs";
import { literal } from "../literal";
import { Dashboard } from "./resources/dashboard";

export interface SignalsDashboardProps {
  /** JSON of the dashboard, with its `uid`. */
  readonly json: string;
  /** Uid of the folder. */
  readonly folderUid: string;
}

/**
 * A dashboard as it is rendered.
 *
 * Creating it doesn't overwrite one of the same uid that somebody made: Grafana answers 412. What people change afterwards is
 * a difference that the next apply undoes; only the panels' ids are not compared (`NormalizeDashboardConfigJSON` in
 * internal/resources/grafana/resource_dashboard.go of github.com/grafana/terraform-provider-grafana), so alerts may point to
 * another panel until something else in the dashboard changes.
 */
export class SignalsDashboard extends Construct {
  /** @throws Error if the JSON has no uid: Grafana would make one, and what links to the dashboard would lead nowhere */
  constructor(scope: Construct, id: string, props: SignalsDashboardProps) {
    super(scope, id);
    const { uid } = JSON.parse(props.json) as { readonly uid?: unknown };
    if (typeof uid !== "string" || uid === "")
      throw new Error(
        `dashboard "${id}": came the uid ${JSON.stringify(uid)}, expected a text; give the dashboard dashboardUid() as its uid`,
      );
    new Dashboard(this, "Default", { configJson: literal(props.json), folder: props.folderUid });
  }
}
