import { environmentsOf } from "../environments";
import { didYouMean, oneOf, show } from "../problem";
import { ageRecipient } from "./age-recipient";
import { artifactDays } from "./artifact-days";
import type { CheckContext } from "./context";
import { readsSetting } from "./reads-setting";

/** Dumps and drills run where nobody is waited for, are kept as long as GitHub keeps them, and only the drill can read them. */
export function postgresProblems(context: CheckContext): void {
  const { service, report } = context;
  const { postgres } = service;
  if (postgres === undefined) return;
  const { drill, stage } = postgres;
  const stages = Object.keys(service.stages);
  if (!stages.includes(stage)) {
    report(["postgres", "stage"], {
      came: show(stage),
      expected: oneOf(stages, "stages"),
      remedy: `name the stage whose data is dumped${didYouMean(stage, stages)}`,
    });
  }
  const dumps = unattended(["postgres", "environment"], postgres.environment);
  const drills = unattended(["postgres", "drill", "environment"], drill.environment);
  readsSetting(context, ["postgres", "url"], postgres.url, "secret", dumps);
  readsSetting(context, ["postgres", "recipient"], postgres.recipient, "variable", dumps);
  readsSetting(context, ["postgres", "drill", "identity"], drill.identity, "secret", drills);
  ageRecipient(context, postgres.recipient, dumps);
  apart();
  artifactDays(context, ["postgres", "keepDays"], postgres.keepDays);
  artifactDays(context, ["postgres", "drill", "reportDays"], drill.reportDays);
  if (drill.schedule === postgres.schedule) {
    report(["postgres", "drill", "schedule"], {
      came: `${show(drill.schedule)}, which is the schedule of the dump too`,
      expected: "another schedule: from it the workflow tells which of the two a run is",
      remedy: "write another minute",
      source:
        "https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule",
    });
  }

  /** Whoever stores dumps must not be able to read them, and whoever opens them needs no database. */
  function apart(): void {
    const held = service.settings[drill.identity];
    if (held?.kind === "secret" && held.environments.includes(postgres?.environment ?? "")) {
      report(["postgres", "drill", "identity"], {
        came: `${show(drill.identity)}, which the environment of the dump has too`,
        expected: "an identity that only the drill can read: whoever stores dumps must not be able to read them",
        remedy: `remove ${show(postgres?.environment)} from settings.${drill.identity}.environments`,
      });
    }
    const url = service.settings[postgres?.url ?? ""];
    if (url?.kind === "secret" && url.environments.includes(drill.environment)) {
      report(["postgres", "url"], {
        came: `${show(postgres?.url)}, which the environment of the drill has too`,
        expected: "a URL that the drill can't read: a restore that never meets production can't overwrite it",
        remedy: `remove ${show(drill.environment)} from settings.${postgres?.url}.environments`,
      });
    }
  }

  /** The environment, if it is one of the stage in which nobody is waited for. */
  function unattended(path: readonly PropertyKey[], name: string): readonly string[] {
    const names = environmentsOf(service)
      .filter((environment) => environment.unattended && environment.stage === stage)
      .map((environment) => environment.name);
    if (names.includes(name)) return [name];
    report(path, {
      came: show(name),
      expected: oneOf(names, `unattended environments of the stage "${stage}"`),
      remedy: `declare it in stages.${stage}.unattended: a schedule would wait for reviewers for ever${didYouMean(name, names)}`,
    });
    return [];
  }
}
