import {
  FREEZE_LABEL,
  isManaged,
  PHASE_ROLES,
  PHASES,
  Phase,
  phaseNumber,
  phaseOfGate,
  reached,
} from "../../declaration/phase";
import { maestro } from "../../services/maestro";
import { summit } from "../../services/summit";

test("there are twelve phases, from preflight to observability", () => {
  expect(PHASES.map(({ name }) => name)).toEqual([
    "preflight",
    "environments",
    "workflows",
    "previews",
    "security",
    "migrations",
    "signing",
    "rehearsal",
    "canary",
    "checks",
    "freeze",
    "observability",
  ]);
  expect(phaseNumber("preflight")).toBe(0);
  expect(phaseNumber("observability")).toBe(11);
});

test.each([[-1], [12], [1.5], ["8"], [Number.NaN], [null]])(
  "%j is no phase, and the message says which there are",
  (phase) => {
    const { error } = Phase.safeParse(phase);
    expect(error?.issues[0]?.message.split("\n")).toEqual([
      "a phase: a whole number from 0 (preflight) to 11 (observability)",
      "write the number of the phase the service is in; npx gatehouse phase <service> lists them",
    ]);
  },
);

test("without a phase everything is reached", () => {
  for (const { name } of PHASES) expect(reached({}, name)).toBe(true);
  expect(isManaged({})).toBe(true);
});

test("a phase reaches itself and what is before it", () => {
  expect(PHASES.filter(({ name }) => reached({ phase: 3 }, name)).map(({ name }) => name)).toEqual([
    "preflight",
    "environments",
    "workflows",
    "previews",
  ]);
});

test("jobs of scans, SBOM and licenses come with the security phase, of migrations with theirs, all others with workflows", () => {
  expect((["security", "sbom", "license"] as const).map(phaseOfGate)).toEqual(["security", "security", "security"]);
  expect(phaseOfGate("migration")).toBe("migrations");
  expect((["lint", "unit", "contract", "smoke", "plan"] as const).map(phaseOfGate)).toEqual(Array(5).fill("workflows"));
});

test("summit and maestro have the roles that phases are entered with, and the label that freezes main", () => {
  for (const service of [summit, maestro]) {
    expect(Object.keys(service.owners)).toEqual(expect.arrayContaining(Object.keys(PHASE_ROLES)));
    expect(Object.keys(service.labels)).toContain(FREEZE_LABEL);
  }
});
