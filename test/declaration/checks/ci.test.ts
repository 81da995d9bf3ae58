import { SECRET } from "../../support/secret-setting";
import { minimalRefusals, posRefusals } from "../fixture";

describe("the CI workflow checks and changes nothing", () => {
  test("a CI workflow without jobs is refused", () => {
    expect(minimalRefusals({ "ci.jobs": {} })).toEqual([
      {
        path: "main.requiredChecks[0].job",
        came: '"test"',
        expected: "one of the jobs of ci, of which there are none",
        remedy: "no job reports this check: declare the job, or correct the reference if the job was renamed",
      },
      {
        path: "ci.jobs",
        came: "no job",
        expected: "at least one job",
        remedy: "declare what a pull request must pass",
      },
    ]);
  });

  test("two jobs of one name are refused", () => {
    expect(posRefusals({ "ci.jobs.shellcheck.name": "git-hygiene" })).toEqual([
      {
        path: "ci.jobs.git-hygiene.name",
        came: '"git-hygiene", which the job "shellcheck" reports too',
        expected: "a name that no other job reports",
        remedy: "rename one: GitHub can't tell two checks of one name apart",
      },
    ]);
  });

  test("a job that needs one that doesn't exist is refused", () => {
    expect(posRefusals({ "ci.jobs.shellcheck.needs": ["git-hygeine"] })).toEqual([
      {
        path: "ci.jobs.shellcheck.needs[0]",
        came: '"git-hygeine"',
        expected:
          'one of the jobs of ci: "lint-docs-and-yaml", "shellcheck", "git-hygiene", "codeql", "trivy-config-scan"',
        remedy: 'name a job that exists; did you mean "git-hygiene"?',
      },
    ]);
  });

  test("jobs that wait for each other are refused", () => {
    expect(
      posRefusals({ "ci.jobs.shellcheck.needs": ["git-hygiene"], "ci.jobs.git-hygiene.needs": ["shellcheck"] }),
    ).toEqual([
      {
        path: "ci.jobs.shellcheck.needs",
        came: "a circle: shellcheck → git-hygiene → shellcheck",
        expected: "an order in which the jobs can run",
        remedy: "remove one of these needs",
      },
    ]);
  });

  test("a job that waits for itself is refused", () => {
    expect(posRefusals({ "ci.jobs.shellcheck.needs": ["shellcheck"] })).toEqual([
      {
        path: "ci.jobs.shellcheck.needs",
        came: "a circle: shellcheck → shellcheck",
        expected: "an order in which the jobs can run",
        remedy: "remove one of these needs",
      },
    ]);
  });

  test("a job with an environment is a deploy job, and refused in the workflow that pull requests start", () => {
    expect(minimalRefusals({ "ci.jobs.test.environment": "production" })).toEqual([
      {
        path: "ci.jobs.test.environment",
        came: 'a deployment to "production" in the CI workflow, which pull requests start',
        expected: "jobs without an environment",
        remedy: "deploy with a release (the service's `release`), which only main can start",
      },
    ]);
  });

  test("a step that runs wrangler deploy is refused in the workflow that pull requests start", () => {
    expect(minimalRefusals({ "ci.jobs.test.steps.0.run": "npx wrangler@4 \\\n  --env production deploy" })).toEqual([
      {
        path: "ci.jobs.test.steps[0].run",
        came: '"wrangler deploy" in the CI workflow, which pull requests start',
        expected: "steps that check and change nothing outside",
        remedy: "deploy with a release (the service's `release`), which only main can start",
      },
    ]);
  });

  test("a step with Cloudflare's deploying action is refused in the workflow that pull requests start", () => {
    expect(
      minimalRefusals({
        "ci.jobs.test.steps.0": {
          name: "Deploy",
          action: { uses: "cloudflare/wrangler-action@da0e0dfe58b7a431659754fdf3f186c529afbe65", version: "v3.14.1" },
        },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.steps[0].action",
        came: '"cloudflare/wrangler-action@da0e0dfe58b7a431659754fdf3f186c529afbe65" in the CI workflow, which pull requests start',
        expected: "steps that check and change nothing outside",
        remedy: "deploy with a release (the service's `release`), which only main can start",
      },
    ]);
  });

  test("a step that reads a key which isn't declared is refused", () => {
    expect(
      minimalRefusals({
        "settings.API_URL": {
          kind: "variable",
          description: "Where the API is",
          owner: "maintainers",
          ci: "http://localhost",
          environments: {},
        },
        "ci.jobs.test.steps.0.env": { URL: { setting: "API_URI" } },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.steps[0].env.URL",
        came: 'the setting "API_URI", which is not declared',
        expected: 'one of the keys of settings: "API_URL"',
        remedy: 'declare it in settings, or name one of its keys; did you mean "API_URL"?',
      },
    ]);
  });

  test("a step that reads a secret is refused in the workflow that pull requests start", () => {
    expect(
      minimalRefusals({
        "settings.API_KEY": SECRET,
        "ci.jobs.test.steps.0.env": { KEY: { setting: "API_KEY" } },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.steps[0].env.KEY",
        came: 'the secret "API_KEY" in the CI workflow, which pull requests start',
        expected: "variables with a value for CI",
        remedy: "move what needs the secret into a workflow that only main can start",
        source: "https://docs.github.com/en/actions/reference/security/secure-use",
      },
    ]);
  });

  test("an input of an action that reads a variable without a value for CI is refused", () => {
    expect(
      minimalRefusals({
        "settings.API_URL": {
          kind: "variable",
          description: "Where the API is",
          owner: "maintainers",
          environments: { production: "https://example.com" },
        },
        "ci.jobs.test.steps.0": {
          name: "Check",
          action: { uses: "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683", version: "v4.2.2" },
          with: { url: { setting: "API_URL" } },
        },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.steps[0].with.url",
        came: 'the variable "API_URL", which has no value for CI',
        expected: "a variable with a value for CI",
        remedy: "write settings.API_URL.ci",
      },
    ]);
  });

  test("a step may read a variable that has a value for CI", () => {
    expect(
      minimalRefusals({
        "settings.API_URL": {
          kind: "variable",
          description: "Where the API is",
          owner: "maintainers",
          ci: "http://localhost",
          environments: {},
        },
        "ci.jobs.test.steps.0.env": { URL: { setting: "API_URL" } },
      }),
    ).toEqual([]);
  });

  test("a matrix without keys is refused", () => {
    expect(minimalRefusals({ "ci.jobs.test.matrix": {} })).toEqual([
      {
        path: "ci.jobs.test.matrix",
        came: "a matrix without keys",
        expected: "at least one key",
        remedy: "give it a key with values, or remove the matrix",
      },
    ]);
  });

  test("a matrix with a value twice is refused: two legs would report one check", () => {
    expect(posRefusals({ "ci.jobs.codeql.matrix.language": ["python", "javascript-typescript", "python"] })).toEqual([
      {
        path: "ci.jobs.codeql.matrix.language[2]",
        came: '"python" a second time',
        expected: "each value once: two legs would report one check",
        remedy: "remove one",
      },
    ]);
  });

  test("a matrix of more than 256 jobs is refused", () => {
    expect(
      minimalRefusals({
        "ci.jobs.test.matrix": {
          a: Array.from({ length: 20 }, (_, i) => `a${i}`),
          b: Array.from({ length: 20 }, (_, i) => `b${i}`),
        },
      }),
    ).toEqual([
      {
        path: "ci.jobs.test.matrix",
        came: "400 combinations",
        expected: "at most 256 jobs of one matrix",
        remedy: "split the job, or drop values",
        source: "https://docs.github.com/en/actions/reference/limits",
      },
    ]);
  });

  test("CodeQL in a private repository is refused while the organization hasn't bought code scanning", () => {
    expect(
      minimalRefusals({
        "repository.visibility": "private",
        "repository.secretScanning": false,
        "repository.pushProtection": false,
        "stages.production.reviewers": [],
        "stages.production.preventSelfReview": false,
        "stages.production.waitMinutes": 0,
        "ci.jobs.scan": { kind: "codeql", gate: "security", timeoutMinutes: 20, matrix: { language: ["go"] } },
      }),
    ).toEqual([
      {
        path: "ci.jobs.scan",
        came: 'code scanning for a private repository without the product "code-security"',
        expected: 'the product "code-security", which GitHub sells beside the plan',
        remedy:
          "make the repository public, buy it and add it to github.licenses in services/organization.ts, or remove the job: CodeQL could not hand in what it finds",
        source: "https://docs.github.com/en/get-started/learning-about-github/about-github-advanced-security",
      },
    ]);
  });

  test("CodeQL in a private repository is fine once the organization has bought code scanning", () => {
    expect(
      minimalRefusals(
        {
          "repository.visibility": "private",
          "repository.secretScanning": false,
          "repository.pushProtection": false,
          "stages.production.reviewers": [],
          "stages.production.preventSelfReview": false,
          "stages.production.waitMinutes": 0,
          "ci.jobs.scan": { kind: "codeql", gate: "security", timeoutMinutes: 20, matrix: { language: ["go"] } },
        },
        { organization: { "github.licenses": ["code-security"] } },
      ),
    ).toEqual([]);
  });
});
