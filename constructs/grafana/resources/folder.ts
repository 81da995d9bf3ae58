import type { IResolvable } from "cdktf";
import type { Construct } from "constructs";
import { GrafanaResource, type GrafanaResourceConfig } from "./grafana-resource";

/** https://github.com/grafana/terraform-provider-grafana/blob/v4.21.0/docs/resources/folder.md */
export interface FolderConfig extends GrafanaResourceConfig {
  readonly title: string;
  /** Letters, digits, - and _. A change replaces the folder. @default - Grafana makes one */
  readonly uid?: string | undefined;
  /** @default - at the top */
  readonly parentFolderUid?: string | undefined;
  /** @default false - dashboards and rules in it are deleted with it */
  readonly preventDestroyIfNotEmpty?: boolean | IResolvable | undefined;
}

/** `grafana_folder` */
export class Folder extends GrafanaResource {
  static readonly tfResourceType = "grafana_folder";

  constructor(scope: Construct, id: string, config: FolderConfig) {
    super(scope, id, Folder.tfResourceType, config);
  }

  get uid(): string {
    return this.getStringAttribute("uid");
  }

  get url(): string {
    return this.getStringAttribute("url");
  }
}
