import {
  type BusinessHours,
  DAYS,
  type Dependencies,
  RENOVATE_PREFIX,
  type UpdateGroup,
} from "../../declaration/dependencies";
import type { Service } from "../../declaration/service";
import { generatedBy } from "../generated-by";
import type { RenderedFile } from "../rendered-file";

/** One of the places where Renovate looks for it. https://docs.renovatebot.com/configuration-options/ */
export const RENOVATE_CONFIG = ".github/renovate.json";

/**
 * What Renovate does in the service's repository. Presets that only know more (which packages belong together, what replaces what) are Renovate's;
 * what decides is written out. It never touches the files that Gatehouse delivers: new versions in those come with Gatehouse's own pull request.
 *
 * @param ours paths of all files of Gatehouse's
 */
export function renovateConfig(
  { name, repository }: Pick<Service, "name" | "repository">,
  dependencies: Dependencies,
  ours: readonly string[],
): RenderedFile {
  const { hours, label, waitDays } = dependencies;
  const content = {
    $schema: "https://docs.renovatebot.com/renovate-schema.json",
    description: generatedBy(name),
    extends: [
      "group:monorepos",
      "group:recommended",
      "replacements:all",
      "workarounds:all",
      "docker:pinDigests",
      "helpers:pinGitHubActionDigests",
    ],
    baseBranchPatterns: ["main"],
    branchPrefix: RENOVATE_PREFIX,
    ignorePaths: ["**/node_modules/**", "**/vendor/**", ...[...ours, RENOVATE_CONFIG].toSorted()],
    timezone: hours.timeZone,
    schedule: [schedule(hours, hours.days)],
    updateNotScheduled: false,
    prConcurrentLimit: dependencies.openAtOnce,
    branchConcurrentLimit: dependencies.openAtOnce,
    prHourlyLimit: dependencies.openedPerHour,
    ...(waitDays > 0 && { minimumReleaseAge: waitDays === 1 ? "1 day" : `${waitDays} days` }),
    semanticCommits: "enabled",
    semanticCommitType: "chore",
    semanticCommitScope: "deps",
    labels: [label],
    automerge: false,
    dependencyDashboard: repository.issues,
    lockFileMaintenance: { enabled: true, schedule: [schedule(hours, hours.days.slice(0, 1))] },
    osvVulnerabilityAlerts: true,
    vulnerabilityAlerts: { enabled: true, addLabels: [dependencies.vulnerabilityLabel], schedule: ["at any time"] },
    packageRules: Object.entries(dependencies.groups).map(([group, rule]) => packageRule(group, rule)),
  };
  return { path: RENOVATE_CONFIG, content: `${JSON.stringify(content, undefined, 2)}\n`, executable: false };
}

/** A cron expression whose minutes are a star, as Renovate wants it: https://docs.renovatebot.com/configuration-options/#schedule */
function schedule({ from, to }: BusinessHours, days: BusinessHours["days"]): string {
  const numbers = days.map((day) => DAYS.indexOf(day)).toSorted((a, b) => a - b);
  return `* ${to - from === 1 ? from : `${from}-${to - 1}`} * * ${numbers.join(",")}`;
}

function packageRule(groupName: string, { managers, updates }: UpdateGroup): object {
  return { matchManagers: managers, ...(updates !== undefined && { matchUpdateTypes: updates }), groupName };
}
