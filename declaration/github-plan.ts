import type { z } from "zod";
import { literals } from "./values";

/** The organization's GitHub plan. */
export const GitHubPlan = literals(["free", "team", "enterprise"], "the organization's GitHub plan");
export type GitHubPlan = z.infer<typeof GitHubPlan>;

export const Visibility = literals(["public", "private", "internal"], "who may see the repository");
export type Visibility = z.infer<typeof Visibility>;

/** A product of GitHub Advanced Security. */
export type License = "secret-protection" | "code-security";

/** Something that GitHub gives to some plans and visibilities only. */
export type PlanFeature =
  | "rulesets"
  | "organization rulesets"
  | "metadata rules"
  | "push rules"
  | "environments"
  | "required reviewers"
  | "wait timers"
  | "code owners"
  | "secret scanning"
  | "code scanning"
  | "internal visibility";

interface Availability {
  /** Plans on which a public repository has the feature. */
  readonly public: readonly GitHubPlan[];
  /** Plans on which a private or internal repository has it. */
  readonly private: readonly GitHubPlan[];
  /** Product that must be bought beside the plan, for a private or internal repository. */
  readonly license?: License;
  readonly source: string;
}

const ALL: readonly GitHubPlan[] = ["free", "team", "enterprise"];
const PAID: readonly GitHubPlan[] = ["team", "enterprise"];
const ENTERPRISE: readonly GitHubPlan[] = ["enterprise"];
const DOCS = "https://docs.github.com/en";

const AVAILABILITY: Readonly<Record<PlanFeature, Availability>> = {
  rulesets: {
    public: ALL,
    private: PAID,
    source: `${DOCS}/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets`,
  },
  "organization rulesets": {
    public: PAID,
    private: PAID,
    source: `${DOCS}/organizations/managing-organization-settings/creating-rulesets-for-repositories-in-your-organization`,
  },
  "metadata rules": {
    public: ENTERPRISE,
    private: ENTERPRISE,
    source: `${DOCS}/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets#metadata-restrictions`,
  },
  "push rules": {
    public: [],
    private: PAID,
    source: `${DOCS}/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets#push-rulesets`,
  },
  environments: {
    public: ALL,
    private: PAID,
    source: `${DOCS}/actions/reference/workflows-and-actions/deployments-and-environments`,
  },
  "required reviewers": {
    public: ALL,
    private: ENTERPRISE,
    source: `${DOCS}/actions/reference/workflows-and-actions/deployments-and-environments#required-reviewers`,
  },
  "wait timers": {
    public: ALL,
    private: ENTERPRISE,
    source: `${DOCS}/actions/reference/workflows-and-actions/deployments-and-environments#wait-timer`,
  },
  "code owners": {
    public: ALL,
    private: PAID,
    source: `${DOCS}/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners`,
  },
  "secret scanning": {
    public: ALL,
    private: PAID,
    license: "secret-protection",
    source: `${DOCS}/get-started/learning-about-github/about-github-advanced-security`,
  },
  "code scanning": {
    public: ALL,
    private: PAID,
    license: "code-security",
    source: `${DOCS}/get-started/learning-about-github/about-github-advanced-security`,
  },
  "internal visibility": {
    public: ENTERPRISE,
    private: ENTERPRISE,
    source: `${DOCS}/repositories/creating-and-managing-repositories/about-repositories#about-internal-repositories`,
  },
};

export interface PlanVerdict {
  readonly available: boolean;
  /** Plans that would have it for this visibility. */
  readonly plans: readonly GitHubPlan[];
  /** Product that it needs beside the plan. */
  readonly license: License | undefined;
  /** The page of GitHub's documentation that says so. */
  readonly source: string;
}

/** Whether a plan gives a feature to repositories of a visibility. */
export function planFeature(feature: PlanFeature, plan: GitHubPlan, visibility: Visibility): PlanVerdict {
  const availability = AVAILABILITY[feature];
  const plans = visibility === "public" ? availability.public : availability.private;
  const license = visibility === "public" ? undefined : availability.license;
  return { available: plans.includes(plan), plans, license, source: availability.source };
}

/** Whether an organization with this plan and these products has a feature for repositories of a visibility. */
export function hasFeature(
  feature: PlanFeature,
  github: { readonly plan: GitHubPlan; readonly licenses?: readonly License[] | undefined },
  visibility: Visibility,
): boolean {
  const { available, license } = planFeature(feature, github.plan, visibility);
  return available && (license === undefined || (github.licenses ?? []).includes(license));
}
