import { environmentsOf } from "../environments";
import { type Fly, flyStages } from "../fly";
import type { FlyMachine } from "../fly-machine";
import { show } from "../problem";
import { artifactDays } from "./artifact-days";
import type { CheckContext } from "./context";
import { fromMain, rehearsesElsewhere } from "./from-main";
import { readsSetting } from "./reads-setting";
import { refersTo } from "./refers-to";

/** Deployments to Fly come from `main` only, ask for Machines that there are, and find in their environments what they read. */
export function flyProblems(context: CheckContext): void {
  const { service, report } = context;
  const { fly } = service;
  if (fly === undefined) return;
  for (const other of ["release", "railway"] as const) {
    if (service[other] === undefined) continue;
    report(["fly"], {
      came: `deployments to Fly beside ${other}`,
      expected: "one of the two: both write deployment workflows, and tags that mark what is delivered",
      remedy: `drop fly or ${other}, or make what runs elsewhere a service of its own`,
    });
  }
  const targets = flyStages(fly);
  const deployed: string[] = [];
  for (const key of ["rehearsal", "stage"] as const) {
    const stage = fly[key];
    if (stage === undefined) continue;
    if (!refersTo(report, ["fly", key], stage, Object.keys(service.stages), "stages")) continue;
    deployed.push(stage);
    fromMain(context, stage);
  }
  rehearsesElsewhere(context, ["fly"], fly);
  for (const stage of deployed) {
    if (Object.hasOwn(fly.stages, stage)) continue;
    report(["fly", "stages"], {
      came: `none for the stage ${show(stage)}, which is deployed to`,
      expected: "an app for each stage that is deployed to",
      remedy: `write fly.stages.${stage}`,
    });
  }
  for (const [stage, { machine, concurrency }] of Object.entries(fly.stages)) {
    refersTo(
      report,
      ["fly", "stages", stage],
      stage,
      targets,
      "stages that fly deploys to",
      "remove it, or name one of them",
    );
    memoryProblem(context, ["fly", "stages", stage, "machine"], machine);
    if (concurrency.soft >= concurrency.hard) {
      report(["fly", "stages", stage, "concurrency", "soft"], {
        came: `${concurrency.soft}, with a hard limit of ${concurrency.hard}`,
        expected: "fewer than the hard limit: else no other Machine is asked before requests wait",
        remedy: "lower soft, or raise hard",
      });
    }
  }
  checkTimes(context, fly);
  const copied = previewProblems(context, fly);
  artifactDays(context, ["fly", "evidenceDays"], fly.evidenceDays);
  if (fly.versions !== undefined) artifactDays(context, ["fly", "versions", "artifactDays"], fly.versions.artifactDays);
  readsSetting(context, ["fly", "token"], fly.token, "secret", deployed);
  fly.secrets.forEach((key, index) => {
    const path = ["fly", "secrets", index];
    if (fly.secrets.indexOf(key) !== index || key === fly.token) {
      report(path, {
        came: key === fly.token ? `${show(key)}, which deploys` : `${show(key)} a second time`,
        expected: "each secret of the process once, and none of the pipeline",
        remedy: "remove it",
      });
      return;
    }
    readsSetting(context, path, key, "secret", [...deployed, ...copied]);
  });
}

/** @see https://fly.io/docs/machines/guides-examples/machine-sizing/ */
const MEMORY = {
  shared: { least: 256, most: 2048, step: 256 },
  performance: { least: 2048, most: 8192, step: 1024 },
} as const;

function memoryProblem(
  { report }: CheckContext,
  path: readonly string[],
  { cpuKind, cpus, memoryMebibytes }: FlyMachine,
): void {
  if (cpuKind === "shared" && cpus > 8) {
    report([...path, "cpus"], {
      came: `${cpus} shared processors`,
      expected: "at most 8 of them",
      remedy: 'write fewer, or cpuKind "performance"',
    });
    return;
  }
  // A kind that there isn't is refused by its shape.
  if (!Object.hasOwn(MEMORY, cpuKind)) return;
  const { least, most, step } = MEMORY[cpuKind];
  const fits = memoryMebibytes >= least * cpus && memoryMebibytes <= most * cpus && memoryMebibytes % step === 0;
  if (fits) return;
  report([...path, "memoryMebibytes"], {
    came: `${memoryMebibytes} MiB for ${cpus} ${cpuKind} processor${cpus === 1 ? "" : "s"}`,
    expected: `${least * cpus} to ${most * cpus} MiB, in steps of ${step}`,
    remedy: "write such a size, or other processors",
    source: "https://fly.io/docs/machines/guides-examples/machine-sizing/",
  });
}

function checkTimes({ report }: CheckContext, { checks }: Fly): void {
  for (const kind of ["tcp", "http"] as const) {
    const { everySeconds, timeoutSeconds } = checks[kind];
    if (timeoutSeconds <= everySeconds) continue;
    report(["fly", "checks", kind, "timeoutSeconds"], {
      came: `${timeoutSeconds}, with a check every ${everySeconds} s`,
      expected: "at most the time between two checks",
      remedy: "lower it: the next check must not begin before this one has ended",
    });
  }
}

/** @returns the environment whose secrets previews get, if there is one */
function previewProblems(context: CheckContext, fly: Fly): readonly string[] {
  const { service, report } = context;
  const { previews } = fly;
  if (previews === undefined) return [];
  const path = ["fly", "previews"];
  memoryProblem(context, [...path, "machine"], previews.machine);
  if (previews.organization === fly.organization) {
    report([...path, "organization"], {
      came: `${show(previews.organization)}, where the stages are`,
      expected: "another organization of Fly: the token of previews may destroy every app of its own",
      remedy: "make one for previews (`flyctl orgs create`), and name it",
      source: "https://fly.io/docs/security/tokens/",
    });
  }
  for (const [stage, { app }] of Object.entries(fly.stages)) {
    const number = app.startsWith(previews.appPrefix) ? app.slice(previews.appPrefix.length) : "";
    if (!/^[1-9]\d*$/.test(number)) continue;
    report(["fly", "stages", stage, "app"], {
      came: `${show(app)}, the name of the preview of pull request ${number}`,
      expected: "a name that no preview can have",
      remedy: "rename the app, or the prefix of the previews",
    });
  }
  if (service.cluster?.previews !== undefined) {
    report(path, {
      came: "previews on Fly beside those in a cluster",
      expected: "one of the two: a pull request has one preview, and one comment",
      remedy: "drop fly.previews or cluster.previews",
    });
  }
  const found = refersTo(
    report,
    [...path, "environment"],
    previews.environment,
    environmentsOf(service).flatMap(({ name, unattended }) => (unattended ? [name] : [])),
    "unattended environments",
    "declare it in stages.<stage>.unattended: one with reviewers would have them approve every preview",
  );
  const environments = found ? [previews.environment] : [];
  readsSetting(context, [...path, "token"], previews.token, "secret", environments);
  return environments;
}
