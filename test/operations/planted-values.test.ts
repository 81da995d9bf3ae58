import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { PlantedValues } from "../support/planted-values";
import { describeWith, TERRAFORM } from "../support/programs";
import { SealingKey } from "../support/sealing-key";

const ROOT = resolve(__dirname, "../..");
const GATEHOUSE = join(ROOT, "operations/gatehouse.js");
const SHA = "0123456789abcdef0123456789abcdef01234567";

const TYPED = "planted+typed/no.secret-5e0d4c81a7";
const signer = generateKeyPairSync("ed25519");
const PLANTED = new PlantedValues({
  ...Object.fromEntries(
    [
      "GITHUB_TOKEN",
      "GH_TOKEN",
      "CLOUDFLARE_API_TOKEN",
      "GRAFANA_AUTH",
      "AWS_SECRET_ACCESS_KEY",
      "PROMETHEUS_TOKEN",
      "TF_TOKEN_app_terraform_io",
      "GATEHOUSE_AUDIT_SECRET_ACCESS_KEY",
      "KUBECONFIG_TOKEN",
    ].map((name) => [name, `planted+${name}/no.secret-b9c1e7d25f`]),
  ),
  PG_CONN_STR: "postgres://gatehouse:planted-no-secret-4be80c61@127.0.0.1:1/state",
  GATEHOUSE_AUDIT_KEY: String(signer.privateKey.export({ format: "pem", type: "pkcs8" })),
  // Not of the environment: what somebody types.
  TYPED,
});

const { TYPED: _, ...ENVIRONMENT } = PLANTED.values;

/** What every kind of server may do at its worst: it is wrong about everything, and says back all that it was sent. */
const hostile = createServer((request: IncomingMessage, response: ServerResponse) => {
  const sent = [request.url, ...request.rawHeaders].join("\n");
  const status = request.headers.accept?.includes("github") ? 422 : 500;
  response.writeHead(status, { "Content-Type": "application/json", "X-Echo": encodeURIComponent(sent) });
  response.end(JSON.stringify({ message: sent, error: sent, errors: [{ message: sent }], status: "error" }));
});

/** A place of its own for everything that a verb may write. */
class Place {
  readonly directory = mkdtempSync(join(tmpdir(), "gatehouse-planted-"));
  readonly project = join(this.directory, "project");
  readonly temporary = join(this.directory, "temporary");
  readonly home = join(this.directory, "home");

  constructor() {
    for (const directory of [this.project, this.temporary, this.home]) mkdirSync(directory);
    // The loader's cache of transpiled code, which has no other input: without it each run would transpile all of it again.
    const cache = `tsx-${userInfo().uid}`;
    mkdirSync(join(tmpdir(), cache), { recursive: true });
    symlinkSync(join(tmpdir(), cache), join(this.temporary, cache));
    for (const entry of readdirSync(ROOT)) {
      if ([".git", ".gatehouse", "cdktf.out", ".jest-results.json"].includes(entry)) continue;
      // Verbs write into these two.
      if (["services", "policies"].includes(entry))
        cpSync(join(ROOT, entry), join(this.project, entry), { recursive: true });
      else symlinkSync(join(ROOT, entry), join(this.project, entry));
    }
  }

  /** Where somebody has put a credential, and Gatehouse reads it. */
  kubeconfig(server: string): string {
    const path = mkdtempSync(join(tmpdir(), "gatehouse-planted-kubeconfig-"));
    const file = join(path, "config");
    const user = { name: "gatehouse", user: { token: PLANTED.values.KUBECONFIG_TOKEN } };
    const context = { name: "eu-1", context: { cluster: "eu-1", user: "gatehouse" } };
    const clusters = [{ name: "eu-1", cluster: { server } }];
    const config = { apiVersion: "v1", kind: "Config", clusters, users: [user], contexts: [context] };
    writeFileSync(file, JSON.stringify({ ...config, "current-context": "eu-1" }), { mode: 0o600 });
    return file;
  }

  start(args: readonly string[]): ChildProcessWithoutNullStreams {
    const url = `http://127.0.0.1:${(hostile.address() as AddressInfo).port}`;
    return spawn(process.execPath, [GATEHOUSE, ...args.map((arg) => arg.replaceAll("PLACE", this.directory))], {
      cwd: this.project,
      env: {
        PATH: process.env.PATH,
        HOME: this.home,
        TMPDIR: this.temporary,
        CI: "",
        ...ENVIRONMENT,
        GITHUB_BASE_URL: `${url}/`,
        GITHUB_API_URL: url,
        GITHUB_REPOSITORY: "openclaw/platform",
        CLOUDFLARE_BASE_URL: url,
        GRAFANA_URL: url,
        PROMETHEUS_URL: url,
        GATEHOUSE_AUDIT_ENDPOINT: url,
        GATEHOUSE_AUDIT_ACCESS_KEY_ID: "planted",
        KUBE_CONFIG_PATH: this.kubeconfig(url),
      },
    });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

interface Said {
  readonly code: number | null;
  readonly output: string;
}

async function ended(child: ChildProcessWithoutNullStreams, input = ""): Promise<Said> {
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  child.stderr.on("data", (chunk) => chunks.push(chunk));
  // Whoever doesn't read its input closes it.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output: Buffer.concat(chunks).toString() };
}

/** One line for each verb, or several, with what must be there before. */
const CASES: readonly {
  readonly line: string;
  readonly input?: string;
  readonly prepare?: (place: Place) => void;
}[] = [
  { line: "check" },
  { line: "check --json" },
  { line: "checks" },
  { line: "files relay --out PLACE/files" },
  { line: "files relay --diff" },
  { line: "files relay --pull-request" },
  { line: "library --check" },
  { line: "drift --service relay --stage staging" },
  { line: "secrets relay" },
  { line: "break-glass" },
  { line: "overrides maestro" },
  { line: "stacks --json" },
  { line: "changed --head PLACE/none" },
  {
    // A provider may quote in an error what it was given.
    line: "plan-report --changes PLACE/changes.json --plans PLACE/plans --run-url https://example.com/1",
    prepare: ({ directory }) => {
      mkdirSync(join(directory, "plans"));
      writeFileSync(
        join(directory, "changes.json"),
        JSON.stringify({ stacks: [{ stack: "relay-staging", status: "changed" }] }),
      );
    },
  },
  {
    line: "comment --pull-request 1 --body PLACE/body.md",
    prepare: ({ directory }) => writeFileSync(join(directory, "body.md"), "<!-- marker -->\nPlan"),
  },
  {
    line: "drift-issue --exit-code 2 --report PLACE/report.md",
    prepare: ({ directory }) => writeFileSync(join(directory, "report.md"), "Drift"),
  },
  { line: "policy" },
  { line: "policy --sarif --service relay" },
  {
    line: "policy --plan PLACE/plan.json",
    prepare: ({ directory }) => writeFileSync(join(directory, "plan.json"), "{"),
  },
  { line: "policy compile --check" },
  { line: "policy rules" },
  { line: "waiver list" },
  {
    line: "waiver add --rule github/squash-only --stack relay-repository --at github_repository.repository --owner ada --approver grace --reason Migration --ticket SEC-12",
  },
  { line: "waiver renew none --approver grace --reason Migration" },
  { line: "flags maestro --tree PLACE/project/services" },
  { line: "seal relay staging ADMIN_KEY", input: TYPED },
  {
    line: "seal summit prod DATABASE_URL --certificate PLACE/controller.pem",
    input: TYPED,
    prepare: ({ directory }) => rmSync(new SealingKey(directory).privateKey),
  },
  { line: "rotate openclaw-pos staging CLOUDFLARE_API_TOKEN" },
  { line: "slo export relay --format openslo --stage production" },
  {
    line: "slo import openslo PLACE/slo.yaml",
    prepare: ({ directory }) => writeFileSync(join(directory, "slo.yaml"), "apiVersion: openslo/v2"),
  },
  { line: "gate relay --stage production --deadline 0s" },
  { line: "new" },
  { line: "phase summit" },
  { line: "preflight summit" },
  { line: "preview up --service summit --pr 42" },
  { line: "preview down --service summit --pr 42" },
  { line: "preview list" },
  { line: "preview sweep --dry-run" },
  { line: `audit append --act rotation --actor ada --trail PLACE/trail` },
  { line: `audit append --act apply --commit ${SHA} --actor ada --trail PLACE/trail --json` },
  { line: "audit run --act rotation --actor ada --trail PLACE/trail -- node -p 1+1" },
  { line: "audit verify --trail PLACE/trail" },
  { line: "audit export --trail PLACE/trail" },
  { line: "sandbox --service relay --stage staging --keep" },
  { line: "sandbox --service relay --stage staging --json" },
  { line: "sandbox --shell npx cdktf synth" },
];

/** Names of all verbs, with those of a family behind its name: `audit append`. */
function verbs(...family: readonly string[]): readonly string[] {
  const { stdout } = spawnSync(process.execPath, [GATEHOUSE, ...family, "--help"], { encoding: "utf8" });
  const [, list = ""] = stdout.split("\nCommands:\n");
  const named = [...list.matchAll(/^ {2}([a-z][a-z-]*)( \[options\])?/gm)].filter(([, name]) => name !== "help");
  // A family of verbs has no options of its own.
  return named.flatMap(([, name = "", options]) =>
    options === undefined && family.length === 0 ? verbs(name) : [[...family, name].join(" ")],
  );
}

const TITLE = "a credential that the environment holds, or somebody types, is said and written nowhere (MAE-4)";

describeWith([TERRAFORM ?? "terraform", "openssl"], TITLE, () => {
  let place: Place;
  beforeAll(() => new Promise<void>((done) => hostile.listen(0, "127.0.0.1", done)));
  afterAll(() => {
    hostile.closeAllConnections();
    hostile.close();
  });
  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.remove());

  test("every verb is tried", () => {
    const all = verbs();
    expect(all.filter((verb) => !CASES.some(({ line }) => `${line} `.startsWith(`${verb} `)))).toEqual([]);
    expect(all).toEqual(expect.arrayContaining(["check", "drift", "audit append", "preview up", "slo export"]));
  });

  test("what is looked for is found, in each spelling, also in the middle of base64", () => {
    const value = PLANTED.values.GITHUB_TOKEN ?? "";
    for (const before of ["", "x", "xy", "Bearer "])
      expect(PLANTED.foundIn(Buffer.from(`${before}${value}`).toString("base64"))).toEqual(["GITHUB_TOKEN"]);
    expect(PLANTED.foundIn(JSON.stringify({ pem: PLANTED.values.GATEHOUSE_AUDIT_KEY }))).toEqual([
      "GATEHOUSE_AUDIT_KEY",
    ]);
    writeFileSync(join(place.temporary, "crash"), `\0\0${value}`);
    expect(PLANTED.foundBelow(place.directory)).toEqual([`${place.temporary}/crash: GITHUB_TOKEN`]);
  });

  test.each(CASES)("gatehouse $line", async ({ line, input, prepare }) => {
    prepare?.(place);
    const { output, code } = await ended(place.start(line.split(" ")), input);
    expect(output).not.toBe("");
    expect(code).not.toBeNull();
    expect(PLANTED.foundIn(output)).toEqual([]);
    expect(PLANTED.foundBelow(place.directory)).toEqual([]);
  });

  test("a plan's error that quotes one is reported without it", async () => {
    mkdirSync(join(place.directory, "plans"));
    const changes = { stacks: [{ stack: "relay-staging", status: "changed" }] };
    writeFileSync(join(place.directory, "changes.json"), JSON.stringify(changes));
    writeFileSync(
      join(place.directory, "plans/relay-staging.txt"),
      `Error: 401 for "Authorization: token ${PLANTED.values.GITHUB_TOKEN}"\n`,
    );
    writeFileSync(join(place.directory, "plans/relay-staging.exit"), "1");
    const args = ["plan-report", "--changes", "PLACE/changes.json", "--plans", "PLACE/plans"];
    const { output } = await ended(place.start([...args, "--run-url", "https://example.com/1", "--commit", SHA]));
    expect(output).toContain("401 for");
    expect(PLANTED.foundIn(output)).toEqual([]);
  });

  test.each(["SIGINT", "SIGTERM", "SIGKILL", "SIGABRT"] as const)(
    "of a sandbox that %s stops in the middle, nothing remains that holds one",
    async (signal) => {
      const child = place.start(["sandbox", "--service", "relay", "--stage", "staging", "--keep"]);
      child.stderr.once("data", () => child.kill(signal));
      const { output } = await ended(child);
      expect(PLANTED.foundIn(output)).toEqual([]);
      expect(PLANTED.foundBelow(place.directory)).toEqual([]);
    },
  );

  test.each([
    ["files --all --pull-request", "SIGINT"],
    ["preview list", "SIGKILL"],
    ["gate relay --stage production --for 5m", "SIGTERM"],
    ["drift --service relay", "SIGINT"],
  ] as const)("nor of gatehouse %s, which %s stops", async (line, signal) => {
    const child = place.start(line.split(" "));
    const waiting = setTimeout(() => child.kill(signal), 700);
    const { output } = await ended(child);
    clearTimeout(waiting);
    expect(PLANTED.foundIn(output)).toEqual([]);
    expect(PLANTED.foundBelow(place.directory)).toEqual([]);
  });
});
