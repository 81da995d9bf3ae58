import { REMOVED } from "../change";
import { minimalRefusals } from "../fixture";

const breakGlass = {
  role: "captains",
  when: ["Everything stands still"],
  label: "break-glass",
  reviewer: "maintainers",
  reviewWithinDays: 3,
};

function refusals(changes: object = {}, others: object = {}) {
  return minimalRefusals(
    {
      "main.breakGlass": { ...breakGlass, ...changes },
      "owners.captains": { team: "captains", access: "maintain" },
      "labels.break-glass": { color: "d93f0b", description: "A merge that passed the rules by" },
      ...others,
    },
    { organization: { "teams.captains": { description: "Few" } } },
  );
}

describe("the exception to the rules of main (MAE-2, HOT-1)", () => {
  test("is accepted for one team, looked at by another", () => {
    expect(refusals()).toEqual([]);
  });

  test("is refused to a role that can't merge", () => {
    expect(refusals({}, { "owners.captains": { team: "captains", access: "triage" } })).toEqual([
      {
        path: "main.breakGlass.role",
        came: '"captains", whose access is "triage"',
        expected: "a role that may merge",
        remedy: 'give owners.captains access: "push", or name another role',
      },
    ]);
  });

  test("is refused where the team judges itself, also under another role's name", () => {
    expect(refusals({ reviewer: "same" }, { "owners.same": { team: "captains", access: "maintain" } })).toEqual([
      {
        path: "main.breakGlass.reviewer",
        came: '"same", of the team "captains", which may use it',
        expected: "a role of another team",
        remedy: "name somebody who was not in it: nobody judges their own exception",
      },
    ]);
  });

  test("is refused with names that nothing has", () => {
    expect(refusals({ role: "captain", reviewer: "nobody" }, { "labels.break-glass": REMOVED })).toEqual([
      expect.objectContaining({
        path: "main.breakGlass.role",
        remedy: expect.stringContaining('did you mean "captains"'),
      }),
      expect.objectContaining({ path: "main.breakGlass.reviewer" }),
      expect.objectContaining({ path: "main.breakGlass.label", remedy: "declare the label" }),
    ]);
  });

  test("is refused with a situation twice, or none", () => {
    expect(refusals({ when: ["a", "a"] })).toEqual([
      {
        path: "main.breakGlass.when[1]",
        came: '"a" a second time',
        expected: "each situation once",
        remedy: "remove one",
      },
    ]);
    expect(refusals({ when: [] }).map(({ path }) => path)).toEqual(["main.breakGlass.when"]);
  });

  test.each([0, 31])("is refused when it is looked at within %d days", (reviewWithinDays) => {
    expect(refusals({ reviewWithinDays }).map(({ path }) => path)).toEqual(["main.breakGlass.reviewWithinDays"]);
  });
});
