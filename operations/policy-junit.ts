import { type PolicyFinding, type PolicyReport, placeOf } from "../policies/report";
import { unanswered } from "./policy-report";
import { faultLine, justification } from "./waived-report";

/**
 * The report as JUnit XML, as CI systems show it: a suite for each pack, a test for each rule. What blocks is a failure; advisory findings are the
 * output of a test that passes; where waivers let all of it pass, the test is skipped; what has no answer is an error. Each fault of a waiver is a failure.
 */
export function policyJunit(report: PolicyReport): string {
  const packs = [...new Set(report.rules.map(({ pack }) => pack))];
  const suites = packs.map((pack) => {
    const rules = report.rules.filter((rule) => rule.pack === pack);
    return suite(
      pack,
      rules.map(({ name, title }) => ruleCase(report, name, title)),
    );
  });
  const documents = report.unreadable.map(({ document, why }) =>
    testCase("documents", document, [`<error message=${attribute(why)}/>`]),
  );
  if (documents.length > 0) suites.push(suite("documents", documents));
  const faults = report.faults.map((fault) =>
    testCase("waivers", `${fault.kind}, line ${fault.line}`, [`<failure message=${attribute(faultLine(fault))}/>`]),
  );
  if (faults.length > 0) suites.push(suite("waivers", faults));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="gatehouse policy">\n${suites.join("\n")}\n</testsuites>\n`;
}

function ruleCase(report: PolicyReport, name: string, title: string): string {
  const findings = report.findings.filter(({ rule }) => rule.name === name);
  const lines = (level: string) => findings.filter((each) => each.level === level).map(lineOf);
  const broken = unanswered({
    ...report,
    broken: report.broken.filter(({ rule }) => rule.name === name),
    unreadable: [],
  });
  const [blocking, advisory] = [lines("blocking"), lines("advisory")];
  const children = broken.map(({ what, why }) => `<error message=${attribute(`${what}: ${why}`)}/>`).slice(0, 1);
  if (children.length === 0 && blocking.length > 0)
    children.push(`<failure message=${attribute(blocking[0] ?? "")}>${escaped(blocking.join("\n"))}</failure>`);
  const waived = report.waived
    .filter(({ rule }) => rule.name === name)
    .map((each) => `${lineOf(each)}: ${justification(each.waiver)}`);
  if (children.length === 0 && waived.length > 0) children.push(`<skipped message=${attribute(waived.join("\n"))}/>`);
  const output = [...advisory, ...waived];
  if (output.length > 0) children.push(`<system-out>${escaped(output.join("\n"))}</system-out>`);
  return testCase(name, title, children);
}

function lineOf(finding: PolicyFinding): string {
  return `${finding.document.name}, ${placeOf(finding)}: ${finding.msg}`;
}

function suite(name: string, cases: readonly string[]): string {
  const having = (element: string) => cases.filter((each) => each.includes(`<${element} `)).length;
  const counts = `tests="${cases.length}" failures="${having("failure")}" errors="${having("error")}" skipped="${having("skipped")}"`;
  return `  <testsuite name=${attribute(name)} ${counts}>\n${cases.join("\n")}\n  </testsuite>`;
}

function testCase(className: string, name: string, children: readonly string[]): string {
  const head = `    <testcase classname=${attribute(className)} name=${attribute(name)}`;
  return children.length === 0 ? `${head}/>` : `${head}>\n      ${children.join("\n      ")}\n    </testcase>`;
}

function attribute(text: string): string {
  return `"${escaped(text).replaceAll('"', "&quot;").replaceAll("\n", "&#10;")}"`;
}

/** XML 1.0 knows no other control characters, not even escaped (https://www.w3.org/TR/xml/#charsets). */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
