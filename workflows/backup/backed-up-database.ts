import type { Backup, Database, Edge } from "../../declaration/edge";
import type { Service } from "../../declaration/service";

/** The database of a service that is backed up, and what its scripts and workflows are made of. */
export interface BackedUpDatabase {
  /** Key of the database in the declaration. */
  readonly key: string;
  /** Name at Cloudflare, of the stage that is backed up. */
  readonly name: string;
  readonly database: Database;
  readonly backup: Backup;
  readonly edge: Edge;
}

/**
 * The database with a backup; undefined when there is none.
 * @throws when a second database asks for a backup: the workflows and scripts have fixed names and serve one
 */
export function backedUpDatabase(service: Pick<Service, "name" | "edge">): BackedUpDatabase | undefined {
  const { edge } = service;
  if (edge === undefined) return undefined;
  const found = Object.entries(edge.d1 ?? {}).flatMap(([key, database]) => {
    const { backup } = database;
    if (backup === undefined) return [];
    const name = database.names[backup.stage];
    if (name === undefined) {
      throw new Error(
        `service "${service.name}": edge.d1.${key}.backup.stage is "${backup.stage}", which is not among the stages of its names ` +
          `(${Object.keys(database.names).join(", ")}); name one of these`,
      );
    }
    return [{ key, name, database, backup, edge }];
  });
  if (found.length > 1) {
    throw new Error(
      `service "${service.name}": ${found.map(({ key }) => `edge.d1.${key}`).join(" and ")} have a backup, expected one; ` +
        "the backup scripts serve one database: put the tables into one database, or the other one into a service of its own",
    );
  }
  return found[0];
}
