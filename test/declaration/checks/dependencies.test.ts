import { summit } from "../../../services/summit";
import { summitRefusals } from "../fixture";

const { hours } = summit.dependencies;

describe("updates of dependencies (SUM-12)", () => {
  test("as written they are taken", () => {
    expect(summitRefusals({})).toEqual([]);
  });

  test("don't come from an environment with reviewers: they would approve every run", () => {
    expect(summitRefusals({ "dependencies.environment": "prod" })).toEqual([
      {
        path: "dependencies.environment",
        came: '"prod"',
        expected: 'one of the unattended environments: "previews", "migrations", "renovate", "traces"',
        remedy: "declare it in stages.<stage>.unattended: one with reviewers would have them approve every run",
      },
    ]);
  });

  test("need the token there, and from main only", () => {
    expect(summitRefusals({ "settings.RENOVATE_TOKEN.environments": ["stage"] })).toEqual([
      {
        path: "dependencies.token",
        came: '"RENOVATE_TOKEN", which the environment "renovate" doesn\'t define',
        expected: 'a key that "renovate" defines: the workflow reads it there',
        remedy: 'add "renovate" to settings.RENOVATE_TOKEN.environments',
      },
    ]);
    expect(summitRefusals({ "stages.stage.unattended.renovate.branches": ["main", "feat/*"] })).toContainEqual({
      path: "stages.stage.unattended.renovate.branches",
      came: '["main","feat/*"]',
      expected: '["main"]: a token that opens pull requests is read by reviewed workflows only',
      remedy: 'write ["main"]',
    });
  });

  test.each(["Europe/Berln", "Mars/Olympus"])("have no hours in %s", (timeZone) => {
    expect(summitRefusals({ "dependencies.hours": { ...hours, timeZone } })).toEqual([
      {
        path: "dependencies.hours.timeZone",
        came: `"${timeZone}"`,
        expected: "a time zone of the IANA database",
        remedy: 'write e.g. "Europe/Berlin" or "UTC"',
        source: "https://www.iana.org/time-zones",
      },
    ]);
  });

  test("have hours that end after they begin, and each day once", () => {
    expect(summitRefusals({ "dependencies.hours": { ...hours, from: 17, to: 8, days: ["friday", "friday"] } })).toEqual(
      [
        {
          path: "dependencies.hours",
          came: "from 17 to 8",
          expected: "an end after the beginning",
          remedy: "write hours of one day, such as from: 8, to: 17",
        },
        {
          path: "dependencies.hours.days[1]",
          came: '"friday" a second time',
          expected: "each once",
          remedy: "remove one",
        },
      ],
    );
  });

  test("have labels that are declared, and one of its own for vulnerabilities", () => {
    expect(summitRefusals({ "dependencies.label": "dependncies" })).toEqual([
      expect.objectContaining({
        path: "dependencies.label",
        came: '"dependncies"',
        remedy: 'declare the label; did you mean "dependencies"?',
      }),
    ]);
    expect(summitRefusals({ "dependencies.vulnerabilityLabel": "dependencies" })).toEqual([
      {
        path: "dependencies.vulnerabilityLabel",
        came: '"dependencies"',
        expected: "another label than the one that all of these pull requests have",
        remedy: "declare one of its own, such as labels.vulnerability",
      },
    ]);
  });

  test("hear of vulnerabilities", () => {
    expect(summitRefusals({ "repository.vulnerabilityAlerts": false })).toEqual([
      {
        path: "repository.vulnerabilityAlerts",
        came: "false",
        expected: "true: Renovate is told of vulnerabilities by GitHub's alerts",
        remedy: "write true, or remove dependencies",
        source: "https://docs.renovatebot.com/configuration-options/#vulnerabilityalerts",
      },
    ]);
  });

  test("have branches that nobody needs to allow by hand", () => {
    expect(summitRefusals({ "repository.branchNames": ["feat/*", "chore/*", "renovate/*"] })).toEqual([
      {
        path: "repository.branchNames[2]",
        came: '"renovate/*"',
        expected: "no pattern for Renovate's branches: they are allowed because dependencies is declared",
        remedy: "remove it",
      },
    ]);
  });

  test("are grouped by package managers that Renovate knows", () => {
    expect(summitRefusals({ "dependencies.groups.odd": { managers: ["docker"] } })).toEqual([
      expect.objectContaining({ path: "dependencies.groups.odd.managers[0]", came: '"docker"' }),
    ]);
  });
});
