import { writeFileSync } from "node:fs";
import { AuditWorld, Key } from "./audit-world";
import { SigstoreWorld } from "./sigstore-world";

/** How far apart the bytes are that are changed: judging a bundle takes a hundred times as long. */
interface Case {
  readonly by: string;
  readonly start: () => AuditWorld | Promise<AuditWorld>;
  readonly step: number;
  readonly anotherText: RegExp;
}

const CASES: readonly Case[] = [
  {
    by: "a key",
    start: () => new AuditWorld(),
    step: 41,
    anotherText: /^the signature of .*key\.pub is not of this text$/,
  },
  {
    by: "a workflow",
    start: () => SigstoreWorld.start(),
    step: 503,
    anotherText: /^Sigstore says: DSSE payload hash mismatch$/,
  },
];

let world: AuditWorld;
afterEach(() => world.close());

/** What is wrong, of which entry. */
async function found(options: { readonly witness?: string } = {}): Promise<readonly string[]> {
  const { findings } = await world.verify(options);
  return findings.map(({ which, kind }) => `${which}: ${kind}`);
}

describe.each(CASES)(
  "gatehouse audit verify says what happened to a trail that $by signed, and to which entry (MAE-6)",
  ({ start, step, anotherText }) => {
    beforeEach(async () => {
      world = await start();
    });

    test("nothing, where nothing did", async () => {
      await world.filled(5);
      expect(await world.verify()).toMatchObject({ code: 0, entries: 5, findings: [], unfinished: [] });
    });

    describe("changed", () => {
      test.each([1, 3, 5])("any byte of entry %i", async (place) => {
        await world.filled(5);
        const original = world.read(place);
        for (let at = 0; at < original.length; at += step) {
          const bytes = Buffer.from(original);
          bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
          world.put(place, bytes);
          const { code, findings } = await world.verify();
          expect({ at, code, which: findings.map(({ which }) => which) }).toEqual({
            at,
            code: 2,
            which: [String(place)],
          });
          expect(["changed", "wrong key"]).toContain(findings[0]?.kind);
        }
      });

      test("the text, with the signature of the old one", async () => {
        await world.filled(3);
        world.rewrite(2, { actor: "eve" });
        const { findings } = await world.verify();
        expect(findings).toEqual([{ kind: "changed", which: "2", said: expect.stringMatching(anotherText) }]);
      });

      test.each([
        [
          "half of it",
          (bytes: Buffer) => bytes.subarray(0, bytes.length / 2),
          "it is no signed entry, or not the whole of one",
        ],
        ["nothing", () => Buffer.alloc(0), "it is empty"],
        [
          "a megabyte more",
          (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1_048_576, " ")]),
          "more than any entry",
        ],
        [
          "a space more",
          (bytes: Buffer) => Buffer.concat([bytes, Buffer.from(" ")]),
          "it is not as it was written, though it says the same",
        ],
        ["a property more", (bytes: Buffer) => bytes.toString().replace("{", '{"note":1,'), "it is no signed entry"],
        [
          "a second signature",
          (bytes: Buffer) => bytes.toString().replace("}]", '},{"keyid":"","sig":""}]'),
          "it is no signed entry",
        ],
      ])("%s is left of the newest entry", async (_what, change, why) => {
        await world.filled(3);
        world.put(3, change(world.read(3)));
        expect((await world.verify()).findings).toEqual([
          { kind: "changed", which: "3", said: expect.stringContaining(why) },
        ]);
      });

      test("another spelling of the same base64 is not what was written", async () => {
        await world.append({ reason: "x" });
        const text = world.read(1).toString();
        const spelled = text.replace(/(.)==?"/, (end, last: string) =>
          end.replace(last, last === "A" ? "B" : String.fromCharCode(last.charCodeAt(0) + 1)),
        );
        expect(spelled).not.toBe(text);
        world.put(1, spelled);
        expect(await found()).toEqual(["1: changed"]);
      });
    });

    describe("replaced", () => {
      test("by another entry with a proper signature: the next one was written after the old one", async () => {
        await world.filled(5);
        await world.sign(3, { actor: "eve" });
        expect(await found()).toEqual(["3: replaced"]);
      });

      test("the newest one: the witness has seen the old one", async () => {
        await world.filled(2);
        await world.append({ witness: world.witness });
        await world.sign(3, { actor: "eve" });
        expect(await found()).toEqual([]);
        expect(await found({ witness: world.witness })).toEqual(["3: replaced"]);
      });

      test("the first one says that it is none", async () => {
        await world.filled(2);
        world.remove(1);
        await world.sign(2, { sequence: 1 });
        world.put(1, world.read(2));
        world.remove(2);
        expect(await found()).toEqual(["1: replaced"]);
      });

      test("a whole trail, from its first entry on", async () => {
        await world.filled(2);
        await world.append({ witness: world.witness });
        for (const place of [1, 2, 3]) world.remove(place);
        await world.filled(3);
        expect(await found()).toEqual([]);
        expect(await found({ witness: world.witness })).toEqual([
          "1: another trail",
          "2: another trail",
          "3: another trail",
          "3: replaced",
        ]);
      });
    });

    describe("removed", () => {
      test.each([
        ["the first", [1], ["1: removed"]],
        ["one in the middle", [3], ["3: removed"]],
        ["several in a row", [2, 3, 4], ["2–4: removed"]],
        ["here and there", [2, 4], ["2: removed", "4: removed"]],
      ])("%s", async (_what, places, expected) => {
        await world.filled(5);
        for (const place of places) world.remove(place);
        expect(await found()).toEqual(expected);
        expect((await world.verify()).code).toBe(2);
      });

      test("and the others moved up to close the gap", async () => {
        await world.filled(4);
        world.put(2, world.read(3));
        world.put(3, world.read(4));
        world.remove(4);
        expect(await found()).toEqual(["2: reordered", "3: reordered", "2: removed"]);
      });
    });

    describe("truncated", () => {
      test("nobody misses the last entries without a witness, and that is said", async () => {
        await world.filled(5);
        world.remove(5);
        const { code, text } = await world.verifyInWords();
        expect(code).toBe(0);
        expect(text).toContain("without --witness <file>, nobody misses entries that were removed from the end");
      });

      test.each([
        ["the last", [5], ["5: truncated"]],
        ["the last three", [3, 4, 5], ["3–5: truncated"]],
        ["all", [1, 2, 3, 4, 5], ["1–5: truncated"]],
      ])("who has seen them does: %s", async (_what, places, expected) => {
        await world.filled(5);
        await world.verify({ witness: world.witness });
        for (const place of places) world.remove(place);
        expect(await found({ witness: world.witness })).toEqual(expected);
        // A witness that has been lied to remembers the truth.
        expect(await found({ witness: world.witness })).toEqual(expected);
      });

      test("an act that nothing says the end of is named: it may be what was cut off", async () => {
        await world.filled(1);
        await world.append({ outcome: "pending" });
        await world.append({ of: 2 });
        world.remove(3);
        expect(await world.verify()).toMatchObject({ findings: [], unfinished: [2] });
        expect((await world.verifyInWords()).text).toContain("entry 2: nothing says how it ended");
      });
    });

    test("reordered: two entries that changed places", async () => {
      await world.filled(5);
      const [two, four] = [world.read(2), world.read(4)];
      world.put(2, four);
      world.put(4, two);
      expect((await world.verify()).findings).toEqual([
        { kind: "reordered", which: "2", said: "entry 4 stands here" },
        { kind: "reordered", which: "4", said: "entry 2 stands here" },
      ]);
    });

    describe("duplicated", () => {
      test("at the end", async () => {
        await world.filled(3);
        world.put(4, world.read(2));
        expect((await world.verify()).findings).toEqual([
          { kind: "duplicated", which: "4", said: "it is a copy of entry 2" },
        ]);
      });

      test("over another one, which is gone", async () => {
        await world.filled(5);
        world.put(4, world.read(2));
        expect(await found()).toEqual(["4: duplicated", "4: removed"]);
      });

      test("over the newest one, which is gone: who has seen it says so", async () => {
        await world.filled(4);
        await world.verify({ witness: world.witness });
        world.put(4, world.read(2));
        expect(await found({ witness: world.witness })).toEqual(["4: duplicated", "4: truncated"]);
      });

      test("one act can't end twice", async () => {
        await world.append({ outcome: "pending" });
        await world.append({ of: 1 });
        await world.append({ of: 1, outcome: "failed" });
        expect(await found()).toEqual(["3: ended twice"]);
      });
    });

    test("entries of another trail don't pass for this one's", async () => {
      await world.filled(3);
      await world.sign(3, { trail: "123e4567-e89b-42d3-a456-426614174000" });
      expect(await found()).toEqual(["3: another trail"]);
    });

    test("a time before that of the entry before", async () => {
      await world.filled(3);
      await world.sign(3, { at: "2026-10-01T00:00:00.000Z" });
      expect((await world.verify()).findings).toContainEqual({
        kind: "clock set back",
        which: "3",
        said: "it says 2026-10-01T00:00:00.000Z, and the entry before says 2026-11-01T00:02:00.000Z",
      });
    });

    test.each([
      ["a version that is not known", { version: 2 }, "it has version 2; this Gatehouse reads version 1"],
      ["no version", { version: undefined }, "it has no version"],
      ["something more than an entry has", { mood: "good" }, 'the property "mood"'],
      ["less than an entry has", { actor: undefined }, "who did it"],
    ])("what is signed and has %s is not understood: neither well nor tampered with", async (_what, changes, said) => {
      await world.filled(2);
      await world.sign(2, changes);
      expect(await world.verify()).toMatchObject({
        code: 1,
        findings: [{ kind: "not understood", which: "2", said: expect.stringContaining(said) }],
      });
    });

    test("what follows an entry that is not understood is chained to it all the same", async () => {
      await world.filled(3);
      await world.sign(2, { version: 2 });
      expect(await found()).toEqual(["2: not understood", "2: replaced"]);
    });

    test.each(["notes.txt", "000000000000.json", "4.json", "000000000002.json.bak"])(
      "an object that is called %s has no place in a trail",
      async (name) => {
        await world.filled(2);
        world.putFile(name, world.read(2));
        expect(await found()).toEqual([`${name}: not an entry`]);
      },
    );

    test("several things at once are several findings", async () => {
      await world.filled(9);
      await world.verify({ witness: world.witness });
      world.put(1, "{}");
      world.remove(3);
      await world.sign(5, { actor: "eve" });
      world.remove(9);
      expect(await found({ witness: world.witness })).toEqual([
        "1: changed",
        "5: replaced",
        "3: removed",
        "9: truncated",
      ]);
    });

    test("a witness that can't be read is not taken for none", async () => {
      await world.filled(1);
      writeFileSync(world.witness, "{}");
      await expect(world.verify({ witness: world.witness })).rejects.toThrow(
        /holds no witness\nexpected what npx gatehouse audit append --json prints/,
      );
    });

    test("nothing at all is no trail that is well", async () => {
      await expect(world.verify()).rejects.toThrow(/^there is no trail in .*\nsay where it is: --trail <directory>/);
    });
  },
);

test("wrong key: entries of somebody whose key is not trusted", async () => {
  world = new AuditWorld();
  await world.filled(3);
  const eve = new Key(world.directory, "eve");
  await world.sign(2, {}, eve.key);
  expect((await world.verify()).findings).toEqual([
    {
      kind: "wrong key",
      which: "2",
      said: expect.stringMatching(/^it is signed with the key [0-9a-f]{16}, which is not trusted$/),
    },
  ]);
  expect(await world.verify({ trust: [world.key.publicFile, eve.publicFile] })).toMatchObject({
    findings: [{ kind: "replaced", which: "2" }],
  });
});
