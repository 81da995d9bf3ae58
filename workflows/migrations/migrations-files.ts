import type { Service } from "../../declaration/service";
import { packagesLock } from "../ci/locked-packages";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import { checkMigrationsScript } from "./check-script";
import { dryRunDocument } from "./dry-run-document";
import { dryRunScript } from "./dry-run-script";
import { dryRunWorkflow } from "./dry-run-workflow";
import { dryRunsScript } from "./dry-runs-script";
import { gatedMigrations, triedMigrations } from "./gated-migrations";
import { MIGRATIONS_PACKAGES } from "./migrations-job";
import { migrationsTool } from "./migrations-tool";
import { MIGRATIONS_LOCK } from "./names";

/** What the gate of migrations runs; nothing for a service without one. */
export function migrationsFiles(service: Pick<Service, "name" | "main" | "ci" | "settings">): readonly RenderedFile[] {
  const gated = gatedMigrations(service);
  const tried = triedMigrations(service);
  const workflow = dryRunWorkflow(service);
  if (gated === undefined) return [];
  return [
    checkMigrationsScript(gated),
    migrationsTool(gated),
    packagesLock(service.name, MIGRATIONS_LOCK, MIGRATIONS_PACKAGES),
    ...(tried === undefined || workflow === undefined
      ? []
      : [renderWorkflow(workflow), dryRunScript(tried), dryRunsScript(tried), dryRunDocument(tried)]),
  ];
}
