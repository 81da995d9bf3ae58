import { waiverFaults } from "../../policies/waiver-faults";
import { fileOf, said, TODAY, written } from "./sample-waivers";

const RULES = ["workflows/actions-pinned"];

function saidOf(changes: Parameters<typeof written>[0]): readonly string[] {
  const { waivers, faults } = fileOf(written(changes));
  expect(faults).toEqual([]);
  return said({ faults: waiverFaults(waivers, { rules: RULES, today: TODAY }) });
}

const ONE = "one document: stack, or service and file, or given";
const TYPE = "the type in full, up to its . or /, and 3 letters or digits of the name";

describe("a waiver is overbroad", () => {
  test.each(["*", "workflows", "workflows/*", "*/actions-pinned", "work*/actions-pinned"])(
    "when it is of more than one rule: %s",
    (rule) => {
      expect(saidOf({ rule: JSON.stringify(rule) })).toEqual([
        `overbroad, line 3, rule: "${rule}"; the name of one rule, <pack>/<id>; write a waiver for each rule`,
      ]);
    },
  );

  test.each([
    ["no document", "{at: [a.b]}", `scope: no document; ${ONE}`],
    ["a service", "{service: relay, at: [a.b]}", `scope: all of the service relay; ${ONE}`],
    ["every stack", '{stack: "*", at: [a.b]}', 'scope.stack: "*"; the name of one document, without *'],
    [
      "a service's stacks",
      "{stack: relay-*, at: [a.b]}",
      'scope.stack: "relay-*"; the name of one document, without *',
    ],
    ["every service", '{service: "*", file: a, at: [a.b]}', 'scope.service: "*"; the name of one document, without *'],
    [
      "every file",
      '{service: a, file: "*.yml", at: [a.b]}',
      'scope.file: "*.yml"; the name of one document, without *',
    ],
    ["every plan", '{given: "plans/*", at: [a.b]}', 'scope.given: "plans/*"; the name of one document, without *'],
    ["all of a stack", "{stack: relay-repository}", "scope: all of a document; exact addresses under at, or a pattern"],
    ["any address", '{stack: a, at: ["*"]}', 'scope.at[0]: "*"; an address; name what is to be waived'],
    ["a pattern of all", '{stack: a, matching: "*"}', `scope.matching: "*"; ${TYPE}`],
    ["a pattern of all names", '{stack: a, matching: "*.*"}', `scope.matching: "*.*"; ${TYPE}`],
    ["a type", '{stack: a, matching: "grafana_rule_group.*"}', `scope.matching: "grafana_rule_group.*"; ${TYPE}`],
    ["a kind", '{stack: a, matching: "Pod/*"}', `scope.matching: "Pod/*"; ${TYPE}`],
    ["several types", '{stack: a, matching: "grafana_*.alerts"}', `scope.matching: "grafana_*.alerts"; ${TYPE}`],
    ["any type", '{stack: a, matching: "*alerts"}', `scope.matching: "*alerts"; ${TYPE}`],
    ["two letters", '{stack: a, matching: "job.*a-b*"}', `scope.matching: "job.*a-b*"; ${TYPE}`],
  ])("when its scope is %s", (_, scope, text) => {
    expect(saidOf({ scope })).toEqual([expect.stringContaining(`overbroad, line 4, ${text}`)]);
  });

  test.each([
    "{stack: a, at: [a.b, c.d]}",
    "{stack: a, at: ['Role/*']}",
    "{service: relay, file: .github/workflows/ci.yml, at: ['jobs.test, steps[0].uses']}",
    "{service: summit, stage: prod, file: charts/service for prod, at: [Rollout/summit]}",
    "{given: plan.json, service: relay, stage: production, at: [a.b]}",
    '{stack: a, matching: "grafana_rule_group.*alerts*"}',
    '{stack: a, matching: "Deployment/web-*"}',
  ])("but not with %s", (scope) => expect(saidOf({ scope })).toEqual([]));
});

test.each([
  ["{stack: a, service: relay, file: b, at: [a.b]}", "scope: ", '"a" and "b"', ONE],
  ["{stack: a, service: relay, at: [a.b]}", "scope.service: ", '"relay"', "nothing: a stack's name is enough"],
  ["{file: b, at: [a.b]}", "scope: ", '"b" of no service', "the service whose file it is"],
  ["{stack: a, stage: b, at: [a.b]}", "scope.stage: ", '"b"', "nothing: a stack's name is enough"],
  ["{stack: a, at: [a.b], matching: a.bcd*}", "scope: ", "addresses and a pattern", "exact addresses under at, or"],
  ["{stack: a, matching: a.bcd}", "scope.matching: ", '"a.bcd"', "a pattern with *; write an exact address under at"],
  ["{stack: a, at: [a.b, a.b]}", "scope.at[1]: ", '"a.b"', "each address once; leave it out"],
])("a scope says one thing: %s", (scope, path, came, expected) => {
  expect(saidOf({ scope })).toContainEqual(expect.stringContaining(`malformed, line 4, ${path}${came}; ${expected}`));
});
