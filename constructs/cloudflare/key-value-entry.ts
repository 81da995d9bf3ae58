import { WorkersKv } from "@cdktf/provider-cloudflare/lib/workers-kv";
import { Construct } from "constructs";
import { literal } from "../literal";

export interface KeyValueEntryProps {
  readonly accountId: string;
  /** Id of the namespace, as a reference. */
  readonly namespaceId: string;
  /** At most 512 bytes. */
  readonly key: string;
  /** At most 25 MiB; it stands in the state in clear. */
  readonly value: string;
}

/** One entry of a Workers KV namespace that is Gatehouse's: all others are the application's. */
export class KeyValueEntry extends Construct {
  constructor(scope: Construct, id: string, { accountId, namespaceId, key, value }: KeyValueEntryProps) {
    super(scope, id);
    new WorkersKv(this, "Default", { accountId, namespaceId, keyName: key, value: literal(value) });
  }
}
