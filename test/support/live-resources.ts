import type { Attributes } from "../../sandbox/protocol/value-codec";

/** Makes resources real. What it throws is what Terraform shows. */
export interface LiveResources {
  /** Resource types that it knows. */
  readonly types: readonly string[];
  /** Context of the kubeconfig, as the provider's block has it. @default - the current one */
  context: string | undefined;
  /** Looks at what is planned, and throws what is wrong with it. @default - every plan is fine */
  inspect?(type: string, planned: Attributes): Promise<void>;
  /** What the new one is, unknown values known. */
  create(type: string, planned: Attributes): Promise<Attributes>;
  /** What the real one is; undefined when it is gone. */
  read(type: string, state: Attributes): Promise<Attributes | undefined>;
  update(type: string, prior: Attributes, planned: Attributes): Promise<Attributes>;
  /** What is gone already is fine. */
  delete(type: string, prior: Attributes): Promise<void>;
}
