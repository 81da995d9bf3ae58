import { REMOVED } from "./change";
import { posRefusals } from "./fixture";

describe("what has a wrong shape is named with its place, what was expected and what to do", () => {
  test("a property that is missing is named", () => {
    expect(posRefusals({ "stages.production.waitMinutes": REMOVED })).toEqual([
      {
        path: "stages.production.waitMinutes",
        came: "nothing",
        expected: "a whole number of minutes from 0 to 43,200",
        remedy: "write at most 43,200 (30 days), or 0 for no wait",
        source:
          "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#wait-timer",
      },
    ]);
  });

  test("a misspelled property is named together with the one that is missing in its place", () => {
    expect(posRefusals({ "stages.production.waitMinutes": REMOVED, "stages.production.waitMinuets": 5 })).toEqual([
      {
        path: "stages.production.waitMinutes",
        came: "nothing",
        expected: "a whole number of minutes from 0 to 43,200",
        remedy: "write at most 43,200 (30 days), or 0 for no wait",
        source:
          "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#wait-timer",
      },
      {
        path: "stages.production.waitMinuets",
        came: 'the property "waitMinuets"',
        expected: "a property that the declaration language has",
        remedy: 'remove it, or correct its name; did you mean "waitMinutes"?',
      },
    ]);
  });

  test("a property that doesn't exist is named, and does not hide what else is wrong", () => {
    expect(posRefusals({ nmae: "pos", "stages.production.reviewers": ["nobody"] })).toEqual([
      {
        path: "nmae",
        came: 'the property "nmae"',
        expected: "a property that the declaration language has",
        remedy: "remove it, or correct its name",
      },
      {
        path: "stages.production.reviewers[0]",
        came: '"nobody"',
        expected: 'one of the roles in owners: "maintainers", "platform", "security"',
        remedy: "nobody plays this role: declare it in owners, or name one of them",
      },
    ]);
  });

  test("text where a number belongs is refused", () => {
    expect(posRefusals({ "stages.production.waitMinutes": "5" })).toEqual([
      {
        path: "stages.production.waitMinutes",
        came: '"5"',
        expected: "a whole number of minutes from 0 to 43,200",
        remedy: "write at most 43,200 (30 days), or 0 for no wait",
        source:
          "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#wait-timer",
      },
    ]);
  });

  test("a list where a record belongs is refused", () => {
    expect(posRefusals({ labels: [] })).toEqual([
      {
        path: "labels",
        came: "[]",
        expected: "a record { … }",
        remedy: "write a record { … } in its place",
      },
    ]);
  });

  test("a record where a list belongs is refused", () => {
    expect(posRefusals({ "repository.topics": {} })).toEqual([
      {
        path: "repository.topics",
        came: "{}",
        expected: "a list [ … ]",
        remedy: "write a list [ … ] in its place",
      },
    ]);
  });

  test("a bad host name in an address is told as that", () => {
    expect(posRefusals({ "edge.addresses.staging.hostname": "pos_staging.example.com" })).toEqual([
      {
        path: "edge.addresses.staging.hostname",
        came: '"pos_staging.example.com"',
        expected: 'a host name such as "pos.example.com", lower-case, without scheme or path',
        remedy: "write the host name alone; write an internationalized one in its xn-- form",
      },
    ]);
  });

  test("a bad route in an address is told as that", () => {
    expect(posRefusals({ "edge.addresses.staging": { route: "https://example.com/*", zone: "example.com" } })).toEqual([
      {
        path: "edge.addresses.staging.route",
        came: '"https://example.com/*"',
        expected: 'a route pattern such as "api.example.com/pos/*"',
        remedy: "write host and path, without scheme; * may only stand at the very beginning and at the very end",
        source: "https://developers.cloudflare.com/workers/configuration/routing/routes/#matching-behavior",
      },
    ]);
  });

  test("a value of a variable that is too long is told as that", () => {
    expect(posRefusals({ "settings.APP_ENV.environments.staging": "x".repeat(1001) })).toEqual([
      {
        path: "settings.APP_ENV.environments.staging",
        came: '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… (1003 characters)',
        expected: "a value of one line, 1 to 1,000 characters",
        remedy: "write the value, or leave the column out",
      },
    ]);
  });

  test("a value of a variable that is no text is told both ways of writing it", () => {
    expect(posRefusals({ "settings.APP_ENV.environments.staging": 5 })).toEqual([
      {
        path: "settings.APP_ENV.environments.staging",
        came: "5",
        expected: "a value, or { from: … }",
        remedy: 'write the value, or derive it: { from: "d1.main.id" }',
      },
    ]);
  });

  test("a key that is no key is told as the key", () => {
    expect(
      posRefusals({
        "settings.app-env": { kind: "variable", description: "No", owner: "maintainers", ci: "1", environments: {} },
      }),
    ).toEqual([
      {
        path: "settings.app-env",
        came: 'the key "app-env"',
        expected: "a key of A–Z, 0–9 and _, beginning with a letter, not with GITHUB_",
        remedy: "rename the key",
        source: "https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets",
      },
    ]);
  });

  test("a section of the wrong kind leaves the other sections' mistakes visible", () => {
    expect(posRefusals({ stages: "production", "flakes.label": "nope" })).toEqual([
      {
        path: "stages",
        came: '"production"',
        expected: "a record { … }",
        remedy: "write a record { … } in its place",
      },
      {
        path: "flakes.label",
        came: '"nope"',
        expected: 'one of the labels: "ci-flake", "incident", "restore-drill"',
        remedy: "declare the label",
      },
    ]);
  });
});
