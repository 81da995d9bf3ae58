import type { Flag } from "../../../declaration/flags";
import { FLAG } from "../../support/feature-flag";
import { type Changes, REMOVED } from "../change";
import { minimalFleet, minimalRefusals, posFleet, posRefusals, summitRefusals } from "../fixture";

const CHOICE = {
  kind: "text",
  description: "Where carts are kept",
  owner: "platform",
  reviewed: "2026-11-27",
  expires: "2027-02-01",
  choices: ["d1", "kv"],
  default: "d1",
} as const satisfies Flag;

/** summit, which runs in a cluster and has previews, with one flag. */
function refusals(flag: object, changes: Changes = {}) {
  return summitRefusals({ flags: { registry: { "new-till": flag } }, ...changes });
}

/** openclaw-pos, which runs at the edge, with a namespace for its flags. */
const AT_THE_EDGE: Changes = {
  "edge.kv": { flags: { names: { staging: "pos-flags-staging", production: "pos-flags" }, binding: "FLAGS" } },
  "settings.FLAGS_ID": {
    kind: "variable",
    description: "Id of the namespace with feature flags",
    owner: "platform",
    environments: { staging: { from: "kv.flags.id" }, production: { from: "kv.flags.id" } },
  },
  flags: { kv: "flags", registry: { "new-till": FLAG } },
};

function edgeRefusals(changes: Changes = {}) {
  const { stateful } = posFleet().services[0] as { readonly stateful: object };
  const record = { ...stateful, "staging/kv/flags": "pos-flags-staging", "production/kv/flags": "pos-flags" };
  return posRefusals({ ...AT_THE_EDGE, ...changes }, { stateful: record });
}

describe("a feature flag (MAE-7)", () => {
  test.each([
    ["is on or off, by stage", { ...FLAG, values: { stage: true }, preview: true }],
    ["chooses one of several ways", { ...CHOICE, values: { stage: "kv", prod: "d1" }, preview: "kv" }],
    ["may be on where nothing is said, when that is safe", { ...FLAG, default: true }],
    ["may stay for ever as a kill switch", { ...FLAG, killSwitch: true, expires: "permanent", values: { prod: true } }],
    ["may be a kill switch that ends", { ...FLAG, killSwitch: true }],
    ["may stay for 180 days after a review", { ...FLAG, expires: "2027-05-26" }],
    ["is described in any language", { ...FLAG, description: "新しいレジ 👍" }],
  ])("%s", (_what, flag) => {
    expect(refusals(flag)).toEqual([]);
  });

  test("is delivered to Workers, too", () => {
    expect(edgeRefusals()).toEqual([]);
  });

  test("without an owner is refused, as is an owner that the service doesn't have", () => {
    const { owner: _owner, ...ownerless } = FLAG;
    expect(refusals(ownerless)).toEqual([
      expect.objectContaining({ path: "flags.registry.new-till.owner", came: "nothing" }),
    ]);
    expect(refusals({ ...FLAG, owner: "maintainer" })).toEqual([
      expect.objectContaining({
        path: "flags.registry.new-till.owner",
        came: '"maintainer"',
        remedy: 'name who owns it; did you mean "maintainers"?',
      }),
    ]);
  });

  test("of a kill switch is off where nothing is said", () => {
    expect(refusals({ ...FLAG, killSwitch: true, default: true })).toEqual([
      {
        path: "flags.registry.new-till.default",
        came: "true, of a kill switch",
        expected: "false: what it guards stands still where a stage says nothing, and where the flags can't be read",
        remedy: "write default: false, and true in values of the stages where it runs",
      },
    ]);
  });

  test("that is no kill switch has an end", () => {
    for (const flag of [FLAG, CHOICE]) {
      expect(refusals({ ...flag, expires: "permanent" })).toEqual([
        {
          path: "flags.registry.new-till.expires",
          came: '"permanent", of a flag that is no kill switch',
          expected: "a last day: what is decided is removed from the code",
          remedy: "write a day at most 180 days after the review, or make a setting of it",
        },
      ]);
    }
  });

  test.each([
    ["2027-05-27", "2027-05-27, 181 days after the review"],
    ["2099-01-01", "2099-01-01, 26333 days after the review"],
    ["2026-11-27", "2026-11-27, with a review on 2026-11-27"],
    ["2026-11-26", "2026-11-26, with a review on 2026-11-27"],
  ])("may not end on %s", (expires, came) => {
    expect(refusals({ ...FLAG, expires })).toEqual([
      {
        path: "flags.registry.new-till.expires",
        came,
        expected: "a day after the review, at most 180 days later",
        remedy: "write an earlier day; when it has come and the flag is still needed, review it again",
      },
    ]);
  });

  test.each(["2027-02-30", "2027-2-1", "tomorrow", "2027-02-01T00:00:00Z", "", "never"])(
    "may not end on %j, which is no day",
    (day) => {
      expect(refusals({ ...FLAG, expires: day })).toEqual([
        {
          path: "flags.registry.new-till.expires",
          came: JSON.stringify(day),
          expected: 'the last day: a day of the calendar, YYYY-MM-DD, or "permanent" for a kill switch',
          remedy: "say by when the flag will have been removed from the code",
        },
      ]);
      expect(refusals({ ...FLAG, reviewed: day })).toEqual([
        expect.objectContaining({
          path: "flags.registry.new-till.reviewed",
          expected: "the day of the review: a day of the calendar, YYYY-MM-DD",
        }),
      ]);
    },
  );

  test("has no value in a stage that isn't there, or where nothing runs", () => {
    expect(refusals({ ...FLAG, values: { prods: true } })).toEqual([
      {
        path: "flags.registry.new-till.values.prods",
        came: '"prods"',
        expected: 'one of the stages with pods or a Worker: "stage", "prod"',
        remedy: 'name one of these, or leave the stage out; did you mean "prod"?',
      },
    ]);
  });

  test("has no value in previews that aren't there", () => {
    expect(refusals({ ...FLAG, preview: true }, { "cluster.previews": REMOVED })).toEqual([
      expect.objectContaining({
        path: "flags.registry.new-till.preview",
        came: "true, in a service without previews in a cluster",
      }),
    ]);
  });

  test("chooses nothing that can't be chosen, and has each choice once", () => {
    expect(refusals({ ...CHOICE, choices: ["d1", "d1"], values: { prod: "r2" }, preview: "kv" })).toEqual([
      expect.objectContaining({ path: "flags.registry.new-till.choices[1]", came: '"d1" a second time' }),
      expect.objectContaining({ path: "flags.registry.new-till.values.prod", came: '"r2"' }),
      expect.objectContaining({ path: "flags.registry.new-till.preview", expected: 'one of the choices: "d1", "d1"' }),
    ]);
    expect(refusals({ ...CHOICE, default: "r2" })).toEqual([
      expect.objectContaining({
        path: "flags.registry.new-till.default",
        remedy: 'add it to choices; did you mean "d1"?',
      }),
    ]);
    expect(refusals({ ...CHOICE, choices: ["d1"] })).toEqual([
      expect.objectContaining({ expected: "at least two choices" }),
    ]);
  });

  test("is on or off, and nothing between", () => {
    expect(refusals({ ...FLAG, values: { prod: "true" } })).toEqual([
      expect.objectContaining({ path: "flags.registry.new-till.values.prod", came: '"true"' }),
    ]);
  });

  test.each([
    "New-Till",
    "new_till",
    "new till",
    "n",
    "-new",
    "new--till",
    "neu\u200be",
    "レジ",
    "a".repeat(61),
    "constructor()",
  ])("may not be called %j", (key) => {
    expect(summitRefusals({ flags: { registry: { [key]: FLAG } } })).toEqual([
      {
        path: expect.stringMatching(/^flags\.registry/),
        came: expect.stringMatching(/^the key "/),
        expected: "the key of a flag: 2 to 60 of a–z, 0–9 and single dashes, beginning with a letter",
        remedy: "rename the flag; what it is for is its description, where any character may stand",
      },
    ]);
  });

  test("is not called as another is, but for dashes", () => {
    const registry = { "new-till": FLAG, newtill: FLAG };
    expect(summitRefusals({ flags: { registry } })).toEqual([
      {
        path: "flags.registry.newtill",
        came: '"newtill", beside "new-till"',
        expected: "keys that differ by more than their dashes",
        remedy: "make one flag of both, or rename one",
      },
    ]);
  });

  test.each(["${file(1)}", "%{ if true }", "${{ secrets.TOKEN }}", "${TfToken[TOKEN.0]}"])(
    "is described without %s, which would be code",
    (description) => {
      expect(refusals({ ...FLAG, description })).toEqual([
        expect.objectContaining({
          path: "flags.registry.new-till.description",
          expected: expect.stringMatching(/^text without/),
        }),
      ]);
    },
  );
});

describe("the flags of a service", () => {
  test("need something that reads them", () => {
    expect(minimalFleet().services).toHaveLength(1);
    expect(minimalRefusals({ flags: { registry: { "new-till": FLAG } } })).toEqual([
      {
        path: "flags",
        came: "flags of a service without pods in a cluster and without a Worker",
        expected: "something that reads them: Gatehouse delivers flags as a ConfigMap and into Workers KV",
        remedy: "remove flags, or declare cluster or edge",
      },
    ]);
  });

  test("need a namespace that the Worker is bound to", () => {
    expect(edgeRefusals({ "flags.kv": REMOVED })).toEqual([
      {
        path: "flags.kv",
        came: "nothing, in a service with a Worker",
        expected: "the key of edge.kv whose namespace the Worker reads its flags from",
        remedy: 'declare edge.kv.flags with names and a binding, and write kv: "flags"',
      },
    ]);
    expect(edgeRefusals({ "flags.kv": "flag" })).toEqual([
      {
        path: "flags.kv",
        came: '"flag"',
        expected: 'one of the namespaces in edge.kv: "flags"',
        remedy: 'declare it with a name for each stage; did you mean "flags"?',
      },
    ]);
    expect(summitRefusals({ flags: { kv: "flags", registry: {} } })).toEqual([
      expect.objectContaining({
        path: "flags.kv",
        expected: "one of the namespaces in edge.kv, of which there are none",
      }),
    ]);
  });

  test.each(["is on", "flags.*", "a..b", "isOn(", "*", "x".repeat(101), "日本"])("are not asked for by %j", (call) => {
    expect(summitRefusals({ flags: { calls: [call], registry: {} } })).toEqual([
      expect.objectContaining({
        path: "flags.calls[0]",
        expected: 'what is called, such as "isOn", "flags.isOn", or "*.isOn" of whatever object',
      }),
    ]);
  });

  test("fit into what delivers them: a mebibyte for pods, 25 of them for Workers", () => {
    const choices = Array.from({ length: 50 }, (_, n) => `${n}-`.padEnd(60, "x"));
    const large = { ...CHOICE, owner: "maintainers", choices, default: choices[0] };
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`flag-${n}`, large]));
    const inPods = summitRefusals({ flags: { registry: many(200) } });
    expect(inPods.map(({ path, came }) => [path, came.replace(/^[\d,]+/, "N")])).toEqual([
      ["flags.registry", "N bytes of flags for stage"],
      ["flags.registry", "N bytes of flags for prod"],
      ["flags.registry", "N bytes of flags for previews"],
    ]);
    expect(inPods[0]).toMatchObject({
      expected: "at most 1,048,576 bytes, which is what a ConfigMap holds",
      remedy: "remove flags that are decided; data that is no flag belongs into a store of its own",
    });
    expect(edgeRefusals({ "flags.registry": many(200) })).toEqual([]);
    expect(edgeRefusals({ "flags.registry": many(4000) })[0]).toMatchObject({
      expected: "at most 26,214,400 bytes, which is what a value of Workers KV holds",
    });
  });
});
