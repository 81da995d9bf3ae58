import { type Attributes, conform } from "../../sandbox/protocol/value-codec";
import { StandIn } from "../../sandbox/provider/stand-in";
import { blockType } from "../../sandbox/schema/schema";
import { PROVIDERS } from "../../sandbox/schema/schemas";
import { World } from "../../sandbox/world";

export const ACCOUNT = "0123456789abcdef0123456789abcdef";
export const ZONE = "fedcba9876543210fedcba9876543210";

/** What one resource of a workbench has in its state. */
export interface Held {
  readonly type: string;
  readonly id: string;
  readonly state: Attributes;
}

/** The stand-ins without Terraform: configurations in, refusals and states out. */
export class Workbench {
  public readonly world = new World();

  public standIn(type: string): StandIn {
    const provider = PROVIDERS.find((name) => type.startsWith(`${name}_`)) ?? "github";
    return new StandIn(provider, this.world, () => "2026-01-02T03:04:05.000Z");
  }

  public config(type: string, attributes: Attributes): Attributes {
    return conform(attributes, blockType(this.standIn(type).schema("resource", type))) as Attributes;
  }

  /** What a validation says, as `summary | detail`. */
  public refusals(type: string, attributes: Attributes): readonly string[] {
    const diagnostics = this.standIn(type).validate(type, this.config(type, attributes));
    return diagnostics.map(({ summary, detail }) => `${summary} | ${detail}`);
  }

  /** Plans and applies, as Terraform would. */
  public make(type: string, attributes: Attributes, before?: Held): Held {
    const standIn = this.standIn(type);
    const { planned } = standIn.plan(type, this.config(type, attributes), before?.state);
    const outcome = standIn.apply({ type, id: before?.id, prior: before?.state, planned });
    if (outcome === undefined) {
      throw new Error("nothing was made");
    }
    return { type, ...outcome };
  }

  public destroy({ type, id, state }: Held): void {
    this.standIn(type).apply({ type, id, prior: state, planned: undefined });
  }

  /** What a refresh makes of it. */
  public refresh({ type, id, state }: Held): Attributes | undefined {
    return this.standIn(type).read(type, id, state);
  }

  /** The attributes that a plan would replace it for. */
  public replaces({ type, state }: Held, attributes: Attributes): readonly string[] {
    const { replaces } = this.standIn(type).plan(type, this.config(type, attributes), state);
    return replaces.map((path) => path.join("."));
  }

  public repository(name = "pos"): Held {
    return this.make("github_repository", { name, vulnerability_alerts: true });
  }

  public environment(repository = "pos", environment = "production", more: Attributes = {}): Held {
    const deployment_branch_policy = [{ protected_branches: false, custom_branch_policies: true }];
    return this.make("github_repository_environment", { repository, environment, deployment_branch_policy, ...more });
  }

  public bucket(name = "backup"): Held {
    return this.make("cloudflare_r2_bucket", { account_id: ACCOUNT, name });
  }
}
