import { signalsDashboard } from "../../objectives/signals-dashboard";
import { organization } from "../../services/organization";
import { relay } from "../../services/relay";
import { type BuiltBoard, builtBoard, EVERY_KIND, relayWith } from "./support/dashboard-boards";
import { schemaErrors } from "./support/dashboard-schema";

describe("the schemas that Grafana publishes", () => {
  test("take relay's board, one with every kind of panel, and one without panels", async () => {
    const json = (service: Parameters<typeof signalsDashboard>[0]) =>
      signalsDashboard(service, "production", organization).json;
    const errors = await schemaErrors({
      relay: json(relay),
      "every-kind": json(relayWith(EVERY_KIND)),
      empty: json(relayWith({})),
    });

    expect(errors).toEqual({ relay: [], "every-kind": [], empty: [] });
  });

  test("refuse a board that is broken in one place", async () => {
    const errors = await schemaErrors({
      "unknown-field": broken((board) => ({ ...board, autoRefresh: true })),
      "wrong-type": broken((board) => ({ ...board, schemaVersion: "42" })),
      "no-annotations": broken(({ annotations: _, ...board }) => board),
      "panel-without-type": brokenPanel(({ type: _, ...panel }) => panel),
      "panel-of-no-kind": brokenPanel((panel) => ({ ...panel, type: "graph" })),
      "option-of-another-kind": brokenPanel((panel) => ({
        ...panel,
        options: { ...panel.options, colorMode: "value" },
      })),
      "no-such-mode": brokenPanel((panel) => ({
        ...panel,
        options: { ...panel.options, tooltip: { mode: "all", sort: "desc" } },
      })),
      "query-without-expression": brokenPanel(({ targets: [query], ...panel }) => ({
        ...panel,
        targets: [{ refId: query?.refId, datasource: query?.datasource }],
      })),
    });

    expect(errors).toEqual({
      "unknown-field": [expect.stringContaining(`'"autoRefresh"' does not exist`)],
      "wrong-type": [expect.stringContaining("Type 'string' is not assignable to type 'number'")],
      "no-annotations": [expect.stringContaining("Property 'annotations' is missing")],
      "panel-without-type": [expect.stringContaining("is not assignable")],
      "panel-of-no-kind": [expect.stringContaining("Type '\"graph\"' is not assignable to type")],
      "option-of-another-kind": [expect.stringContaining("colorMode: string; }' is not assignable")],
      "no-such-mode": [expect.stringContaining("Type '\"all\"' is not assignable to type")],
      "query-without-expression": [expect.stringContaining("Property 'expr' is missing")],
    });
  });
});

function broken(change: (board: BuiltBoard) => unknown): string {
  return JSON.stringify(change(builtBoard()));
}

function brokenPanel(change: (panel: BuiltBoard["panels"][number]) => unknown): string {
  return broken(({ panels: [first, ...others], ...board }) => ({
    ...board,
    panels: [first && change(first), ...others],
  }));
}
