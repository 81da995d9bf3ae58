import { type GitHubPlan, type PlanFeature, planFeature, type Visibility } from "../../declaration/github-plan";
import type { Changes } from "./change";
import { minimalRefusals } from "./fixture";

const PLANS: readonly GitHubPlan[] = ["free", "team", "enterprise"];
const VISIBILITIES: readonly Visibility[] = ["public", "private", "internal"];

const ALL = "free, team, enterprise";
const PAID = "team, enterprise";

/** Plans on which a repository has a feature: public, private, internal. From GitHub's documentation; the sources are asserted below. */
const TABLE: Readonly<Record<PlanFeature, readonly [string, string, string]>> = {
  rulesets: [ALL, PAID, PAID],
  "organization rulesets": [PAID, PAID, PAID],
  "metadata rules": ["enterprise", "enterprise", "enterprise"],
  "push rules": ["", PAID, PAID],
  environments: [ALL, PAID, PAID],
  "required reviewers": [ALL, "enterprise", "enterprise"],
  "wait timers": [ALL, "enterprise", "enterprise"],
  "code owners": [ALL, PAID, PAID],
  "secret scanning": [ALL, PAID, PAID],
  "code scanning": [ALL, PAID, PAID],
  "internal visibility": ["enterprise", "enterprise", "enterprise"],
};

const FEATURES = Object.keys(TABLE) as PlanFeature[];

describe("what each plan gives to repositories of each visibility", () => {
  test.each(FEATURES)("%s", (feature) => {
    const has = VISIBILITIES.map((visibility) =>
      PLANS.filter((plan) => planFeature(feature, plan, visibility).available).join(", "),
    );
    expect(has).toEqual(TABLE[feature]);
  });

  test.each(FEATURES)("the source of the fact on %s is a page of GitHub's documentation", (feature) => {
    expect(planFeature(feature, "free", "public").source).toMatch(
      /^https:\/\/docs\.github\.com\/en\/[a-z/-]+(#[a-z-]+)?$/,
    );
  });

  test("scanning a private repository needs a product beside the plan, a public one doesn't", () => {
    expect(planFeature("secret scanning", "team", "private").license).toBe("secret-protection");
    expect(planFeature("secret scanning", "team", "public").license).toBeUndefined();
    expect(planFeature("code scanning", "enterprise", "internal").license).toBe("code-security");
  });
});

/** The minimal service without anything that some plan lacks for some visibility, but rulesets, environments and what is asked. */
const PLAIN: Changes = {
  "repository.secretScanning": false,
  "repository.pushProtection": false,
  "main.codeOwners": false,
  "stages.production.reviewers": [],
  "stages.production.preventSelfReview": false,
  "stages.production.waitMinutes": 0,
};

/** A feature that a declaration asks for: how, where it is refused, and what to do when neither plan nor visibility can change. */
const ASKED: readonly (readonly [PlanFeature, Changes, path: string, otherwise: string])[] = [
  ["rulesets", {}, "main", "leave the service out: without rulesets nothing here can be enforced"],
  ["environments", {}, "stages.production", "leave the service out: its stages need environments"],
  [
    "required reviewers",
    { "stages.production.reviewers": ["maintainers"] },
    "stages.production.reviewers",
    "write reviewers: [] and protect the stage by its branches",
  ],
  ["wait timers", { "stages.production.waitMinutes": 5 }, "stages.production.waitMinutes", "write waitMinutes: 0"],
  [
    "secret scanning",
    { "repository.secretScanning": true },
    "repository.secretScanning",
    "write false, and scan in CI",
  ],
  [
    "push rules",
    { "repository.pushRules": { maxFileMegabytes: 10 } },
    "repository.pushRules",
    "drop pushRules, and check in CI",
  ],
  [
    "metadata rules",
    { "main.commitMessages": "^(feat|fix): " },
    "main.commitMessages",
    "drop commitMessages, and check messages in CI",
  ],
  [
    "code owners",
    { "main.codeOwners": true },
    "main.codeOwners",
    "write false: GitHub would not ask for the owners' reviews",
  ],
];

const COMBINATIONS = PLANS.flatMap((plan) => VISIBILITIES.map((visibility) => [plan, visibility] as const));

describe.each(COMBINATIONS)("on the plan %s, for a repository that is %s", (plan, visibility) => {
  test.each(ASKED)("%s", (feature, asked, path, otherwise) => {
    const refusals = minimalRefusals(
      { ...PLAIN, ...asked, "repository.visibility": visibility },
      { organization: { "github.plan": plan, "github.licenses": ["secret-protection", "code-security"] } },
    );
    const verdict = planFeature(feature, plan, visibility);
    const refusal = refusals.find((candidate) => candidate.path === path);
    if (verdict.available) {
      expect(refusal).toBeUndefined();
      return;
    }
    const article = visibility === "internal" ? "an" : "a";
    const publicHasIt = visibility !== "public" && planFeature(feature, plan, "public").available;
    expect(refusal).toEqual({
      path,
      came: `${feature} for ${article} ${visibility} repository on the GitHub plan "${plan}"`,
      expected:
        verdict.plans.length === 0
          ? `${feature} only where GitHub has them: never for ${article} ${visibility} repository`
          : `the GitHub plan ${verdict.plans.map((name) => `"${name}"`).join(" or ")}`,
      remedy: publicHasIt ? `make the repository public, change the plan, or ${otherwise}` : otherwise,
      source: verdict.source,
    });
  });
});

describe("what a plan lacks is refused", () => {
  test("reviewers on a private repository of a plan without them, in words", () => {
    const changes = { ...PLAIN, "repository.visibility": "private", "stages.production.reviewers": ["maintainers"] };
    expect(minimalRefusals(changes)).toEqual([
      {
        path: "stages.production.reviewers",
        came: 'required reviewers for a private repository on the GitHub plan "team"',
        expected: 'the GitHub plan "enterprise"',
        remedy:
          "make the repository public, change the plan, or write reviewers: [] and protect the stage by its branches",
        source:
          "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#required-reviewers",
      },
    ]);
  });

  test("secret scanning of a private repository without the product for it, in words", () => {
    const changes = { ...PLAIN, "repository.visibility": "private", "repository.secretScanning": true };
    expect(minimalRefusals(changes)).toEqual([
      {
        path: "repository.secretScanning",
        came: 'secret scanning for a private repository without the product "secret-protection"',
        expected: 'the product "secret-protection", which GitHub sells beside the plan',
        remedy:
          "make the repository public, buy it and add it to github.licenses in services/organization.ts, or write false, and scan in CI",
        source: "https://docs.github.com/en/get-started/learning-about-github/about-github-advanced-security",
      },
    ]);
  });

  test("an internal repository outside of Enterprise", () => {
    expect(minimalRefusals({ ...PLAIN, "repository.visibility": "internal" })).toEqual([
      {
        path: "repository.visibility",
        came: 'internal visibility on the GitHub plan "team"',
        expected: 'the GitHub plan "enterprise"',
        remedy: 'write "private"',
        source:
          "https://docs.github.com/en/repositories/creating-and-managing-repositories/about-repositories#about-internal-repositories",
      },
    ]);
  });
});
