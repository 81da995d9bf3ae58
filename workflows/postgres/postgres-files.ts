import type { Service } from "../../declaration/service";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import { dumpScript } from "./dump-script";
import { withPostgres } from "./dumped-database";
import { postgresWorkflow } from "./postgres-workflow";
import { restoreScript } from "./restore-script";

/** Dump and restore, one command each, and the workflow that runs them. None without a Postgres database. */
export function postgresFiles(service: Service): readonly RenderedFile[] {
  const entry = withPostgres(service);
  const workflow = postgresWorkflow(service);
  if (entry === undefined || workflow === undefined) return [];
  return [renderWorkflow(workflow), dumpScript(entry), restoreScript(entry)];
}
