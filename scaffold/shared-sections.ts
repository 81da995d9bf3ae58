import { hasFeature, type PlanFeature } from "../declaration/github-plan";
import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import type { Stages } from "../declaration/stages";
import { byStage, type NewService, type Unattended } from "./asked";

/** Label of the pull request that repairs a red `main`. */
export const REPAIR_LABEL = "fix/main";

type Access = Service["owners"][string]["access"];

/** What roles may do in the repository; the others push. */
const ACCESS: Readonly<Record<string, Access>> = {
  maintainers: "maintain",
  platform: "admin",
  delivery: "admin",
  "release-captain": "maintain",
};
const LEAST_FIRST: readonly Access[] = ["push", "maintain", "admin"];

/** A team may do what the greatest of its roles may: GitHub gives it one permission. */
export function owners(asked: NewService): Service["owners"] {
  const roles = Object.entries(asked.owners);
  const accessOf = (team: string) => {
    const all = roles.filter(([, other]) => other === team).map(([role]) => ACCESS[role] ?? "push");
    return LEAST_FIRST.findLast((access) => all.includes(access)) ?? "push";
  };
  return Object.fromEntries(roles.map(([role, team]) => [role, { team, access: accessOf(team) }]));
}

/** The two areas that every service has, with those of its kind between them. */
export function responsibilities(
  own: Service["responsibilities"],
  delivery: { readonly role: string; readonly accountable: string; readonly paths: readonly string[] },
): Service["responsibilities"] {
  return {
    application: {
      description: "The service and its tests",
      paths: ["*"],
      responsible: ["maintainers"],
      accountable: "maintainers",
      consulted: ["security"],
      informed: ["platform"],
    },
    delivery: {
      description: "Workflows, scripts and settings of the delivery",
      paths: ["/.github/", "/scripts/", ...delivery.paths],
      responsible: [delivery.role],
      accountable: delivery.accountable,
      consulted: ["security"],
      informed: ["maintainers"],
    },
    ...own,
    security: {
      description: "Secrets, their rotation and the answer to a leak",
      paths: ["/docs/secret-matrix.md", "/docs/runbooks/secret-leak.md"],
      responsible: ["security"],
      accountable: "platform",
      consulted: ["maintainers"],
      informed: ["maintainers"],
    },
  };
}

/** What the organization's plan gives to repositories of the new service's visibility. */
export function given({ github }: Organization, { visibility }: Pick<NewService, "visibility">) {
  return (feature: PlanFeature) => hasFeature(feature, github, visibility);
}

/** Protections that the plan doesn't give to repositories of this visibility: the declaration is without them, and whoever asked is told. */
export function leftOut(organization: Organization, asked: NewService): readonly PlanFeature[] {
  const has = given(organization, asked);
  const wanted = ["secret scanning", "code scanning", "code owners", "required reviewers", "wait timers"] as const;
  return wanted.filter((feature) => !has(feature));
}

export function repository(
  organization: Organization,
  asked: NewService,
  topics: readonly string[],
): Service["repository"] {
  const scanned = given(organization, asked)("secret scanning");
  return {
    visibility: asked.visibility,
    topics,
    merge: ["squash"],
    squashMessage: "pull-request-title-and-body",
    deleteBranchOnMerge: true,
    updateBranchButton: true,
    issues: true,
    wiki: false,
    projects: false,
    secretScanning: scanned,
    pushProtection: scanned,
    vulnerabilityAlerts: true,
    branchNames: ["feat/*", "fix/*", "chore/*", "docs/*"],
  };
}

/** Stages without reviewers, but for production, which has what the plan gives. */
export function stages(
  organization: Organization,
  asked: NewService,
  { reviewer, unattended }: { readonly reviewer: string; readonly unattended: Readonly<Record<string, Unattended>> },
): Stages {
  const has = given(organization, asked);
  const reviewed = has("required reviewers");
  return byStage(asked.stages, (stage) => {
    const last = stage === asked.stages.at(-1);
    const own = unattended[stage];
    return {
      reviewers: last && reviewed ? [reviewer] : [],
      preventSelfReview: last && reviewed,
      waitMinutes: last && has("wait timers") ? 5 : 0,
      branches: ["main"],
      ...(own !== undefined && { unattended: own }),
    };
  });
}

/** Labels, the handling of flaky checks, who is called, and what a reviewer looks for. */
export function people(
  { name }: NewService,
  escalateTo: string,
): Pick<Service, "labels" | "flakes" | "onCall" | "pullRequestChecklist"> {
  return {
    labels: {
      "ci-flake": { color: "fbca04", description: "A check that fails without a cause in the change" },
      "freeze/main-red": { color: "b60205", description: "main is red: nothing but its repair is merged" },
      [REPAIR_LABEL]: { color: "0e8a16", description: "It repairs main, which is red: set by a maintainer" },
      incident: { color: "b60205", description: "Something is broken for customers" },
    },
    flakes: { label: "ci-flake", fixWithinDays: 14 },
    onCall: { channel: `#${name}-incidents`, respondWithinMinutes: 15, escalateTo },
    pullRequestChecklist: [
      "Tests cover the change, and fail without it",
      "Migrations expand before they contract: the code before and after them works with both schemas",
      "No secret, token or customer data in code, logs or screenshots",
      "New settings are in the matrix, with an owner",
      "Runbooks say what to do when this breaks",
    ],
  };
}
