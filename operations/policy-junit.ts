import { type PolicyReport, placeOf } from "../policies/report";
import { unanswered } from "./policy-report";

/**
 * The report as JUnit XML, as CI systems show it: a suite for each pack, a test for each rule. What blocks is a failure; advisory findings are the
 * output of a test that passes; what has no answer is an error.
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
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="gatehouse policy">\n${suites.join("\n")}\n</testsuites>\n`;
}

function ruleCase(report: PolicyReport, name: string, title: string): string {
  const findings = report.findings.filter(({ rule }) => rule.name === name);
  const lines = (level: string) =>
    findings
      .filter((each) => each.level === level)
      .map((each) => `${each.document.name}, ${placeOf(each)}: ${each.msg}`);
  const broken = unanswered({
    ...report,
    broken: report.broken.filter(({ rule }) => rule.name === name),
    unreadable: [],
  });
  const [blocking, advisory] = [lines("blocking"), lines("advisory")];
  const children = broken.map(({ what, why }) => `<error message=${attribute(`${what}: ${why}`)}/>`).slice(0, 1);
  if (children.length === 0 && blocking.length > 0)
    children.push(`<failure message=${attribute(blocking[0] ?? "")}>${escaped(blocking.join("\n"))}</failure>`);
  if (advisory.length > 0) children.push(`<system-out>${escaped(advisory.join("\n"))}</system-out>`);
  return testCase(name, title, children);
}

function suite(name: string, cases: readonly string[]): string {
  const having = (element: string) => cases.filter((each) => each.includes(`<${element} `)).length;
  const counts = `tests="${cases.length}" failures="${having("failure")}" errors="${having("error")}"`;
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
