import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { KUBERNETES } from "../../declaration/cluster-names";
import { Failure } from "../../operations/failure";
import { annotated } from "../../operations/preview-record";
import { type PreviewUpOptions, previewUp } from "../../operations/preview-up";
import { StackError } from "../../operations/stack-run";
import { REMOVED } from "../declaration/change";
import { type Answers, GithubServer } from "./github-server";
import { HOUR, NOON, PlayedClock, PlayedCluster, PlayedStacks, previewMetadata, summitFleet } from "./preview-world";
import { RecordingConsole } from "./recording-console";

const DIGEST = `sha256:${"a".repeat(64)}`;
const TOKEN = "token-that-nobody-may-see";
const COMMENTS = "/repos/openclaw/summit/issues/42/comments";

let cluster: PlayedCluster;
let stacks: PlayedStacks;
let clock: PlayedClock;
let console: RecordingConsole;
let target: Server;
let github: GithubServer | undefined;
/** What the preview answers. */
let status: number;
beforeEach(async () => {
  cluster = new PlayedCluster();
  stacks = new PlayedStacks(cluster);
  clock = new PlayedClock();
  console = new RecordingConsole();
  status = 200;
  target = createServer((_, response) => {
    // A start takes a while.
    clock.time += 1500;
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  target.close();
  await github?.close();
  github = undefined;
});

function up(options: Partial<PreviewUpOptions> = {}, fleet = summitFleet()): Promise<number> {
  const healthUrl = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
  const common = { service: "summit", pr: "42", root: "/nowhere", clock, clusters: () => cluster, stacks, healthUrl };
  const environment = { ...github?.environment, GITHUB_TOKEN: TOKEN };
  return previewUp(fleet, { ...common, environment, json: true, ...options }, console);
}

const annotations = () => cluster.namespaces.get("pr-42")?.metadata.annotations ?? {};

describe("gatehouse preview up", () => {
  test("makes the preview, waits for it and keeps how long that took", async () => {
    expect(await up({ digest: DIGEST })).toBe(0);
    expect(stacks.calls).toEqual(["deploy summit-preview-42 sha256:aaaaa new"]);
    expect(console.json).toEqual({
      service: "summit",
      pullRequest: 42,
      namespace: "pr-42",
      url: "https://pr-42.preview.example.com/",
      image: `ghcr.io/example-org/summit@${DIGEST}`.replace("example-org", summitFleet().organization.github.login),
      status: "ready",
      createdAt: "2026-03-01T12:00:00Z",
      expiresAt: "2026-03-04T12:00:00Z",
      seconds: 2,
      readySeconds: 2,
    });
    expect(annotations()).toMatchObject({
      [KUBERNETES.readySeconds]: "2",
      [KUBERNETES.usedAt]: "2026-03-01T12:00:00Z",
    });
  });

  test("again brings it up to date: it stays as old as it is, lives longer, and is measured once", async () => {
    cluster.add(previewMetadata(42), 1);
    expect(await up({ digest: DIGEST })).toBe(0);
    expect(stacks.calls).toEqual(["deploy summit-preview-42 sha256:aaaaa"]);
    expect(annotations()).toMatchObject({
      [KUBERNETES.createdAt]: annotated(NOON - HOUR),
      [KUBERNETES.expiresAt]: annotated(NOON + 72 * HOUR),
      [KUBERNETES.usedAt]: annotated(NOON),
      [KUBERNETES.readySeconds]: "74",
    });
    expect(cluster.changes).toEqual(["annotate pr-42 gatehouse.dev/used-at"]);
  });

  test("wakes one that sleeps", async () => {
    cluster.add(previewMetadata(42), 0);
    expect(await up()).toBe(0);
    expect(cluster.changes).toContain("scale pr-42/summit to 1");
    expect(console.progressed.join("\n")).toContain("it slept, and is woken");
  });

  test("says it to a person in words", async () => {
    expect(await up({ json: false, digest: DIGEST })).toBe(0);
    expect(console.text).toContain(
      "the preview of pull request 42 of summit is ready: https://pr-42.preview.example.com/",
    );
    expect(console.text).toContain("expires  2026-03-04T12:00:00Z (72 h after its newest deployment)");
  });

  test("one that was not healthy at first counts from its beginning once it is", async () => {
    status = 503;
    expect(await up()).toBe(1);
    expect(annotations()[KUBERNETES.readySeconds]).toBeUndefined();
    status = 200;
    clock.time = NOON + 600_000;
    console = new RecordingConsole();
    expect(await up()).toBe(0);
    expect(console.json).toMatchObject({ readySeconds: 602 });
  });

  test("answers 1 when it does not get healthy, with what it answered and how to see more", async () => {
    status = 500;
    expect(await up({ json: false })).toBe(1);
    expect(console.progressed.filter((line) => line.startsWith("not healthy yet"))).toHaveLength(30);
    expect(console.text).toMatch(
      /the preview did not get healthy: .* was asked 30 times, 5 s apart; at last: it answered 500/,
    );
    expect(console.text).toContain("kubectl --context eu-1 --namespace pr-42 get pods,jobs");
  });

  test("answers 1 when Terraform fails, without its credentials", async () => {
    stacks.failures = [new StackError(`terraform apply failed: Bearer ${TOKEN} \u001b[2J`)];
    expect(await up()).toBe(1);
    expect(console.json).toMatchObject({
      status: "failed",
      reason: "terraform apply failed: Bearer *** \\u001b[2J",
      readySeconds: null,
    });
  });

  test("an interruption is no failure of the preview", async () => {
    const controller = new AbortController();
    stacks.failures = [new StackError("interrupted")];
    controller.abort();
    await expect(up({ signal: controller.signal })).rejects.toThrow(/aborted/);
    expect(console.printed).toEqual([]);
  });
});

describe("gatehouse preview up refuses", () => {
  async function refused(options: Partial<PreviewUpOptions>, message: string, fleet = summitFleet()): Promise<void> {
    await expect(up(options, fleet)).rejects.toThrow(new Failure(message));
    expect(stacks.calls).toEqual([]);
    expect(cluster.changes).toEqual([]);
  }

  test.each(["0", "-1", "1; rm -rf", "1e3", "007", "99999999999"])("--pr %s", (pr) =>
    refused(
      { pr },
      `--pr "${pr}" is no pull request\nexpected its number: 1 to 999999999, in digits, without a leading zero; copy it from the pull request's address`,
    ),
  );

  test("a service that isn't declared, or declares no previews", async () => {
    await refused(
      { service: "everest" },
      'no service "everest" is declared\nexpected one of: summit; see services/fleet.ts',
    );
    await refused(
      {},
      'service "summit" declares no previews\nexpected cluster.previews in its declaration; see docs/how-to/previews.md',
      summitFleet({ "cluster.previews": REMOVED }),
    );
  });

  test("a phase that has no previews yet", () =>
    refused(
      {},
      'service "summit" is in phase 2; previews are on from phase 3\nset its phase to 3, or see npx gatehouse phase summit',
      summitFleet({ phase: 2 }),
    ));

  test("a namespace that is somebody else's", async () => {
    cluster.add({ name: "pr-42" });
    await refused(
      {},
      "the namespace pr-42 is not the preview of pull request 42 of summit: it has no label gatehouse.dev/kind: nothing says that Gatehouse made it\nexpected a namespace that Gatehouse made; it was not touched. See what it is: kubectl --context eu-1 get namespace pr-42 --output yaml",
    );
  });

  test("one that is being deleted, or whose times were changed by hand", async () => {
    cluster.add({ ...previewMetadata(42), deletionTimestamp: annotated(NOON) });
    cluster.lingers = 1;
    await refused({}, "the namespace pr-42 is being deleted\ntry again when it is gone");
    cluster.add(previewMetadata(42, { [KUBERNETES.createdAt]: "long ago" }));
    await refused(
      {},
      'the namespace pr-42: its annotation gatehouse.dev/created-at is "long ago": no time in UTC, such as 2026-01-31T12:00:00Z\nsomebody changed it by hand; remove it, and make it again: npx gatehouse preview down --service summit --pr 42',
    );
  });

  test("a cluster that is away: nothing is planned", async () => {
    cluster.away = true;
    await expect(up()).rejects.toThrow("the cluster is away");
    expect(stacks.calls).toEqual([]);
  });
});

describe("the comment on the pull request", () => {
  const written = { [`POST ${COMMENTS}`]: { status: 201, body: { id: 1 } } };
  const list = (comments: unknown[]) => ({ [`GET ${COMMENTS}?per_page=100&page=1`]: { body: comments } });
  async function commenting(answers: Answers): Promise<number> {
    github = await GithubServer.answering(answers);
    return up({ comment: true, digest: DIGEST });
  }

  test("is written by the service's own repository, with address, image, expiry and time", async () => {
    const login = summitFleet().organization.github.login;
    expect(login).toBe("openclaw");
    expect(await commenting({ ...list([]), ...written })).toBe(0);
    expect(github?.written[0]?.body?.body).toBe(
      [
        "<!-- gatehouse:preview -->",
        "## Preview: ready",
        "",
        "| | |",
        "|---|---|",
        "| address | <https://pr-42.preview.example.com/> |",
        `| image | \`ghcr.io/openclaw/summit@${DIGEST}\` |`,
        "| expires | 2026-03-04T12:00:00Z, 72 hours after its newest deployment |",
        "| ready after | 2 s, the first time |",
        "",
        "It sleeps after 60 minutes without use. The next push wakes it, and so does running its newest build again.",
        "",
      ].join("\n"),
    );
    expect(console.json).toMatchObject({ comment: { status: "written" } });
  });

  test("is updated where there is one, also with what failed and how to see it", async () => {
    status = 503;
    const ours = { id: 7, body: "<!-- gatehouse:preview -->\nolder", user: { type: "Bot" } };
    const patch = { "PATCH /repos/openclaw/summit/issues/comments/7": { body: {} } };
    expect(await commenting({ ...list([ours]), ...patch })).toBe(1);
    const body = String(github?.written[0]?.body?.body);
    expect(body).toMatch(/^<!-- gatehouse:preview -->\n## Preview: failed\n/);
    expect(body).toContain("at last: it answered 503");
    expect(body).toContain("kubectl --context eu-1 --namespace pr-42 get pods,jobs");
    expect(console.json).toMatchObject({ status: "failed", comment: { status: "updated" } });
  });

  test("also says what stands in the way before anything is deployed", async () => {
    cluster.add({ name: "pr-42" });
    await expect(commenting({ ...list([]), ...written })).rejects.toThrow("the namespace pr-42 is not the preview");
    expect(String(github?.written[0]?.body?.body)).toContain("nothing says that Gatehouse made it");
  });

  test("that can't be written hides nothing of the preview", async () => {
    const refused = { [`POST ${COMMENTS}`]: { status: 403, body: { message: "Resource not accessible" } } };
    expect(await commenting({ ...list([]), ...refused })).toBe(0);
    expect(console.json).toMatchObject({
      status: "ready",
      comment: { status: "failed", reason: expect.stringContaining("GitHub answered 403") },
    });
    expect(console.progressed.join("\n")).toContain("the comment on pull request 42 of summit could not be written");
  });

  test("needs a token, and says so", async () => {
    expect(await up({ comment: true })).toBe(0);
    expect(console.json).toMatchObject({ comment: { status: "failed", reason: "GH_TOKEN is not set" } });
  });
});
