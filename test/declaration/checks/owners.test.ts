import { minimalRefusals, posRefusals } from "../fixture";

describe("owners are teams that exist and can do what they answer for", () => {
  test("an owner whose team the organization lacks is refused", () => {
    expect(posRefusals({ "owners.security.team": "sec-ops" })).toEqual([
      {
        path: "owners.security.team",
        came: '"sec-ops"',
        expected: expect.stringMatching(/^one of the organization's teams: "pos-maintainers", .*"platform", "secops"$/),
        remedy: 'add the team to services/organization.ts, or name one of its teams; did you mean "secops"?',
      },
    ]);
  });

  test("one team with two permissions is refused", () => {
    expect(posRefusals({ "owners.security.team": "platform" })).toEqual([
      {
        path: "owners.security.access",
        came: '"push" for the team "platform", which has "admin" as "platform"',
        expected: "one permission a team",
        remedy: "give both roles the same access, or use two teams",
      },
    ]);
  });

  test("two roles may be one team with one permission", () => {
    expect(posRefusals({ "owners.security": { team: "platform", access: "admin" } })).toEqual([]);
  });

  test("an area whose accountable role is nobody is refused", () => {
    expect(posRefusals({ "responsibilities.data.accountable": "platfrom" })).toEqual([
      {
        path: "responsibilities.data.accountable",
        came: '"platfrom"',
        expected: 'one of the roles in owners: "maintainers", "platform", "security"',
        remedy: 'declare the role in owners, or name one of them; did you mean "platform"?',
      },
    ]);
  });

  test("an area whose responsible role is nobody is refused", () => {
    expect(posRefusals({ "responsibilities.data.responsible": ["dba"] })).toEqual([
      {
        path: "responsibilities.data.responsible[0]",
        came: '"dba"',
        expected: 'one of the roles in owners: "maintainers", "platform", "security"',
        remedy: "declare the role in owners, or name one of them",
      },
    ]);
  });

  test("an area that consults nobody known is refused", () => {
    expect(posRefusals({ "responsibilities.data.consulted": ["legal"] })).toEqual([
      {
        path: "responsibilities.data.consulted[0]",
        came: '"legal"',
        expected: 'one of the roles in owners: "maintainers", "platform", "security"',
        remedy: "declare the role in owners, or name one of them",
      },
    ]);
  });

  test("an area that informs nobody known is refused", () => {
    expect(posRefusals({ "responsibilities.data.informed": ["legal"] })).toEqual([
      {
        path: "responsibilities.data.informed[0]",
        came: '"legal"',
        expected: 'one of the roles in owners: "maintainers", "platform", "security"',
        remedy: "declare the role in owners, or name one of them",
      },
    ]);
  });

  test("a code owner that can't write is refused: GitHub would ignore it", () => {
    expect(posRefusals({ "owners.security.access": "triage" })).toEqual([
      {
        path: "owners.security.access",
        came: '"triage"',
        expected:
          '"push", "maintain" or "admin": security reviews the area "security", and GitHub ignores code owners that can\'t write',
        remedy: "raise the access, or make another role responsible",
        source:
          "https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners#codeowners-file-location",
      },
    ]);
  });

  test("reviews by code owners without any area are refused", () => {
    expect(minimalRefusals({ responsibilities: {} })).toEqual([
      {
        path: "responsibilities",
        came: "no area",
        expected: "at least one area: main.codeOwners asks for the review of an owner",
        remedy: 'declare an area with paths ["*"]',
      },
    ]);
  });

  test("an area without paths is refused", () => {
    expect(posRefusals({ "responsibilities.data.paths": [] })).toEqual([
      {
        path: "responsibilities.data.paths",
        came: "[]",
        expected: "at least one path",
        remedy: "name the paths of the area",
      },
    ]);
  });

  test("an area that nobody works on is refused", () => {
    expect(posRefusals({ "responsibilities.data.responsible": [] })).toEqual([
      {
        path: "responsibilities.data.responsible",
        came: "[]",
        expected: "at least one role",
        remedy: "say who does the work",
      },
    ]);
  });
});
