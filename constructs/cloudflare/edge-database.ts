import { D1Database } from "@cdktf/provider-cloudflare/lib/d1-database";
import { Construct } from "constructs";

export interface EdgeDatabaseProps {
  readonly accountId: string;
  /** Name of the database, unique in the account. Renaming one is replacing it, which is refused. */
  readonly name: string;
  /**
   * Whether Cloudflare keeps read replicas around the world. Its API to create a database doesn't know the setting
   * (https://developers.cloudflare.com/api/resources/d1/subresources/database/methods/create), so `auto` may take a second apply.
   */
  readonly readReplication: "auto" | "disabled";
  /**
   * Region of the primary. Cloudflare ignores it where a jurisdiction is given.
   * @default - near whoever applies first
   */
  readonly locationHint?: "wnam" | "enam" | "weur" | "eeur" | "apac" | "oc" | undefined;
  /**
   * Law the data must stay under.
   * @default - none
   */
  readonly jurisdiction?: "eu" | "fedramp" | undefined;
  /**
   * Id (UUID) of a database that exists already and is to be taken over.
   * @default - a new database is created
   */
  readonly adopt?: string | undefined;
}

/**
 * A D1 database. A change of name, jurisdiction or location hint would replace it and lose its data
 * (cloudflare/terraform-provider-cloudflare v5.14.0, `internal/services/d1_database/schema.go`): destroying is refused.
 */
export class EdgeDatabase extends Construct {
  /** Id (UUID) of the database, as a reference. */
  readonly databaseId: string;

  constructor(scope: Construct, id: string, props: EdgeDatabaseProps) {
    super(scope, id);
    const database = new D1Database(this, "Default", {
      accountId: props.accountId,
      name: props.name,
      // Always said: the provider reads it back, and a mode that isn't configured shows as a difference for ever.
      readReplication: { mode: props.readReplication },
      ...(props.locationHint !== undefined && { primaryLocationHint: props.locationHint }),
      ...(props.jurisdiction !== undefined && { jurisdiction: props.jurisdiction }),
      lifecycle: {
        preventDestroy: true,
        // Cloudflare doesn't tell where a database was put, so an adopted one would be replaced to be put there.
        ...(props.adopt !== undefined && { ignoreChanges: ["primary_location_hint", "jurisdiction"] }),
      },
    });
    if (props.adopt !== undefined) database.importFrom(`${props.accountId}/${props.adopt}`);
    this.databaseId = database.id;
  }
}
