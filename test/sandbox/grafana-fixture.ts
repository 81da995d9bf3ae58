import { Workbench } from "./workbench";

export type Attributes = Readonly<Record<string, unknown>>;

export const stage = {
  ref_id: "A",
  datasource_uid: "metrics",
  model: "{}",
  relative_time_range: [{ from: 600, to: 0 }],
};

export const rule = { name: "Down", uid: "down", condition: "A", data: [stage] };
export const recording = { name: "r", uid: "r", data: [stage], record: [{ metric: "m", from: "A" }] };
export const group = { name: "alerts", folder_uid: "relay", interval_seconds: 60, rule: [rule] };
export const mail = { name: "mail", email: [{ addresses: ["a@example.com"] }] };
export const tree = { contact_point: "mail", group_by: ["alertname"] };
export const night = { name: "night", intervals: [{ times: [{ start: "22:00", end: "24:00" }] }] };
export const board = { config_json: '{"title":"T","uid":"board"}' };

/** A Grafana with a folder, a data source, a contact point and a mute timing. */
export function furnished(): Workbench {
  const bench = new Workbench();
  bench.make("grafana_folder", { title: "relay", uid: "relay" });
  bench.make("grafana_data_source", { name: "Metrics", type: "prometheus", uid: "metrics" });
  bench.make("grafana_contact_point", mail);
  bench.make("grafana_mute_timing", night);
  return bench;
}

export function withRule(change: Attributes): Attributes {
  return { ...group, rule: [{ ...rule, ...change }] };
}
