import { waiversOfText } from "../../policies/waiver-file";
import { NoWaiverList, withChanges, withWaiver } from "../../policies/waivers-text";

const TEXT = `# Exceptions: each ends.

waivers:
  # Until the supplier has a release.
  - id: first
    rule: workflows/actions-pinned
    scope: {service: relay, file: .github/workflows/ci.yml, at: [jobs.test]} # one job
    owner: alice
    reason: the action has no release yet, and ${"it is needed, ".repeat(12)}still
    approver: openclaw/secops
    created: 2026-11-20
    expires: "2026-12-20" # the sprint's end
    ticket: SEC-12

  # The last one.
  - id: second
    owner: bob
`;

const NEW = {
  id: "third",
  rule: "grafana/alert-not-paused",
  scope: { stack: "relay-production", file: undefined, at: ["grafana_rule_group.alerts"] },
  owner: "alice",
  reason: "yes: # no comment",
  approver: "bob",
  created: "2026-11-27",
  expires: "2026-12-27",
  ticket: "openclaw/relay#7",
};

describe("the text of waivers", () => {
  test("with one more keeps every line that was there, comments and order", () => {
    const text = withWaiver(TEXT, NEW);
    expect(text.startsWith(TEXT)).toBe(true);
    expect(text.slice(TEXT.length)).toBe(`  - id: third
    rule: grafana/alert-not-paused
    scope:
      stack: relay-production
      at:
        - grafana_rule_group.alerts
    owner: alice
    reason: "yes: # no comment"
    approver: bob
    created: 2026-11-27
    expires: 2026-12-27
    ticket: openclaw/relay#7
`);
    expect(waiversOfText(text).waivers.at(-1)?.waiver).toEqual({
      ...NEW,
      scope: expect.not.objectContaining({ file: null }),
    });
  });

  test("with the first one keeps the head", () => {
    expect(withWaiver("# Head.\nwaivers: []\n", NEW)).toMatch(/^# Head\.\nwaivers:\n {2}- id: third\n {4}rule: /);
  });

  test("with a change changes these lines alone", () => {
    const before = TEXT.split("\n");
    const after = withChanges(TEXT, "first", { expires: "2027-01-20", approver: "carol" })?.split("\n") ?? [];
    expect(after).toHaveLength(before.length);
    expect(after.filter((line, index) => line !== before[index])).toEqual([
      "    approver: carol",
      `    expires: "2027-01-20" # the sprint's end`,
    ]);
  });

  test("has no change in a waiver that isn't there", () => {
    expect(withChanges(TEXT, "fourth", { approver: "carol" })).toBeUndefined();
  });

  test.each(["", "waivers:\n", "waivers: [\n", "other: []\n", "- a\n"])("that is no list is refused: %j", (text) => {
    expect(() => withWaiver(text, NEW)).toThrow(NoWaiverList);
    expect(() => withChanges(text, "first", {})).toThrow(NoWaiverList);
  });
});
