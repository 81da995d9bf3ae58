import { REMOVED } from "./change";
import { minimalRefusals, posRefusals } from "./fixture";

describe("a step's action is pinned to a commit", () => {
  test("an action at a tag is refused", () => {
    expect(
      minimalRefusals({
        "ci.jobs.test.steps.0": { name: "Check out", action: { uses: "actions/checkout@v4", version: "v4.2.2" } },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.steps[0].action.uses",
        came: '"actions/checkout@v4"',
        expected: "an action at a full commit SHA: owner/name@<40 hexadecimal digits>",
        remedy:
          "look the commit up (git ls-remote https://github.com/<owner>/<name> refs/tags/<version>) and write it in place of the tag",
        source: "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
      },
    ]);
  });

  test("an action at a branch is refused", () => {
    expect(
      minimalRefusals({
        "ci.jobs.test.steps.0": { name: "Check out", action: { uses: "actions/checkout@main", version: "v4.2.2" } },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.steps[0].action.uses",
        came: '"actions/checkout@main"',
        expected: "an action at a full commit SHA: owner/name@<40 hexadecimal digits>",
        remedy:
          "look the commit up (git ls-remote https://github.com/<owner>/<name> refs/tags/<version>) and write it in place of the tag",
        source: "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
      },
    ]);
  });

  test("an action at a short commit is refused", () => {
    expect(
      minimalRefusals({
        "ci.jobs.test.steps.0": { name: "Check out", action: { uses: "actions/checkout@11bd719", version: "v4.2.2" } },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.steps[0].action.uses",
        came: '"actions/checkout@11bd719"',
        expected: "an action at a full commit SHA: owner/name@<40 hexadecimal digits>",
        remedy:
          "look the commit up (git ls-remote https://github.com/<owner>/<name> refs/tags/<version>) and write it in place of the tag",
        source: "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
      },
    ]);
  });

  test("an action without a version is refused", () => {
    expect(
      minimalRefusals({
        "ci.jobs.test.steps.0": { name: "Check out", action: { uses: "actions/checkout", version: "v4.2.2" } },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.steps[0].action.uses",
        came: '"actions/checkout"',
        expected: "an action at a full commit SHA: owner/name@<40 hexadecimal digits>",
        remedy:
          "look the commit up (git ls-remote https://github.com/<owner>/<name> refs/tags/<version>) and write it in place of the tag",
        source: "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
      },
    ]);
  });

  test("a container in an action's place is refused", () => {
    expect(
      minimalRefusals({
        "ci.jobs.test.steps.0": { name: "Lint", action: { uses: "docker://alpine:3.20", version: "v3.20" } },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.steps[0].action.uses",
        came: '"docker://alpine:3.20"',
        expected: "an action at a full commit SHA: owner/name@<40 hexadecimal digits>",
        remedy:
          "look the commit up (git ls-remote https://github.com/<owner>/<name> refs/tags/<version>) and write it in place of the tag",
        source: "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
      },
    ]);
  });

  test("an action of the repository itself is refused", () => {
    expect(
      minimalRefusals({
        "ci.jobs.test.steps.0": { name: "Set up", action: { uses: "./.github/actions/set-up", version: "v1" } },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.steps[0].action.uses",
        came: '"./.github/actions/set-up"',
        expected: "an action at a full commit SHA: owner/name@<40 hexadecimal digits>",
        remedy:
          "look the commit up (git ls-remote https://github.com/<owner>/<name> refs/tags/<version>) and write it in place of the tag",
        source: "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
      },
    ]);
  });

  test("an action of the repository itself is refused with a commit behind it too", () => {
    expect(
      minimalRefusals({
        "ci.jobs.test.steps.0": {
          name: "Set up",
          action: { uses: "./.github/actions/set-up@11bd71901bbe5b1630ceea73d27597364c9af683", version: "v1" },
        },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.steps[0].action.uses",
        came: '"./.github/actions/set-up@11bd71901bbe5b1630ceea73d27597364c9af683"',
        expected: "an action at a full commit SHA: owner/name@<40 hexadecimal digits>",
        remedy:
          "look the commit up (git ls-remote https://github.com/<owner>/<name> refs/tags/<version>) and write it in place of the tag",
        source: "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
      },
    ]);
  });

  test("an action whose path leads out of its repository is refused", () => {
    expect(
      minimalRefusals({
        "ci.jobs.test.steps.0": {
          name: "Set up",
          action: { uses: "actions/cache/../save@11bd71901bbe5b1630ceea73d27597364c9af683", version: "v1" },
        },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.steps[0].action.uses",
        came: '"actions/cache/../save@11bd71901bbe5b1630ceea73d27597364c9af683"',
        expected: "an action at a full commit SHA: owner/name@<40 hexadecimal digits>",
        remedy:
          "look the commit up (git ls-remote https://github.com/<owner>/<name> refs/tags/<version>) and write it in place of the tag",
        source: "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
      },
    ]);
  });

  test("an action in a folder of its repository is fine at a commit", () => {
    expect(
      minimalRefusals({
        "ci.jobs.test.steps.0": {
          name: "Save",
          action: { uses: "actions/cache/save@11bd71901bbe5b1630ceea73d27597364c9af683", version: "v4.2.2" },
        },
      }),
    ).toEqual([]);
  });

  test("a step with neither script nor action is refused", () => {
    expect(minimalRefusals({ "ci.jobs.test.steps.0": { name: "Nothing" } })).toEqual([
      {
        path: "ci.jobs.test.steps[0]",
        came: '{"name":"Nothing"}',
        expected: "a step with either run or action",
        remedy: "write { name, run } or { name, action: { uses, version } }",
      },
    ]);
  });

  test("a step with both script and action is refused", () => {
    expect(
      minimalRefusals({
        "ci.jobs.test.steps.0": {
          name: "Both",
          run: "true",
          action: { uses: "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683", version: "v4.2.2" },
        },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.steps[0]",
        came: '{"name":"Both","run":"true","action":{"uses":"actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683","version":"v4.2… (125 characters)',
        expected: "a step with either run or action",
        remedy: "write { name, run } or { name, action: { uses, version } }",
      },
    ]);
  });

  test("a script with an expression is refused: it would be an injection", () => {
    expect(minimalRefusals({ "ci.jobs.test.steps.0.run": "echo ${{ github.event.pull_request.title }}" })).toEqual([
      {
        path: "ci.jobs.test.steps[0].run",
        came: '"echo ${{ github.event.pull_request.title }}"',
        expected: "a script without ${{ … }} expressions",
        remedy: "pass the value through env and read it as a shell variable",
        source: "https://docs.github.com/en/actions/concepts/security/script-injections",
      },
    ]);
  });

  test("a script may use the shell's own variables", () => {
    expect(minimalRefusals({ "ci.jobs.test.steps.0.run": 'echo "${HOME}" "%{x}"' })).toEqual([]);
  });

  test("a job of a kind that doesn't exist is refused", () => {
    expect(minimalRefusals({ "ci.jobs.test.kind": "step" })).toEqual([
      {
        path: "ci.jobs.test.kind",
        came: '"step"',
        expected:
          'a job of kind "docs-and-yaml-lint", "shellcheck", "git-hygiene", "codeql", "trivy-config", "migrations", "test", "scan", "package", "build", "licenses", "flaky-tests", "docs-policy", "gitleaks", "all-of" or "steps"',
        remedy: "name the kind of the job",
      },
    ]);
  });

  test.each([
    ["reads", [], "at least one of them"],
    ["reads.0", "contents", 'what of GitHub the steps read: "issues", "pull-requests"'],
  ])("%s of a job of steps can't be %j", (path, value, expected) => {
    expect(minimalRefusals({ [`ci.jobs.test.${path.split(".")[0]}`]: path === "reads" ? value : [value] })).toEqual([
      expect.objectContaining({ expected }),
    ]);
  });

  test("the report of secrets is kept for some days", () => {
    const gitleaks = { kind: "gitleaks", name: "Gitleaks", gate: "security", timeoutMinutes: 5 };
    expect(minimalRefusals({ "ci.jobs.leaks": { ...gitleaks, keepDays: 90 } })).toEqual([]);
    expect(minimalRefusals({ "ci.jobs.leaks": gitleaks }).map(({ path }) => path)).toEqual(["ci.jobs.leaks.keepDays"]);
  });

  test("a misspelled property of a step is named, with what was probably meant", () => {
    expect(minimalRefusals({ "ci.jobs.test.steps.0": { name: "Test", run: "npm test", en: {} } })).toEqual([
      {
        path: "ci.jobs.test.steps[0].en",
        came: 'the property "en"',
        expected: "a property that the declaration language has",
        remedy: 'remove it, or correct its name; did you mean "env"?',
      },
    ]);
  });

  test("a job without a step is refused", () => {
    expect(minimalRefusals({ "ci.jobs.test.steps": [] })).toEqual([
      {
        path: "ci.jobs.test.steps",
        came: "[]",
        expected: "at least one step",
        remedy: "write what the job does",
      },
    ]);
  });

  test("a language that CodeQL doesn't know is refused", () => {
    expect(posRefusals({ "ci.jobs.codeql.matrix.language.1": "cobol", "main.requiredChecks.4": REMOVED })).toEqual([
      {
        path: "ci.jobs.codeql.matrix.language[1]",
        came: '"cobol"',
        expected:
          'a language of CodeQL: "actions", "c-cpp", "csharp", "go", "java-kotlin", "javascript-typescript", "python", "ruby", "rust", "swift"',
        remedy:
          'write one of "actions", "c-cpp", "csharp", "go", "java-kotlin", "javascript-typescript", "python", "ruby", "rust", "swift"',
      },
    ]);
  });
});
