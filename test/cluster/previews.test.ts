import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KUBERNETES, MANAGED_BY } from "../../declaration/cluster-names";
import type { Fleet } from "../../declaration/fleet";
import { previewDown } from "../../operations/preview-down";
import { previewList } from "../../operations/preview-list";
import { annotated } from "../../operations/preview-record";
import { previewSweep } from "../../operations/preview-sweep";
import { previewUp } from "../../operations/preview-up";
import { changed } from "../declaration/change";
import { GithubServer } from "../operations/github-server";
import { previewMetadata, summitFleet } from "../operations/preview-world";
import { RecordingConsole } from "../operations/recording-console";
import type { ApiObject } from "../support/api-client";
import { Cluster, describeWithCluster } from "../support/cluster";
import { installDefinitions } from "../support/definitions";
import { LivePlugin } from "../support/live-plugin";

const FIRST = `sha256:${"1".repeat(64)}`;
const SECOND = `sha256:${"2".repeat(64)}`;
const HOUR = 3_600_000;

/** summit as it is declared, in a cluster that is reached by the tests' context. */
function fleetHere(): Fleet {
  const fleet = summitFleet({ "cluster.previews.health": { attempts: 3, everySeconds: 1 } });
  return { ...fleet, organization: changed(fleet.organization, { "clusters.eu-1.context": "test" }) };
}

// Each makes or removes several previews, on a machine that may do much else.

describeWithCluster("previews on a real API server", ["terraform", "helm"], () => {
  const fleet = fleetHere();
  let cluster: Cluster;
  let plugin: LivePlugin;
  let health: Server;
  let github: GithubServer;
  let root: string;
  let environment: Readonly<Record<string, string | undefined>>;
  /** What previews answer when they are asked for their health. */
  let status = 200;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "gatehouse-previews-"));
    health = createServer((_, response) => response.writeHead(status).end());
    await new Promise<void>((resolve) => health.listen(0, "127.0.0.1", resolve));
    github = await GithubServer.answering({
      "GET /repos/openclaw/summit/pulls/1": { body: { state: "open", merged_at: null } },
      "GET /repos/openclaw/summit/pulls/2": { body: { state: "open", merged_at: null } },
      "GET /repos/openclaw/summit/pulls/3": { body: { state: "closed", merged_at: "2026-01-01T00:00:00Z" } },
      "GET /repos/openclaw/summit/issues/42/comments?per_page=100&page=1": { body: [] },
      "POST /repos/openclaw/summit/issues/42/comments": { status: 201, body: { id: 1 } },
    });
    cluster = await Cluster.start();
    await installDefinitions(cluster, "gateway-api");
    await cluster.playKubelet();
    plugin = await LivePlugin.start({
      kubeconfig: cluster.kubeconfig,
      localChart: join(__dirname, "../../charts/service"),
    });
    const address = `http://127.0.0.1:${(health.address() as AddressInfo).port}`;
    environment = {
      ...cluster.environment(),
      ...plugin.environment,
      ...github.environment,
      GATEHOUSE_PREVIEW_HEALTH_URL: address,
      // The state of a test may be lost with it.
      CI: "",
    };
  });
  afterAll(async () => {
    health?.close();
    await github?.close();
    await plugin?.stop();
    await cluster?.stop();
    rmSync(root, { recursive: true, force: true });
  });
  beforeEach(() => {
    status = 200;
  });

  const common = () => ({
    root,
    environment,
    json: true,
  });
  async function up(pr: string, digest = FIRST, more: object = {}) {
    const console = new RecordingConsole();
    const code = await previewUp(fleet, { ...common(), service: "summit", pr, digest, ...more }, console);
    return { code, report: console.json as Record<string, unknown>, said: console.progressed.join("\n") };
  }
  async function down(pr: string) {
    const console = new RecordingConsole();
    const code = await previewDown(fleet, { ...common(), service: "summit", pr }, console);
    return { code, report: console.json as { status: string; notes: readonly string[] } };
  }
  const namespace = (name: string) => cluster.admin.find<ApiObject>(`/api/v1/namespaces/${name}`);
  const deployment = (of: string) => cluster.admin.find<ApiObject>(`/apis/apps/v1/namespaces/${of}/deployments/summit`);
  const imageIn = async (of: string) => (await deployment(of))?.spec.template.spec.containers[0].image;

  /** A preview that nobody knows but the cluster, as after a lost state. */
  async function madeByHand(pullRequest: number, annotations: Record<string, string | undefined>, change: object = {}) {
    await cluster.admin.create("/api/v1/namespaces", {
      metadata: { ...previewMetadata(pullRequest, annotations), ...change },
    });
  }

  test("up makes a preview, ready with its seed, address, owner and times", async () => {
    const { code, report } = await up("42", FIRST, { comment: true });
    expect(report.reason).toBeUndefined();
    expect(report).toMatchObject({ status: "ready", namespace: "pr-42", comment: { status: "written" } });
    expect(code).toBe(0);
    const { metadata } = (await namespace("pr-42")) as ApiObject;
    expect(metadata.labels).toMatchObject({
      [MANAGED_BY.label]: MANAGED_BY.value,
      [KUBERNETES.service]: "summit",
      [KUBERNETES.kind]: "preview",
      [KUBERNETES.pullRequest]: "42",
      "pod-security.kubernetes.io/enforce": "restricted",
    });
    expect(metadata.annotations).toMatchObject({
      [KUBERNETES.createdAt]: report.createdAt,
      [KUBERNETES.expiresAt]: report.expiresAt,
      [KUBERNETES.readySeconds]: String(report.readySeconds),
      [KUBERNETES.url]: "https://pr-42.preview.example.com/",
      [KUBERNETES.usedAt]: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(await imageIn("pr-42")).toBe(`ghcr.io/openclaw/summit@${FIRST}`);
    const seed = await cluster.admin.get<ApiObject>("/apis/batch/v1/namespaces/pr-42/jobs/summit-seed");
    expect(seed.status.succeeded).toBe(1);
  });

  test("up again makes nothing anew: the preview stays as old as it is, and gets the new image", async () => {
    const before = await Promise.all([namespace("pr-42"), deployment("pr-42")]);
    const { code, report } = await up("42", SECOND);
    expect(code).toBe(0);
    const after = await Promise.all([namespace("pr-42"), deployment("pr-42")]);
    expect(after.map((one) => one?.metadata.uid)).toEqual(before.map((one) => one?.metadata.uid));
    const annotations = (index: number) => [before, after][index]?.[0]?.metadata.annotations ?? {};
    expect(annotations(1)[KUBERNETES.createdAt]).toBe(annotations(0)[KUBERNETES.createdAt]);
    expect(annotations(1)[KUBERNETES.readySeconds]).toBe(annotations(0)[KUBERNETES.readySeconds]);
    expect(annotations(1)[KUBERNETES.expiresAt]).toBe(report.expiresAt);
    expect(await imageIn("pr-42")).toBe(`ghcr.io/openclaw/summit@${SECOND}`);
  });

  test("one that sleeps is no change to Terraform, is seen asleep, and up wakes it", async () => {
    await cluster.kubectl(["scale", "deployment/summit", "--replicas=0"], { namespace: "pr-42" });
    const console = new RecordingConsole();
    expect(await previewList(fleet, common(), console)).toBe(0);
    expect(console.json).toMatchObject({ previews: [{ pullRequest: 42, asleep: true }] });
    const revision = () => cluster.run("helm", ["history", "summit", "--output=json"], { namespace: "pr-42" });
    const before = JSON.parse(await revision()).length;
    const { code, said } = await up("42", SECOND);
    expect(code).toBe(0);
    expect(said).toContain("it slept, and is woken");
    expect((await deployment("pr-42"))?.spec.replicas).toBe(1);
    expect(JSON.parse(await revision())).toHaveLength(before);
  });

  test("up answers 1 when it isn't healthy, and the preview is there to be looked at", async () => {
    status = 503;
    const { code, report } = await up("42", SECOND);
    expect(code).toBe(1);
    expect(report.reason).toContain("was asked 3 times, 1 s apart; at last: it answered 503");
    expect(await namespace("pr-42")).toBeDefined();
  });

  test("up says how to go on when the state was lost", async () => {
    const other = mkdtempSync(join(root, "elsewhere-"));
    const { code, report } = await up("42", SECOND, { root: other });
    expect(code).toBe(1);
    expect(report.reason).toContain("the namespace pr-42 is there, and the state of the stack");
    expect(report.reason).toContain("npx gatehouse preview down --service summit --pr 42");
  });

  test("down removes it; down again finds nothing, and that is fine", async () => {
    expect(await down("42")).toMatchObject({ code: 0, report: { status: "removed", notes: [] } });
    expect(await namespace("pr-42")).toBeUndefined();
    expect(await down("42")).toMatchObject({ code: 0, report: { status: "was not there" } });
  });

  test("up makes whole what somebody took parts of, and down removes the rest", async () => {
    const takeParts = () =>
      cluster.kubectl(["delete", "deployment/summit", "secret/sh.helm.release.v1.summit.v1"], { namespace: "pr-8" });
    await up("8");
    await takeParts();
    expect(await up("8")).toMatchObject({ code: 0 });
    expect(await deployment("pr-8")).toBeDefined();
    await takeParts();
    expect(await down("8")).toMatchObject({ code: 0, report: { status: "removed" } });
    expect(await namespace("pr-8")).toBeUndefined();
  });

  test("down works when the namespace was deleted by hand, and then up makes it anew", async () => {
    await up("7");
    await cluster.kubectl(["delete", "namespace", "pr-7"]);
    expect(await down("7")).toMatchObject({ code: 0, report: { status: "was not there" } });
    expect(await up("7")).toMatchObject({ code: 0 });
  });

  test("down works when the state is gone", async () => {
    rmSync(join(root, ".gatehouse/state/summit-preview-7.tfstate"));
    const { code, report } = await down("7");
    expect(code).toBe(0);
    expect(report.notes).toEqual([expect.stringContaining("the namespace pr-7 was removed by itself")]);
    expect(await namespace("pr-7")).toBeUndefined();
  });

  test("down refuses a namespace that is no preview, and leaves it alone", async () => {
    await cluster.createNamespace("pr-5", { team: "data" });
    await expect(down("5")).rejects.toThrow("the namespace pr-5 is not the preview of pull request 5 of summit");
    expect(await namespace("pr-5")).toBeDefined();
    await cluster.kubectl(["delete", "namespace", "pr-5"]);
  });

  test("sweep removes exactly the expired and the closed previews", async () => {
    const now = Date.now();
    const live = { [KUBERNETES.usedAt]: annotated(now), [KUBERNETES.expiresAt]: annotated(now + HOUR) };
    const expired = { [KUBERNETES.usedAt]: annotated(now), [KUBERNETES.expiresAt]: annotated(now - HOUR) };
    await up("1");
    await cluster.kubectl([
      "annotate",
      "namespace",
      "pr-1",
      "--overwrite",
      `${KUBERNETES.expiresAt}=${expired[KUBERNETES.expiresAt]}`,
    ]);
    await madeByHand(2, live);
    await madeByHand(3, live);
    await cluster.createNamespace("summit-stage", {
      [MANAGED_BY.label]: MANAGED_BY.value,
      [KUBERNETES.service]: "summit",
      [KUBERNETES.kind]: "stage",
    });
    await cluster.createNamespace("pr-99");
    await madeByHand(10, expired, { annotations: {} });
    await madeByHand(11, { [KUBERNETES.expiresAt]: "yesterday" });
    const foreign = previewMetadata(12, expired);
    await madeByHand(12, expired, { labels: { ...foreign.labels, [KUBERNETES.service]: "bygone" } });
    const names = async () => (await cluster.admin.list("/api/v1/namespaces")).map(({ metadata }) => metadata.name);
    const before = await names();

    const console = new RecordingConsole();
    expect(await previewSweep(fleet, { ...common(), dryRun: true }, console)).toBe(2);
    expect(await names()).toEqual(before);

    const swept = new RecordingConsole();
    expect(await previewSweep(fleet, common(), swept)).toBe(2);
    const { previews, leftAlone } = swept.json as {
      previews: readonly { namespace: string; outcome: string; reason: string }[];
      leftAlone: readonly { namespace: string; reason: string }[];
    };
    expect(Object.fromEntries(previews.map((one) => [one.namespace, one.outcome]))).toEqual({
      "pr-1": "removed",
      "pr-2": "kept",
      "pr-3": "removed",
    });
    expect(await names()).toEqual(before.filter((name) => name !== "pr-1" && name !== "pr-3"));
    expect(Object.fromEntries(leftAlone.map((one) => [one.namespace, one.reason]))).toEqual({
      "pr-99": expect.stringContaining("it has no label"),
      "pr-10": expect.stringContaining("created-at is nothing"),
      "pr-11": expect.stringContaining('expires-at is "yesterday"'),
      "pr-12": expect.stringContaining('service is "bygone"'),
    });
  });

  test("a cluster that is away is said by every verb, and keeps the state", async () => {
    const away = { ...common(), environment: { ...environment, KUBE_CONFIG_PATH: "/nowhere/kubeconfig" } };
    const console = new RecordingConsole();
    expect(await previewList(fleet, away, console)).toBe(1);
    expect(console.progressed.join("\n")).toContain('could not see the cluster "eu-1"');
    await expect(previewDown(fleet, { ...away, service: "summit", pr: "2" }, console)).rejects.toThrow(
      'the cluster of context "test"',
    );
    expect(await namespace("pr-2")).toBeDefined();
  });
});
