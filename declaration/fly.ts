import { z } from "zod";
import { FlyMachine } from "./fly-machine";
import { FlyPreviews } from "./fly-previews";
import {
  entryKey,
  literals,
  matching,
  repositoryPath,
  settingKey,
  slug,
  text,
  wanted,
  wholeNumber,
  yesOrNo,
} from "./values";
import { Variables } from "./variables";

const REFERENCE = "https://fly.io/docs/reference/configuration/";

const seconds = (what: string, from: number, to: number, remedy: string, source?: string) =>
  wholeNumber({ what: `seconds ${what}`, from, to, remedy, ...(source === undefined ? {} : { source }) });

const requests = wholeNumber({
  what: "requests at once",
  from: 1,
  to: 100_000,
  remedy: "write how many requests one Machine answers at once",
  source: `${REFERENCE}#services-concurrency`,
});

/** One stage on Fly: an app with Machines of one size. */
export const FlyStage = z.strictObject({
  /** Name of the app; Fly has one of a name for all its customers. */
  app: slug("the name of an app of Fly"),
  /**
   * Where the stage answers.
   * @default - `https://<app>.fly.dev`
   */
  url: matching(
    /^https:\/\/(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
    'a public URL such as "https://shop.example.com": https, a host name in lower case, no path',
    "write https:// and the host name alone, or leave it out for <app>.fly.dev",
  ).optional(),
  machine: FlyMachine,
  /** Machines that the app has at least. A deployment makes those that are missing, and takes none away. */
  machines: wholeNumber({ what: "Machines", from: 1, to: 100, remedy: "write at least 2 where customers are" }),
  /** What becomes of Machines that nobody asks anything: all of them stop until the next request, or all of them run. */
  whenIdle: literals(["stop", "run"], "what idle Machines do"),
  /** Requests at once: above `soft` another Machine is asked first, above `hard` requests wait. */
  concurrency: z.strictObject({ soft: requests, hard: requests }),
  /** Variables of the process, beside what Fly sets. @default - none */
  variables: Variables.optional(),
});
export type FlyStage = z.infer<typeof FlyStage>;

const timeout = seconds("that an answer may take", 1, 60, "Fly takes at most 60", `${REFERENCE}#services-tcp_checks`);
const interval = seconds("between two checks", 2, 60, "Fly takes at most 60", `${REFERENCE}#services-tcp_checks`);

/** What Fly asks each Machine: requests go only to those that answer, and a deployment goes on only when they do. */
export const FlyChecks = z.strictObject({
  /** The port takes connections. */
  tcp: z.strictObject({ everySeconds: interval, timeoutSeconds: timeout }),
  /** The path answers 200. */
  http: z.strictObject({
    path: matching(
      /^\/(?!\/)[\w./-]{0,100}$/,
      'a path such as "/health", without spaces',
      "write a path that begins with /",
    ),
    everySeconds: interval,
    timeoutSeconds: timeout,
  }),
  /** Checks that fail so long after the start of a Machine don't count. */
  graceSeconds: seconds("after a start", 1, 60, "Fly takes at most 60"),
});

/**
 * How a commit reaches Fly: the rehearsal, then production, each with its settings (`fly.toml`), its secrets, a rolling deployment, a health
 * check, and back to the release before when any of it fails. Fly builds the image on a machine of its own.
 */
export const Fly = z.strictObject({
  /** Slug of the organization that the apps are in. */
  organization: slug("the slug of an organization of Fly"),
  /** Stage that releases go to first. @default - production only */
  rehearsal: entryKey.optional(),
  /** Stage that releases are for. */
  stage: entryKey,
  /** Where Machines are made, and where the process learns that it is (`PRIMARY_REGION`). */
  region: matching(
    /^[a-z]{3}$/,
    'the code of a region: three letters, such as "fra"',
    "write one of those that `fly platform regions` lists",
    "https://fly.io/docs/reference/regions/",
  ),
  /** Dockerfile of the image. */
  dockerfile: repositoryPath("the Dockerfile"),
  /** Port that the process listens on. */
  port: wholeNumber({ what: "ports", from: 1, to: 65_535, remedy: "write the port that the process listens on" }),
  /** Signal that asks the process to end. */
  killSignal: literals(["SIGINT", "SIGTERM", "SIGQUIT", "SIGUSR1", "SIGUSR2"], "the signal that ends the process"),
  /** A process that hasn't ended by then is killed. */
  killTimeoutSeconds: seconds(
    "until a kill",
    1,
    300,
    "Fly waits at most 5 minutes",
    `${REFERENCE}#kill_timeout-option`,
  ),
  checks: FlyChecks,
  deploy: z.strictObject({
    /**
     * Machines that a rolling deployment replaces at a time, in percent of all. Fly rounds up: of two Machines it is one.
     */
    maxUnavailablePercent: wholeNumber({
      what: "percent",
      from: 1,
      to: 50,
      remedy: "more than half at a time leaves too few for customers; 30 is usual",
      source: `${REFERENCE}#max-unavailable`,
    }),
    /** A Machine that isn't well by then has failed. Minutes. */
    waitMinutes: wholeNumber({
      what: "minutes",
      from: 1,
      to: 30,
      remedy: "write how long a start may take; 5 is usual",
    }),
    /** Whether the release before comes back by itself when a deployment fails. */
    automaticRollback: yesOrNo("whether the release before comes back by itself"),
    /**
     * Program and arguments that Fly runs with the new image before Machines are replaced, such as migrations. @default - none
     */
    releaseCommand: z
      .array(
        matching(
          /^[\w./:@%+=-]{1,100}$/,
          'one word of a command, such as "npm"',
          "write program and arguments as separate words; what needs a shell belongs into a script of the repository",
        ),
      )
      .min(1, { error: wanted("a program", 'write the command, such as ["npm", "run", "migrate"]') })
      .max(20)
      .readonly()
      .optional(),
  }),
  /** The stages that releases go to. */
  stages: z.record(entryKey, FlyStage),
  /** @default - pull requests get none */
  previews: FlyPreviews.optional(),
  /** Secret: deploy token of the stage's app. */
  token: settingKey,
  /** Secrets that the process gets: each deployment sets them in the app as they are in the stage's environment. */
  secrets: z.array(settingKey).readonly(),
  /**
   * Property of the health check's JSON answer that holds the commit that runs; the process finds it in `RELEASE_SHA`.
   * @default - only Fly says which release answers
   */
  commitField: matching(/^[A-Za-z_]\w{0,60}$/, "the name of a property", "rename the property").optional(),
  /** How often, and in which distance, the health check is asked from outside until it is well. */
  health: z.strictObject({
    attempts: wholeNumber({ what: "attempts", from: 1, to: 60, remedy: "write how often it is asked; 5 is usual" }),
    everySeconds: seconds("between two attempts", 1, 60, "write the time between two of them; 10 is usual"),
  }),
  /** Versions: what a tag `v1.2.3` makes, and what a rollback may name. @default - tags make nothing, and a rollback names an image */
  versions: z
    .strictObject({
      /** Versions that stay: the newest ones, and the newest stable one in any case. Tags of the others stay too. */
      keep: wholeNumber({ what: "versions", from: 1, to: 100, remedy: "write how many are kept; 3 is usual" }),
      /** Days that the workflow's own copy of a version is kept. */
      artifactDays: wholeNumber({
        what: "days",
        from: 1,
        to: 400,
        remedy: "GitHub keeps artifacts of private repositories for at most 400 days, of public ones 90",
      }),
    })
    .optional(),
  /** Note on what a release needs of its database, for runbooks and release notes. */
  migrationNotes: text("where migration notes come from"),
  /** Days that what is known of a deployment is kept. */
  evidenceDays: wholeNumber({
    what: "days",
    from: 1,
    to: 400,
    remedy: "GitHub keeps artifacts of private repositories for at most 400 days, of public ones 90",
  }),
});
export type Fly = z.infer<typeof Fly>;

/** The stages that a release goes to, in order. */
export function flyStages(fly: Pick<Fly, "rehearsal" | "stage">): readonly string[] {
  return fly.rehearsal === undefined ? [fly.stage] : [fly.rehearsal, fly.stage];
}

/** Where a stage answers; undefined when it isn't on Fly. */
export function flyUrl({ stages }: Pick<Fly, "stages">, stage: string): string | undefined {
  const entry = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  return entry === undefined ? undefined : (entry.url ?? `https://${entry.app}.fly.dev`);
}

/** Tags that mark versions; a rollback goes to one of them. */
export const VERSION_TAGS = "v*";

/** The file with a stage's settings: the rehearsal's is the one that `fly` finds by itself. */
export function flyConfigFile(fly: Pick<Fly, "rehearsal">, stage: string): string {
  return stage === fly.rehearsal ? "fly.toml" : `fly.${stage}.toml`;
}

/** Where a stage answers its health check; undefined when the stage isn't deployed to Fly. */
export function flyHealthUrl({ fly }: { readonly fly?: Fly | undefined }, stage: string): string | undefined {
  const url = fly === undefined ? undefined : flyUrl(fly, stage);
  return url === undefined ? undefined : `${url}${fly?.checks.http.path}`;
}
