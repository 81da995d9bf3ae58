import type { Service } from "../../../declaration/service";
import { relay } from "../../../services/relay";
import { describeWith } from "../../support/programs";
import type { Flaw } from "./fake-relay";
import { KEYS } from "./fake-relay";
import { DATABASE_URL, PASSWORD, ReleaseBench } from "./release-bench";

interface Report {
  readonly passed: boolean;
  readonly commit: string;
  readonly checks: readonly { readonly name: string; readonly result: string; readonly came: string }[];
}

const CHECKS = [
  "health",
  "list",
  "preview",
  "audit",
  "hsts",
  "csp",
  "content-type-options",
  "rate-limit-headers",
  "webhook-signed",
  "webhook-forged",
  "migration",
  "burst",
];

describeWith(["curl", "jq"], "smoke-test.sh", () => {
  let bench: ReleaseBench;
  let sha: string;
  const smoke = (env: Record<string, string> = {}) => bench.run("smoke-test.sh", { RELEASE_SHA: sha, ...env });
  const report = () => bench.json<Report>("evidence/smoke.json");
  const failed = () => report().checks.flatMap(({ name, result }) => (result === "FAIL" ? [name] : []));

  beforeEach(async () => {
    bench = new ReleaseBench(relay as Service);
    await bench.start();
    bench.commit("0001_first.sql");
    sha = bench.commit("0002_second.sql");
    bench.write("fake/applied", "0001_first\n0002_second\n");
    bench.relay.commit = sha;
  });
  afterEach(() => bench.dispose());

  test("a deployment that is well passes every check, each on a line of its own", async () => {
    const { code, output } = await smoke();
    expect(output).not.toContain("FAIL");
    expect(code).toBe(0);
    expect(report().checks.map(({ name }) => name)).toEqual(CHECKS);
    expect(report()).toMatchObject({ passed: true, commit: sha });
    expect(output.split("\n").filter((line) => line.startsWith("PASS"))).toHaveLength(CHECKS.length);
    expect(output).toMatch(/^PASS {2}burst +came: 58 x HTTP 200, 7 x HTTP 429; expected: of 65 requests at once/m);
  });

  const broken: readonly (readonly [Flaw, string, string])[] = [
    ["sick", "health", "HTTP 503"],
    ["another commit", "health", `HTTP 200 as ${"f".repeat(40)}`],
    ["list fails", "list", "HTTP 500"],
    ["list is no JSON", "list", "HTTP 200 without JSON"],
    ["preview fails", "preview", "HTTP 500"],
    ["audit fails", "audit", "HTTP 403"],
    ["no hsts", "hsts", "no Strict-Transport-Security"],
    ["hsts off", "hsts", "max-age=0"],
    ["no csp", "csp", "no Content-Security-Policy"],
    ["sniffing", "content-type-options", "no X-Content-Type-Options"],
    ["no rate-limit headers", "rate-limit-headers", "no RateLimit-Limit RateLimit-Remaining RateLimit-Reset"],
    ["refuses signatures", "webhook-signed", "HTTP 401"],
    ["takes any signature", "webhook-forged", "HTTP 202"],
    ["no rate limit", "burst", "65 x HTTP 200"],
    ["breaks under load", "burst", "x HTTP 500"],
  ];
  test.each(broken)("relay that has the flaw '%s' fails the check %s, and no other", async (flaw, check, came) => {
    bench.relay.flaws.add(flaw);
    const { code, output } = await smoke();
    expect(failed()).toEqual([check]);
    expect(report().checks.find(({ name }) => name === check)?.came).toContain(came);
    expect(report().checks).toHaveLength(CHECKS.length);
    expect(code).toBe(1);
    expect(output).toContain(`::error::smoke test of ${bench.url}: ${check} failed`);
  });

  test("several flaws are all named", async () => {
    bench.relay.flaws.add("no csp").add("audit fails");
    expect((await smoke()).output).toContain("audit, csp failed");
  });

  test("a service that doesn't answer fails every check of it, and says so", async () => {
    const { code } = await smoke({ SERVICE_URL: "http://127.0.0.1:1" });
    expect(code).toBe(1);
    expect(failed()).toEqual(CHECKS.filter((name) => name !== "migration"));
    expect(report().checks[0]?.came).toBe("no answer");
  });

  describe("the migration version", () => {
    const came = () => report().checks.find(({ name }) => name === "migration")?.came;

    test.each([
      ["the file's name", "0001_first.sql\n0002_second.sql\n"],
      ["its name without the ending", "0002_second\n0001_first\n"],
      ["its number", "1\n2\n"],
      ["its number with zeros", "0001\n0002\n"],
      ["its number with a letter, as Flyway", "V2\n"],
    ])("is found by %s", async (_how, applied) => {
      bench.write("fake/applied", applied);
      expect((await smoke()).code).toBe(0);
    });

    test.each([
      ["behind", "0001_first\n", "0001_first"],
      ["ahead", "0001_first\n0002_second\n0003_third\n", "0003_third"],
      ["empty", "", "none applied"],
    ])("of a database that is %s fails", async (_what, applied, shown) => {
      bench.write("fake/applied", applied);
      expect((await smoke()).code).toBe(1);
      expect(failed()).toEqual(["migration"]);
      expect(came()).toBe(shown);
    });

    test("may be ahead after a rollback, but not behind", async () => {
      bench.write("fake/applied", "0001_first\n0002_second\n0003_third\n");
      expect((await smoke({ MODE: "rollback" })).code).toBe(0);
      bench.write("fake/applied", "0001_first\n");
      await smoke({ MODE: "rollback" });
      expect(failed()).toContain("migration");
    });

    test("of a database that doesn't answer fails, with the reason", async () => {
      bench.write("fake/fail-psql", "");
      await smoke();
      expect(came()).toBe("no answer of the database: psql: error: connection refused");
    });

    test("of what is no URL of a database fails, and the rest is still checked", async () => {
      await smoke({ DATABASE_URL: "mysql://relay@127.0.0.1/relay" });
      expect(failed()).toEqual(["migration"]);
      expect(came()).toContain("DATABASE_URL is not the URL of a Postgres database");
    });
  });

  test("a key that a run just before has used up is asked again when it is told to", async () => {
    bench.relay.limitedAtFirst = 1;
    const { code, output } = await smoke();
    expect(output).toContain("/v1/workspaces?limit=1 is limited; asked again in 1 s");
    expect(code).toBe(0);
  });

  test("the burst comes last, when nothing else needs the key any more", async () => {
    await smoke();
    const first = bench.relay.requests.length - 65;
    expect(new Set(bench.relay.requests.slice(first))).toEqual(new Set(["GET /v1/workspaces"]));
    expect(bench.relay.requests.slice(0, first)).toContain("POST /v1/webhooks/execute");
  });

  test("no key stands in an argument, in the output or in the report", async () => {
    const { output } = await smoke();
    const seen = bench.read("fake/calls") + output + bench.read("evidence/smoke.json");
    for (const secret of [...Object.values(KEYS), PASSWORD, DATABASE_URL]) expect(seen).not.toContain(secret);
    expect(bench.read("fake/services")).toContain("password=p@ss-word");
  });

  test.each([
    ["an empty key", { ADMIN_KEY: "" }, "the secret ADMIN_KEY is empty in this environment"],
    ["a key with a line break", { DEV_KEY: "a\nX-Other: b" }, "the secret DEV_KEY has white space in it"],
    ["an empty signing secret", { WEBHOOK_SIGNING_SECRET: "" }, "the secret WEBHOOK_SIGNING_SECRET is empty"],
    ["an unknown stage", { STAGE: "prod" }, "there is no stage prod"],
    ["a place without TLS", { SERVICE_URL: "http://relay.example.com" }, "SERVICE_URL must begin with https://"],
  ])("%s is refused before anything is asked", async (_what, env, message) => {
    const { code, output } = await smoke(env);
    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(bench.relay.requests).toEqual([]);
  });
});
