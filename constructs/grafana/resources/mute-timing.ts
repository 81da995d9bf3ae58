import type { IResolvable } from "cdktf";
import type { Construct } from "constructs";
import { GrafanaResource, type GrafanaResourceConfig } from "./grafana-resource";

/** All that is given must hold. */
export interface MuteTimingInterval {
  /** `hh:mm`, the end not included; `24:00` ends a day. */
  readonly times?: readonly { readonly start: string; readonly end: string }[] | undefined;
  /** Such as `monday` or `tuesday:thursday`. */
  readonly weekdays?: readonly string[] | undefined;
  readonly daysOfMonth?: readonly string[] | undefined;
  readonly months?: readonly string[] | undefined;
  readonly years?: readonly string[] | undefined;
  /** IANA time zone. @default - UTC */
  readonly location?: string | undefined;
}

/** https://github.com/grafana/terraform-provider-grafana/blob/v4.21.0/docs/resources/mute_timing.md */
export interface MuteTimingConfig extends GrafanaResourceConfig {
  /** A change replaces the mute timing. */
  readonly name: string;
  /** A change replaces the mute timing. @default false */
  readonly disableProvenance?: boolean | IResolvable | undefined;
  readonly intervals?: readonly MuteTimingInterval[] | undefined;
}

/** `grafana_mute_timing` */
export class MuteTiming extends GrafanaResource {
  static readonly tfResourceType = "grafana_mute_timing";

  constructor(scope: Construct, id: string, config: MuteTimingConfig) {
    super(scope, id, MuteTiming.tfResourceType, config);
  }

  get name(): string {
    return this.getStringAttribute("name");
  }
}
