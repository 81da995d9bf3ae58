import type { Postgres } from "../../declaration/postgres";
import type { Service } from "../../declaration/service";
import type { ShellConstant } from "../shell-script";

/** What scripts and workflow are made of. */
export type WithPostgres = Service & { readonly postgres: Postgres };

/** The service, when it has a Postgres database. */
export function withPostgres(service: Service): WithPostgres | undefined {
  return service.postgres === undefined ? undefined : { ...service, postgres: service.postgres };
}

/** A table as Postgres lists it, with its schema. */
export function qualified(table: string): string {
  return table.includes(".") ? table : `public.${table}`;
}

/** Constants that both scripts share. */
export function postgresConstants({ name, postgres, railway }: WithPostgres): Readonly<Record<string, ShellConstant>> {
  const sameStage = railway?.stage === postgres.stage ? railway.migrations : undefined;
  const migrations = postgres.migrations ?? sameStage;
  return {
    SERVICE: name,
    MAJOR: postgres.version,
    KEY_TABLES: JSON.stringify(
      Object.fromEntries(Object.entries(postgres.keyTables).map(([table, rows]) => [qualified(table), rows])),
    ),
    MIGRATIONS_SQL: migrations === undefined ? "" : newestMigration(migrations.table, migrations.column),
  };
}

/** The newest migration by name, in the order of its bytes: the same on every machine. Neither name holds a quote: the language refuses it. */
function newestMigration(table: string, column: string): string {
  const [schema, relation] = qualified(table).split(".");
  return `SELECT json_build_object('migration', max("${column}"::text COLLATE "C"), 'applied', count(*)) FROM "${schema}"."${relation}";`;
}
