import { createHash } from "node:crypto";
import { type PolicyFinding, type PolicyReport, placeOf } from "../policies/report";
import { WAIVERS_FILE, type WaiverFault } from "../policies/waiver-fault";
import { unanswered } from "./policy-report";
import { faultLine, justification } from "./waived-report";

/** Faults of waivers, as those of one more rule. */
const FAULTS = {
  id: "waivers",
  shortDescription: { text: "every waiver holds" },
  fullDescription: {
    text: "A waiver is of one rule and some things, has an owner and another who approves it, and ends.",
  },
  help: { text: `To do: repair or remove it in ${WAIVERS_FILE}, or npx gatehouse waiver renew <id>` },
  defaultConfiguration: { level: "error" },
  properties: { tags: [] },
} as const;

const LEVEL = { blocking: "error", advisory: "warning" } as const;

/** The report as SARIF 2.1.0, as code scanning reads it: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function policySarif(report: PolicyReport): unknown {
  const indices = new Map(report.rules.map(({ name }, index) => [name, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "gatehouse policy",
            rules: [
              ...report.rules.map(({ name, title, description, reason, remedy, level, links, external }) => ({
                id: name,
                shortDescription: { text: title },
                fullDescription: { text: `${description} ${reason}.` },
                help: { text: [`To do: ${remedy}`, ...links].join("\n") },
                helpUri: links[0],
                defaultConfiguration: { level: LEVEL[level] },
                properties: { tags: external },
              })),
              FAULTS,
            ],
          },
        },
        invocations: [
          {
            executionSuccessful: unanswered(report).length === 0,
            toolExecutionNotifications: unanswered(report).map(({ what, why }) => ({
              level: "error",
              message: { text: `${what}: ${why}` },
            })),
          },
        ],
        // With suppressions in one result, all must have them: §3.27.23.
        results: [
          ...report.findings.map((finding) => ({ ...result(finding, indices), suppressions: [] })),
          ...report.waived.map((finding) => ({
            ...result(finding, indices),
            suppressions: [{ kind: "external", status: "accepted", justification: justification(finding.waiver) }],
          })),
          ...report.faults.map((fault) => ({ ...faultResult(fault, report.rules.length), suppressions: [] })),
        ],
      },
    ],
  };
}

function result(finding: PolicyFinding, indices: ReadonlyMap<string, number>): object {
  const { rule, level, document, msg, declaredAt } = finding;
  const place = `${document.name}, ${placeOf(finding)}`;
  return {
    ruleId: rule.name,
    ruleIndex: indices.get(rule.name) ?? -1,
    level: LEVEL[level],
    message: { text: `${place}: ${msg}. To do: ${rule.remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(declaredAt?.file ?? document.name) },
          // Code scanning shows nothing without a line.
          region: { startLine: declaredAt?.line ?? 1 },
        },
        logicalLocations: [{ fullyQualifiedName: place }],
      },
    ],
    // The same finding is the same alert, though lines move.
    partialFingerprints: {
      "gatehouse/v1": createHash("sha256").update([rule.name, document.service, place].join("\n")).digest("hex"),
    },
  };
}

function faultResult(fault: WaiverFault, ruleIndex: number): object {
  const region = { startLine: fault.line };
  return {
    ruleId: FAULTS.id,
    ruleIndex,
    level: "error",
    message: { text: faultLine(fault) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: WAIVERS_FILE }, region },
        logicalLocations: [{ fullyQualifiedName: fault.waiver ?? WAIVERS_FILE }],
      },
    ],
    partialFingerprints: {
      "gatehouse/v1": createHash("sha256").update([fault.kind, fault.waiver, fault.path].join("\n")).digest("hex"),
    },
  };
}
