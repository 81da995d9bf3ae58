import { phaseNumber } from "../../declaration/phase";
import { levelOf, levelWords } from "../../policies/rule";

describe("the level of a rule", () => {
  const blocking = { level: "blocking", phases: undefined, stages: undefined } as const;

  test("is what it says, where neither phase nor stage says otherwise", () => {
    expect(levelOf(blocking, {})).toBe("blocking");
    expect(levelOf(blocking, { phase: 1, stage: "staging" })).toBe("blocking");
  });

  test("is advisory first and blocking later, by the phase of the service (SUM-6)", () => {
    const later = { ...blocking, phases: { security: "advisory", checks: "blocking" } } as const;
    const levels = (["environments", "security", "canary", "checks", "observability"] as const).map((name) =>
      levelOf(later, { phase: phaseNumber(name) }),
    );
    expect(levels).toEqual(["advisory", "advisory", "advisory", "blocking", "blocking"]);
    expect(levelOf(later, {})).toBe("blocking");
  });

  test("is that of the stage before that of the phase", () => {
    const softer = { ...blocking, phases: { checks: "blocking" }, stages: { dev: "advisory" } } as const;
    expect(levelOf(softer, { stage: "dev" })).toBe("advisory");
    expect(levelOf(softer, { stage: "production" })).toBe("blocking");
  });

  test("is said in words, with every change of it", () => {
    expect(levelWords(blocking)).toBe("blocking");
    expect(
      levelWords({ ...blocking, phases: { security: "advisory", checks: "blocking" }, stages: { dev: "advisory" } }),
    ).toBe(
      'advisory, advisory from the phase "security" on, blocking from the phase "checks" on, advisory in the stage "dev"',
    );
    expect(levelWords({ ...blocking, phases: { preflight: "blocking" } })).toBe("blocking");
  });
});
