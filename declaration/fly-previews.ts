import { z } from "zod";
import { FlyMachine } from "./fly-machine";
import { entryKey, matching, settingKey, slug, wholeNumber } from "./values";
import { Variables } from "./variables";

/** A preview for each pull request: an app of its own, with one Machine that sleeps. */
export const FlyPreviews = z.strictObject({
  /**
   * Slug of the organization that previews are in. Another one than that of the stages: the token that makes and destroys apps may do so with all
   * of its organization's.
   */
  organization: slug("the slug of an organization of Fly"),
  /** What the number of the pull request is put behind to name the app. */
  appPrefix: matching(
    /^(?=.{2,50}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*-$/,
    'the beginning of an app\'s name, with - at the end, such as "shop-pr-"',
    "write 2 to 50 of a–z, 0–9 and single dashes",
  ),
  /** Unattended environment with the token, and with a value of its own for each secret of the process. */
  environment: entryKey,
  /** Secret: token that may make and destroy apps in that organization. */
  token: settingKey,
  machine: FlyMachine,
  /**
   * A connection on which nothing was sent for so long is closed, so that no open tab keeps the Machine awake; Fly then stops it when it looks
   * the next time, some minutes later. Minutes.
   */
  idleMinutes: wholeNumber({
    what: "minutes",
    from: 1,
    to: 10,
    remedy: "write when nobody is there any more; 5 is usual",
  }),
  /** How often, and in which distance, the health check is asked until it is well. */
  health: z.strictObject({
    attempts: wholeNumber({ what: "attempts", from: 1, to: 60, remedy: "write how often it is asked; 5 is usual" }),
    everySeconds: wholeNumber({
      what: "seconds between two attempts",
      from: 1,
      to: 60,
      remedy: "write the time between two of them; 10 is usual",
    }),
  }),
  /** Variables of the process, beside what Fly sets. @default - none */
  variables: Variables.optional(),
});
export type FlyPreviews = z.infer<typeof FlyPreviews>;

/** Name of the app of a pull request. */
export function previewApp({ appPrefix }: Pick<FlyPreviews, "appPrefix">, pullRequest: number): string {
  return `${appPrefix}${pullRequest}`;
}
