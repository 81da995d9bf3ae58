import { REMOVED } from "../change";
import { minimalRefusals, posRefusals } from "../fixture";

describe("the repository's settings don't contradict each other or the plan", () => {
  test("push protection without secret scanning is refused", () => {
    expect(posRefusals({ "repository.secretScanning": false })).toEqual([
      {
        path: "repository.pushProtection",
        came: "true, with secretScanning false",
        expected: "push protection only together with secret scanning",
        remedy: "write secretScanning: true, or pushProtection: false",
        source: "https://docs.github.com/en/code-security/secret-scanning/introduction/about-push-protection",
      },
    ]);
  });

  test("push rules that refuse nothing are refused", () => {
    expect(
      minimalRefusals({
        "repository.visibility": "private",
        "repository.secretScanning": false,
        "repository.pushProtection": false,
        "stages.production.reviewers": [],
        "stages.production.preventSelfReview": false,
        "stages.production.waitMinutes": 0,
        "repository.pushRules": {},
      }),
    ).toEqual([
      {
        path: "repository.pushRules",
        came: "push rules that refuse nothing",
        expected: "maxFileMegabytes or refusedExtensions",
        remedy: "say what is refused, or remove pushRules",
      },
    ]);
  });

  test("a branch pattern, a merge method and a topic may each stand once", () => {
    expect(
      posRefusals({
        "repository.branchNames.1": "feat/*",
        "repository.merge": ["squash", "squash"],
        "repository.topics.1": "cloudflare-workers",
      }),
    ).toEqual([
      {
        path: "repository.branchNames[1]",
        came: '"feat/*" a second time',
        expected: "each once",
        remedy: "remove one",
      },
      {
        path: "repository.merge[1]",
        came: '"squash" a second time',
        expected: "each once",
        remedy: "remove one",
      },
      {
        path: "repository.topics[1]",
        came: '"cloudflare-workers" a second time',
        expected: "each once",
        remedy: "remove one",
      },
    ]);
  });

  test("a repository without a merge method is refused", () => {
    expect(posRefusals({ "repository.merge": [] })).toEqual([
      {
        path: "repository.merge",
        came: "[]",
        expected: "at least one merge method",
        remedy: 'write ["squash"]',
      },
    ]);
  });

  test("a branch name that Git refuses is refused", () => {
    expect(posRefusals({ "repository.branchNames.0": "feat/..hidden" })).toEqual([
      {
        path: "repository.branchNames[0]",
        came: '"feat/..hidden"',
        expected: 'a branch pattern such as "main" or "feat/*"',
        remedy: "write a name Git takes: letters, digits, . _ - / and * as the wildcard",
        source: "https://git-scm.com/docs/git-check-ref-format",
      },
    ]);
  });

  test("no pattern of branch names at all is refused", () => {
    expect(posRefusals({ "repository.branchNames": [] })).toEqual([
      {
        path: "repository.branchNames",
        came: "[]",
        expected: "at least one branch pattern",
        remedy: 'write ["feat/*", "fix/*"]',
      },
    ]);
  });

  test("more than twenty topics are refused", () => {
    expect(minimalRefusals({ "repository.topics": Array.from({ length: 21 }, (_, i) => `topic-${i}`) })).toEqual([
      {
        path: "repository.topics",
        came: '["topic-0","topic-1","topic-2","topic-3","topic-4","topic-5","topic-6","topic-7","topic-8","topic-9","topic-10","topic-1… (222 characters)',
        expected: "at most 20 topics",
        remedy: "drop some",
        source:
          "https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/classifying-your-repository-with-topics",
      },
    ]);
  });

  test("a protection that is left out is not assumed", () => {
    expect(posRefusals({ "repository.secretScanning": REMOVED })).toEqual([
      {
        path: "repository.secretScanning",
        came: "nothing",
        expected: "true or false: whether GitHub looks for secrets in the repository",
        remedy: "say it: a protection that is left out is not assumed",
      },
    ]);
  });

  test("a visibility that doesn't exist is one mistake and makes no others", () => {
    expect(posRefusals({ "repository.visibility": "privat" })).toEqual([
      {
        path: "repository.visibility",
        came: '"privat"',
        expected: 'who may see the repository: "public", "private", "internal"',
        remedy: 'write one of "public", "private", "internal"',
      },
    ]);
  });
});
