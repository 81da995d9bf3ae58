import { type PolicyFinding, type PolicyReport, verdictOf } from "../policies/report";
import { WAIVERS_FILE } from "../policies/waiver-fault";
import { waiverUses } from "../policies/waiver-use";

/** The report for machines. `version` changes when a field does. */
export function policyJson(report: PolicyReport): unknown {
  return {
    version: 1,
    verdict: verdictOf(report),
    rules: report.rules.length,
    documents: report.documents,
    findings: report.findings.map(found),
    waived: report.waived.map(({ waiver, ...finding }) => ({ ...found(finding), waiver: waiver.id })),
    // What an audit trail keeps of them.
    waiverUses: waiverUses(report.waived),
    waiverFaults: report.faults.map((fault) => ({ file: WAIVERS_FILE, ...fault })),
    broken: report.broken.map(({ rule, ...rest }) => ({ rule: rule.name, ...rest })),
    unreadable: report.unreadable,
  };
}

function found({ rule, document, msg, ...finding }: PolicyFinding) {
  return {
    rule: rule.name,
    ...finding,
    message: msg,
    document: document.name,
    service: document.service,
    stage: document.stage,
    reason: rule.reason,
    remedy: rule.remedy,
    links: rule.links,
  };
}
