import { KUBERNETES, MANAGED_BY } from "../../declaration/cluster-names";
import { annotated } from "../../operations/preview-record";
import { type PreviewSweepOptions, previewSweep } from "../../operations/preview-sweep";
import { StackError } from "../../operations/stack-run";
import { type Answers, GithubServer } from "./github-server";
import { HOUR, NOON, PlayedClock, PlayedCluster, PlayedStacks, previewMetadata, summitFleet } from "./preview-world";
import { always, instant, PrometheusServer } from "./prometheus-server";
import { RecordingConsole } from "./recording-console";

let cluster: PlayedCluster;
let stacks: PlayedStacks;
let console: RecordingConsole;
let github: GithubServer | undefined;
let prometheus: PrometheusServer | undefined;
beforeEach(() => {
  cluster = new PlayedCluster();
  stacks = new PlayedStacks(cluster);
  console = new RecordingConsole();
});
afterEach(async () => {
  await github?.close();
  await prometheus?.close();
  github = undefined;
  prometheus = undefined;
});

function sweep(options: Partial<PreviewSweepOptions> = {}): Promise<number> {
  const environment = { ...github?.environment, ...(prometheus && { PROMETHEUS_URL: prometheus.url }) };
  const common = { root: "/nowhere", clock: new PlayedClock(), clusters: () => cluster, stacks, environment };
  return previewSweep(summitFleet(), { ...common, json: true, ...options }, console);
}

function made(pullRequest: number, annotations: Record<string, string | undefined> = {}, replicas = 1): void {
  cluster.add(previewMetadata(pullRequest, annotations), replicas);
  stacks.states.add(`summit-preview-${pullRequest}`);
}

const EXPIRED = { [KUBERNETES.expiresAt]: annotated(NOON - HOUR) };
const UNUSED = { [KUBERNETES.usedAt]: annotated(NOON - HOUR) };

interface Report {
  readonly previews: readonly { pullRequest: number; outcome: string; reason: string; notes: readonly string[] }[];
  readonly leftAlone: readonly { namespace: string; reason: string; odd: boolean }[];
}
const outcomes = () =>
  Object.fromEntries((console.json as Report).previews.map(({ pullRequest, outcome }) => [pullRequest, outcome]));
const reasonOf = (number: number) =>
  (console.json as Report).previews.find(({ pullRequest }) => pullRequest === number)?.reason;

const pull = (number: number, answer: object, status = 200): Answers => ({
  [`GET /repos/openclaw/summit/pulls/${number}`]: { status, body: answer },
});
const noComments = (number: number): Answers => ({
  [`GET /repos/openclaw/summit/issues/${number}/comments?per_page=100&page=1`]: { body: [] },
});

describe("gatehouse preview sweep", () => {
  test("removes exactly what is past its expiry, and lists the others with the reason", async () => {
    made(1, EXPIRED);
    made(2);
    cluster.add({ name: "summit-stage", labels: { [KUBERNETES.kind]: "stage", [KUBERNETES.service]: "summit" } });
    cluster.add({ name: "kube-system" });
    cluster.add({ name: "pr-99" });
    cluster.add({ ...previewMetadata(3, EXPIRED), annotations: {} });
    cluster.add(previewMetadata(4, { [KUBERNETES.expiresAt]: "yesterday" }));
    const foreign = previewMetadata(5, EXPIRED);
    cluster.add({ ...foreign, labels: { ...foreign.labels, [MANAGED_BY.label]: "flux" } });
    cluster.add({ ...previewMetadata(6, EXPIRED), deletionTimestamp: annotated(NOON) });
    cluster.lingers = 9;
    expect(await sweep()).toBe(2);
    expect(outcomes()).toEqual({ 1: "removed", 2: "kept" });
    expect(stacks.calls).toEqual(["destroy summit-preview-1"]);
    expect([...cluster.namespaces.keys()]).toEqual([
      "pr-2",
      "summit-stage",
      "kube-system",
      "pr-99",
      "pr-3",
      "pr-4",
      "pr-5",
      "pr-6",
    ]);
    expect((console.json as Report).leftAlone).toEqual(
      [
        ["pr-99", "it has no label gatehouse.dev/kind: nothing says that Gatehouse made it", false],
        [
          "pr-3",
          "its annotation gatehouse.dev/created-at is nothing: no time in UTC, such as 2026-01-31T12:00:00Z",
          true,
        ],
        [
          "pr-4",
          'its annotation gatehouse.dev/expires-at is "yesterday": no time in UTC, such as 2026-01-31T12:00:00Z',
          true,
        ],
        ["pr-5", 'its label app.kubernetes.io/managed-by is "flux", not "gatehouse"', true],
        ["pr-6", "it is being deleted already", false],
      ].map(([namespace, reason, odd]) => ({ cluster: "eu-1", namespace, reason, odd })),
    );
  });

  test("removes what belongs to a pull request that is closed or merged", async () => {
    made(1);
    made(2);
    made(3);
    github = await GithubServer.answering({
      ...pull(1, { state: "closed", merged_at: null }),
      ...pull(2, { state: "closed", merged_at: "2026-02-28T00:00:00Z" }),
      ...pull(3, { state: "open", merged_at: null }),
      ...noComments(1),
      ...noComments(2),
    });
    expect(await sweep()).toBe(0);
    expect(outcomes()).toEqual({ 1: "removed", 2: "removed", 3: "kept" });
    expect(reasonOf(2)).toBe("pull request 2 is merged");
  });

  test("goes by expiry alone when GitHub doesn't say, says so, and answers 1", async () => {
    made(1, EXPIRED);
    made(2);
    github = await GithubServer.answering({ ...pull(2, { message: "rate limit" }, 403), ...noComments(1) });
    expect(await sweep()).toBe(1);
    expect(outcomes()).toEqual({ 1: "removed", 2: "kept" });
    expect(console.progressed.join("\n")).toContain(
      "GitHub could not be asked, so expiry alone decides: GitHub answered 403 to GET /pulls/2 of openclaw/summit",
    );
  });

  test("without a token says that expiry alone decides", async () => {
    made(2);
    expect(await sweep()).toBe(0);
    expect(console.progressed[0]).toBe("GH_TOKEN is not set: closed pull requests are not known; expiry alone decides");
  });

  test("a dry run touches nothing, and answers 2 when something is due", async () => {
    made(1, EXPIRED);
    made(2, UNUSED);
    expect(await sweep({ dryRun: true })).toBe(2);
    expect(outcomes()).toEqual({ 1: "to be removed", 2: "to be put to sleep" });
    expect(stacks.calls).toEqual([]);
    expect(cluster.changes).toEqual([]);
  });

  test("one failure hides no other, and answers 1", async () => {
    made(1, EXPIRED);
    made(2, EXPIRED);
    stacks.failures = [new StackError("Error acquiring the state lock")];
    expect(await sweep()).toBe(1);
    expect(Object.values(outcomes()).sort()).toEqual(["failed", "removed"]);
    console = new RecordingConsole();
    expect(await sweep()).toBe(0);
    expect(cluster.namespaces.size).toBe(0);
  });

  test("leaves alone what somebody deployed again since it looked", async () => {
    made(1, EXPIRED);
    const find = cluster.find.bind(cluster);
    cluster.find = async (...args) => {
      cluster.add(previewMetadata(1), 1);
      return find(...args);
    };
    expect(await sweep()).toBe(0);
    expect(outcomes()).toEqual({ 1: "kept" });
    expect(reasonOf(1)).toBe("it was deployed again just now, and lives until 2026-03-04T11:00:00Z");
    expect(stacks.calls).toEqual([]);
  });

  test("looks at the previews of one service alone when asked to", async () => {
    made(1, EXPIRED);
    const bygone = previewMetadata(8, EXPIRED);
    cluster.add({ ...bygone, name: "bygone-8", labels: { ...bygone.labels, [KUBERNETES.service]: "bygone" } });
    expect(await sweep({ service: "summit" })).toBe(0);
    expect((console.json as Report).leftAlone).toEqual([]);
    console = new RecordingConsole();
    expect(await sweep()).toBe(2);
    expect((console.json as Report).leftAlone).toMatchObject([{ namespace: "bygone-8", odd: true }]);
  });

  test("can't see a cluster that is away: that is never 'nothing due'", async () => {
    cluster.away = true;
    expect(await sweep()).toBe(1);
    expect(console.json).toMatchObject({ previews: [], unseen: [{ cluster: "eu-1", reason: "the cluster is away" }] });
  });

  test("an interruption starts nothing more, and is no failure of a preview", async () => {
    made(1, EXPIRED);
    const controller = new AbortController();
    controller.abort();
    await expect(sweep({ signal: controller.signal })).rejects.toThrow(/aborted/);
    expect(stacks.calls).toEqual([]);
  });

  test("sums up in words", async () => {
    made(1, EXPIRED);
    made(2);
    cluster.add({ name: "pr-99" });
    await sweep({ json: false });
    expect(console.text).toContain("pr-99 in eu-1 is left alone: it has no label gatehouse.dev/kind");
    expect(console.text).toContain("2 previews, 1 removed, 1 kept");
    expect(console.progressed.join("\n")).toContain("summit 1: removed: it expired at 2026-03-01T11:00:00Z");
  });
});

describe("a preview that nobody uses sleeps", () => {
  async function withRequests(value: string | undefined): Promise<number> {
    prometheus = await PrometheusServer.answering(always(200, instant(value)));
    return sweep();
  }

  test("after an hour without a deployment, where no metric can tell", async () => {
    made(1, UNUSED);
    made(2);
    expect(await sweep()).toBe(0);
    expect(outcomes()).toEqual({ 1: "put to sleep", 2: "kept" });
    expect(cluster.changes).toEqual(["scale pr-1/summit to 0"]);
    expect(reasonOf(1)).toContain("PROMETHEUS_URL is not set, so its requests are not known");
    console = new RecordingConsole();
    expect(await sweep()).toBe(0);
    expect(reasonOf(1)).toBe("it sleeps; it lives until 2026-03-04T11:00:00Z");
  });

  test("when Prometheus counted no request of its namespace", async () => {
    made(1, UNUSED);
    expect(await withRequests("0")).toBe(0);
    expect(outcomes()).toEqual({ 1: "put to sleep" });
    expect(reasonOf(1)).toBe("no request came in 60 minutes");
    expect(prometheus?.received.map(({ query }) => query)).toEqual([
      'sum(increase(http_server_request_duration_seconds_count{namespace="pr-1"}[1h]))',
    ]);
  });

  test("not while requests come", async () => {
    made(1, UNUSED);
    expect(await withRequests("12.3")).toBe(0);
    expect(outcomes()).toEqual({ 1: "kept" });
    expect(reasonOf(1)).toBe("13 requests came in 60 minutes");
  });

  test("when Prometheus knows nothing of it, its deployments decide, and that is said", async () => {
    made(1, UNUSED);
    expect(await withRequests(undefined)).toBe(0);
    expect(outcomes()).toEqual({ 1: "put to sleep" });
    expect(reasonOf(1)).toContain(
      'its requests are not known: Prometheus has no series of requests with namespace="pr-1"',
    );
  });

  test("not when Prometheus doesn't answer: that is not 'no requests'", async () => {
    made(1, UNUSED);
    prometheus = await PrometheusServer.answering(always(503, ""));
    expect(await sweep()).toBe(1);
    expect(outcomes()).toEqual({ 1: "kept" });
    expect(reasonOf(1)).toContain("its requests could not be seen");
    expect(cluster.changes).toEqual([]);
  });

  test("not when it was made in part only", async () => {
    cluster.add(previewMetadata(1, UNUSED));
    expect(await sweep()).toBe(0);
    expect(reasonOf(1)).toBe("nothing runs in it that could sleep");
  });
});
