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

  describe("its openings", () => {
    const opening = {
      from: "2026-11-27T09:00:00Z",
      until: "2026-11-28T09:00:00Z",
      reason: "Nothing can be built",
      ticket: "https://github.com/example/tiny/issues/7",
      approver: "maintainers",
    };
    const of = (changes: object) => refusals({ openings: [{ ...opening, ...changes }] });

    test("are accepted for a day, with another team's agreement", () => {
      expect(of({})).toEqual([]);
    });

    test.each([
      ["2026-11-27T09:00:00Z", "2026-11-27T09:00:00Z, which is not after 2026-11-27T09:00:00Z"],
      ["2026-11-26T09:00:00Z", "2026-11-26T09:00:00Z, which is not after 2026-11-27T09:00:00Z"],
      ["2026-11-28T10:00:00Z", "2026-11-28T10:00:00Z, 25 hours after 2026-11-27T09:00:00Z"],
    ])("are refused until %s", (until, came) => {
      expect(of({ until })).toEqual([
        {
          path: "main.breakGlass.openings[0].until",
          came,
          expected: 'a time after "from", at most 24 hours',
          remedy: "end it sooner, and open it again if the emergency lasts",
        },
      ]);
    });

    test.each(["2026-02-30T09:00:00Z", "2026-11-27", "2026-11-27T09:00:00+01:00", "tomorrow"])(
      "are refused from %s, which is no time",
      (from) => {
        expect(of({ from })).toEqual([
          {
            path: "main.breakGlass.openings[0].from",
            came: `"${from}"`,
            expected: "a time in UTC such as 2026-11-27T09:30:00Z",
            remedy: "write it to the second, with a Z behind it",
          },
        ]);
      },
    );

    test("are refused when the team that may agrees with itself", () => {
      expect(of({ approver: "captains" })).toEqual([
        {
          path: "main.breakGlass.openings[0].approver",
          came: '"captains", of the team "captains", which may use it',
          expected: 'a role of another team than that of "captains"',
          remedy: "ask somebody else: nobody grants their own exception",
        },
      ]);
    });

    test("are refused without an issue, a reason or an approver that is a role", () => {
      expect(of({ ticket: "GH-7", reason: "", approver: "boss" }).map(({ path }) => path)).toEqual([
        "main.breakGlass.openings[0].reason",
        "main.breakGlass.openings[0].ticket",
        "main.breakGlass.openings[0].approver",
      ]);
      expect(of({ approver: "boss" })).toEqual([
        expect.objectContaining({
          path: "main.breakGlass.openings[0].approver",
          remedy: expect.stringContaining("agreed"),
        }),
      ]);
    });
  });
});
