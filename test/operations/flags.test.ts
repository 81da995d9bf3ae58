import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Fleet } from "../../declaration/fleet";
import { flags } from "../../operations/flags";
import { type Changes, REMOVED } from "../declaration/change";
import { minimalFleet, summitFleet } from "../declaration/fixture";
import { FLAG } from "../support/feature-flag";
import { RecordingConsole } from "./recording-console";

const NOW = Date.parse("2026-12-24T12:00:00Z");
const COMMON = { owner: "maintainers", reviewed: "2026-11-27", expires: "2027-02-01" } as const;
const REGISTRY = {
  "new-till": { ...FLAG, description: "Sells by the new till", values: { stage: true } },
  "cart-store": {
    ...COMMON,
    kind: "text",
    description: "Where carts are kept",
    choices: ["d1", "kv"],
    default: "d1",
    values: { prod: "kv" },
  },
};

let tree: string;
beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), "gatehouse-flags-"));
});
afterEach(() => rmSync(tree, { recursive: true, force: true }));

function write(file: string, content: string | Buffer): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  writeFileSync(join(tree, file), content);
}

function fleetWith(changes: Changes = {}): Fleet {
  return summitFleet({ service: { flags: { registry: REGISTRY }, ...changes } });
}

interface Report {
  readonly flags: readonly object[];
  readonly outOfTime: readonly object[];
  readonly code?: {
    readonly files: number;
    readonly uses: readonly object[];
    readonly findings: readonly object[];
    readonly unseen: readonly object[];
  };
}

async function run(fleet: Fleet = fleetWith(), { code = true, json = true, now = NOW, service = "summit" } = {}) {
  const console = new RecordingConsole();
  const exitCode = await flags(fleet, { service, json, ...(code && { tree }) }, console, { now: () => now });
  return { exitCode, text: console.text, report: (json ? console.json : {}) as Report };
}

const GOOD = 'client.getBooleanValue("new-till", false);\nclient.getStringValue("cart-store", "d1");\n';

describe("gatehouse flags (MAE-7)", () => {
  test("lists flags with owner, end and their value in each stage and in previews", async () => {
    const { exitCode, report } = await run(fleetWith(), { code: false });
    expect(exitCode).toBe(0);
    expect(report).toEqual({
      version: 1,
      service: "summit",
      flags: [
        {
          key: "new-till",
          owner: "maintainers",
          description: "Sells by the new till",
          kind: "boolean",
          reviewed: "2026-11-27",
          expires: "2027-02-01",
          default: false,
          values: { stage: true, prod: false },
          preview: false,
        },
        expect.objectContaining({
          key: "cart-store",
          kind: "d1 | kv",
          values: { stage: "d1", prod: "kv" },
          preview: "d1",
        }),
      ],
      outOfTime: [],
    });
    const { text } = await run(fleetWith(), { code: false, json: false });
    expect(text).toMatch(
      /flag +│ what it decides +│ owner +│ kind +│ reviewed +│ expires +│ default │ stage │ prod │ previews/,
    );
    expect(text).toMatch(
      /new-till +│ Sells by the new till │ maintainers │ boolean +│ 2026-11-27 │ 2027-02-01 │ off +│ on +│ off +│ off/,
    );
    expect(text).toContain("summit: 2 feature flags");
  });

  test("answers 2 the day after a flag's last one, and says what to do", async () => {
    const { exitCode, text } = await run(fleetWith(), {
      code: false,
      json: false,
      now: Date.parse("2027-02-02T00:00:00Z"),
    });
    expect(exitCode).toBe(2);
    expect(text).toContain(
      "summit: the flag new-till expired on 2027-02-01 (maintainers); remove it from code and declaration, or review it again: docs/how-to/feature-flags.md",
    );
    const early = await run(fleetWith(), { code: false, json: false, now: Date.parse("2026-11-26T23:59:59Z") });
    expect(early.exitCode).toBe(2);
    expect(early.text).toContain("the flag new-till says it was reviewed on 2026-11-27, which is yet to come");
  });

  test("answers 0 where code and registry fit", async () => {
    write("src/till.ts", GOOD);
    const { exitCode, text } = await run(fleetWith(), { json: false });
    expect(exitCode).toBe(0);
    expect(text).toContain("✓ 2 uses in 1 file of JavaScript and TypeScript: 0 findings");
  });

  test("finds what is declared and not used, used and not declared, computed, or not as safe as declared, each at its line", async () => {
    write("src/b.ts", '\nclient.getBooleanValue("new-til", false);\nclient.getBooleanValue(key, false);');
    write("src/a.js", 'client.getBooleanValue("new-till", true);');
    const { exitCode, text, report } = await run(fleetWith(), { json: true });
    expect(exitCode).toBe(2);
    expect(report.code).toMatchObject({ files: 2, unseen: [] });
    expect(report.code?.uses).toHaveLength(3);
    expect(report.code?.findings).toEqual([
      {
        answer: "another default",
        key: "new-till",
        file: "src/a.js",
        line: 1,
        message: '"new-till" falls back to true; the declared default is false: write that one, which is safe',
      },
      {
        answer: "undeclared",
        key: "new-til",
        file: "src/b.ts",
        line: 2,
        message:
          '"new-til" is not declared; declare it in flags.registry, or correct the key; did you mean "new-till"?',
      },
      {
        answer: "computed",
        file: "src/b.ts",
        line: 3,
        message:
          "the key that *.getBooleanValue gets is computed; write it as text in the call, so that it can be found",
      },
      {
        answer: "unused",
        key: "cart-store",
        message:
          '"cart-store" is declared, and no use of it was found; what is computed or could not be read may be one: look at that first',
      },
    ]);
    expect(text).not.toBe("");
    const printed = (await run(fleetWith(), { json: false })).text;
    expect(printed).toContain('≠ src/b.ts:2: "new-til" is not declared');
    expect(printed).toContain('≠ "cart-store" is declared, and no use of it was found');
    expect(printed).toContain("≠ 3 uses in 2 files of JavaScript and TypeScript: 4 findings");
  });

  test("says that nothing uses a flag only where all was seen", async () => {
    write("src/a.js", 'client.getBooleanValue("new-till", false);');
    const message = async () => (await run()).report.code?.findings;
    const unused = { answer: "unused", key: "cart-store" };
    const nothing = '"cart-store" is declared, and nothing uses it: remove it from flags.registry';
    expect(await message()).toEqual([{ ...unused, message: nothing }]);
    write("src/b.js", "client.getStringValue({");
    expect(await message()).toEqual([{ ...unused, message: expect.stringContaining("no use of it was found") }]);
  });

  test("looks for what the service declares to be its calls", async () => {
    write("src/till.ts", `${GOOD}isOn("new-till"); isOn("cart-store"); isOn("other");`);
    const { report } = await run(fleetWith({ flags: { calls: ["isOn"], registry: REGISTRY } }));
    expect(report.code?.findings).toEqual([expect.objectContaining({ answer: "undeclared", key: "other", line: 3 })]);
  });

  test("looks into no package, no Git directory, no link, no film and nothing that is no code", async () => {
    const outside = mkdtempSync(join(tmpdir(), "gatehouse-flags-outside-"));
    try {
      const other = 'client.getBooleanValue("elsewhere", false);';
      writeFileSync(join(outside, "out.ts"), other);
      write("src/till.ts", GOOD);
      for (const file of ["node_modules/x/a.js", "src/node_modules/a.ts", ".git/hooks/a.js", "README.md", "a.py"])
        write(file, other);
      write("film.ts", Buffer.concat([Buffer.from([0x47, 0, 0x11]), Buffer.from(other)]));
      symlinkSync(outside, join(tree, "linked"));
      symlinkSync(join(outside, "out.ts"), join(tree, "linked.ts"));
      symlinkSync("..", join(tree, "src/circle"));
      symlinkSync("nowhere", join(tree, "dangling.ts"));
      symlinkSync("till.ts", join(tree, "src/again.ts"));
      const { exitCode, report } = await run();
      expect(report.code).toMatchObject({ files: 2, findings: [], unseen: [] });
      expect(exitCode).toBe(0);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });

  test("answers 1, and says so, where a file that may use flags can't be read; what can't use any need not be", async () => {
    write("src/till.ts", GOOD);
    write("broken.ts", "this is { no code");
    expect((await run()).exitCode).toBe(0);
    write("broken.ts", "client.getBooleanValue( { no code");
    write("nested.js", `getBooleanValue(${"(".repeat(200_000)}`);
    const { exitCode, report } = await run();
    expect(exitCode).toBe(1);
    expect(report.code?.unseen).toEqual([
      { file: "broken.ts", why: expect.stringContaining("Unexpected token") },
      { file: "nested.js", why: expect.any(String) },
    ]);
    expect((await run(fleetWith(), { json: false })).text).toContain("✗ broken.ts: could not be read: ");
  });

  test("takes nothing apart that is larger than people write; it is a gap only where it asks for flags", async () => {
    write("src/till.ts", GOOD);
    write("dist/bundle.js", "x();".repeat(600_000));
    expect((await run()).exitCode).toBe(0);
    // The name lies across the border of what is read at once.
    write("dist/bundle.js", `${" ".repeat(65_530)}a.getBooleanValue("b");${"x();".repeat(600_000)}`);
    const { exitCode, report } = await run();
    expect(exitCode).toBe(1);
    expect(report.code?.unseen).toEqual([
      {
        file: "dist/bundle.js",
        why: "it asks for flags and has 2,465,553 bytes; at most 2,097,152 are read: give --tree the sources, not what is built of them",
      },
    ]);
  });

  test("reads a tree of many directories and many files, each once", async () => {
    write("src/till.ts", GOOD);
    for (let n = 0; n < 300; n++) write(`many/${n % 7}/${n}.ts`, `client.getBooleanValue("flag-${n}", false);`);
    write(`${"deep/".repeat(300)}a.ts`, 'client.getBooleanValue("deep", false);');
    const { report } = await run();
    expect(report.code?.files).toBe(302);
    expect(new Set(report.code?.findings.map((finding) => (finding as { key: string }).key)).size).toBe(301);
  });

  test("shows control characters of a hostile tree instead of obeying them", async () => {
    write("a\u001b[2J.ts", 'client.getBooleanValue("x\\u001b[2Jy", false);');
    const { text } = await run(fleetWith(), { json: false });
    expect(text).not.toContain("\u001b[2J");
    expect(text).toContain("a\\u001b[2J.ts:1: ");
  });

  test("finds uses in the code of a service that declares no flags", async () => {
    write("src/till.ts", 'client.getBooleanValue("toString", false);');
    const { exitCode, report } = await run(minimalFleet(), { service: "tiny" });
    expect(exitCode).toBe(2);
    expect(report.flags).toEqual([]);
    expect(report.code?.findings).toEqual([expect.objectContaining({ answer: "undeclared", key: "toString" })]);
  });

  test("has no column for previews where there are none", async () => {
    const { report } = await run(fleetWith({ "cluster.previews": REMOVED }), { code: false });
    expect(report.flags[0]).not.toHaveProperty("preview");
  });

  test("refuses a directory that isn't there, that is a file, or that has no code", async () => {
    await expect(run()).rejects.toThrow(
      `${tree} has no JavaScript or TypeScript\nexpected the code that uses the flags\ngive --tree the directory of a checkout`,
    );
    write("a.ts", "");
    const fleet = fleetWith();
    for (const [name, path] of [
      ["is no directory", join(tree, "a.ts")],
      ["is no directory", join(tree, "gone")],
    ] as const) {
      const asked = flags(fleet, { service: "summit", json: false, tree: path }, new RecordingConsole());
      await expect(asked).rejects.toThrow(`${path} ${name}\nexpected the code that uses the flags`);
    }
  });

  test("stops when it is interrupted", async () => {
    write("a.ts", GOOD);
    const signal = AbortSignal.abort();
    const asked = flags(fleetWith(), { service: "summit", json: false, tree, signal }, new RecordingConsole());
    await expect(asked).rejects.toThrow("aborted");
  });
});
