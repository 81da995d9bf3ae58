import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { AllowedDns } from "./allowed-dns";
import { AllowedEgress, type Destination } from "./allowed-egress";
import { AllowedIngress } from "./allowed-ingress";
import { ContainerLimits } from "./container-limits";
import { DefaultDeny } from "./default-deny";
import { NamespaceQuota, type Quota } from "./namespace-quota";
import type { NamespacedProps } from "./namespaced";

/** A port, and the namespace whose pods may connect to it. */
export interface Opening {
  /** Name of the namespace. */
  readonly from: string;
  /** TCP. */
  readonly port: number;
}

export interface NamespaceSafetyProps extends NamespacedProps {
  readonly quota: Quota;
  /** Where requests come from. */
  readonly entrance: Opening;
  /** Where metrics are read from. @default - nobody may */
  readonly scraping?: Opening | undefined;
  /** Where pods may connect to, besides the cluster's DNS. @default - nowhere */
  readonly egress?: readonly Destination[] | undefined;
}

/** What bounds all pods of a namespace: who may connect to whom, and how much they may use. */
export class NamespaceSafety extends Construct {
  /** What must be there before a pod is made. */
  readonly bounds: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { quota, entrance, scraping, egress, ...within }: NamespaceSafetyProps) {
    super(scope, id);
    this.bounds = [
      new DefaultDeny(this, "default-deny", within).policy,
      new AllowedDns(this, "allow-dns", within).policy,
      new AllowedIngress(this, "allow-entrance", { ...within, name: "allow-entrance", ...entrance }).policy,
      ...(scraping === undefined
        ? []
        : [new AllowedIngress(this, "allow-scraping", { ...within, name: "allow-scraping", ...scraping }).policy]),
      ...(egress === undefined
        ? []
        : [new AllowedEgress(this, "allow-egress", { ...within, destinations: egress }).policy]),
      new NamespaceQuota(this, "quota", { ...within, quota }).quota,
      new ContainerLimits(this, "limits", { ...within, quota }).limits,
    ];
  }
}
