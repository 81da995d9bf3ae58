import { z } from "zod";
import { policySarif } from "../../operations/policy-sarif";
import type { PolicyReport } from "../../policies/report";
import { ruleOfSource } from "../../policies/rule-source";

const HEAD = `# METADATA
# title: nothing is wrong
# description: Nothing is wrong.
# custom:
#   id: never-wrong
#   level: blocking
#   reason: it could be
#   remedy: set it right
#   links: ["https://example.com/rule"]
#   external: ["CIS GitHub v1.2.0: 1.1.3"]
package gatehouse.github.never_wrong
`;
const rule = ruleOfSource({ path: "github/never-wrong.rego", text: HEAD });

const finding = {
  rule,
  level: "blocking",
  msg: "it is wrong",
  address: "github_repository.repository",
  path: "name",
  document: { name: "relay-repository", kind: "stack", service: "relay" },
  declaredAt: { file: "services/relay.ts", line: 7 },
} as const;

const report: PolicyReport = {
  rules: [rule],
  documents: 2,
  findings: [
    finding,
    { ...finding, level: "advisory", document: { name: "a b.yml", kind: "given" }, declaredAt: undefined },
  ],
  waived: [
    {
      ...finding,
      waiver: {
        id: "never-wrong-2026-11-20",
        rule: "github/never-wrong",
        scope: { stack: "relay-repository", at: ["github_repository.repository"] },
        owner: "alice",
        reason: "the name changes with the next release",
        approver: "openclaw/secops",
        created: "2026-11-20",
        expires: "2026-12-20",
        ticket: "SEC-12",
      },
    },
  ],
  faults: [
    {
      kind: "expired",
      line: 9,
      waiver: "old",
      path: "expires",
      came: "2026-11-01",
      expected: "later",
      remedy: "renew",
    },
  ],
  broken: [{ rule, document: "other", why: "it threw" }],
  unreadable: [{ document: "plan.json", why: "it is empty" }],
};

const text = z.strictObject({ text: z.string().min(1) });
const level = z.enum(["none", "note", "warning", "error"]);

/**
 * What SARIF 2.1.0 says of the properties that are written here, and that code scanning needs: no property is another, none that is needed is missing.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-support-for-code-scanning
 */
const Sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string().min(1),
            rules: z.array(
              z.strictObject({
                id: z.string().min(1),
                shortDescription: text,
                fullDescription: text,
                help: text,
                helpUri: z.url().optional(),
                defaultConfiguration: z.strictObject({ level }),
                properties: z.strictObject({ tags: z.array(z.string()) }),
              }),
            ),
          }),
        }),
        invocations: z.array(
          z.strictObject({
            executionSuccessful: z.boolean(),
            toolExecutionNotifications: z.array(z.strictObject({ level, message: text })),
          }),
        ),
        results: z.array(
          z.strictObject({
            ruleId: z.string().min(1),
            ruleIndex: z.int().min(0),
            level,
            message: text,
            locations: z
              .array(
                z.strictObject({
                  physicalLocation: z.strictObject({
                    artifactLocation: z.strictObject({ uri: z.string().regex(/^[^\s\\]+$/) }),
                    region: z.strictObject({ startLine: z.int().min(1) }),
                  }),
                  logicalLocations: z.array(z.strictObject({ fullyQualifiedName: z.string().min(1) })),
                }),
              )
              .min(1),
            partialFingerprints: z.record(z.string(), z.string().min(1)),
            // §3.27.23: of a run, all results have them, or none.
            suppressions: z.array(
              z.strictObject({ kind: z.literal("external"), status: z.literal("accepted"), justification: z.string() }),
            ),
          }),
        ),
      }),
    )
    .min(1),
});

describe("the report as SARIF", () => {
  const { runs } = Sarif.parse(policySarif(report));
  const [run] = runs;

  test("is of version 2.1.0: every property it has is SARIF's, and none that is needed is missing", () => {
    expect(runs).toHaveLength(1);
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  test("names the rule, how grave it is, and the file and line of the declaration", () => {
    expect(run?.results[0]).toMatchObject({
      ruleId: "github/never-wrong",
      level: "error",
      message: {
        text: expect.stringContaining("github_repository.repository, name: it is wrong. To do: set it right"),
      },
      locations: [{ physicalLocation: { artifactLocation: { uri: "services/relay.ts" }, region: { startLine: 7 } } }],
    });
  });

  test("names the file itself where nothing is declared", () => {
    expect(run?.results[1]).toMatchObject({
      level: "warning",
      locations: [{ physicalLocation: { artifactLocation: { uri: "a%20b.yml" }, region: { startLine: 1 } } }],
    });
  });

  test("suppresses what a waiver lets pass, with its reason, and nothing else", () => {
    expect(run?.results.map(({ suppressions }) => suppressions)).toEqual([
      [],
      [],
      [
        {
          kind: "external",
          status: "accepted",
          justification:
            "waived by never-wrong-2026-11-20 until 2026-12-20: the name changes with the next release (owner alice, approved by openclaw/secops, SEC-12)",
        },
      ],
      [],
    ]);
  });

  test("has faults of waivers where they are written", () => {
    expect(run?.results.at(-1)).toMatchObject({
      ruleId: "waivers",
      level: "error",
      message: { text: "policies/waivers.yaml:9: old: expires: came 2026-11-01; expected later; to do: renew" },
      locations: [
        { physicalLocation: { artifactLocation: { uri: "policies/waivers.yaml" }, region: { startLine: 9 } } },
      ],
    });
  });

  test("is the same alert when lines move, and another for another place", () => {
    const fingerprint = (change: object) =>
      Sarif.parse(policySarif({ ...report, findings: [{ ...finding, ...change }] })).runs[0]?.results[0]
        ?.partialFingerprints;
    expect(fingerprint({ declaredAt: { file: "services/relay.ts", line: 70 } })).toEqual(fingerprint({}));
    expect(fingerprint({ path: "topics" })).not.toEqual(fingerprint({}));
  });

  test("says what has no answer, and is no success then", () => {
    expect(run?.invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          { level: "error", message: { text: "github/never-wrong has no answer on other: it threw" } },
          { level: "error", message: { text: "plan.json was not judged: it is empty" } },
        ],
      },
    ]);
  });
});
