import { auditVerify } from "../../operations/audit-verify";
import { minimalFleet } from "../declaration/fixture";
import { AuditBucketStandIn, BUCKET, type Fault, SECRET_ACCESS_KEY } from "./audit-bucket-stand-in";
import { AuditWorld } from "./audit-world";
import { RecordingConsole } from "./recording-console";

const ACCOUNT = "023e105f4ecef8ad9ca31a8372d0c353";

let world: AuditWorld;
let bucket: AuditBucketStandIn;
beforeEach(async () => {
  world = new AuditWorld();
  bucket = await AuditBucketStandIn.start();
  const signers = { ci: { publicKey: world.key.declared } };
  world.fleet = minimalFleet({
    organization: { audit: { bucket: { name: BUCKET }, signers }, cloudflare: { accountId: ACCOUNT, zones: {} } },
  });
});
afterEach(async () => {
  await bucket.stop();
  await world.close();
});

const append = (environment: Readonly<Record<string, string>> = bucket.environment) =>
  world.append({ trail: undefined, trust: [], environment });

async function verify(environment: Readonly<Record<string, string>> = bucket.environment) {
  const console = new RecordingConsole();
  const options = { trust: [], root: world.directory, environment, json: true };
  const code = await auditVerify(world.fleet, options, console);
  return { code, ...(console.json as object) };
}

/** The named fault once, at the given request of that method. */
function once(fault: Fault, method: string, at = 0): void {
  let seen = 0;
  bucket.fault = (_number, asked) => (asked === method && seen++ === at ? fault : undefined);
}

describe("a trail in a bucket (MAE-6)", () => {
  test("is one object an entry, listed page by page, and verified", async () => {
    for (let entry = 0; entry < 5; entry++) await append();
    expect([...bucket.objects.keys()]).toEqual([1, 2, 3, 4, 5].map((place) => `00000000000${place}.json`));
    expect(await verify()).toMatchObject({ code: 0, entries: 5, findings: [] });
  });

  test("an entry that was changed or removed there is found", async () => {
    for (let entry = 0; entry < 4; entry++) await append();
    bucket.objects.set("000000000002.json", Buffer.from("{}"));
    bucket.objects.delete("000000000003.json");
    expect(await verify()).toMatchObject({ code: 2, findings: [{ which: "2" }, { kind: "removed" }] });
  });

  test("two writers at once are two entries, one after the other", async () => {
    await Promise.all(Array.from({ length: 6 }, () => append()));
    expect(await verify()).toMatchObject({ code: 0, entries: 6, findings: [] });
  });

  test("an object that somebody else put in its place is never written over", async () => {
    await append();
    const [first] = bucket.objects.values();
    // It comes between the list and the write.
    bucket.fault = (_number, method) => {
      if (method === "PUT") bucket.objects.set("000000000002.json", Buffer.from("theirs"));
      return undefined;
    };
    await expect(append()).rejects.toThrow("entry 2 can't be built on: it is no signed entry");
    expect(bucket.objects.get("000000000002.json")?.toString()).toBe("theirs");
    expect(bucket.objects.get("000000000001.json")).toEqual(first);
  });

  test.each(["lost", "cut", 503, 409] as const)("a write that is answered with %s once is one entry", async (fault) => {
    await append();
    once(fault, "PUT");
    await append();
    expect(await verify()).toMatchObject({ code: 0, entries: 2, findings: [] });
  });

  test.each([
    ["list", 0],
    ["read", 1],
  ])("a %s that breaks off is made again", async (_what, at) => {
    await append();
    once("cut", "GET", at);
    await append();
    expect(await verify()).toMatchObject({ code: 0, entries: 2 });
  });

  test.each([
    ["PUT", "nothing was appended to the trail in http://127.0.0.1"],
    ["GET", "can't be read: the bucket answered 403 (StandInFault)\nlet the key read and list objects of this bucket"],
  ])("a %s that is forbidden is said, with the code alone", async (method, message) => {
    bucket.fault = (_number, asked) => (asked === method ? 403 : undefined);
    await expect(append()).rejects.toThrow(message);
    await expect(append()).rejects.not.toThrow(SECRET_ACCESS_KEY);
    expect(bucket.objects.size).toBe(0);
  });

  test("a wrong key is refused, and not shown", async () => {
    const environment = { ...bucket.environment, GATEHOUSE_AUDIT_SECRET_ACCESS_KEY: "another-key-of-nobody" };
    await expect(append(environment)).rejects.toThrow("the bucket answered 403 (SignatureDoesNotMatch)");
    await expect(append(environment)).rejects.not.toThrow("another-key-of-nobody");
  });

  test("no key is said before anything is asked", async () => {
    const { GATEHOUSE_AUDIT_SECRET_ACCESS_KEY: _, ...environment } = bucket.environment;
    await expect(append(environment)).rejects.toThrow(
      `the trail is in the bucket ${BUCKET}, and there is no key for it\nset GATEHOUSE_AUDIT_ACCESS_KEY_ID and GATEHOUSE_AUDIT_SECRET_ACCESS_KEY`,
    );
    expect(bucket.requests).toBe(0);
  });

  test("nobody there is said", async () => {
    const { environment } = bucket;
    await bucket.stop();
    await expect(verify(environment)).rejects.toThrow(
      /^the trail in http:\/\/127\.0\.0\.1.* can't be read: .*ECONNREFUSED/,
    );
    bucket = await AuditBucketStandIn.start();
  });

  test("needs the account that the bucket is in", async () => {
    const { cloudflare: _, ...organization } = world.fleet.organization;
    world.fleet = { ...world.fleet, organization };
    await expect(append()).rejects.toThrow("the account of the trail's bucket");
  });
});
