import { MILLISECONDS_A_DAY } from "../calendar-day";
import { didYouMean, oneOf, show } from "../problem";
import type { CheckContext } from "./context";

/** What is sealed is a declared secret of its environment. */
export function sealedProblems({ service, sealed, report }: CheckContext): void {
  for (const [environment, values] of Object.entries(sealed)) {
    for (const [key, value] of Object.entries(values)) {
      const setting = Object.hasOwn(service.settings, key) ? service.settings[key] : undefined;
      const path = ["sealed", environment, key];
      if (setting?.kind !== "secret" || !setting.environments.includes(environment)) {
        const declared = Object.entries(service.settings)
          .filter(([, candidate]) => candidate.kind === "secret" && candidate.environments.includes(environment))
          .map(([name]) => name);
        report(path, {
          came: `a sealed value of ${show(key)} for ${show(environment)}`,
          expected: oneOf(declared, `secrets that settings declare for "${environment}"`),
          remedy: `declare it, or remove the sealed value${didYouMean(key, declared)}`,
        });
      }
      if (!Object.hasOwn(service.owners, value.owner)) {
        report([...path, "owner"], {
          came: show(value.owner),
          expected: oneOf(Object.keys(service.owners), "roles in owners"),
          remedy: "seal it again, with an owner that exists",
        });
      }
      const lives = Date.parse(value.rotateBy) - Date.parse(value.sealedAt);
      if (setting?.kind === "secret" && lives > setting.rotateEveryDays * MILLISECONDS_A_DAY) {
        report([...path, "rotateBy"], {
          came: show(value.rotateBy),
          expected: `a time at most ${setting.rotateEveryDays} days after ${value.sealedAt}, as settings.${key}.rotateEveryDays says`,
          remedy: "seal a new value",
        });
      }
      if (lives <= 0) {
        report([...path, "rotateBy"], {
          came: show(value.rotateBy),
          expected: `a time after ${value.sealedAt}, when it was sealed`,
          remedy: "seal the value again",
        });
      }
    }
  }
}
