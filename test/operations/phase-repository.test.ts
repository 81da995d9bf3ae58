import { createHash } from "node:crypto";
import { inPhase } from "../../declaration/in-phase";
import { GithubReader } from "../../operations/github-reader";
import { RepositoryView } from "../../operations/phase-repository";
import type { RenderedFile } from "../../workflows/rendered-file";
import type { Changes } from "../declaration/change";
import { summitFleet } from "../declaration/fixture";
import { type GithubSays, World } from "./preflight-world";

const REPOSITORY = "/repos/openclaw/summit";
const SEEN = { [REPOSITORY]: { body: { name: "summit" } } };

let world: World;
afterEach(() => world.close());

async function view(github: Readonly<Record<string, GithubSays>>, service: Changes = {}): Promise<RepositoryView> {
  world = await World.of({ github });
  const { organization, services } = summitFleet({ service });
  const [entry] = services;
  if (entry === undefined) throw new Error("a fleet without a service");
  return new RepositoryView(organization, inPhase(entry), new GithubReader({ environment: world.environment }));
}

describe("what main requires", () => {
  const rules = (...contexts: readonly string[]) => ({
    ...SEEN,
    [`${REPOSITORY}/rules/branches/main`]: {
      body: [
        { type: "deletion" },
        {
          type: "required_status_checks",
          parameters: { required_status_checks: contexts.map((context) => ({ context, integration_id: 15368 })) },
        },
      ],
    },
  });

  test("is what is declared for the phase", async () => {
    const finding = await (await view(rules("ci-pr"), { phase: 8 })).requiredChecks();
    expect(finding).toEqual({ what: "main requires 1 check", sight: "ok", said: "ci-pr" });
  });

  test("too few, from the phase 9 on, have failed", async () => {
    const finding = await (await view(rules("ci-pr"), { phase: 9 })).requiredChecks();
    expect(finding).toMatchObject({
      what: "main requires 12 checks",
      sight: "failed",
      said: "not required: git-hygiene, shellcheck, unit / test, codeql (javascript-typescript), codeql (actions), and 6 more",
    });
  });

  test("one that is not declared has failed too: its job may be off", async () => {
    const finding = await (await view(rules("ci-pr", "codeql (go)"), { phase: 1 })).requiredChecks();
    expect(finding).toMatchObject({ sight: "failed", said: "required, and not declared for this phase: codeql (go)" });
  });

  test("is not seen where the repository is not", async () => {
    expect(await (await view({})).requiredChecks()).toMatchObject({
      sight: "unseen",
      said: "the repository is not there, or this token does not see it",
    });
  });

  test.each([[[{ type: "required_status_checks" }]], [[null]], [["x"]]])(
    "an answer such as %j requires nothing, and breaks nothing",
    async (body) => {
      const broken = { ...SEEN, [`${REPOSITORY}/rules/branches/main`]: { body } };
      expect(await (await view(broken, { phase: 1 })).requiredChecks()).toMatchObject({
        sight: "failed",
        said: "not required: ci-pr",
      });
    },
  );
});

describe("environments", () => {
  const protectedBy = (reviewers: number, selfReview: boolean, wait: number) => [
    ...(reviewers === 0
      ? []
      : [{ type: "required_reviewers", prevent_self_review: selfReview, reviewers: Array(reviewers).fill({}) }]),
    ...(wait === 0 ? [] : [{ type: "wait_timer", wait_timer: wait }]),
    { type: "branch_policy" },
  ];
  const policy = { protected_branches: false, custom_branch_policies: true };
  const open = { protection_rules: protectedBy(0, false, 0), deployment_branch_policy: policy };
  const unattended = ["stage", "previews", "migrations", "renovate", "traces"].map((name) => ({ name, ...open }));

  const environments = (prod: object) => ({
    ...SEEN,
    [`${REPOSITORY}/environments`]: { body: { environments: [...unattended, { name: "prod", ...prod }] } },
  });

  test("are protected as declared", async () => {
    const prod = { protection_rules: protectedBy(1, true, 5), deployment_branch_policy: policy };
    const findings = await (await view(environments(prod))).environments();
    expect(findings.map(({ what, sight }) => `${what}: ${sight}`)).toEqual([
      "environment stage: ok",
      "environment previews: ok",
      "environment migrations: ok",
      "environment renovate: ok",
      "environment traces: ok",
      "environment prod: ok",
    ]);
  });

  test("one whose protection was taken away has failed: Terraform's own plan does not see that", async () => {
    const prod = { protection_rules: protectedBy(0, false, 0), deployment_branch_policy: null };
    const findings = await (await view(environments(prod))).environments();
    expect(findings.at(-1)).toMatchObject({
      sight: "failed",
      said: "0 reviewers in place of 1; self-review is not prevented; waits 0 minutes in place of 5; every branch may deploy, in place of main",
    });
  });

  test("one that isn't there has failed", async () => {
    const github = { ...SEEN, [`${REPOSITORY}/environments`]: { body: { environments: unattended } } };
    expect((await (await view(github)).environments()).at(-1)).toMatchObject({ sight: "failed", said: "not there" });
  });
});

describe("files in main", () => {
  const file: RenderedFile = { path: "docs/a.md", content: "# Ä\n", executable: false };
  const bytes = Buffer.from(file.content);
  const sha = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  const tree = (body: unknown) => ({ ...SEEN, [`${REPOSITORY}/git/trees/main`]: { body } });

  test("are as Gatehouse writes them", async () => {
    const github = tree({ truncated: false, tree: [{ path: file.path, mode: "100644", type: "blob", sha }] });
    expect(await (await view(github)).files([file])).toMatchObject({ what: "1 file in main", sight: "ok" });
  });

  test("a script that lost its executable bit has failed", async () => {
    const github = tree({ truncated: false, tree: [{ path: file.path, mode: "100644", sha }] });
    expect(await (await view(github)).files([{ ...file, executable: true }])).toMatchObject({ sight: "failed" });
  });

  test("one that differs or is missing has failed", async () => {
    const github = tree({ truncated: false, tree: [{ path: file.path, sha: "0".repeat(40) }] });
    expect(await (await view(github)).files([file, { ...file, path: "docs/b.md" }])).toMatchObject({
      sight: "failed",
      said: "2 are missing or differ: docs/a.md, docs/b.md",
      todo: "write them into a pull request: npx gatehouse files summit --out .",
    });
  });

  test.each([[{ truncated: true, tree: [] }], [{ tree: [] }], [{ truncated: false, tree: "all" }]])(
    "a list such as %j is not whole: not seen",
    async (body) => {
      expect(await (await view(tree(body))).files([file])).toMatchObject({ sight: "unseen" });
    },
  );
});

describe("checks on main", () => {
  const runs = (...checks: readonly (readonly [string, string | null])[]) => ({
    ...SEEN,
    [`${REPOSITORY}/commits/main/check-runs`]: {
      body: { check_runs: checks.map(([name, conclusion]) => ({ name, conclusion })) },
    },
  });
  const CODEQL = ["codeql (javascript-typescript)", "codeql (actions)"] as const;

  test("are green, each leg of a matrix", async () => {
    const finding = (await view(runs([CODEQL[0], "success"], [CODEQL[1], "success"]))).reported("scans", ["codeql"]);
    expect(await finding).toEqual({ what: "scans", sight: "ok", said: `green on main: ${CODEQL.join(", ")}` });
  });

  test.each([
    [[[CODEQL[0], "success"]], "failed", `not reported on main: ${CODEQL[1]}`],
    [
      [
        [CODEQL[0], "success"],
        [CODEQL[1], "failure"],
      ],
      "failed",
      `not green on main: ${CODEQL[1]}`,
    ],
    [
      [
        [CODEQL[0], "success"],
        [CODEQL[1], "skipped"],
      ],
      "failed",
      `not green on main: ${CODEQL[1]}`,
    ],
    [
      [
        [CODEQL[0], "success"],
        [CODEQL[1], null],
      ],
      "unseen",
      `still running on main: ${CODEQL[1]}`,
    ],
  ] as const)("%j: %s", async (checks, sight, said) => {
    expect(await (await view(runs(...checks))).reported("scans", ["codeql"])).toMatchObject({ sight, said });
  });

  test("where no job is declared there is nothing to report", async () => {
    expect(await (await view({})).reported("scans", [])).toEqual({
      what: "scans",
      sight: "ok",
      said: "the service declares none",
    });
    expect(world.requests).toEqual([]);
  });
});

describe("scanning and labels", () => {
  const scanning = (status: string) => ({ secret_scanning: { status }, secret_scanning_push_protection: { status } });

  test("scanning is on as declared, off has failed, and what GitHub doesn't tell is not seen", async () => {
    const sights = async (body: object) => {
      const findings = await (await view({ [REPOSITORY]: { body } })).scanning();
      await world.close();
      return findings.map(({ sight }) => sight);
    };
    expect(await sights({ security_and_analysis: scanning("enabled") })).toEqual(["ok", "ok"]);
    expect(await sights({ security_and_analysis: scanning("disabled") })).toEqual(["failed", "failed"]);
    expect(await sights({})).toEqual(["unseen", "unseen"]);
  });

  test("the label that freezes main is there, or not; nothing is known of it where the repository isn't seen", async () => {
    const label = { [`${REPOSITORY}/labels/freeze%2Fmain-red`]: { body: { name: "freeze/main-red" } } };
    expect(await (await view({ ...SEEN, ...label })).freezeLabel()).toMatchObject({ sight: "ok" });
    await world.close();
    expect(await (await view(SEEN)).freezeLabel()).toMatchObject({ sight: "failed", said: "not there" });
    await world.close();
    expect(await (await view({})).freezeLabel()).toMatchObject({ sight: "unseen" });
  });
});
