import { z } from "zod";
import { entryKey, matching, text, wanted, wholeNumber } from "./values";

/** As the container sees it. https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data */
const variableName = matching(
  /^[A-Z][A-Z0-9_]{0,62}$/,
  "a key of up to 63 of A–Z, 0–9 and _, beginning with a letter",
  "rename the key",
);

/** A key of the Secret that the container gets its environment variables from. Its value is sealed for the cluster of each stage. */
export const ClusterSecret = z.strictObject({
  description: text("what the key is for"),
  /** Role that answers for the value. */
  owner: entryKey,
  /** The value is renewed at least so often. Days. */
  rotateEveryDays: wholeNumber({ what: "days", from: 1, to: 365, remedy: "rotate at least once a year; 90 is usual" }),
});
export type ClusterSecret = z.infer<typeof ClusterSecret>;

/** Keys of the Secret of `container.secret`. */
export const ClusterSecrets = z
  .record(variableName, ClusterSecret)
  .refine((secrets) => Object.keys(secrets).length > 0, {
    error: wanted("at least one key", "leave the property out instead"),
  });
