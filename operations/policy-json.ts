import type { PolicyReport } from "../policies/report";
import { verdictOf } from "../policies/report";

/** The report for machines. `version` changes when a field does. */
export function policyJson(report: PolicyReport): unknown {
  return {
    version: 1,
    verdict: verdictOf(report),
    rules: report.rules.length,
    documents: report.documents,
    findings: report.findings.map(({ rule, document, msg, ...finding }) => ({
      rule: rule.name,
      ...finding,
      message: msg,
      document: document.name,
      service: document.service,
      stage: document.stage,
      reason: rule.reason,
      remedy: rule.remedy,
      links: rule.links,
    })),
    broken: report.broken.map(({ rule, ...rest }) => ({ rule: rule.name, ...rest })),
    unreadable: report.unreadable,
  };
}
