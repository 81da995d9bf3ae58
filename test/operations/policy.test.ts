import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fleet } from "../../declaration/fleet";
import { type PhaseName, phaseNumber } from "../../declaration/phase";
import { type PolicyOptions, policy } from "../../operations/policy";
import { POLICIES, readBundle } from "../../operations/policy-bundle";
import { fleet } from "../../services/fleet";
import { describeWith } from "../support/programs";
import { RecordingConsole } from "./recording-console";

const ROOT = join(__dirname, "../..");
const UNPINNED = "on: push\njobs:\n  test:\n    steps:\n      - uses: owner/action@v1\n";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "gatehouse-policy-test-"));
  writeFileSync(join(directory, "ci.yml"), UNPINNED);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function asked(options: Partial<PolicyOptions>, of: Fleet = fleet) {
  const console = new RecordingConsole();
  const code = await policy(of, { files: [], format: "text", root: ROOT, environment: {}, ...options }, console);
  return { code, console };
}

const given = (name: string, options: Partial<PolicyOptions> = {}) =>
  asked({ files: [join(directory, name)], ...options });

describe("gatehouse policy", () => {
  test("finds nothing that blocks in what is made of the five services (POS-1, POS-4, POS-6, MAE-2, MAE-5)", async () => {
    const { code, console } = await asked({ format: "json" });
    expect({ code, ...(console.json as object) }).toMatchObject({
      code: 0,
      verdict: "fine",
      broken: [],
      unreadable: [],
    });
    expect(console.json).toMatchObject({
      documents: expect.any(Number),
      rules: (await readBundle(POLICIES)).rules.length,
    });
  });

  test("says what is wrong, where, why and what to do, with exit code 2", async () => {
    const { code, console } = await given("ci.yml");
    expect(code).toBe(2);
    expect(console.text).toContain("workflows/actions-pinned");
    expect(console.text).toContain("to do: name the commit");
    expect(console.text).toMatch(/≠ \d+ rules? on 1 document: \d+ blocking finding/);
  });

  test("is advisory before the phase from which a rule blocks, with exit code 0, and blocking in it (SUM-6)", async () => {
    const unscanned = {
      resource: { github_repository: { repository: { name: "shop", vulnerability_alerts: false } } },
    };
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(unscanned));
    const levels = async (phase: PhaseName) => {
      const summit = fleet.services.map((entry) =>
        entry.service.name === "summit"
          ? { ...entry, service: { ...entry.service, phase: phaseNumber(phase) } }
          : entry,
      );
      const files = [join(directory, "cdk.tf.json")];
      const { console } = await asked({ files, service: "summit", format: "json" }, { ...fleet, services: summit });
      const { findings } = console.json as { findings: { rule: string; level: string }[] };
      return findings.filter(({ rule }) => rule === "github/vulnerability-alerts-on").map(({ level }) => level);
    };
    expect(await levels("workflows")).toEqual(["advisory"]);
    expect(await levels("security")).toEqual(["blocking"]);
  });

  test("of a plan is asked with --plan, which takes nothing else, and shows before and after", async () => {
    const ruleset = { enforcement: "active", rules: [{ pull_request: [{ required_approving_review_count: 2 }] }] };
    const before = { ...ruleset, enforcement: "active" };
    const after = { ...ruleset, enforcement: "disabled" };
    const change = { actions: ["update"], before, after };
    const resource_changes = [{ address: "github_repository_ruleset.main", type: "github_repository_ruleset", change }];
    const plan = JSON.stringify({ format_version: "1.2", terraform_version: "1.14.0", resource_changes });
    writeFileSync(join(directory, "plan.json"), plan);
    writeFileSync(join(directory, "cut.json"), plan.slice(0, 90));
    const { code, console } = await given("plan.json", {
      files: [],
      plans: [join(directory, "plan.json")],
      format: "json",
    });
    expect(code).toBe(2);
    expect(console.json).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({
          rule: "change/enforcement-off",
          address: "github_repository_ruleset.main",
          before: "active",
          after: "disabled",
        }),
      ]),
    });
    const other = await asked({ files: [], plans: [join(directory, "ci.yml"), join(directory, "cut.json")] });
    expect(other.code).toBe(1);
    expect(other.console.text).toContain("ci.yml was not judged: it is no JSON");
    expect(other.console.text).toContain("cut.json was not judged: it ends in the middle");
  });

  test("says nothing of a document whose rules are for others", async () => {
    writeFileSync(join(directory, "empty.json"), "{}");
    const { code, console } = await given("empty.json");
    expect({ code, text: console.text }).toEqual({
      code: 0,
      text: expect.stringMatching(/^✓ \d+ rules on 1 document: 0 blocking findings, 0 advisory$/),
    });
  });

  test("as JUnit is a test for each rule, those that block failures", async () => {
    const { console } = await given("ci.yml", { format: "junit" });
    expect(console.text).toContain('<testcase classname="workflows/actions-pinned"');
    expect(console.text).toMatch(/<failure message="[^"]*owner\/action@v1 is not pinned to a commit">/);
    expect(console.text).toContain(
      '<testcase classname="github/main-needs-review" name="main takes reviewed changes only"/>',
    );
  });

  test("as Markdown shows text from outside as it is", async () => {
    const { console } = await given("ci.yml", { format: "markdown" });
    expect(console.text).toContain("owner/action&#64;v1 is not pinned to a commit");
  });

  test("of a plan of 200 MB says that it is too large, with exit code 1, and judges the others", async () => {
    const large = join(directory, "large.json");
    writeFileSync(large, "{");
    truncateSync(large, 200_000_000);
    const { code, console } = await asked({ files: [large, join(directory, "ci.yml")] });
    expect(code).toBe(1);
    expect(console.text).toContain(
      "large.json was not judged: it has 200 MB; at most 50 MB are judged: plan and judge each stack alone",
    );
    expect(console.text).toContain("workflows/actions-pinned");
  });

  test("without Helm has no answer on manifests, with exit code 1", async () => {
    const { code, console } = await asked({ manifests: true, service: "summit", environment: { PATH: directory } });
    expect(code).toBe(1);
    expect(console.text).toContain(
      'summit: charts/service for prod was not judged: there is no "helm" on PATH; install Helm',
    );
  });

  test("of a file that isn't there says so", async () => {
    await expect(given("nothing.json")).rejects.toThrow(/nothing\.json can't be read: .*ENOENT/);
  });

  test("of rules that were changed and not compiled says how to compile them", async () => {
    const policies = mkdtempSync(join(directory, "policies-"));
    await expect(asked({ policies })).rejects.toThrow("to do: npx gatehouse policy compile");
  });
});

describeWith(["helm"], "gatehouse policy --manifests", () => {
  test("finds nothing in what Helm makes of the chart for any stage (MAE-5)", async () => {
    const { code, console } = await asked({ manifests: true, format: "json", environment: process.env });
    expect({ code, ...(console.json as object) }).toMatchObject({ code: 0, verdict: "fine", unreadable: [] });
    const { documents } = console.json as { documents: number };
    const { console: without } = await asked({ format: "json" });
    expect(documents).toBeGreaterThan((without.json as { documents: number }).documents + 20);
  });
});
