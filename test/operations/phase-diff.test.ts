import type { Change } from "../../operations/phase-diff";
import { statefulLosses } from "../../operations/phase-diff";

test.each([
  "cloudflare_d1_database",
  "cloudflare_r2_bucket",
  "kubernetes_namespace_v1",
  "github_repository",
  "helm_release",
])("a %s that would be removed is a loss; added, or changed, it is none", (type) => {
  const resource = (change: Change) => ({ stack: "a", address: `${type}.x`, change, attributes: [] });
  const diff = { files: [], leftAlone: [], recorded: [] };
  expect(statefulLosses({ ...diff, resources: [resource("added"), resource("changed")] })).toEqual([]);
  expect(statefulLosses({ ...diff, resources: [resource("removed")] })).toEqual([resource("removed")]);
});

test("what holds no data is no loss", () => {
  const resources = [{ stack: "a", address: "grafana_dashboard.x", change: "removed" as const, attributes: [] }];
  expect(statefulLosses({ resources, files: [], leftAlone: [], recorded: [] })).toEqual([]);
});
