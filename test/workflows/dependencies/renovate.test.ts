import { allowedBranches } from "../../../declaration/allowed-branches";
import type { Dependencies } from "../../../declaration/dependencies";
import { inPhase } from "../../../declaration/in-phase";
import type { Service } from "../../../declaration/service";
import { organization } from "../../../services/organization";
import { relay } from "../../../services/relay";
import { summit } from "../../../services/summit";
import { renovateConfig } from "../../../workflows/dependencies/renovate-config";
import { renovateWorkflow } from "../../../workflows/dependencies/renovate-workflow";
import { updatesDocument } from "../../../workflows/dependencies/updates-document";
import { MANIFEST } from "../../../workflows/manifest";
import { serviceFiles } from "../../../workflows/service-files";

const service: Service = summit;
const declared: Dependencies = summit.dependencies;

function configOf(changes: Partial<Dependencies> = {}): Readonly<Record<string, unknown>> {
  return JSON.parse(renovateConfig(service, { ...declared, ...changes }, []).content);
}

describe("Renovate (SUM-12)", () => {
  test("leaves every file of Gatehouse's alone, itself included", () => {
    const files = serviceFiles(service, organization, {});
    const { ignorePaths } = JSON.parse(files.find(({ path }) => path === ".github/renovate.json")?.content ?? "{}");
    for (const { path } of files) if (path !== MANIFEST) expect(ignorePaths).toContain(path);
  });

  test("works in the hours that are declared, brings lock files up to date on their first day, and closes holes at any time", () => {
    const days = ["monday", "sunday", "friday"] as const;
    expect(configOf({ hours: { timeZone: "Asia/Tokyo", days, from: 9, to: 18 } })).toMatchObject({
      timezone: "Asia/Tokyo",
      schedule: ["* 9-17 * * 0,1,5"],
      updateNotScheduled: false,
      lockFileMaintenance: { enabled: true, schedule: ["* 9-17 * * 1"] },
      vulnerabilityAlerts: { enabled: true, addLabels: ["vulnerability"], schedule: ["at any time"] },
    });
    expect(configOf({ hours: { timeZone: "UTC", days, from: 23, to: 24 } }).schedule).toEqual(["* 23 * * 0,1,5"]);
  });

  test("opens no more than it may, and nothing that is too young", () => {
    expect(configOf()).toMatchObject({ prConcurrentLimit: 5, branchConcurrentLimit: 5, prHourlyLimit: 2 });
    expect([0, 1, 2].map((waitDays) => configOf({ waitDays }).minimumReleaseAge)).toEqual([
      undefined,
      "1 day",
      "2 days",
    ]);
  });

  test("pins images and actions, groups what is declared, writes Conventional Commits and merges nothing", () => {
    expect(
      configOf({ groups: { all: { managers: ["npm"] }, small: { managers: ["npm"], updates: ["patch"] } } }),
    ).toEqual(
      expect.objectContaining({
        extends: expect.arrayContaining(["docker:pinDigests", "helpers:pinGitHubActionDigests"]),
        packageRules: [
          { matchManagers: ["npm"], groupName: "all" },
          { matchManagers: ["npm"], matchUpdateTypes: ["patch"], groupName: "small" },
        ],
        semanticCommits: "enabled",
        automerge: false,
      }),
    );
  });

  test("its branches are allowed where it is declared, and begin with the prefix it uses", () => {
    expect(allowedBranches(service)).toEqual([...service.repository.branchNames, "renovate/*"]);
    expect(configOf().branchPrefix).toBe("renovate/");
    expect(allowedBranches(relay)).toEqual(relay.repository.branchNames);
  });

  test("comes with the phase of the freeze, and so do its branches", () => {
    const at = (phase: number) => inPhase({ service: { ...service, phase }, stateful: {} });
    expect([9, 10].map((phase) => renovateWorkflow(at(phase)) !== undefined)).toEqual([false, true]);
    expect([9, 10].map((phase) => allowedBranches(at(phase)).includes("renovate/*"))).toEqual([false, true]);
  });

  test("no pull request starts it, its environment has the token, and the job's own token may do nothing", () => {
    const workflow = renovateWorkflow(service);
    expect(Object.keys(workflow?.triggers ?? {})).toEqual(["schedule", "workflowDispatch"]);
    expect(workflow?.jobs.renovate).toMatchObject({ environment: { name: "renovate" }, permissions: {} });
    expect(JSON.stringify(workflow?.jobs.renovate?.steps)).toContain('"token":{"secret":"RENOVATE_TOKEN"}');
  });

  test("a red main stops it only where it stops others", () => {
    expect(updatesDocument(service, declared).content).toContain("while `main` is red none is merged at all");
    const { freezeWhenRed: _none, ...main } = service.main;
    expect(updatesDocument({ ...service, main }, { ...declared, groups: {} }).content).toContain(
      "none is merged by itself.",
    );
  });
});
