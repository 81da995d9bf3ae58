import { WorkersKvNamespace } from "@cdktf/provider-cloudflare/lib/workers-kv-namespace";
import { Construct } from "constructs";

export interface KeyValueStoreProps {
  readonly accountId: string;
  /** Title of the namespace, unique in the account. */
  readonly name: string;
  /**
   * Id of a namespace that exists already and is to be taken over.
   * @default - a new namespace is created
   */
  readonly adopt?: string | undefined;
}

/** A Workers KV namespace. Its keys are the application's. Destroying it would lose them and is refused. */
export class KeyValueStore extends Construct {
  /** Id of the namespace, as a reference. */
  readonly namespaceId: string;

  constructor(scope: Construct, id: string, props: KeyValueStoreProps) {
    super(scope, id);
    const namespace = new WorkersKvNamespace(this, "Default", {
      accountId: props.accountId,
      title: props.name,
      lifecycle: { preventDestroy: true },
    });
    if (props.adopt !== undefined) namespace.importFrom(`${props.accountId}/${props.adopt}`);
    this.namespaceId = namespace.id;
  }
}
