import { minimalRefusals } from "../fixture";

const LABELS = {
  "freeze/main-red": { color: "b60205", description: "main is red" },
  "fix/main": { color: "0e8a16", description: "It repairs main" },
};

/** What is wrong with a service that freezes, where it differs. */
function refusals(changes: Readonly<Record<string, unknown>> = {}) {
  return minimalRefusals({
    "main.freezeWhenRed": { repairLabel: "fix/main", blocking: true },
    labels: { "ci-flake": { color: "fbca04", description: "Flaky" }, ...LABELS },
    "flakes.label": "ci-flake",
    ...changes,
  });
}

describe("a freeze can begin and end (SUM-12)", () => {
  test("as written it is taken", () => {
    expect(refusals()).toEqual([]);
  });

  test("a label that is not declared is refused", () => {
    expect(refusals({ "main.freezeWhenRed.repairLabel": "fix/mian" })).toEqual([
      {
        path: "main.freezeWhenRed.repairLabel",
        came: '"fix/mian"',
        expected: 'one of the labels: "ci-flake", "freeze/main-red", "fix/main"',
        remedy: 'declare the label; did you mean "fix/main"?',
      },
    ]);
  });

  test("the label of the freeze as that of the repair is refused", () => {
    expect(refusals({ "main.freezeWhenRed.repairLabel": "freeze/main-red" })).toEqual([
      {
        path: "main.freezeWhenRed.repairLabel",
        came: '"freeze/main-red"',
        expected: "another label than the one that all pull requests get while main is red",
        remedy: 'declare one of its own, such as labels["fix/main"]',
      },
    ]);
  });

  test("a freeze without its label is refused", () => {
    const { "freeze/main-red": _none, ...others } = LABELS;
    expect(refusals({ labels: { "ci-flake": { color: "fbca04", description: "Flaky" }, ...others } })).toEqual([
      {
        path: 'labels["freeze/main-red"]',
        came: "nothing",
        expected: "the label that pull requests get while main is red",
        remedy: 'declare labels["freeze/main-red"], or remove main.freezeWhenRed',
      },
    ]);
  });

  test("a freeze that nobody could end is refused", () => {
    expect(refusals({ "owners.maintainers.access": "push" })).toEqual([
      {
        path: "main.freezeWhenRed",
        came: "owners of whom none may maintain the repository",
        expected: "somebody who can say which pull request repairs main, or a red main could never be repaired",
        remedy: 'give one of owners access: "maintain"',
      },
    ]);
  });

  test("a job that reports the check's name is refused", () => {
    expect(refusals({ "ci.jobs.test.name": "main-is-green" })).toEqual([
      {
        path: "ci.jobs.test.name",
        came: '"main-is-green", which the freeze reports',
        expected: "a name that nothing else reports",
        remedy: "rename the job",
      },
    ]);
  });

  test("whether it blocks is said", () => {
    expect(refusals({ "main.freezeWhenRed.blocking": undefined })).toEqual([
      expect.objectContaining({
        path: "main.freezeWhenRed.blocking",
        expected: "true or false: whether main requires the check",
      }),
    ]);
  });
});
