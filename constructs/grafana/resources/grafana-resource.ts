import { type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { terraformNames } from "./terraform-names";

/** The plugin whose resources are typed in this directory: https://github.com/grafana/terraform-provider-grafana/tree/v4.21.0 */
export const GRAFANA_PLUGIN = {
  providerName: "grafana",
  providerVersion: "4.21.0",
  providerVersionConstraint: "4.21.0",
} as const;

/** What all of the provider's resources take. */
export interface GrafanaResourceConfig extends TerraformMetaArguments {
  /** Number of Grafana's organization. @default - that of the credentials */
  readonly orgId?: string | undefined;
}

/** A resource of the Grafana provider, with its configuration as it was given. */
export abstract class GrafanaResource extends TerraformResource {
  private readonly given: Record<string, unknown>;

  constructor(scope: Construct, id: string, type: string, config: GrafanaResourceConfig) {
    super(scope, id, { ...config, terraformResourceType: type, terraformGeneratorMetadata: GRAFANA_PLUGIN });
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection, ...given } = config;
    this.given = terraformNames(given);
  }

  get id(): string {
    return this.getStringAttribute("id");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.given;
  }
}
