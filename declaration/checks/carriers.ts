import { environmentsOf } from "../environments";
import { show } from "../problem";
import type { CheckContext } from "./context";

/**
 * What only Terraform knows reaches workflows through variables: the id of every database and namespace that a stage's Worker binds, and of the
 * account wherever a backup runs. And there is one backup a service: its scripts and workflows have fixed names.
 */
export function carrierProblems({ service, report }: CheckContext): void {
  const { edge, settings } = service;
  if (edge === undefined) return;
  const carried = new Set<string>();
  for (const setting of Object.values(settings)) {
    if (setting.kind !== "variable") continue;
    for (const [environment, value] of Object.entries(setting.environments)) {
      if (typeof value !== "string") carried.add(`${environment} ${value.from}`);
    }
  }
  const environments = new Set(environmentsOf(service).map(({ name }) => name));
  for (const [kind, things] of [
    ["d1", edge.d1],
    ["kv", edge.kv],
  ] as const) {
    for (const [key, { names }] of Object.entries(things ?? {})) {
      for (const stage of Object.keys(names)) needed(stage, `${kind}.${key}.id`, "the Worker's binding names it");
    }
  }
  const backups = Object.entries(edge.d1 ?? {}).filter(([, { backup }]) => backup !== undefined);
  for (const [, { backup }] of backups) {
    if (backup === undefined) continue;
    for (const environment of new Set([backup.environment, backup.drill.environment])) {
      needed(environment, "cloudflare.accountId", "backup and restore run in this account");
    }
  }
  backups.slice(1).forEach(([key]) => {
    report(["edge", "d1", key, "backup"], {
      came: `a second backup, beside that of ${show(backups[0]?.[0])}`,
      expected: "one database with a backup: its workflows and scripts have fixed names",
      remedy: "put the tables into one database, or this database into a service of its own",
    });
  });

  function needed(environment: string, from: string, why: string): void {
    if (!environments.has(environment) || carried.has(`${environment} ${from}`)) return;
    report(["settings"], {
      came: `no variable of the environment ${show(environment)} with { from: ${show(from)} }`,
      expected: `a variable that carries ${from}: ${why}`,
      remedy: `write ${show(environment)}: { from: ${show(from)} } among the environments of a variable`,
    });
  }
}
