import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClusterSealOptions, type ClusterSealReport, sealForCluster } from "../../operations/seal-for-cluster";
import { REMOVED } from "../declaration/change";
import { summitFleet } from "../declaration/fixture";
import { describeWith } from "../support/programs";
import { SealingKey } from "../support/sealing-key";
import { RecordingConsole } from "./recording-console";

const CANARY = "canary-41c7 value";
const PATH = "services/summit.prod.sealed-secret.json";
const DAY = 86_400_000;

describeWith(["openssl"], "gatehouse seal --certificate (MAE-4)", () => {
  let root: string;
  let now: number;
  let key: SealingKey;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
    mkdirSync(join(root, "services"));
    key = new SealingKey(root);
    now = Date.now() + DAY;
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const text = (path = PATH) => readFileSync(join(root, path), "utf8");
  const record = (path?: string) => JSON.parse(text(path));
  const files = () => readdirSync(join(root, "services"));

  async function run(options: Partial<ClusterSealOptions> = {}, fleet = summitFleet()) {
    const console = new RecordingConsole();
    const code = await sealForCluster(
      fleet,
      {
        service: "summit",
        stage: "prod",
        key: "DATABASE_URL",
        certificate: "controller.pem",
        asIs: false,
        json: false,
        root,
        value: async () => Buffer.from(`${CANARY}\n`),
        ...options,
      },
      console,
      { now: () => now, sleep: async () => {} },
    );
    return { code, console };
  }

  /** What a run is refused with, which has written nothing. */
  async function refusal(options: Partial<ClusterSealOptions>, fleet = summitFleet()): Promise<string> {
    const before = files().map((path) => text(`services/${path}`));
    const refused: Error = await run(options, fleet).then(
      () => new Error("it was not refused"),
      (error) => error,
    );
    expect(files().map((path) => text(`services/${path}`))).toEqual(before);
    expect(`${refused.stack}${JSON.stringify(refused)}`).not.toContain("canary");
    return refused.message;
  }

  /** Must not be asked for: something else is wrong. */
  const unasked = async () => {
    throw new Error("asked for the value");
  };

  test("makes a SealedSecret that opens with the controller's key, in its namespace and by its name only", async () => {
    const { code, console } = await run();
    const certificate = createHash("sha256")
      .update(new X509Certificate(readFileSync(key.certificate)).raw)
      .digest("hex");
    const { spec, metadata, ...kind } = record();
    expect(code).toBe(0);
    expect(kind).toEqual({ apiVersion: "bitnami.com/v1alpha1", kind: "SealedSecret" });
    expect(metadata).toMatchObject({ name: "summit", namespace: "summit-prod" });
    expect(spec.template).toEqual({ metadata: { name: "summit", namespace: "summit-prod" }, type: "Opaque" });
    expect(key.open(spec.encryptedData.DATABASE_URL, "summit-prod/summit")).toBe(CANARY);
    expect(() => key.open(spec.encryptedData.DATABASE_URL, "summit-stage/summit")).toThrow();
    expect(JSON.parse(metadata.annotations["sealed.gatehouse.dev/DATABASE_URL"])).toEqual({
      certificate,
      owner: "data",
      sealedAt: new Date(now).toISOString().replace(/\.\d+/, ""),
      rotateBy: new Date(now + 90 * DAY).toISOString().replace(/\.\d+/, ""),
    });
    expect(text()).not.toContain("canary");
    expect(console.text).toContain(
      `✓ summit, prod: DATABASE_URL is sealed for the certificate ${certificate.slice(0, 12)}…`,
    );
    expect(console.text).toContain(`kubectl apply --context eu-1 --filename ${PATH}`);
    expect(files()).toEqual(["summit.prod.sealed-secret.json"]);
  });

  test("keys are kept beside one another, and each replaces the one before it", async () => {
    const other = { description: "A login", owner: "data", rotateEveryDays: 90 };
    const fleet = summitFleet({ service: { "cluster.secrets.API_KEY": other } });
    await run({}, fleet);
    await run({ key: "API_KEY" }, fleet);
    const before = record().spec.encryptedData;
    const { console } = await run({ json: true }, fleet);
    const after = record().spec.encryptedData;
    expect(Object.keys(after)).toEqual(["API_KEY", "DATABASE_URL"]);
    expect(after.API_KEY).toBe(before.API_KEY);
    expect(after.DATABASE_URL).not.toBe(before.DATABASE_URL);
    expect(console.json as ClusterSealReport).toMatchObject({
      version: 1,
      service: "summit",
      stage: "prod",
      namespace: "summit-prod",
      name: "summit",
      key: "DATABASE_URL",
      file: PATH,
      replaced: true,
    });
  });

  test.each([
    [
      "key",
      { key: "DATABASE_ULR" },
      'declares no key "DATABASE_ULR"\nexpected one of the keys in cluster.secrets: "DATABASE_URL"; did you mean "DATABASE_URL"?',
    ],
    ["key that is the value,", { key: CANARY }, "declares no key of that name, which is not shown"],
    [
      "stage",
      { stage: "prd" },
      'summit has no stage "prd" in a cluster\nexpected one of the stages in cluster.stages: "stage", "prod"; did you mean "prod"?',
    ],
    ["stage that every object has,", { stage: "constructor" }, "has no stage of that name"],
  ])("a wrong %s is refused before the value is asked for", async (_what, options, said) => {
    expect(await refusal({ ...options, value: unasked })).toContain(said);
  });

  test("a service without anything to seal for a cluster is refused", async () => {
    const fleet = summitFleet({ service: { "cluster.secrets": REMOVED } });
    expect(await refusal({ value: unasked }, fleet)).toBe(
      "services/summit.ts declares nothing that is sealed for a cluster\nname the Secret in cluster.container.secret, and its keys in cluster.secrets; without --certificate a value is sealed for GitHub",
    );
  });

  test("a certificate that isn't there, is none, or is another thing is refused", async () => {
    expect(await refusal({ certificate: "none.pem", value: unasked })).toMatch(
      /^the certificate could not be read: .*ENOENT.*; nothing was sealed\nget it from the cluster: kubeseal --fetch-cert/,
    );
    expect(await refusal({ certificate: "controller.key", value: unasked })).toMatch(
      /^controller.key holds no certificate in PEM; nothing was sealed\n/,
    );
    writeFileSync(key.certificate, text("controller.pem").slice(0, 300));
    expect(await refusal({ value: unasked })).toContain("holds no certificate in PEM");
  });

  test.each(["rsa:1024", "ed25519"])("a key of %s is refused", async (algorithm) => {
    key = new SealingKey(root, algorithm);
    expect(await refusal({ value: unasked })).toContain("has no RSA key of 2048 bits or more; nothing was sealed\n");
  });

  test("a certificate that is over, or not yet valid, is refused", async () => {
    const before = now;
    for (const wrong of [before + 60 * DAY, before - 60 * DAY]) {
      now = wrong;
      expect(await refusal({ value: unasked })).toMatch(
        /^the certificate in controller.pem is valid from .* to .*, and the clock of this machine says .*; nothing was sealed\n/,
      );
    }
  });

  test("a bad value is refused", async () => {
    expect(await refusal({ value: async () => Buffer.from("") })).toContain("the value is empty");
    expect(await refusal({ value: async () => Buffer.alloc(65 * 1024, "x") })).toContain(
      "more than 49,152 bytes, which is the most that is sealed for a cluster too; nothing was sealed",
    );
  });

  test.each([
    ["a Secret", '{ "apiVersion": "v1", "kind": "Secret", "stringData": { "DATABASE_URL": "canary" } }'],
    ["no JSON", "canary"],
    ["for another Secret", ""],
  ])("a file that is %s is left alone, without a word of it", async (_what, content) => {
    await run();
    writeFileSync(join(root, PATH), content || text().replaceAll("summit-prod", "summit-old"));
    expect(await refusal({})).toMatch(
      /^services\/summit.prod.sealed-secret.json is not the SealedSecret "summit" of the namespace "summit-prod", as gatehouse seal writes it; it was left alone\n/,
    );
  });

  test("a clock that was set back is noticed by what is sealed already", async () => {
    await run();
    now -= DAY / 2;
    expect(await refusal({})).toMatch(/^the clock of this machine says .*; nothing was written\nset the clock/);
  });

  describeWith(["kubeseal"], "kubeseal itself", () => {
    test("opens what was sealed, byte by byte, with the controller's key", async () => {
      const value = "-----BEGIN SOMETHING-----\nключ\n-----END SOMETHING-----\n";
      await run({ asIs: true, value: async () => Buffer.from(value) });
      const secret = execFileSync(
        "kubeseal",
        ["--recovery-unseal", "--recovery-private-key", key.privateKey, "--format", "json"],
        {
          input: text(),
          encoding: "utf8",
        },
      );
      const { kind, metadata, data } = JSON.parse(secret);
      expect({ kind, name: metadata.name, namespace: metadata.namespace }).toEqual({
        kind: "Secret",
        name: "summit",
        namespace: "summit-prod",
      });
      expect(Buffer.from(data.DATABASE_URL, "base64").toString()).toBe(value);
    });
  });
});
