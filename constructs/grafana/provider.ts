import { TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { GRAFANA_PLUGIN } from "./resources/grafana-resource";

const PROVIDER_ID = "grafana";

/** The Grafana provider, which has no prebuilt binding. */
export class GrafanaProvider extends TerraformProvider {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      terraformResourceType: "grafana",
      terraformGeneratorMetadata: GRAFANA_PLUGIN,
      terraformProviderSource: "grafana/grafana",
    });
  }
}

/**
 * The Grafana provider of the stack that `scope` is in; the first call adds it.
 *
 * Nothing is configured here: the plugin takes `GRAFANA_URL` and `GRAFANA_AUTH` from the environment of whoever runs
 * Terraform, so no credential is ever an input of synthesis. The version that is required is the one that the resources
 * were typed from, exactly: a stack's directory is made anew at every synthesis and no lock file outlives it.
 */
export function grafanaProvider(scope: Construct): GrafanaProvider {
  const stack = TerraformStack.of(scope);
  const existing = stack.node.tryFindChild(PROVIDER_ID);
  return existing instanceof GrafanaProvider ? existing : new GrafanaProvider(stack, PROVIDER_ID);
}
