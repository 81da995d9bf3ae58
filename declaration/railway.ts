import { z } from "zod";
import { jobId } from "./job-common";
import { RailwaySmoke } from "./railway-smoke";
import { entryKey, matching, repositoryPath, settingKey, text, wanted, wholeNumber } from "./values";

const railwayName = (what: string) =>
  matching(
    /^[A-Za-z0-9][\w.-]{0,62}$/,
    `the name of ${what} in Railway: 1 to 63 letters, digits and . _ -`,
    "copy it from the project; rename it there when it has spaces",
  );

const publicUrl = matching(
  /^https:\/\/(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
  'a public URL such as "https://relay.example.com": https, a host name in lower case, no path',
  "write https:// and the host name alone; keys and signatures are sent there, so never http://",
);

const identifier = (what: string) =>
  matching(
    /^[A-Za-z_][A-Za-z0-9_]{0,62}(?:\.[A-Za-z_][A-Za-z0-9_]{0,62})?$/,
    `the name of ${what}: letters, digits and _`,
    "write the name as the migration tool made it",
  );

/** How the database follows the code. A deployment goes live first, so what it needs was added by the release before it. */
export const RailwayMigrations = z.strictObject({
  /** Directory of the migrations. The newest by name is the version that a release brings. */
  directory: repositoryPath("the directory of migrations"),
  /** Program and arguments that apply them, run at the root of the repository without a shell; the URL is in `DATABASE_URL`. */
  command: z
    .array(
      matching(
        /^[\w./:@%+=-]{1,100}$/,
        'one word of a command, such as "npm"',
        "write program and arguments as separate words; what needs a shell belongs into a script of the repository",
      ),
    )
    .min(1, { error: wanted("a program", 'write the command, such as ["npm", "run", "migrate"]') })
    .max(20)
    .readonly(),
  /** Secret: URL of the database, as it is reached from outside Railway. */
  databaseUrl: settingKey,
  /** Table and column in which the migration tool notes what it applied. */
  table: identifier("the table of applied migrations"),
  column: identifier("the column that names a migration"),
  /** Migrations that take longer fail. Minutes. */
  withinMinutes: wholeNumber({
    what: "minutes",
    from: 1,
    to: 120,
    remedy: "what takes longer is a background job of its own",
  }),
  /** Note on what the release needs of its database, for the release notes. */
  notes: text("where migration notes come from"),
});

/**
 * How a commit reaches Railway: unit tests, deployment, wait, migrations, smoke tests; back to the deployment before when any of it fails.
 * Railway builds the commit from the repository that the service is connected to (Settings → Source); deployments on every push
 * are switched off there, or Railway would deploy before the tests.
 */
export const Railway = z.strictObject({
  /** Stage that releases go to first. @default - production only */
  rehearsal: entryKey.optional(),
  /** Stage that releases are for. */
  stage: entryKey,
  /** Name of the service in Railway. */
  service: railwayName("the service"),
  /** Name of the Railway environment by stage; the stage's token must be one of this environment. */
  environments: z.record(entryKey, railwayName("the environment")),
  /** Where each stage answers. */
  urls: z.record(entryKey, publicUrl),
  /** Path that answers 200 when the service is well. */
  healthPath: matching(
    /^\/(?!\/)[\w./-]{0,100}$/,
    'a path such as "/health", without spaces',
    "write a path that begins with /",
  ),
  /**
   * Property of the health check's JSON answer that holds the commit that runs (`RAILWAY_GIT_COMMIT_SHA`, at least 7 digits of it).
   * @default - only Railway says which deployment answers
   * @see https://docs.railway.com/variables/reference#git-variables
   */
  commitField: matching(/^[A-Za-z_]\w{0,60}$/, "the name of a property", "rename the property").optional(),
  /** A deployment that isn't live and healthy by then has failed; so has a rollback. Minutes. */
  waitMinutes: wholeNumber({
    what: "minutes",
    from: 1,
    to: 60,
    remedy: "write how long build and start may take; 15 is usual",
  }),
  /** Secret: Railway project token of the stage's environment. */
  token: settingKey,
  /** Job of `ci.jobs` that runs the unit tests on the commit before it is deployed. */
  unitTests: jobId,
  migrations: RailwayMigrations,
  smoke: RailwaySmoke,
  /** Pattern of the tags that mark what was deployed and verified; they can't be moved or deleted. */
  tags: matching(/^[a-z][a-z0-9-]*-\*$/, 'a tag pattern such as "prod-*"', "write a prefix and -*"),
  /** Days the evidence of a release is kept. */
  evidenceDays: wholeNumber({
    what: "days",
    from: 1,
    to: 400,
    remedy: "GitHub keeps artifacts of private repositories for at most 400 days, of public ones 90",
  }),
});
export type Railway = z.infer<typeof Railway>;
