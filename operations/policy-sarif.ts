import { createHash } from "node:crypto";
import { type PolicyFinding, type PolicyReport, placeOf } from "../policies/report";
import { unanswered } from "./policy-report";

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
            rules: report.rules.map(({ name, title, description, reason, remedy, level, links, external }) => ({
              id: name,
              shortDescription: { text: title },
              fullDescription: { text: `${description} ${reason}.` },
              help: { text: [`To do: ${remedy}`, ...links].join("\n") },
              helpUri: links[0],
              defaultConfiguration: { level: LEVEL[level] },
              properties: { tags: external },
            })),
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
        results: report.findings.map((finding) => result(finding, indices.get(finding.rule.name) ?? -1)),
      },
    ],
  };
}

function result(finding: PolicyFinding, ruleIndex: number): unknown {
  const { rule, level, document, msg, declaredAt } = finding;
  const place = `${document.name}, ${placeOf(finding)}`;
  return {
    ruleId: rule.name,
    ruleIndex,
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
