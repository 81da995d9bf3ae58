import { overdueSecrets } from "../../declaration/overdue-secrets";
import { posFleet } from "./fixture";

describe("secrets whose rotation is overdue", () => {
  const value = (rotateBy: string) => ({
    ciphertext: "A".repeat(68),
    keyId: "1",
    owner: "platform",
    sealedAt: "2026-01-01T00:00:00Z",
    rotateBy,
  });
  const [entry] = posFleet({
    sealed: {
      production: { CLOUDFLARE_API_TOKEN: value("2026-03-01T00:00:00Z"), SENTRY_DSN: value("2027-01-01T00:00:00Z") },
      staging: { CLOUDFLARE_API_TOKEN: value("2026-02-01T00:00:00Z") },
    },
  }).services;
  if (entry === undefined) throw new Error("no service");

  test("are listed from the longest overdue, with who answers for them", () => {
    expect(overdueSecrets(entry, "2026-06-01T00:00:00Z")).toEqual([
      {
        service: "openclaw-pos",
        environment: "staging",
        key: "CLOUDFLARE_API_TOKEN",
        owner: "platform",
        rotateBy: "2026-02-01T00:00:00Z",
      },
      {
        service: "openclaw-pos",
        environment: "production",
        key: "CLOUDFLARE_API_TOKEN",
        owner: "platform",
        rotateBy: "2026-03-01T00:00:00Z",
      },
    ]);
  });

  test("are none on the day they are due", () => {
    expect(overdueSecrets(entry, "2026-02-01T00:00:00Z")).toEqual([]);
  });
});
