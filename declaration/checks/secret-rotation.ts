import type { CheckContext } from "./context";

/** Each secret is renewed as often as the service says that its secrets are. */
export function secretRotationProblems({ service, report }: CheckContext): void {
  const { secretRotation } = service;
  if (secretRotation === undefined) return;
  const { from, to } = secretRotation;
  if (from > to) {
    report(["secretRotation"], {
      came: `from ${from} to ${to} days`,
      expected: "from not above to",
      remedy: "write the fewer days as from",
    });
    return;
  }
  for (const [key, setting] of Object.entries(service.settings)) {
    if (setting.kind !== "secret" || (setting.rotateEveryDays >= from && setting.rotateEveryDays <= to)) continue;
    report(["settings", key, "rotateEveryDays"], {
      came: `${setting.rotateEveryDays} days`,
      expected: `${from} to ${to} days, as secretRotation says of all secrets of the service`,
      remedy: "renew the secret so often, or change secretRotation for all of them",
    });
  }
}
