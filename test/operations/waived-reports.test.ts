import { policyJson } from "../../operations/policy-json";
import { policyJunit } from "../../operations/policy-junit";
import { policyMarkdown, printPolicy } from "../../operations/policy-report";
import { type PolicyReport, verdictOf } from "../../policies/report";
import { waiverUses } from "../../policies/waiver-use";
import { applied, fileOf, findingAt, RULES, ruleOf, written } from "../policies/sample-waivers";
import { RecordingConsole } from "./recording-console";

/** One finding waived, and one waiver that has expired. */
function report(changes: Partial<PolicyReport> = {}): PolicyReport {
  const expired = written({ id: "old", rule: "workflows/jobs-end", expires: "2026-11-26" });
  const file = fileOf(written({ reason: '"until <@secops> & | say so"' }), expired);
  const { remaining, waived, faults } = applied([findingAt("jobs.test")], file);
  const rest = { rules: RULES.map(ruleOf), documents: 1, broken: [], unreadable: [] };
  return { findings: remaining, waived, faults, ...rest, ...changes };
}

const JUSTIFICATION =
  "waived by pinned-2026-11-20 until 2026-12-20: until <@secops> & | say so (owner alice, approved by openclaw/secops, SEC-12)";

describe("a report on policies", () => {
  test("is fine where waivers let all pass, and breached where a waiver is at fault", () => {
    expect(verdictOf(report({ faults: [] }))).toBe("fine");
    expect(verdictOf(report())).toBe("breached");
  });

  test("for people shows what is waived, by whom and until when, and what is wrong with waivers", () => {
    const console = new RecordingConsole();
    printPolicy(report(), console);
    expect(console.text).toMatch(
      /│ workflows\/actions-pinned │ relay: .* │ jobs\.test, steps\[0\]\.uses │ pinned-2026-11-20 │ until .* │ alice, openclaw\/secops │ 2026-12-20 │/,
    );
    expect(console.text).toContain("≠ policies/waivers.yaml:18: old: expires\n  came:     2026-11-26\n");
  });

  test("as JSON has waived findings apart, with what an audit trail keeps of each use", () => {
    const use = {
      waiver: "pinned-2026-11-20",
      rule: "workflows/actions-pinned",
      document: "relay: .github/workflows/ci.yml",
      address: "jobs.test, steps[0].uses",
      owner: "alice",
      approver: "openclaw/secops",
      reason: "until <@secops> & | say so",
      ticket: "SEC-12",
      expires: "2026-12-20",
    };
    expect(waiverUses(report().waived)).toEqual([use]);
    expect(policyJson(report())).toMatchObject({
      verdict: "breached",
      findings: [],
      waived: [{ rule: "workflows/actions-pinned", address: "jobs.test", waiver: "pinned-2026-11-20" }],
      waiverUses: [use],
      waiverFaults: [{ file: "policies/waivers.yaml", line: 18, kind: "expired", waiver: "old" }],
    });
  });

  test("as JUnit skips what is waived, with the reason; faults are failures", () => {
    const text = policyJunit(report());
    expect(text).toContain('<testsuite name="workflows" tests="2" failures="0" errors="0" skipped="1">');
    expect(text).toContain(
      `<skipped message=".github/workflows/ci.yml, jobs.test, steps[0].uses: it is not pinned: ${JUSTIFICATION.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}"/>`,
    );
    expect(text).toMatch(
      /<testcase classname="waivers" name="expired, line 18">\n +<failure message="policies\/waivers\.yaml:18: old: expires: came 2026-11-26; expected a day from today on/,
    );
  });

  test("as JUnit fails where something is left, and tells beside it what is waived", () => {
    const text = policyJunit(report({ findings: [findingAt("jobs.other")] }));
    expect(text).not.toContain("<skipped");
    expect(text).toMatch(
      /<failure message="[^"]*jobs\.other[^>]*>[^<]*<\/failure>\n +<system-out>[^<]*waived by pinned-2026/,
    );
  });

  test("as Markdown shows text from outside as it is", () => {
    const text = policyMarkdown(report());
    expect(text).toContain("**0 blocking**, 0 advisory, 1 waived.");
    expect(text).toContain("### Waived\n\n| waived | in | at | waiver | why | owner, approver | until |\n");
    expect(text).toContain("| until &#60;&#64;secops&#62; &#38; &#124; say so (SEC-12) | alice, openclaw/secops |");
    expect(text).toMatch(
      /### Faults of waivers\n\n.*\n.*\n\| policies\/waivers&#46;yaml&#58;18 \| old&#58; expires \|/,
    );
  });
});
