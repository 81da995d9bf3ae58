import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mockRepo } from "@tufjs/repo-mock";
import nock from "nock";
import { minimalFleet } from "../declaration/fixture";
import { AuditBucketStandIn, BUCKET } from "./audit-bucket-stand-in";
import { ISSUER, type SigstoreStandIn, WORKFLOW } from "./sigstore-stand-in";
import { SigstoreWorld } from "./sigstore-world";

const REPOSITORY = "https://tuf-repo-cdn.sigstore.dev";

let world: SigstoreWorld;
beforeEach(async () => {
  world = await SigstoreWorld.start();
});
afterEach(() => world.close());

/** What is wrong, and why. */
async function found(): Promise<readonly string[]> {
  const { findings } = await world.verify();
  return findings.map(({ which, kind, said }) => `${which}: ${kind}: ${said}`);
}

/** The only entry of the trail, as its maker would have it. */
function changeBundle(change: (bundle: ReturnType<typeof JSON.parse>) => void): void {
  const bundle = JSON.parse(world.read(1).toString());
  change(bundle);
  world.put(1, `${JSON.stringify(bundle)}\n`);
}

describe("the run of a workflow signs entries without a key (MAE-6)", () => {
  test("as what GitHub says that it is, and tells where the log has the entry", async () => {
    const console = await world.append();
    expect(console.text).toMatch(
      /entry 1: rotation succeeded, by ada; signed as the workflow deploy by Sigstore, entry \d+ of its log \(sha256:[0-9a-f]{64}\)$/,
    );
    expect(world.sigstore.asked[0]?.search).toBe("?api-version=2.0&audience=sigstore");
    expect(await world.verify()).toMatchObject({ code: 0, entries: 1, findings: [] });
  });

  test("the export says who signed, and where and when the log took it", async () => {
    await world.append();
    const [line = ""] = (await world.export("jsonl")).console.printed;
    expect(JSON.parse(line)).toMatchObject({
      signer: "deploy",
      logged: { index: expect.any(Number), time: Date.parse("2026-11-01T00:01:00Z") },
    });
    const [columns, cells] = (await world.export("csv")).console.printed;
    expect(columns).toContain('"signer","log entry","digest"');
    expect(cells).toContain(`"deploy","${JSON.parse(line).logged.index}","sha256:`);
  });

  test("a key that is given signs, and the log hears nothing of it", async () => {
    world.declare({ deploy: { identity: WORKFLOW, issuer: ISSUER }, ada: { publicKey: world.key.declared } });
    await world.append();
    const console = await world.append({ key: world.key.privateFile });
    expect(console.text).toContain("signed with the key ada");
    expect(world.sigstore.sent).toHaveLength(1);
    expect(await world.verify()).toMatchObject({ code: 0, entries: 2 });
  });

  test("the command that is run can't sign as the workflow", async () => {
    const { code } = await world.around(["bash", "-c", `env > '${join(world.directory, "ran")}'`]);
    expect(code).toBe(0);
    expect(await world.verify()).toMatchObject({ code: 0, entries: 2, unfinished: [] });
    expect(readFileSync(join(world.directory, "ran"), "utf8")).not.toContain("ACTIONS_ID_TOKEN");
  });

  test("a bucket that did not say that it has the entry is asked for these very bytes", async () => {
    const bucket = await AuditBucketStandIn.start();
    const signers = { deploy: { identity: WORKFLOW, issuer: ISSUER } };
    const cloudflare = { accountId: "023e105f4ecef8ad9ca31a8372d0c353", zones: {} };
    world.fleet = minimalFleet({ organization: { audit: { bucket: { name: BUCKET }, signers }, cloudflare } });
    let puts = 0;
    bucket.fault = (_, method) => (method === "PUT" && puts++ === 0 ? "lost" : undefined);
    const environment = { ...world.sigstore.environment, ...bucket.environment };
    await world.append({ trail: undefined, environment });
    await bucket.stop();
    expect([...bucket.objects.keys()]).toEqual(["000000000001.json"]);
    expect(world.sigstore.sent).toHaveLength(1);
  });
});

describe("what can't be signed is not written, and no token is shown", () => {
  const token = () => JSON.parse(world.sigstore.token().body).value as string;

  test.each<readonly [string, (sigstore: SigstoreStandIn) => void, RegExp]>([
    [
      "GitHub refuses",
      (it) => (it.token = () => ({ status: 403, body: "" })),
      /^nothing was appended: GitHub gave this run no identity: it answered 403\nlook whether its job is granted id-token: write/,
    ],
    [
      "GitHub's answer holds no token",
      (it) => (it.token = () => ({ status: 200, body: "{}" })),
      /gave this run no identity: its answer holds no token/,
    ],
    [
      "GitHub's token is none",
      (it) => (it.token = () => ({ status: 200, body: '{"value":"canary"}' })),
      /GitHub's token, which says which workflow this is, can't be read/,
    ],
    [
      "Fulcio has a fault",
      (it) => (it.fulcio = () => ({ status: 500 })),
      /^nothing was appended: Fulcio certified no key: it answered 500\nappend again when Sigstore is there .*, or sign with a key: --key <file>$/,
    ],
    ["Fulcio refuses", (it) => (it.fulcio = () => ({ status: 403 })), /Fulcio certified no key: it answered 403/],
    [
      "Rekor has a fault",
      (it) => (it.rekor = () => ({ status: 503 })),
      /Rekor has not taken the entry into its log: it answered 503/,
    ],
    [
      "Rekor is cut off",
      (it) => (it.rekor = () => "cut"),
      /Rekor has not taken the entry into its log: it can't be reached/,
    ],
  ])("where %s", async (_what, fault, message) => {
    fault(world.sigstore);
    const refusal = await world.append().then(
      () => "",
      (error: Error) => error.message,
    );
    expect(refusal).toMatch(message);
    expect(refusal).not.toMatch(/canary|not-a-real-token|eyJ/);
    await expect(world.verify()).rejects.toThrow("there is no trail");
  });

  test("an answer of Rekor that got lost is asked for, and a fault of GitHub's is waited out", async () => {
    let rekor = 0;
    world.sigstore.rekor = () => (rekor++ === 0 ? "cut" : undefined);
    const answer = world.sigstore.token;
    let github = 0;
    world.sigstore.token = () => (github++ === 0 ? { status: 500, body: "" } : answer());
    await world.append();
    expect(world.sigstore.sent).toHaveLength(2);
    expect(await world.verify()).toMatchObject({ code: 0, entries: 1 });
    expect(token()).toMatch(/^eyJ/);
  });

  test("where nobody would believe it, nothing is brought to the public log", async () => {
    world.declare({ ada: { publicKey: world.key.declared } });
    await expect(world.append()).rejects.toThrow(
      "no key to sign with, and audit.signers names no workflow that signs without one\ngive --key <file>",
    );
    expect(world.sigstore.asked).toEqual([]);
  });

  test("a job that is not granted its identity has no key either", async () => {
    await expect(world.append({ environment: {} })).rejects.toThrow(
      /no key to sign with: give --key <file>.*grant its job id-token: write/s,
    );
  });

  test("a run whose clock is not the log's time appends nothing", async () => {
    world.sigstore.logAhead = 360_000;
    await expect(world.append()).rejects.toThrow(
      "nothing was appended: the clock says 2026-11-01T00:01:00.000Z, and the transparency log 2026-11-01T00:07:00.000Z\nset the clock",
    );
  });
});

describe("only the workflow that is declared is believed", () => {
  test.each([
    ["another workflow of the repository", WORKFLOW.replace("deploy", "ci")],
    ["another branch", WORKFLOW.replace("main", "feat/x")],
    ["a branch that begins like it", `${WORKFLOW}-2`],
    ["another repository", WORKFLOW.replace("example", "eve")],
    ["what a pattern would match", WORKFLOW.replace("deploy.yml", "deploy-yml")],
  ])("not %s", async (_what, identity) => {
    world.sigstore.identity = identity;
    await expect(world.append()).rejects.toThrow(
      `nobody would believe the entry: it is signed by ${identity}, of which ${ISSUER} vouches, and which is not trusted\ndeclare who signs in audit.signers`,
    );
    world.sigstore.identity = WORKFLOW;
    await world.append();
    world.sigstore.identity = identity;
    await world.sign(1, {});
    expect(await found()).toEqual([expect.stringMatching(/^1: wrong key: it is signed by https:.* not trusted$/)]);
  });

  test("not what another issuer says", async () => {
    world.sigstore.issuer = "https://issuer.example.com";
    await expect(world.append()).rejects.toThrow(
      "of which https://issuer.example.com vouches, and which is not trusted",
    );
  });

  test("not a certificate that had expired when the log took the entry", async () => {
    await world.append();
    world.sigstore.logAhead = 11 * 60_000;
    await world.sign(1, {});
    expect(await found()).toEqual([
      expect.stringContaining("1: wrong key: Sigstore says: Failed to verify certificate chain; was it written after"),
    ]);
  });

  test("not another Sigstore, though it says the same of the workflow", async () => {
    await world.append();
    nock.cleanAll();
    const another = await SigstoreWorld.start();
    another.now = world.now - 60_000;
    await another.append();
    world.put(1, another.read(1));
    expect(await found()).toEqual([expect.stringMatching(/^1: wrong key: Sigstore says: /)]);
    await another.close();
  });

  test("not one that signed until an earlier time; the log's time counts, not what the entry says", async () => {
    world.declare({ deploy: { identity: WORKFLOW, issuer: ISSUER, until: "2026-11-01T00:01:30Z" } });
    await world.append();
    await expect(world.append()).rejects.toThrow("the workflow deploy signed until 2026-11-01T00:01:30.000Z");
    await world.sign(1, { at: "2026-11-01T00:01:00.000Z" });
    expect(await found()).toEqual(["1: wrong key: the workflow deploy signed until 2026-11-01T00:01:30.000Z"]);
  });

  test("nobody, where only keys are declared", async () => {
    await world.append();
    world.declare({ ada: { publicKey: world.key.declared } });
    expect(await found()).toEqual(["1: wrong key: a workflow signed it, and none is trusted"]);
  });
});

describe("an entry is what the log took, and when it took it", () => {
  test.each<readonly [string, (entry: Record<string, unknown>) => void]>([
    ["the log's promise, in which its time is signed", (entry) => delete entry.inclusionPromise],
    ["the log's proof", (entry) => delete entry.inclusionProof],
  ])("%s can't be left out", async (_what, change) => {
    await world.append();
    changeBundle((bundle) => change(bundle.verificationMaterial.tlogEntries[0]));
    expect(await found()).toEqual(["1: changed: it is no signed entry, or not the whole of one"]);
  });

  test("no entry of the log at all is no entry", async () => {
    await world.append();
    changeBundle((bundle) => {
      bundle.verificationMaterial.tlogEntries = [];
    });
    expect(await found()).toEqual(["1: changed: it is no signed entry, or not the whole of one"]);
  });

  test("the log's entry of another one does not vouch for this one", async () => {
    await world.filled(2);
    const { verificationMaterial } = JSON.parse(world.read(2).toString());
    changeBundle((bundle) => {
      bundle.verificationMaterial.tlogEntries = verificationMaterial.tlogEntries;
    });
    expect((await found())[0]).toMatch(/^1: changed: Sigstore says: tlog entry signature mismatch/);
  });

  test("what says another time than the log's is found", async () => {
    await world.append();
    await world.sign(1, { at: "2026-11-01T09:00:00.000Z" });
    expect(await found()).toEqual([
      "1: another time: it says 2026-11-01T09:00:00.000Z, and the transparency log took it at 2026-11-01T00:01:00.000Z",
    ]);
  });

  test("no byte of the newest entry can be another one", async () => {
    await world.append();
    const original = world.read(1);
    const passed: number[] = [];
    for (let at = 0; at < original.length; at += 41) {
      const bytes = Buffer.from(original);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      world.put(1, bytes);
      if ((await world.verify()).code !== 2) passed.push(at);
    }
    expect(passed).toEqual([]);
  });
});

describe("Sigstore's trusted root", () => {
  test.each([
    ["isn't there", undefined, /the trusted root .* can't be read: ENOENT/],
    ["is no JSON", "canary", /holds no trusted root of Sigstore\nexpected trusted_root.json of its repository/],
    ["names nobody", "{}", /holds no trusted root of Sigstore/],
  ])("a file that %s is refused", async (_what, content, message) => {
    await world.append();
    world.trustedRoot = join(world.directory, "another.json");
    if (content !== undefined) writeFileSync(world.trustedRoot, content);
    await expect(world.verify()).rejects.toThrow(message);
    await expect(world.append()).rejects.toThrow(message);
  });

  test("is asked of its repository where no file is given, and then kept: no network is needed", async () => {
    await world.append();
    world.trustedRoot = undefined;
    await inAHome(async (home) => {
      await expect(world.verify()).rejects.toThrow(
        /^entries that a workflow signed can't be judged: Sigstore's trusted root is not at hand: .*\nlet this machine reach https:\/\/tuf-repo-cdn.sigstore.dev, or give --trusted-root <file>/,
      );
      const root = mockRepo(REPOSITORY, [{ name: "trusted_root.json", content: world.sigstore.trustedRootJson }], {
        metadataPathPrefix: "",
      });
      writeFileSync(join(home, "sigstore-js", new URL(REPOSITORY).host, "root.json"), root);
      expect((await world.verify()).code).toBe(0);
      nock.cleanAll();
      expect((await world.verify()).code).toBe(0);
    });
  });

  test("is not asked for where no workflow signed anything", async () => {
    world.declare({ deploy: { identity: WORKFLOW, issuer: ISSUER }, ada: { publicKey: world.key.declared } });
    world.trustedRoot = "/nowhere/trusted_root.json";
    await world.append({ key: world.key.privateFile });
    expect((await world.verify()).code).toBe(0);
  });
});

/** Where what was asked for is kept is in the home of who asks. */
async function inAHome(act: (home: string) => Promise<void>): Promise<void> {
  const { XDG_DATA_HOME: before } = process.env;
  process.env.XDG_DATA_HOME = world.directory;
  try {
    await act(world.directory);
  } finally {
    if (before === undefined) delete process.env.XDG_DATA_HOME;
    else process.env.XDG_DATA_HOME = before;
  }
}
