import type { Service } from "../../../declaration/service";
import { relay } from "../../../services/relay";
import { describeWith } from "../../support/programs";
import { ReleaseBench } from "./release-bench";

const SHA = "a".repeat(40);
const BEFORE = "b".repeat(40);

describeWith(["jq"], "release-evidence.sh", () => {
  let bench: ReleaseBench;
  const check = (result: string) => ({ name: "csp", result, came: "a | b <b>@all</b>", expected: "a policy" });
  const keep = (stage: string, passed = true) => {
    bench.write(
      `evidence/${stage}/deployment.json`,
      JSON.stringify({
        stage,
        commit: SHA,
        deployment: "new",
        previous: "old",
        previousCommit: BEFORE,
        url: "https://x",
      }),
    );
    const checks = [check(passed ? "PASS" : "FAIL")];
    bench.write(`evidence/${stage}/smoke.json`, JSON.stringify({ passed, checks }));
    bench.write(`evidence/${stage}/migrations.txt`, "  applied 0002 ~~~~~~~ @everyone\n");
  };
  const artifacts = (...found: readonly object[]) =>
    bench.write("fake/artifacts.json", JSON.stringify({ artifacts: found }));
  const drill = (id: number, created: string, branch = "main", expired = false) => ({
    id,
    created_at: created,
    expired,
    workflow_run: { id: 10 * id, head_branch: branch },
  });
  const evidence = (env: Record<string, string> = {}) =>
    bench.run("release-evidence.sh", {
      RELEASE_SHA: SHA,
      TAG: "prod-20260101-1200-aaaaaaa",
      RESULTS: "verify=success unit-tests=success",
      RUN_URL: "https://github.com/example/relay/actions/runs/1",
      GH_REPO: "example/relay",
      ...env,
    });

  beforeEach(async () => {
    bench = new ReleaseBench(relay as Service);
    await bench.start();
    keep("staging");
    keep("production");
    artifacts(drill(1, "2026-01-01T00:00:00Z"), drill(2, "2026-02-01T00:00:00Z"));
  });
  afterEach(() => bench.dispose());

  test("has the pipeline, the smoke tests, the migrations, the way back and the restore drill", async () => {
    const { code, output } = await evidence();
    expect(output).toContain("✓ evidence of prod-20260101-1200-aaaaaaa");
    expect(code).toBe(0);
    const report = bench.read("evidence/README.md");
    expect(report).toContain("# Release of relay: prod-20260101-1200-aaaaaaa");
    expect(report).toContain("| unit-tests | success |");
    expect(report).toContain("## staging");
    expect(report).toContain("| csp | PASS |");
    expect(report).toContain("applied 0002");
    expect(report).toContain(`gh workflow run deploy.yml --ref main --field mode=rollback --field sha=${BEFORE}`);
    expect(report).toContain("Migrations that were applied stay applied");
    expect(report).toContain("Of 2026-02-01T00:00:00Z, run 20: restore-drill.zip");
    expect(bench.read("evidence/restore-drill.zip")).toBe("PK");
    expect(bench.read("fake/summary")).toBe(report);
  });

  test("lets nobody's text mention people, break the table or leave its block", async () => {
    await evidence();
    const report = bench.read("evidence/README.md");
    expect(report).toContain("| csp | PASS | a   b  b  all /b  | a policy |");
    expect(report).toContain("~~~~~~text\n  applied 0002 ~ @everyone\n~~~~~~");
  });

  test("of a rollback is of the last stage alone", async () => {
    const { code } = await evidence({ MODE: "rollback" });
    expect(code).toBe(0);
    expect(bench.read("evidence/README.md")).toContain("# Rollback of relay");
    expect(bench.read("evidence/README.md")).not.toContain("## staging");
  });

  test("says so when no drill is kept, or only one of another branch", async () => {
    artifacts(drill(1, "2026-01-01T00:00:00Z", "feat/x"), drill(2, "2026-01-01T00:00:00Z", "main", true));
    const { code, output } = await evidence();
    expect(code).toBe(0);
    expect(output).toContain("::warning::No report of a restore drill is kept. Start one: gh workflow run backup.yml");
  });

  test.each([
    [
      "a report that is missing",
      () => bench.write("evidence/staging/smoke.json", ""),
      "the evidence of staging lacks smoke.json",
    ],
    ["a smoke test that failed", () => keep("production", false), "the smoke test of production did not pass"],
    [
      "smoke tests without checks",
      () => bench.write("evidence/production/smoke.json", '{"passed":true,"checks":[]}'),
      "did not pass",
    ],
  ])("fails with %s", async (_what, change, message) => {
    change();
    const { code, output } = await evidence();
    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(bench.read("evidence/README.md")).toBe("");
  });

  test("fails with the evidence of another commit", async () => {
    expect((await evidence({ RELEASE_SHA: BEFORE })).output).toContain(
      `the evidence of staging is of another commit than ${BEFORE}`,
    );
  });
});
