import { minimalRefusals, posRefusals } from "../fixture";

describe("stages have reviewers that exist and environments of their own", () => {
  test("a reviewer who is nobody is refused", () => {
    expect(posRefusals({ "stages.production.reviewers": ["maintainer"] })).toEqual([
      {
        path: "stages.production.reviewers[0]",
        came: '"maintainer"',
        expected: 'one of the roles in owners: "maintainers", "platform", "security"',
        remedy: 'nobody plays this role: declare it in owners, or name one of them; did you mean "maintainers"?',
      },
    ]);
  });

  test("a reviewer named twice is refused", () => {
    expect(posRefusals({ "stages.production.reviewers": ["maintainers", "maintainers"] })).toEqual([
      {
        path: "stages.production.reviewers[1]",
        came: '"maintainers" a second time',
        expected: "each role once",
        remedy: "remove one",
      },
    ]);
  });

  test("an environment with seven reviewers is refused", () => {
    expect(
      posRefusals({
        "owners.a": { team: "platform", access: "admin" },
        "owners.b": { team: "platform", access: "admin" },
        "owners.c": { team: "platform", access: "admin" },
        "owners.d": { team: "platform", access: "admin" },
        "stages.production.reviewers": ["maintainers", "platform", "security", "a", "b", "c", "d"],
      }),
    ).toEqual([
      {
        path: "stages.production.reviewers",
        came: '["maintainers","platform","security","a","b","c","d"]',
        expected: "at most 6 reviewers",
        remedy: "name a team that holds them all",
        source:
          "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#required-reviewers",
      },
    ]);
  });

  test("a wait timer of 50,000 minutes is refused", () => {
    expect(posRefusals({ "stages.production.waitMinutes": 50_000 })).toEqual([
      {
        path: "stages.production.waitMinutes",
        came: "50000",
        expected: "a whole number of minutes from 0 to 43,200",
        remedy: "write at most 43,200 (30 days), or 0 for no wait",
        source:
          "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#wait-timer",
      },
    ]);
  });

  test("a wait timer of half a minute is refused", () => {
    expect(posRefusals({ "stages.production.waitMinutes": 0.5 })).toEqual([
      {
        path: "stages.production.waitMinutes",
        came: "0.5",
        expected: "a whole number of minutes from 0 to 43,200",
        remedy: "write at most 43,200 (30 days), or 0 for no wait",
        source:
          "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#wait-timer",
      },
    ]);
  });

  test("self-review can't be prevented where nobody reviews", () => {
    expect(posRefusals({ "stages.staging.preventSelfReview": true })).toEqual([
      {
        path: "stages.staging.preventSelfReview",
        came: "true, without reviewers",
        expected: "reviewers, or false",
        remedy: "name reviewers: without them nobody reviews at all",
      },
    ]);
  });

  test("a stage that every branch may deploy to is refused", () => {
    expect(posRefusals({ "stages.staging.branches": [] })).toEqual([
      {
        path: "stages.staging.branches",
        came: "[]",
        expected: "at least one branch pattern",
        remedy: 'write ["main"]: an environment that every branch may use protects nothing',
        source: "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments",
      },
    ]);
  });

  test("a service without a stage is refused", () => {
    expect(minimalRefusals({ stages: {} })).toEqual([
      {
        path: "stages",
        came: "no stage",
        expected: "at least one stage",
        remedy: "declare where the service runs",
      },
    ]);
  });

  test("a stage named as the repository's stack is refused", () => {
    expect(
      minimalRefusals({
        "stages.repository": { reviewers: [], preventSelfReview: false, waitMinutes: 0, branches: ["main"] },
      }),
    ).toEqual([
      {
        path: "stages.repository",
        came: '"repository"',
        expected: "another name: it is the name of the repository's stack",
        remedy: "rename the stage",
      },
    ]);
  });

  test("a name of a stage that doesn't fit into names of stacks is refused", () => {
    expect(
      minimalRefusals({
        "stages.pre_production": { reviewers: [], preventSelfReview: false, waitMinutes: 0, branches: ["main"] },
      }),
    ).toEqual([
      {
        path: "stages.pre_production",
        came: 'the key "pre_production"',
        expected: "a stage's name: 2 to 40 of a–z, 0–9 and single dashes, beginning with a letter",
        remedy: "choose such a name; people see the description, where any character may stand",
        source: "the strictest of what GitHub, Cloudflare and Terraform take, so that every derived name fits",
      },
    ]);
  });

  test("two environments of one name are refused", () => {
    expect(
      posRefusals({
        "stages.staging.unattended": { "production-backup": { description: "Another backup", branches: ["main"] } },
      }),
    ).toEqual([
      {
        path: "stages.production.unattended.production-backup",
        came: 'the environment "production-backup", which the stage "staging" has too',
        expected: "a name that no other environment has",
        remedy: "rename one",
      },
    ]);
  });

  test("an unattended environment that has the name of a stage is refused", () => {
    expect(
      posRefusals({
        "stages.staging.unattended": { production: { description: "Not what it says", branches: ["main"] } },
      }),
    ).toEqual([
      {
        path: "stages.production",
        came: 'the environment "production", which the stage "staging" has too',
        expected: "a name that no other environment has",
        remedy: "rename one",
      },
    ]);
  });

  test("an unattended environment takes main only", () => {
    expect(posRefusals({ "stages.production.unattended.production-backup.branches": ["main", "feat/*"] })).toEqual([
      {
        path: "stages.production.unattended.production-backup.branches",
        came: '["main","feat/*"]',
        expected: '["main"]: nobody approves what runs here, so only reviewed code may',
        remedy: 'write ["main"]',
      },
    ]);
  });
});
