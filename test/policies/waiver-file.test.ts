import { waiversOfText } from "../../policies/waiver-file";
import { fileOf, said, written } from "./sample-waivers";

/** What is said of the one mistake of a waiver. */
const saidOf = (changes: Parameters<typeof written>[0]) => said(fileOf(written(changes)));

describe("a file of waivers", () => {
  test("is read as it is written, people in lower case and without @, with the line of everything", () => {
    const { waivers, faults } = fileOf(written(), written({ id: "another" }));
    expect(faults).toEqual([]);
    expect(waivers).toEqual([
      {
        waiver: {
          id: "pinned-2026-11-20",
          rule: "workflows/actions-pinned",
          scope: { service: "relay", file: ".github/workflows/ci.yml", at: ["jobs.test"] },
          owner: "alice",
          reason: "the action has no release yet",
          approver: "openclaw/secops",
          created: "2026-11-20",
          expires: "2026-12-20",
          ticket: "SEC-12",
        },
        lines: { id: 2, rule: 3, scope: 4, owner: 5, reason: 6, approver: 7, created: 8, expires: 9, ticket: 10 },
      },
      expect.objectContaining({ lines: expect.objectContaining({ id: 11, expires: 18 }) }),
    ]);
  });

  test("may have none", () => expect(waiversOfText("# none\nwaivers: []\n")).toEqual({ waivers: [], faults: [] }));

  test.each([
    ["30 February", "2026-02-30", '"2026-02-30"'],
    ["29 February of a year without", "2027-02-29", '"2027-02-29"'],
    ["a 13th month", "2026-13-01", '"2026-13-01"'],
    ["another form", "20.12.2026", '"20.12.2026"'],
    ["a number", "20261220", "20261220"],
    ["a time", "2026-12-20T10:00:00Z", '"2026-12-20T10:00:00Z"'],
    ["nothing", "", "null"],
  ])("can't end on %s", (_, expires, came) => {
    expect(saidOf({ expires })).toEqual([
      `malformed, line 9, expires: ${came}; a day that the calendar has, such as 2026-11-27; write year, month and day, as they are in UTC`,
    ]);
  });

  test("can end on 29 February where there is one", () => {
    expect(saidOf({ created: "2028-02-01", expires: "2028-02-29" })).toEqual([]);
  });

  test.each([
    ["owner", undefined, "malformed, line 2, owner: nothing; a GitHub login, or a team as organization/team; "],
    ["approver", undefined, "malformed, line 2, approver: nothing; a GitHub login, or a team as organization/team; "],
    ["approver", '"secops, alice"', 'malformed, line 7, approver: "secops, alice"; a GitHub login, or a team'],
    ["approver", '"аlice"', 'malformed, line 7, approver: "аlice"; a GitHub login, or a team'],
    ["reason", '""', 'malformed, line 6, reason: ""; why the exception is needed: one line of 1 to 350 characters; '],
    ["reason", '"two\\nlines"', 'malformed, line 6, reason: "two\\nlines"; why the exception is needed: one line of '],
    ["ticket", undefined, "malformed, line 2, ticket: nothing; a ticket: an https address, SEC-12, or owner/reposi"],
    ["ticket", "soon", 'malformed, line 10, ticket: "soon"; a ticket: an https address, SEC-12, or owner/reposi'],
    ["ticket", "https://user:word@example.com", 'malformed, line 10, ticket: "https://user:word@example.com"; a tic'],
    ["created", undefined, "malformed, line 2, created: nothing; a day that the calendar has, such as 2026-11-27; "],
    ["rule", undefined, "malformed, line 2, rule: nothing; the name of a rule: one line of 1 to 500 characters; "],
    ["scope", undefined, "malformed, line 2, scope: nothing; a record { … }; write it; it has no default"],
    ["scope", "{stack: a, at: []}", "malformed, line 4, scope.at: []; at least one address; write the addresses, or"],
    ["scope", "{stack: a, at: [7]}", "malformed, line 4, scope.at[0]: 7; an address: one line of 1 to 500 charac"],
    ["id", "Not So", 'malformed, line 2, waivers[0].id: "Not So"; an id of 1 to 100 of a–z, 0–9 and single dashes; '],
    ["expiry", "2026-12-01", 'malformed, line 11, expiry: the property "expiry"; a property that the declaration la'],
  ])("refuses a waiver with the %s %s", (key, value, text) => {
    expect(saidOf({ [key]: value })).toEqual([expect.stringContaining(text)]);
  });

  test("says all mistakes at once, and keeps the waivers that have none", () => {
    const { waivers, faults } = fileOf(written({ owner: "", ticket: "" }), written({ id: "sound" }));
    expect(faults.map(({ path, waiver }) => [waiver, path])).toEqual([
      ["pinned-2026-11-20", "owner"],
      ["pinned-2026-11-20", "ticket"],
    ]);
    expect(waivers.map(({ waiver }) => waiver.id)).toEqual(["sound"]);
  });

  test.each([
    ["empty", "", "malformed, line 1, : null; a record { … }; write a record { … } in its place"],
    ["only comments", "# none\n", "malformed, line 1, : null; a record { … }; write a record { … } in its place"],
    ["without a list", "waivers:\n", "malformed, line 1, waivers: null; a list of waivers; write waivers: [] while"],
    ["of another key", "exceptions: []\n", "malformed, line 1, waivers: nothing; a list of waivers; write waivers: []"],
    [
      "a list of texts",
      "waivers:\n  - soon\n",
      'malformed, line 2, waivers[0]: "soon"; a record { … }; write a record',
    ],
    ["no YAML", "waivers: [\n", 'malformed, line 2, : "Flow sequence in block collection must be'],
    [
      "with a key twice",
      "waivers: []\nwaivers: []\n",
      'malformed, line 2, : "Map keys must be unique"; YAML, each key',
    ],
    ["two documents", "waivers: []\n---\nwaivers: []\n", "malformed, line 2, : "],
    ["with an alias", "waivers:\n  - &a {}\n  - *a\n", "malformed, line 3, : an alias (*); every value written out; "],
  ])("that is %s has no waivers, and is said to be so", (_, text, fault) => {
    const file = waiversOfText(text);
    expect(file.waivers).toEqual([]);
    expect(said(file)).toContainEqual(expect.stringContaining(fault));
  });
});
