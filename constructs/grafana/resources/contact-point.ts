import type { IResolvable } from "cdktf";
import type { Construct } from "constructs";
import { GrafanaResource, type GrafanaResourceConfig } from "./grafana-resource";

/** What every kind of receiver takes. */
interface ContactPointReceiver {
  /** @default false - told when it is over, too */
  readonly disableResolveMessage?: boolean | IResolvable | undefined;
  /** Sensitive; further settings of the kind. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

export interface ContactPointEmail extends ContactPointReceiver {
  readonly addresses: readonly string[];
  readonly subject?: string | undefined;
  readonly message?: string | undefined;
  /** @default false - one message for each address */
  readonly singleEmail?: boolean | IResolvable | undefined;
}

/** Either `url` or `token` and `recipient`. */
export interface ContactPointSlack extends ContactPointReceiver {
  /** Sensitive. */
  readonly url?: string | undefined;
  /** Sensitive. */
  readonly token?: string | undefined;
  readonly recipient?: string | undefined;
  readonly title?: string | undefined;
  readonly text?: string | undefined;
  readonly color?: string | undefined;
  readonly endpointUrl?: string | undefined;
  readonly iconEmoji?: string | undefined;
  readonly iconUrl?: string | undefined;
  readonly mentionChannel?: string | undefined;
  readonly mentionGroups?: string | undefined;
  readonly mentionUsers?: string | undefined;
  readonly username?: string | undefined;
}

export interface ContactPointPagerduty extends ContactPointReceiver {
  /** Sensitive. */
  readonly integrationKey: string;
  readonly severity?: string | undefined;
  readonly class?: string | undefined;
  readonly component?: string | undefined;
  readonly group?: string | undefined;
  readonly summary?: string | undefined;
  readonly details?: Readonly<Record<string, string>> | undefined;
  readonly client?: string | undefined;
  readonly clientUrl?: string | undefined;
  readonly source?: string | undefined;
  readonly url?: string | undefined;
}

export interface ContactPointWebhook extends ContactPointReceiver {
  readonly url: string;
  /** @default "POST" */
  readonly httpMethod?: string | undefined;
  readonly authorizationScheme?: string | undefined;
  /** Sensitive. */
  readonly authorizationCredentials?: string | undefined;
  /** @default 0 - all */
  readonly maxAlerts?: number | undefined;
  readonly title?: string | undefined;
  readonly message?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly basicAuthUser?: string | undefined;
  /** Sensitive. */
  readonly basicAuthPassword?: string | undefined;
  /** Sensitive. */
  readonly tlsConfig?: Readonly<Record<string, string>> | undefined;
}

/**
 * Of the provider's 21 kinds of receivers, the four that Gatehouse's users have asked for; of a webhook without its blocks
 * for HMAC, OAuth and payloads.
 * https://github.com/grafana/terraform-provider-grafana/blob/v4.21.0/docs/resources/contact_point.md
 */
export interface ContactPointConfig extends GrafanaResourceConfig {
  /** A change replaces the contact point. */
  readonly name: string;
  /** A change replaces the contact point. @default false */
  readonly disableProvenance?: boolean | IResolvable | undefined;
  /** At least one receiver of any kind. */
  readonly email?: readonly ContactPointEmail[] | undefined;
  readonly slack?: readonly ContactPointSlack[] | undefined;
  readonly pagerduty?: readonly ContactPointPagerduty[] | undefined;
  readonly webhook?: readonly ContactPointWebhook[] | undefined;
}

/** `grafana_contact_point` */
export class ContactPoint extends GrafanaResource {
  static readonly tfResourceType = "grafana_contact_point";

  constructor(scope: Construct, id: string, config: ContactPointConfig) {
    super(scope, id, ContactPoint.tfResourceType, config);
  }

  get name(): string {
    return this.getStringAttribute("name");
  }
}
