import { Construct } from "constructs";
import { literal } from "../literal";
import { ContactPoint } from "./resources/contact-point";

export interface OrganizationContactPointProps {
  /** Unique in the organization. */
  readonly name: string;
  /** Each address gets a message of its own; or a URL that is posted to. */
  readonly receiver: { readonly addresses: readonly string[] } | { readonly url: string };
}

/**
 * Where notifications go, without a secret. A new one is made before the old one goes: Grafana doesn't delete a contact
 * point that a policy still names, and would be left with half of it.
 */
export class OrganizationContactPoint extends Construct {
  /** Name as a reference: policies that use it are made after it. */
  readonly contactPointName: string;

  constructor(scope: Construct, id: string, props: OrganizationContactPointProps) {
    super(scope, id);
    const { receiver } = props;
    const contactPoint = new ContactPoint(this, "Default", {
      name: literal(props.name),
      ...("addresses" in receiver
        ? { email: [{ addresses: receiver.addresses.map(literal) }] }
        : { webhook: [{ url: literal(receiver.url) }] }),
      lifecycle: { createBeforeDestroy: true },
    });
    this.contactPointName = contactPoint.name;
  }
}
