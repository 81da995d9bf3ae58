import type { Judged } from "../../policies/waivers-applied";
import { applied, fileOf, findingAt, ruleOf, said, written } from "./sample-waivers";

const FOUND = [findingAt("jobs.test")];
const FILE = { name: ".github/workflows/ci.yml", kind: "file", service: "relay" } as const;

/** Whether nothing is hidden: what was found remains. */
function expectHidden(result: ReturnType<typeof applied>, hidden: boolean): void {
  expect(result.waived.length).toBe(hidden ? 1 : 0);
  expect(result.remaining).toEqual(hidden ? [] : FOUND);
}

describe("a waiver", () => {
  test("lets pass what it names, and is named with it", () => {
    const { remaining, waived, faults, standing } = applied([...FOUND, findingAt("jobs.other")], fileOf(written()));
    expect(waived).toEqual([{ ...FOUND[0], waiver: expect.objectContaining({ id: "pinned-2026-11-20" }) }]);
    expect(remaining).toEqual([findingAt("jobs.other")]);
    expect(faults).toEqual([]);
    expect(standing).toEqual([
      { waiver: expect.objectContaining({ owner: "alice" }), line: 2, state: "in use", uses: 1 },
    ]);
  });

  test.each([
    ["another rule", { rule: ruleOf("workflows/jobs-end") }],
    ["a release", { document: { ...FILE, stage: "prod" } }],
    ["another service", { document: { ...FILE, service: "summit" } }],
    ["another file", { document: { ...FILE, name: ".github/workflows/cd.yml" } }],
    ["a stack of that name", { document: { ...FILE, kind: "stack" } }],
    ["a given file of that name", { document: { ...FILE, kind: "given" } }],
    ["an address that only begins alike", { address: "jobs.test-2" }],
  ] as const)("lets nothing of %s pass", (_, changes) => {
    const other = findingAt("jobs.test", changes);
    expect(applied([other], fileOf(written()))).toMatchObject({ remaining: [other], waived: [] });
  });

  test("with the path in an address lets that alone pass", () => {
    const [first, second] = [findingAt("jobs.test"), findingAt("jobs.test", { path: "steps[1].uses" })];
    const scope = "{service: relay, file: .github/workflows/ci.yml, at: ['jobs.test, steps[1].uses']}";
    expect(applied([first, second], fileOf(written({ scope }))).remaining).toEqual([first]);
  });

  test.each([
    ["jobs.tes*", ["jobs.test", "jobs.tes"], ["jobs.rest", "my-jobs.test"]],
    ["jobs.*test*", ["jobs.test", "jobs.a-test-b"], ["jobs.tes"]],
    ["jobs.aba*ba", ["jobs.ababa"], ["jobs.aba"]],
    ["jobs.a*b*abc", ["jobs.abcabc"], ["jobs.abc"]],
  ])("of %s lets what fits it pass, with any characters for *", (pattern, fits, others) => {
    const scope = `{service: relay, file: .github/workflows/ci.yml, matching: "${pattern}"}`;
    const at = (address: string) => findingAt(address, { path: "" });
    const { waived, remaining } = applied([...fits, ...others].map(at), fileOf(written({ scope })));
    expect(waived.map(({ address }) => address)).toEqual(fits);
    expect(remaining.map(({ address }) => address)).toEqual(others);
  });

  test("of a given file is for that service and stage", () => {
    const document = { name: "plan.json", kind: "given", service: "relay", stage: "production" } as const;
    const scope = "{given: plan.json, service: relay, stage: production, at: [jobs.test]}";
    const waives = (changes: object) => {
      const documents = [{ ...document, ...changes }];
      const finding = findingAt("jobs.test", { document: { ...document, ...changes } });
      return applied([finding], fileOf(written({ scope })), { documents, all: "nothing" }).waived.length;
    };
    expect([waives({}), waives({ stage: "staging" }), waives({ stage: undefined })]).toEqual([1, 0, 0]);
  });
});

describe("a waiver that doesn't hold hides nothing", () => {
  test.each([
    [
      "that ended yesterday",
      { expires: "2026-11-26" },
      "expired, line 9, expires: 2026-11-26; a day from today on, which is 2026-11-27 in UTC; repair what it waived and remove it, or have it approved again: npx gatehouse waiver renew pinned-2026-11-20",
    ],
    [
      "that was made tomorrow",
      { created: "2026-11-28" },
      "created-in-the-future, line 8, created: 2026-11-28; a day until today, which is 2026-11-27 in UTC; correct it, or this machine's clock if that was set back; until then no waiver holds, for nobody knows which have expired",
    ],
    [
      "of 91 days",
      { expires: "2027-02-19" },
      "too-long, line 9, expires: 2027-02-19; at most 90 days after it was made: 2027-02-18 or before; let it end earlier; it can be renewed with a new approval",
    ],
    [
      "that ended before it was made",
      { expires: "2026-11-19" },
      "malformed, line 9, expires: 2026-11-19; a day from 2026-11-20 on, when it was made; correct the days",
    ],
    [
      "of a rule that doesn't exist",
      { rule: "workflows/action-pinned" },
      'unknown-rule, line 3, rule: "workflows/action-pinned"; the name of a rule in policies/, <pack>/<id>; correct its name, or remove the waiver of a rule that is gone; did you mean "workflows/actions-pinned"?',
    ],
    [
      "that its owner approved",
      { approver: "ALICE" },
      'self-approved, line 7, approver: "alice"; somebody else than the owner, alice; have somebody else approve it',
    ],
    [
      "that its owner's team approved, written otherwise",
      { owner: "Secops" },
      'self-approved, line 7, approver: "openclaw/secops"; somebody else than the owner, secops; have somebody else approve it',
    ],
    [
      "of all in a document",
      { scope: "{service: relay, file: .github/workflows/ci.yml, matching: '*'}" },
      'overbroad, line 4, scope.matching: "*"; the type in full, up to its . or /, and 3 letters or digits of the name; name more of it, or write the addresses under at',
    ],
    [
      "until 30 February",
      { expires: "2027-02-30" },
      'malformed, line 9, expires: "2027-02-30"; a day that the calendar has, such as 2026-11-27; write year, month and day, as they are in UTC',
    ],
  ])("%s", (_, changes, fault) => {
    const result = applied(FOUND, fileOf(written(changes)));
    expect(said(result)).toEqual([fault]);
    expectHidden(result, false);
  });

  test("but on its last day it holds, and on the first of at most 90", () => {
    const file = fileOf(written({ expires: "2027-02-18" }));
    expectHidden(applied(FOUND, file, { today: "2026-11-20" }), true);
    expectHidden(applied(FOUND, file, { today: "2027-02-18" }), true);
    expectHidden(applied(FOUND, file, { today: "2027-02-19" }), false);
  });

  test("all mistakes of one are said at once", () => {
    const result = applied(FOUND, fileOf(written({ approver: "alice", rule: "a/b", expires: "2026-11-21" })));
    expect(result.faults.map(({ kind }) => kind)).toEqual(["unknown-rule", "self-approved", "expired"]);
  });
});

test("by a clock that was set back, no waiver holds: one that has expired would", () => {
  const newer = written({ id: "newer", created: "2026-11-21", rule: "workflows/jobs-end" });
  const result = applied(FOUND, fileOf(written({ expires: "2026-11-25" }), newer), { today: "2026-11-20" });
  expectHidden(result, false);
  expect(result.faults.map(({ kind, waiver }) => [kind, waiver])).toEqual([["created-in-the-future", "newer"]]);
  expect(result.standing.map(({ state }) => state)).toEqual(["at fault", "at fault"]);
});

describe("of two waivers, the later is the duplicate", () => {
  test.each([
    ["has its id", written({ rule: "workflows/jobs-end" }), 'duplicate, line 11, id: "pinned-2026-11-20"; '],
    ["has an address of it", written({ id: "later" }), 'duplicate, line 13, scope.at[0]: "jobs.test"; '],
    [
      "covers a finding that it does",
      written({ id: "later", scope: "{service: relay, file: .github/workflows/ci.yml, matching: jobs.tes*}" }),
      "duplicate, line 13, scope: what another covers; ",
    ],
  ])("when it %s", (_, later, fault) => {
    const result = applied(FOUND, fileOf(written(), later));
    expect(said(result)).toEqual([
      `${fault}what no other waiver says: "pinned-2026-11-20" in line 2 does; remove one of the two, or renew the first: npx gatehouse waiver renew pinned-2026-11-20`,
    ]);
    expectHidden(result, true);
    expect(result.standing.map(({ state }) => state)).toEqual(["in use", "at fault"]);
  });
});

describe("a waiver is unused", () => {
  const UNUSED =
    'unused, line 4, scope.at[0]: "jobs.test"; what workflows/actions-pinned finds in relay: .github/workflows/ci.yml, where it finds nothing there; remove it: what it was for is repaired or gone';

  test("when what it names was judged, and nothing was found there", () => {
    const result = applied([findingAt("jobs.other")], fileOf(written()));
    expect(said(result)).toEqual([UNUSED]);
    expect(result.standing).toMatchObject([{ state: "unused", uses: 0 }]);
  });

  test("in part, where one of its addresses is repaired; the others still pass", () => {
    const scope = "{service: relay, file: .github/workflows/ci.yml, at: [jobs.gone, jobs.test]}";
    const result = applied(FOUND, fileOf(written({ scope })));
    expect(said(result)).toEqual([expect.stringContaining('unused, line 4, scope.at[0]: "jobs.gone"; ')]);
    expectHidden(result, true);
  });

  test("when nothing of that name is made", () => {
    expect(said(applied([], fileOf(written()), { documents: [] }))).toEqual([
      'unused, line 4, scope: "relay: .github/workflows/ci.yml"; a document that is made of the declarations; remove it: what it was for is repaired or gone',
    ]);
  });

  test("of a release, when releases were judged", () => {
    const scope = "{service: relay, stage: prod, file: charts/service for prod, at: [Rollout/relay]}";
    const saidWith = (all: Judged["all"]) => said(applied([], fileOf(written({ scope })), { all }));
    expect(saidWith("stacks and files")).toEqual([]);
    expect(saidWith("stacks, files and releases")).toEqual([
      expect.stringContaining('unused, line 4, scope: "relay prod: charts/service for prod"; a document that is made'),
    ]);
  });

  test.each([
    ["its service was not looked at", { documents: [], all: "nothing" as const }, {}],
    ["its file was not given", {}, { scope: "{given: plan.json, at: [jobs.test]}" }],
    [
      "its rule has no answer",
      { broken: [{ rule: ruleOf("workflows/actions-pinned"), document: FILE.name, why: "" }] },
      {},
    ],
  ])("but not when %s", (_, judged, changes) => {
    const result = applied([], fileOf(written(changes)), judged);
    expect(said(result)).toEqual([]);
    expect(result.standing).toMatchObject([{ state: "not judged" }]);
  });
});
