import type { Service } from "../../declaration/service";
import { packagesLock } from "../ci/locked-packages";
import type { RenderedFile } from "../rendered-file";
import { checkMigrationsScript } from "./check-script";
import { gatedMigrations } from "./gated-migrations";
import { MIGRATIONS_PACKAGES } from "./migrations-job";
import { migrationsTool } from "./migrations-tool";
import { MIGRATIONS_LOCK } from "./names";

/** What the gate of migrations runs; nothing for a service without one. */
export function migrationsFiles(service: Pick<Service, "name" | "ci">): readonly RenderedFile[] {
  const gated = gatedMigrations(service);
  if (gated === undefined) return [];
  return [
    checkMigrationsScript(gated),
    migrationsTool(gated),
    packagesLock(service.name, MIGRATIONS_LOCK, MIGRATIONS_PACKAGES),
  ];
}
