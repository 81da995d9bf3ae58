import { ServiceFolder } from "../../../constructs/grafana/service-folder";
import { SignalsDashboard } from "../../../constructs/grafana/signals-dashboard";
import { resourceOf, synthesized } from "../synthesized";

describe("ServiceFolder", () => {
  it("isn't destroyed while something of others is in it", () => {
    const made = resourceOf(
      (stack) => void new ServiceFolder(stack, "folder", { uid: "relay_production", title: "relay ${production}" }),
      "grafana_folder",
    );
    expect(made).toEqual({
      uid: "relay_production",
      title: "relay $${production}",
      prevent_destroy_if_not_empty: true,
    });
  });
});

describe("SignalsDashboard", () => {
  const json = '{"title":"relay","uid":"relay_production_signals","x":"${service} > 1"}';

  it("is the given JSON, whose variables are Grafana's and not Terraform's", () => {
    const stack = synthesized((scope) => {
      const { folderUid } = new ServiceFolder(scope, "folder", { uid: "f", title: "F" });
      new SignalsDashboard(scope, "dashboard", { json, folderUid });
    });
    expect(stack.resource.grafana_dashboard?.dashboard).toMatchObject({
      config_json: '{"title":"relay","uid":"relay_production_signals","x":"$${service} > 1"}',
      folder: "${grafana_folder.folder.uid}",
    });
    expect(stack.resource.grafana_dashboard?.dashboard).not.toHaveProperty("overwrite");
  });

  it("must have a uid: Grafana would make one that nothing links to", () => {
    expect(() =>
      synthesized((scope) => void new SignalsDashboard(scope, "dashboard", { json: '{"title":"x"}', folderUid: "f" })),
    ).toThrow(
      'dashboard "dashboard": came the uid undefined, expected a text; give the dashboard dashboardUid() as its uid',
    );
  });
});
