import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { append } from "../../operations/audit-appending";
import { AuditDirectory } from "../../operations/audit-directory";
import { keyId, signedEntry } from "../../operations/audit-envelope";
import { trustInKeys } from "../../operations/audit-trust";
import { minimalFleet } from "../declaration/fixture";
import { AuditWorld, COMMIT, Key } from "./audit-world";

const GATEHOUSE = join(__dirname, "../../operations/gatehouse.js");
const ARTIFACT = `sha256:${"2e44e90f".repeat(8)}`;

let world: AuditWorld;
beforeEach(() => {
  world = new AuditWorld();
});
afterEach(() => world.close());

describe("gatehouse audit append writes who, what, why and when (MAE-6)", () => {
  test("an apply in production, before and after: the end is what the beginning was", async () => {
    const plan = join(world.directory, "plan.json");
    writeFileSync(plan, "{}");
    await world.append({
      act: "apply",
      outcome: "pending",
      reason: "Release of November",
      stack: ["tiny-production"],
      plan: [plan],
      commit: COMMIT,
      waiver: ["pinned-actions-2026-11"],
    });
    const console = await world.append({
      act: undefined,
      of: 1,
      outcome: "failed",
      actor: "grace",
      artifact: ARTIFACT,
    });
    expect(console.text).toMatch(
      /entry 2: apply failed, by grace; signed with the key .*key\.pub \(sha256:[0-9a-f]{64}\)$/,
    );
    const about = {
      version: 1,
      trail: expect.stringMatching(/^[0-9a-f-]{36}$/),
      act: "apply",
      reason: "Release of November",
      stacks: [{ name: "tiny-production", service: "tiny", stage: "production", production: true }],
      plans: ["sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"],
      commit: COMMIT,
      waivers: ["pinned-actions-2026-11"],
    };
    const [at, later] = ["2026-11-01T00:01:00.000Z", "2026-11-01T00:02:00.000Z"];
    expect(world.entry(1)).toEqual({ ...about, sequence: 1, previous: null, at, outcome: "pending", actor: "ada" });
    expect(world.entry(2)).toEqual({
      ...about,
      sequence: 2,
      previous: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      at: later,
      outcome: "failed",
      endOf: 1,
      actor: "grace",
      artifact: ARTIFACT,
    });
    expect(await world.verify()).toMatchObject({ code: 0, entries: 2, unfinished: [] });
  });

  test("a workflow's run says who, of which commit, and where", async () => {
    const environment = {
      GITHUB_ACTOR: "ada",
      GITHUB_SHA: COMMIT,
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "example/gatehouse",
      GITHUB_RUN_ID: "12",
      GITHUB_RUN_ATTEMPT: "2",
    };
    await world.append({ act: "apply", actor: undefined, stack: ["organization"], environment });
    const run = "https://github.com/example/gatehouse/actions/runs/12/attempts/2";
    expect(world.entry(1)).toMatchObject({ actor: "ada", commit: COMMIT, run });
  });

  test.each([
    ["a rollback", { act: "rollback", commit: COMMIT }, "a reason: every rollback has one"],
    ["break-glass", { act: "break-glass" }, "a reason: every break-glass has one"],
    ["a waiver", { act: "waiver" }, "a reason: every waiver has one"],
    [
      "an act in production",
      { act: "deploy", commit: COMMIT, stack: ["tiny-production"] },
      "a reason: every act in production has one",
    ],
    ["a reason of two lines", { reason: "a\nb" }, "a reason: one line of 1 to 350 characters"],
    ["a reason that turns the text around it", { reason: "safe \u202e evil" }, "a reason: one line"],
    ["a reason that moves the cursor", { reason: "\u001b[2K" }, "a reason: one line"],
    ["an empty reason", { act: "rollback", commit: COMMIT, reason: "" }, "a reason: one line"],
    ["a reason as long as a book", { reason: "x".repeat(351) }, "a reason: one line of 1 to 350 characters"],
    ["no commit", { act: "apply" }, "the commit of the apply"],
    ["half a commit", { act: "apply", commit: "0123456" }, "a full commit SHA: 40 hexadecimal digits"],
    ["an artifact that is a tag", { artifact: "latest" }, "a SHA-256 digest"],
    ["nobody", { actor: undefined }, "nobody says who did it\ngive --actor <login>"],
    ["no act", { act: undefined }, "expected --act <act>, or --of <entry>"],
    [
      "a stack that isn't declared",
      { stack: ["tiny-prodction"] },
      'no stack "tiny-prodction" is declared; did you mean "tiny-production"?',
    ],
    ["a plan that isn't there", { plan: ["/nowhere/plan.json"] }, "the plan /nowhere/plan.json can't be read:"],
    ["an end of nothing", { of: 7 }, "ENOENT: no such file or directory"],
  ] as const)("%s is refused, and nothing is written", async (_what, changes, message) => {
    await expect(world.append(changes)).rejects.toThrow(message);
    await world.filled(1);
    expect(world.names).toHaveLength(1);
  });

  test.each([
    ["another act", { act: "deploy" }, "entry 1 is of the act apply, which can't end as deploy"],
    ["nothing, again", { act: undefined, outcome: "pending" }, "an entry that ends another is not pending"],
  ] as const)("what began can't end as %s", async (_what, changes, message) => {
    await world.append({ act: "apply", outcome: "pending", commit: COMMIT });
    await expect(world.append({ of: 1, ...changes })).rejects.toThrow(message);
  });

  test("what has ended can't end again", async () => {
    await world.filled(1);
    await expect(world.append({ of: 1 })).rejects.toThrow("entry 1 says already how its act ended: it succeeded");
  });

  test("a reason that holds a credential of the environment would be there for ever", async () => {
    const environment = { SERVICE_TOKEN: "canary-canary-canary" };
    const reason = "retry with canary-canary-canary";
    await expect(world.append({ reason, environment })).rejects.toThrow(
      '"reason" holds the value of an environment variable that is a credential',
    );
    await expect(world.append({ reason, environment })).rejects.not.toThrow("canary");
  });

  test("text of others stays text: no key of the line becomes another's", async () => {
    const reason = '","actor":"eve","x":"${jndi:a} <script> $(id) `id` | =1+1';
    await world.append({ reason });
    expect(world.entry(1)).toMatchObject({ reason, actor: "ada" });
    expect((await world.verify()).code).toBe(0);
  });
});

describe("the clock", () => {
  test("one that was set back is refused, unless somebody says that the other one was wrong; the entry says so", async () => {
    await world.filled(2);
    world.now -= 3_600_000;
    await expect(world.append()).rejects.toThrow(
      "the clock says 2026-10-31T23:03:00.000Z, and entry 2 was written at 2026-11-01T00:02:00.000Z\nset the clock",
    );
    await world.append({ acceptClock: true });
    expect(world.entry(3)).toMatchObject({ at: "2026-10-31T23:04:00.000Z", clockSetBack: true });
    expect(await world.verify()).toMatchObject({ code: 0, findings: [] });
  });

  test("machines may differ by five minutes", async () => {
    await world.filled(1);
    world.now -= 360_000;
    await world.append();
    expect(world.entry(2).clockSetBack).toBeUndefined();
    expect((await world.verify()).code).toBe(0);
  });
});

describe("the end of the trail is verified before anything is chained to it", () => {
  test.each([
    ["was changed", () => world.put(2, "{}"), "entry 2 can't be built on: it is no signed entry"],
    [
      "is of a newer Gatehouse",
      () => world.sign(2, { version: 2 }),
      "it has version 2; this Gatehouse reads version 1",
    ],
    ["belongs elsewhere", () => world.put(2, world.read(1)), "entry 2 can't be built on: entry 1 stands there"],
    [
      "is signed by nobody who is trusted",
      () => world.sign(2, {}, generateKeyPairSync("ed25519").privateKey),
      "which is not trusted",
    ],
  ])("an entry that %s", async (_what, tamper, message) => {
    await world.filled(2);
    await tamper();
    await expect(world.append()).rejects.toThrow(message);
    expect(world.names).toHaveLength(2);
  });

  test("a witness keeps the end from being cut off, or replaced, and goes along with the trail", async () => {
    await world.filled(2);
    await world.append({ witness: world.witness });
    const console = await world.append({ witness: world.witness, json: true });
    expect(console.json).toEqual(JSON.parse(readFileSync(world.witness, "utf8")));
    expect(console.json).toMatchObject({ sequence: 4, digest: expect.stringMatching(/^sha256:/) });
    await world.sign(4, { actor: "eve" });
    await expect(world.append({ witness: world.witness })).rejects.toThrow(
      "entry 4 is not the one that the witness has seen",
    );
    world.remove(4);
    await expect(world.append({ witness: world.witness })).rejects.toThrow(
      "ends with entry 3, and the witness has seen 4",
    );
  });
});

describe("a witness that is a link", () => {
  test("is kept where it leads", async () => {
    const kept = join(world.directory, "elsewhere.json");
    await world.append({ witness: kept });
    symlinkSync(kept, world.witness);
    await world.append({ witness: world.witness });
    expect((await world.verify({ witness: world.witness })).code).toBe(0);
    expect(readlinkSync(world.witness)).toBe(kept);
    expect(JSON.parse(readFileSync(kept, "utf8"))).toMatchObject({ sequence: 2 });
  });

  test("and leads nowhere has not been there for the first time", async () => {
    await world.filled(1);
    symlinkSync(join(world.directory, "not-mounted.json"), world.witness);
    await expect(world.append({ witness: world.witness })).rejects.toThrow(
      /witness\.json: the witness can't be read: ENOENT/,
    );
    await expect(world.verify({ witness: world.witness })).rejects.toThrow("the witness can't be read");
    expect(world.names).toHaveLength(1);
  });
});

describe("the key", () => {
  test.each([
    ["none", { key: undefined }, "no key to sign with: give --key <file>, or set GATEHOUSE_AUDIT_KEY"],
    ["a file that isn't there", { key: "/nowhere.pem" }, "the key /nowhere.pem can't be read: ENOENT"],
    [
      "no key at all",
      { key: undefined, environment: { GATEHOUSE_AUDIT_KEY: "canary" } },
      "GATEHOUSE_AUDIT_KEY holds no key that can be read\nexpected an ed25519 private key in PEM",
    ],
  ])("%s is refused, and not shown", async (_what, changes, message) => {
    await expect(world.append(changes)).rejects.toThrow(message);
    await expect(world.append(changes)).rejects.not.toThrow("canary");
  });

  test("of another kind is refused", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pem = String(privateKey.export({ format: "pem", type: "pkcs8" }));
    await expect(world.append({ key: undefined, environment: { GATEHOUSE_AUDIT_KEY: pem } })).rejects.toThrow(
      "GATEHOUSE_AUDIT_KEY holds a key of the kind ec\nexpected an ed25519 private key",
    );
  });

  test("of the environment signs as that of a file does", async () => {
    await world.append({ key: undefined, environment: { GATEHOUSE_AUDIT_KEY: world.key.pem } });
    expect((await world.verify()).code).toBe(0);
  });

  test("whose entries nobody would believe writes none", async () => {
    const eve = new Key(world.directory, "eve");
    await expect(world.append({ key: eve.privateFile })).rejects.toThrow(
      /^nothing was appended: nobody would believe the entry: it is signed with the key [0-9a-f]{16}, which is not trusted\ndeclare who signs in audit.signers/,
    );
  });

  test("a private one is not taken to verify with", async () => {
    await expect(world.verify({ trust: [world.key.privateFile] })).rejects.toThrow(
      "holds a private key\nexpected the public one",
    );
  });

  test("nobody is trusted by default", async () => {
    await world.filled(1);
    await expect(world.verify({ trust: [] })).rejects.toThrow(
      "no key to verify with: a trail can't say itself whom to trust\ndeclare audit.signers in services/organization.ts",
    );
  });

  test("who signed himself only believes himself where nobody is declared", async () => {
    await world.append({ trust: [] });
    await world.append({ trust: [] });
    await expect(world.append({ trust: [], key: new Key(world.directory, "eve").privateFile })).rejects.toThrow(
      "which is not trusted",
    );
  });

  test("declared ones sign until they are replaced; what they signed before stays good", async () => {
    const next = new Key(world.directory, "next");
    const signers = {
      first: { publicKey: world.key.declared, until: "2026-11-01T00:02:00Z" },
      second: { publicKey: next.declared },
    };
    world.fleet = minimalFleet({ organization: { audit: { directory: "audit", signers } } });
    const declared = { trust: [] };
    await world.append(declared);
    await world.append(declared);
    await expect(world.append(declared)).rejects.toThrow("the key first was in use until 2026-11-01T00:02:00.000Z");
    await world.append({ ...declared, key: next.privateFile });
    expect(await world.verify(declared)).toMatchObject({ code: 0, entries: 3 });
    await world.sign(3, { at: "2026-11-01T00:05:00.000Z" });
    expect((await world.verify(declared)).findings).toMatchObject([{ kind: "wrong key", which: "3" }]);
  });
});

describe("nothing is written over, and nothing is written by half", () => {
  const gatehouse = (before: string, reason: string) =>
    spawnSync(
      "bash",
      [
        "-c",
        `${before}; exec "$@"`,
        "bash",
        process.execPath,
        GATEHOUSE,
        "audit",
        "append",
        "--trail",
        world.trail,
        "--key",
        world.key.privateFile,
        "--trust",
        world.key.publicFile,
        "--act",
        "rotation",
        "--actor",
        "ada",
        "--reason",
        reason,
      ],
      { cwd: world.directory, encoding: "utf8" },
    );

  test("many writers at once are many entries, one after the other", async () => {
    const key = world.key.key;
    const trust = trustInKeys(new Map([[keyId(key), { name: "key", key, until: undefined }]]));
    const record = { act: "rotation", outcome: "succeeded", stacks: [], plans: [], waivers: [] } as const;
    const writers = Array.from({ length: 12 }, (_, number) =>
      append(
        { ...record, actor: `writer-${number}` },
        {
          store: new AuditDirectory(world.trail),
          sign: async (entry) => signedEntry(entry, key),
          trust,
          witness: undefined,
          acceptClock: false,
          clock: { now: () => world.now, random: Math.random },
        },
      ),
    );
    const appended = await Promise.all(writers);
    expect(new Set(appended.map(({ entry }) => entry.sequence)).size).toBe(12);
    expect(await world.verify()).toMatchObject({ code: 0, entries: 12, findings: [] });
    expect(new Set(appended.map(({ entry }) => entry.actor)).size).toBe(12);
  });

  test("a disk that is full in the middle of an entry leaves the trail as it was", async () => {
    await world.filled(1);
    // No file may be longer than a kilobyte: the entry is, so its second half finds no room.
    const { status, stderr } = gatehouse("ulimit -f 1", "x".repeat(350));
    expect(stderr).toMatch(/nothing was appended to the trail in .*: EFBIG/);
    expect(stderr).toContain("make room, or make it writable, and append again; the entries that are there are whole");
    expect(status).toBe(1);
    expect(world.names).toEqual(["000000000001.json"]);
    expect(gatehouse("true", "x".repeat(350)).stdout).toContain("entry 2: rotation succeeded");
    expect(await world.verify()).toMatchObject({ entries: 2, findings: [] });
  });

  test("half an entry that a killed writer left is no part of the trail", async () => {
    await world.filled(1);
    world.putFile(".123e4567-e89b-42d3-a456-426614174000.new", world.read(1).subarray(0, 100));
    await world.append();
    expect(await world.verify()).toMatchObject({ code: 0, entries: 2, findings: [] });
  });

  test("who was interrupted before an entry appends none", async () => {
    await expect(world.append({ signal: AbortSignal.abort() })).rejects.toThrow("aborted");
    await world.filled(1);
    expect(world.names).toHaveLength(1);
  });

  test("a trail that can't be written to says so", async () => {
    writeFileSync(world.trail, "a file");
    await expect(world.append()).rejects.toThrow(/the trail in .* can't be read: .*ENOTDIR/);
  });
});

describe("gatehouse audit export", () => {
  test("prints an entry a line, with its digest and who signed it", async () => {
    await world.filled(2);
    const { code, console } = await world.export("jsonl");
    const lines = console.printed.map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { sequence: 1, actor: "ada", signer: world.key.publicFile },
      { sequence: 2, previous: lines[0]?.digest },
    ]);
    expect(code).toBe(0);
  });

  test("for a spreadsheet, no reason is a formula", async () => {
    await world.append({ reason: '=HYPERLINK("https://example.com","a")' });
    const { console } = await world.export("csv");
    expect(console.printed[0]).toContain('"entry","at","act","outcome","end of","actor","reason"');
    expect(console.printed[1]).toContain(`"ada","'=HYPERLINK(""https://example.com"",""a"")"`);
  });

  test("prints what is good of a trail that isn't, and says that it is not the whole", async () => {
    await world.filled(3);
    world.put(2, "{}");
    const { code, console } = await world.export("jsonl");
    expect(console.printed.map((line) => JSON.parse(line).sequence)).toEqual([1, 3]);
    expect(console.progressed.join()).toContain("1 finding: this is not the whole trail");
    expect(code).toBe(2);
  });
});
