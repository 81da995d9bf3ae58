import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Service } from "../../../declaration/service";
import { maestro } from "../../../services/maestro";
import { checkNames } from "../../../workflows/check-names";
import { ciWorkflow } from "../../../workflows/ci/ci-workflow";
import { summaryTool } from "../../../workflows/summary/summary-tool";
import { minimalService } from "../../declaration/fixture";
import { describeWith } from "../../support/programs";
import { junit, zipOf } from "./zip-of";

const PAGE = "https://github.com/openclaw/maestro/actions/runs/77";
const RUN = {
  run_number: 12,
  run_attempt: 1,
  conclusion: "success",
  head_sha: "a1b2c3d4".padEnd(40, "0"),
  html_url: PAGE,
};

interface Left {
  /** How each job ended, by the name of its check. */
  readonly jobs: Readonly<Record<string, string | null>>;
  /** ZIPs, by the beginning of the artifact's name. */
  readonly zips?: Readonly<Record<string, Buffer>>;
  /** What GitHub says of artifacts, beside those. */
  readonly kept?: Readonly<Record<string, object>>;
  readonly run?: object;
}

const GREEN = Object.fromEntries(checkNames(ciWorkflow(maestro)).map(({ name }) => [name, "success"]));

describeWith(["python3"], "the comment that sums up CI (MAE-1, SUM-4)", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "gatehouse-summary-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  function comment({ jobs, zips = {}, kept = {}, run = {} }: Left, service: Service = maestro): string {
    const put = (name: string, content: string | Buffer) => writeFileSync(join(directory, name), content);
    const listed = Object.entries(jobs).map(([name, conclusion], index) => ({
      name,
      conclusion,
      html_url: `${PAGE}/job/${index}`,
    }));
    const sizes = Object.entries(zips).map(([name, zip]) => [name, { id: 5, size: zip.length, expires: null }]);
    put("tool.py", summaryTool(service).content);
    put("ci-run", JSON.stringify({ ...RUN, ...run }));
    put("jobs", JSON.stringify(listed));
    put("kept", JSON.stringify({ ...Object.fromEntries(sizes), ...kept }));
    for (const [name, zip] of Object.entries(zips)) put(`zip-${name}`, zip);
    const { status, stdout, stderr } = spawnSync("python3", ["tool.py", "."], { cwd: directory, encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    return stdout;
  }

  test("has every check in the order of the gates, with its job's page and whether main requires it", () => {
    const text = comment({ jobs: GREEN });
    expect(text).toMatch(/^<!-- gatehouse:pr-summary -->\n\n### ✓ CI: 15 of 15 required checks passed\n/);
    expect(text).toContain(`Commit \`a1b2c3d\`, [run 12](${PAGE}), attempt 1.`);
    expect(text).toContain(`| lint | [\`lint\`](${PAGE}/job/0) | yes | ✓ passed |`);
    expect(text).toContain("| no | ✓ passed |");
    const gates = text.split("\n").flatMap((line) => /^\| (\w+) \| \[/.exec(line)?.[1] ?? []);
    expect([...new Set(gates)]).toEqual([
      "lint",
      "unit",
      "contract",
      "smoke",
      "security",
      "sbom",
      "migration",
      "license",
    ]);
  });

  test("what a red gate stopped is skipped, and says for which; a skipped job that calls another workflow has its own name only", () => {
    const jobs = {
      lint: "success",
      "git-hygiene": "success",
      "unit (1) / test": "failure",
      "unit (2) / test": "success",
    };
    const skipped = Object.fromEntries(["contract", "smoke", "codeql", "package"].map((name) => [name, "skipped"]));
    const text = comment({ jobs: { ...jobs, ...skipped, "flaky-tests": "cancelled" } });
    expect(text).toContain("### ✗ CI: 3 of 15 required checks passed");
    expect(text).toContain(
      "[`unit (1) / test`](https://github.com/openclaw/maestro/actions/runs/77/job/2) | yes | ✗ failed |",
    );
    for (const name of ["contract / test", "codeql (actions)", "package / sbom"])
      expect(text).toMatch(
        new RegExp(
          `\\[\`${name.replace(/[()]/g, "\\$&")}\`\\]\\S+ \\| yes \\| – skipped: \`unit\` of the gate unit is red \\|`,
        ),
      );
    expect(text).toContain("| ✗ was cancelled |");
    expect(text).toContain("| license | `licenses` | yes | ? did not report |");
  });

  test("of two jobs with one name that counts which did not pass", () => {
    const text = comment({ jobs: { ...GREEN, lint: "success", " lint": "success" } });
    expect(text).toContain("1 jobs of the run are not declared on main");
    writeFileSync(
      join(directory, "jobs"),
      JSON.stringify([
        { name: "lint", conclusion: "failure", html_url: PAGE },
        { name: "lint", conclusion: "success", html_url: PAGE },
      ]),
    );
    const { stdout } = spawnSync("python3", ["tool.py", "."], { cwd: directory, encoding: "utf8" });
    expect(stdout).toContain(`| lint | [\`lint\`](${PAGE}) | yes | ✗ failed |`);
  });

  test("a job that ended otherwise, or with what nobody knows, has not passed", () => {
    const text = comment({ jobs: { ...GREEN, lint: "timed_out", "git-hygiene": "neutral", licenses: null } });
    expect(text).toContain("| yes | ✗ ran out of time |");
    expect(text.match(/\| yes \| ✗ ended without a verdict \|/g)).toHaveLength(2);
    expect(text).toContain("### ✗ CI: 12 of 15 required checks passed");
  });

  test.each([
    ["action_required", "Nothing ran: GitHub waits for somebody who may approve the run."],
    ["startup_failure", "Nothing ran: GitHub could not start the run, and says why on its page."],
  ])("a run that never started says so: %s", (conclusion, words) => {
    const text = comment({ jobs: {}, run: { conclusion } });
    expect(text).toContain(words);
    expect(text).toContain("### ✗ CI: 0 of 15 required checks passed");
  });

  test("counts the tests of all parts, names those that failed, and says what the flake index is and where the SBOM lies", () => {
    const text = comment({
      jobs: GREEN,
      zips: {
        "junit-unit-1-": zipOf({ "unit.xml": junit({ a: "passed", b: "failed" }) }),
        "junit-unit-2-": zipOf({ "unit.xml": junit({ c: "passed", d: "skipped" }) }),
        "flaky-tests-": zipOf({ "1.xml": junit({ z: "failed" }), "flake-index.json": '{"failures": 1, "runs": 80}' }),
      },
      kept: { sbom: { id: 9, size: 1e9, expires: "2027-02-25T10:00:00Z" } },
    });
    expect(text).toContain("| `unit` | 2 | 1 | 1 | 2 of 2 |\n| `contract` | ? | ? | ? | 0 of 1 |");
    expect(text).toContain("Failed tests:\n\n- `unit`: `c › b`\n");
    expect(text).toContain(
      "Flake index: 0.0125, 1 failures that passed on a later try, of 80 runs of tests; it must stay below 0.05.",
    );
    expect(text).toContain(`SBOM: [kept](${PAGE}/artifacts/9) until 2027-02-25.`);
    expect(text).not.toContain("`c › z`");
  });

  test("what is not there is not known", () => {
    const text = comment({ jobs: GREEN });
    expect(text).toContain("Flake index: unknown, the lane of flaky tests left none.");
    expect(text).toContain("SBOM: not kept.");
  });

  test.each(["[]", '{"failures": 2, "runs": 1}', '{"failures": true, "runs": 1}'])(
    "an index of %s is none",
    (content) => {
      const text = comment({ jobs: GREEN, zips: { "flaky-tests-": zipOf({ "flake-index.json": content }) } });
      expect(text).toContain("Flake index: unknown");
    },
  );

  test("a service without tests, lane and SBOM hears nothing of them", () => {
    const text = comment({ jobs: {} }, minimalService);
    expect(text).not.toMatch(/Tests of|Flake index|SBOM/);
  });

  test("a test's name leads nowhere: no mention, link, image, HTML, table or line gets out of it", () => {
    const name =
      "x&#10;&#10;# h ``` ``a`` @everyone [l](http://x) ![i](http://x) &lt;img src=x&gt; &lt;!-- | a | b | \u202e\u200b #1 https://example.com";
    const text = comment({
      jobs: GREEN,
      zips: { "junit-contract-1-": zipOf({ "r.xml": junit({ [name]: "failed" }) }) },
    });
    const line = text.split("\n").find((one) => one.startsWith("- `contract`: ")) ?? "";
    const [, fence = "", inner = ""] = /^- `contract`: (`+) (.*) \1$/.exec(line) ?? [];
    expect(fence).toBe("````");
    expect(inner).not.toContain(fence);
    expect(inner).toContain("@everyone");
    expect(inner).toContain("\\u202e\\u200b");
    expect(text).not.toMatch(/^# h/m);
  });

  test("a long name is cut, and of many tests fifty are named", () => {
    const tests = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`${at}${"n".repeat(500)}`, "failed" as const]),
    );
    const text = comment({ jobs: GREEN, zips: { "junit-contract-1-": zipOf({ "r.xml": junit(tests) }) } });
    const named = text.split("\n").filter((line) => line.startsWith("- `contract`"));
    expect(named).toHaveLength(50);
    expect(named[0]?.length).toBeLessThan(180);
    expect(named[0]).toContain("nnn…`");
    expect(text).toContain("- and 10 more");
  });

  test("it never is longer than GitHub takes, however many checks there are", () => {
    const legs = Array.from({ length: 256 }, (_, at) => `leg-${at}-${"x".repeat(60)}`);
    const job = { kind: "steps", gate: "unit", timeoutMinutes: 5, steps: [{ name: "t", run: "t" }] } as const;
    const jobs = Object.fromEntries([..."abc"].map((id) => [id, { ...job, matrix: { leg: legs } }]));
    const many: Service = { ...maestro, main: { ...maestro.main, requiredChecks: [] }, ci: { jobs } };
    const names = checkNames(ciWorkflow(many)).map(({ name }) => name);
    const green = Object.fromEntries(names.map((name) => [name, "success"]));
    const passed = comment({ jobs: green }, many);
    expect(Buffer.byteLength(passed)).toBeLessThan(65_536);
    expect(passed).toContain("### ✓ CI: 768 of 768 checks passed");
    const red = comment({ jobs: { ...green, [names[5] ?? ""]: "failure" } }, many);
    expect(red.split("\n").filter((line) => line.startsWith("| unit"))).toHaveLength(1);
    const allRed = comment({ jobs: {} }, many);
    expect(Buffer.byteLength(allRed)).toBeLessThan(65_536);
    expect(allRed).toContain("### ✗ CI: 0 of 768 checks passed");
  });

  test("a report that can't be read is none, and says why", () => {
    const report = { "r.xml": junit({ a: "passed" }) };
    const many = (count: number, content: string | Buffer) =>
      zipOf(Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}.xml`, content])));
    const entities = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>';
    const cases: Readonly<Record<string, readonly [Buffer, string]>> = {
      text: [Buffer.from("no"), "it is no ZIP that can be read"],
      cut: [zipOf(report).subarray(0, 60), "it is no ZIP that can be read"],
      encrypted: [zipOf(report, { flags: 1 }), "it is no ZIP that can be read"],
      lzma: [zipOf(report, { method: 14 }), "it is packed in a way that GitHub doesn't pack"],
      none: [zipOf({ "r.txt": "x" }), "no report is in it"],
      files: [many(1000, "<a/>"), "it has more than 100 files"],
      bomb: [zipOf({ "r.xml": Buffer.alloc(30_000_000, " ") }), "it unpacks to more than 20000000 bytes"],
      bombs: [many(30, Buffer.alloc(1_000_000, " ")), "it unpacks to more than 20000000 bytes"],
      entities: [zipOf({ "r.xml": entities }), "it has a document type, which no test runner writes"],
      xml: [zipOf({ "r.xml": "<testsuite>" }), "no element found: line 1, column 11"],
      encoding: [zipOf({ "r.xml": '<?xml version="1.0" encoding="x-nobodys"?><a/>' }), "nobody knows its encoding"],
    };
    const ids = [...Object.keys(cases), "large", "missing"];
    const job = { kind: "test", gate: "unit", timeoutMinutes: 5, command: "t", report: "r.xml", keepDays: 1 } as const;
    const service: Service = {
      ...maestro,
      main: { ...maestro.main, requiredChecks: [] },
      ci: { jobs: Object.fromEntries(ids.map((id) => [id, job])) },
    };
    const zips = Object.fromEntries(Object.entries(cases).map(([id, [zip]]) => [`junit-${id}-1-`, zip]));
    const kept = {
      "junit-large-1-": { id: 5, size: 5_000_001, expires: null },
      "junit-missing-1-": { id: 5, size: 10, expires: null },
    };
    const text = comment({ jobs: {}, zips, kept }, service);
    for (const id of ids) expect(text).toContain(`| \`${id}\` | ? | ? | ? | 0 of 1 |`);
    expect(text.split("\n").filter((line) => line.startsWith("- "))).toEqual([
      ...Object.entries(cases).map(([id, [, words]]) => `- The report of \`${id}\`, part 1, can't be read: ${words}`),
      "- The report of `large`, part 1, can't be read: the artifact has more than 5000000 bytes",
      "- The report of `missing`, part 1, can't be read: GitHub did not give it",
    ]);
  });

  test("a name in a ZIP is no path: nothing is written anywhere", () => {
    const report = junit({ a: "failed" });
    const zip = zipOf({ "../../escaped.xml": report, "/tmp/gatehouse-escaped.xml": report });
    const text = comment({ jobs: GREEN, zips: { "junit-contract-1-": zip } });
    expect(text).toContain("| `contract` | 0 | 2 | 0 | 1 of 1 |");
    const { stdout } = spawnSync("find", [join(directory, ".."), "/tmp", "-maxdepth", "1", "-name", "*escaped.xml"], {
      encoding: "utf8",
    });
    expect(stdout).toBe("");
  });
});
