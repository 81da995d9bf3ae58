import { environmentsOf } from "../environments";
import { didYouMean, oneOf, show } from "../problem";
import { railwayStages } from "../railway-stages";
import { artifactDays } from "./artifact-days";
import type { CheckContext } from "./context";
import { fromMain, rehearsesElsewhere } from "./from-main";
import { readsSetting } from "./reads-setting";
import { refersTo } from "./refers-to";

/** Deployments to Railway come from `main` only, are tested before and after, and find in their environments what they read. */
export function railwayProblems(context: CheckContext): void {
  const { service, report } = context;
  const { railway } = service;
  if (railway === undefined) return;
  if (service.release !== undefined) {
    report(["railway"], {
      came: "deployments to Railway beside a release to Cloudflare",
      expected: "one of the two: both write scripts/release-check-commit.sh and scripts/release-tag.sh",
      remedy: "drop release or railway, or make the Worker a service of its own",
    });
  }
  const declared = Object.keys(service.stages);
  const targets = railwayStages(railway);
  const deployed = targets.filter((stage) => declared.includes(stage));
  for (const key of ["rehearsal", "stage"] as const) {
    const stage = railway[key];
    if (stage === undefined) continue;
    if (!declared.includes(stage)) {
      const unattended = environmentsOf(service).some(({ name }) => name === stage);
      report(["railway", key], {
        came: unattended ? `${show(stage)}, an unattended environment` : show(stage),
        expected: oneOf(declared, "stages"),
        remedy: unattended
          ? "name the stage: a deployment waits for its reviewers, which an unattended environment has not"
          : `declare the stage, or name one of them${didYouMean(stage, declared)}`,
      });
      continue;
    }
    fromMain(context, stage);
  }
  rehearsesElsewhere(context, ["railway"], railway);
  byStage("urls", railway.urls, "a public URL");
  byStage("environments", railway.environments, "the name of its Railway environment");
  unitTests(context);
  artifactDays(context, ["railway", "evidenceDays"], railway.evidenceDays);
  for (const [path, key] of secretsOf(railway)) readsSetting(context, ["railway", ...path], key, "secret", deployed);
  for (const [path, body] of [
    [["list", "body"], railway.smoke.list.body],
    [["preview", "body"], railway.smoke.preview.body],
    [["audit", "body"], railway.smoke.audit.body],
    [["webhook", "body"], railway.smoke.webhook.body],
  ] as const) {
    if (body === undefined || isJson(body)) continue;
    report(["railway", "smoke", ...path], {
      came: show(body),
      expected: "JSON",
      remedy: "correct the quotes, commas and braces",
    });
  }

  /** Every stage that is deployed to has an entry of its own, and no other stage has one. */
  function byStage(key: "urls" | "environments", entries: Readonly<Record<string, string>>, what: string): void {
    for (const stage of deployed) {
      if (Object.hasOwn(entries, stage)) continue;
      report(["railway", key], {
        came: `none for the stage ${show(stage)}, which is deployed to`,
        expected: `${what} for each stage that is deployed to`,
        remedy: `write railway.${key}.${stage}`,
      });
    }
    for (const [stage, value] of Object.entries(entries)) {
      refersTo(
        report,
        ["railway", key, stage],
        stage,
        targets,
        "stages that railway deploys to",
        "remove it, or name one of them",
      );
      const other = Object.entries(entries).find(([, taken]) => taken === value)?.[0] ?? stage;
      // That two stages share a host name is found where all host names of the fleet are compared.
      if (key === "environments" && other !== stage) {
        report(["railway", key, stage], {
          came: `${show(value)}, which the stage ${show(other)} has too`,
          expected: "an environment of its own for each stage",
          remedy: "correct one: a rehearsal in production is none",
        });
      }
    }
  }
}

/** The job exists, is the service's own, tests, and needs nothing of an environment. */
function unitTests({ service, report }: CheckContext): void {
  const { jobs } = service.ci;
  const id = service.railway?.unitTests ?? "";
  const path = ["railway", "unitTests"];
  const job = Object.hasOwn(jobs, id) ? jobs[id] : undefined;
  const candidates = Object.keys(jobs).filter((key) => jobs[key]?.gate === "unit" && jobs[key]?.kind === "steps");
  if (job === undefined || !candidates.includes(id)) {
    report(path, {
      came:
        job === undefined
          ? show(id)
          : `${show(id)}, a job of kind ${show(job.kind)} that serves the gate ${show(job.gate)}`,
      expected: oneOf(candidates, 'jobs of kind "steps" that serve the gate "unit"'),
      remedy: `name the job that runs the unit tests${didYouMean(id, candidates)}`,
    });
  } else if (job.kind === "steps" && job.environment !== undefined) {
    report(path, {
      came: `${show(id)}, which runs in the environment ${show(job.environment)}`,
      expected: "a job without an environment: unit tests need no secrets, and must not wait for reviewers",
      remedy: `drop ci.jobs.${id}.environment, or name another job`,
    });
  }
}

/** The secrets that the deployment of a stage reads, with where they are named. */
function secretsOf(railway: NonNullable<CheckContext["service"]["railway"]>) {
  const { migrations, smoke, token } = railway;
  return [
    [["token"], token],
    [["migrations", "databaseUrl"], migrations.databaseUrl],
    [["smoke", "list", "key"], smoke.list.key],
    [["smoke", "preview", "key"], smoke.preview.key],
    [["smoke", "audit", "key"], smoke.audit.key],
    [["smoke", "webhook", "secret"], smoke.webhook.secret],
    [["smoke", "burst", "key"], smoke.burst.key],
  ] as const;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
