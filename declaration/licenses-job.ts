import { z } from "zod";
import { JobCommon } from "./job-common";
import { matching, oneLine, wanted } from "./values";

/**
 * Licenses of all dependencies, as the SBOM of the job of kind "package" says them: each must be one of those that are allowed, or accepted by
 * name. One that is not said is not allowed.
 */
export const LicensesJob = z.strictObject({
  kind: z.literal("licenses"),
  ...JobCommon,
  /** Licenses that a dependency may have, by their SPDX ids; of `A OR B` one suffices, of `A AND B` both must be here. */
  allow: z
    .array(
      matching(
        /^[A-Za-z0-9][A-Za-z0-9.+-]{0,99}(?: WITH [A-Za-z0-9][A-Za-z0-9.-]{0,99})?$/,
        'the SPDX id of a license, such as "MIT"',
        "write it as https://spdx.org/licenses lists it, one license an entry",
      ),
    )
    .min(1, { error: wanted("at least one license", 'write ["MIT", "Apache-2.0"]') })
    .readonly(),
  /** Dependencies that are looked at by people, and accepted with what the SBOM says of them. @default - none */
  accepted: z
    .array(
      z.strictObject({
        package: matching(/^[\w@.+/:-]{1,200}$/, "the name of a package", "write it as the failing check shows it"),
        /** What the SBOM says; `none` where it says nothing. When a version says something else, the check fails again. */
        license: matching(
          oneLine(200),
          "the license as the SBOM says it, or none",
          "write it as the failing check shows it",
        ),
        because: matching(oneLine(200), "why the license is accepted", "say in one line who looked and why"),
      }),
    )
    .readonly()
    .optional(),
});
