import { z } from "zod";
import { wholeNumber } from "./values";

const days = (remedy: string) => wholeNumber({ what: "days", from: 1, to: 365, remedy });

/** How often secrets of the service are renewed: each one's `rotateEveryDays` lies between these. Days. */
export const SecretRotation = z.strictObject({
  /** No secret is renewed more often: what is renewed all the time is renewed carelessly. */
  from: days("write the fewest days, such as 90"),
  /** No secret lives longer. */
  to: days("write the most days, such as 180"),
});
export type SecretRotation = z.infer<typeof SecretRotation>;
