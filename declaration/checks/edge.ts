import type { Backup } from "../edge";
import { environmentsOf } from "../environments";
import { didYouMean, oneOf, show } from "../problem";
import { ageRecipient } from "./age-recipient";
import { artifactDays } from "./artifact-days";
import type { CheckContext } from "./context";
import { readsSetting } from "./reads-setting";
import { refersTo } from "./refers-to";
import { tokenMay } from "./token-permissions";

/** What runs at the edge belongs to stages and zones that exist; backups run where their keys are. */
export function edgeProblems(context: CheckContext): void {
  const { organization, service, report } = context;
  const { edge } = service;
  if (edge === undefined) return;
  const zones = Object.keys(organization.cloudflare?.zones ?? {});
  if (organization.cloudflare === undefined) {
    report(["edge"], {
      came: "a service at the edge, in an organization without a Cloudflare account",
      expected: "the account it runs in",
      remedy: "declare cloudflare in services/organization.ts",
    });
  }
  const workers = Object.keys(edge.workers);
  if (workers.length === 0) {
    report(["edge", "workers"], {
      came: "no Worker",
      expected: "a Worker for at least one stage",
      remedy: "name the Worker of each stage",
    });
  }
  for (const stage of workers) stageExists(["edge", "workers", stage], stage);
  for (const [stage, address] of Object.entries(edge.addresses)) {
    hasWorker(["edge", "addresses", stage], stage);
    const host = "hostname" in address ? address.hostname : (address.route.split("/")[0] ?? "").replace(/^\*\.?/, "");
    const known = refersTo(
      report,
      ["edge", "addresses", stage, "zone"],
      address.zone,
      zones,
      "zones of the organization",
      "add the zone to services/organization.ts, or name one of them",
    );
    if (known && host !== address.zone && !host.endsWith(`.${address.zone}`)) {
      report(["edge", "addresses", stage, "hostname" in address ? "hostname" : "route"], {
        came: show(host),
        expected: `${address.zone} or a name under it`,
        remedy: "correct the host name or the zone",
      });
    }
  }
  for (const stage of Object.keys(edge.crons ?? {})) hasWorker(["edge", "crons", stage], stage);
  const bindings = new Map<string, string>();
  for (const kind of ["d1", "kv", "buckets"] as const) {
    for (const [key, thing] of Object.entries(edge[kind] ?? {})) {
      const path = ["edge", kind, key];
      const other = bindings.get(thing.binding);
      if (other !== undefined) {
        report([...path, "binding"], {
          came: `${show(thing.binding)}, which ${other} has too`,
          expected: "a binding of its own",
          remedy: "rename one",
        });
      }
      bindings.set(thing.binding, `edge.${kind}.${key}`);
      for (const stage of Object.keys(thing.names)) hasWorker([...path, "names", stage], stage);
      for (const stage of workers) {
        if (Object.hasOwn(thing.names, stage)) continue;
        report([...path, "names"], {
          came: `no name for the stage "${stage}", whose Worker has the binding`,
          expected: "a name for every stage with a Worker",
          remedy: `add names.${stage}`,
        });
      }
    }
  }
  for (const [key, database] of Object.entries(edge.d1 ?? {})) {
    if (database.backup !== undefined)
      backupProblems(["edge", "d1", key, "backup"], database.backup, Object.keys(database.names));
  }

  function stageExists(path: readonly PropertyKey[], stage: string): void {
    refersTo(report, path, stage, Object.keys(service.stages), "stages", "declare the stage, or name one of them");
  }

  function hasWorker(path: readonly PropertyKey[], stage: string): void {
    refersTo(report, path, stage, workers, "stages with a Worker", "name its Worker in edge.workers");
  }

  function backupProblems(path: readonly PropertyKey[], backup: Backup, stages: readonly string[]): void {
    if (!stages.includes(backup.stage)) {
      report([...path, "stage"], {
        came: show(backup.stage),
        expected: oneOf(stages, "stages of the database"),
        remedy: "name the stage whose data is backed up",
      });
    }
    artifactDays(context, [...path, "drill", "reportDays"], backup.drill.reportDays);
    const backups = unattended([...path, "environment"], backup.environment, backup.stage);
    const drills = unattended([...path, "drill", "environment"], backup.drill.environment, backup.stage);
    const { identity } = backup.drill;
    readsSetting(context, [...path, "token"], backup.token, "secret", [...backups, ...drills]);
    tokenMay(context, backup.token, ["D1 Write"], "backup and drill export and restore the database with this token");
    readsSetting(context, [...path, "accessKeyId"], backup.accessKeyId, "secret", [...backups, ...drills]);
    readsSetting(context, [...path, "secretAccessKey"], backup.secretAccessKey, "secret", [...backups, ...drills]);
    readsSetting(context, [...path, "recipient"], backup.recipient, "variable", backups);
    ageRecipient(context, backup.recipient, backups);
    readsSetting(context, [...path, "drill", "identity"], identity, "secret", drills);
    const held = service.settings[identity];
    if (held?.kind === "secret" && held.environments.includes(backup.environment)) {
      report([...path, "drill", "identity"], {
        came: `${show(identity)}, which the environment of the backup has too`,
        expected: "an identity that only the drill can read: whoever stores backups must not be able to read them",
        remedy: `remove ${show(backup.environment)} from settings.${identity}.environments`,
      });
    }
  }

  /** The environment, if it is one of the stage in which nobody is waited for. */
  function unattended(path: readonly PropertyKey[], name: string, stage: string): readonly string[] {
    const candidates = environmentsOf(service).filter(
      (environment) => environment.unattended && environment.stage === stage,
    );
    if (candidates.some((environment) => environment.name === name)) return [name];
    const names = candidates.map((environment) => environment.name);
    report(path, {
      came: show(name),
      expected: oneOf(names, `unattended environments of the stage "${stage}"`),
      remedy: `declare it in stages.${stage}.unattended: a schedule would wait for reviewers for ever${didYouMean(name, names)}`,
    });
    return [];
  }
}
