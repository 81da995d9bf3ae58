import { ClusterProblem } from "../../operations/cluster-api";
import { type PreviewDownOptions, previewDown } from "../../operations/preview-down";
import { StackError } from "../../operations/stack-run";
import { type Answers, GithubServer } from "./github-server";
import { PlayedClock, PlayedCluster, PlayedStacks, previewMetadata, summitFleet } from "./preview-world";
import { RecordingConsole } from "./recording-console";

let cluster: PlayedCluster;
let stacks: PlayedStacks;
let console: RecordingConsole;
let github: GithubServer | undefined;
beforeEach(() => {
  cluster = new PlayedCluster();
  stacks = new PlayedStacks(cluster);
  console = new RecordingConsole();
});
afterEach(async () => {
  await github?.close();
  github = undefined;
});

function down(options: Partial<PreviewDownOptions> = {}): Promise<number> {
  const common = { service: "summit", pr: "42", root: "/nowhere", clusters: () => cluster, stacks, json: true };
  const environment = github?.environment ?? {};
  return previewDown(summitFleet(), { ...common, clock: new PlayedClock(), environment, ...options }, console);
}

function made(): void {
  cluster.add(previewMetadata(42), 1);
  stacks.states.add("summit-preview-42");
}

describe("gatehouse preview down", () => {
  test("removes what the state holds; the second time there is nothing left, and that is fine", async () => {
    made();
    expect(await down()).toBe(0);
    expect(console.json).toMatchObject({ status: "removed", notes: [] });
    expect(cluster.namespaces.size).toBe(0);
    console = new RecordingConsole();
    expect(await down({ json: false })).toBe(0);
    expect(console.text).toContain("nothing is left of a preview of pull request 42 of summit (pr-42)");
    expect(stacks.calls).toEqual(["destroy summit-preview-42", "destroy summit-preview-42"]);
  });

  test("works when the namespace was deleted by hand", async () => {
    stacks.states.add("summit-preview-42");
    expect(await down()).toBe(0);
    expect(stacks.states.size).toBe(0);
  });

  test("works when the state was lost: the namespace says whose it is, and goes", async () => {
    cluster.add(previewMetadata(42), 1);
    cluster.lingers = 3;
    expect(await down()).toBe(0);
    expect(cluster.changes).toEqual(["delete pr-42"]);
    expect(console.json).toMatchObject({
      status: "removed",
      notes: ["the namespace pr-42 was removed by itself: Terraform's state did not know it, or could not"],
    });
  });

  test("works when a half-made release can't be uninstalled: all of it goes with the namespace, and then from the state", async () => {
    made();
    stacks.failures = [new StackError("uninstall: Release not loaded")];
    expect(await down()).toBe(0);
    expect(stacks.calls).toHaveLength(2);
    expect(stacks.states.size).toBe(0);
    expect(cluster.namespaces.size).toBe(0);
    expect(console.json).toMatchObject({
      notes: [
        expect.stringContaining("could not be removed one by one: uninstall: Release not loaded"),
        expect.anything(),
      ],
    });
  });

  test("waits for one that is being deleted already", async () => {
    cluster.add({ ...previewMetadata(42), deletionTimestamp: "2026-03-01T12:00:00Z" });
    cluster.lingers = 5;
    expect(await down()).toBe(0);
    expect(cluster.changes).toEqual([]);
    expect(cluster.namespaces.size).toBe(0);
  });

  test("says so when a namespace doesn't go", async () => {
    cluster.add(previewMetadata(42), 1);
    cluster.lingers = Number.POSITIVE_INFINITY;
    await expect(down()).rejects.toThrow(
      "the namespace pr-42 is being deleted for 300 s and still there\nits status says what it waits for: kubectl",
    );
  });

  test("says so when the state still holds something: a further run goes on", async () => {
    made();
    stacks.failures = [new StackError("no backend"), new StackError("still no backend")];
    await expect(down()).rejects.toThrow(
      'the namespace pr-42 is gone, but the state of the stack "summit-preview-42" still holds something of it\nstill no backend\nrun the command again',
    );
    expect(await down()).toBe(0);
  });

  test("touches nothing while somebody else works on it", async () => {
    made();
    stacks.failures = [new StackError("Error: Error acquiring the state lock")];
    await expect(down()).rejects.toThrow("Error acquiring the state lock");
    expect(cluster.changes).toEqual([]);
    expect(cluster.namespaces.size).toBe(1);
  });

  test("refuses a namespace that is no preview of Gatehouse's, and says so", async () => {
    cluster.add({ name: "pr-42", labels: { team: "data" } });
    stacks.states.add("summit-preview-42");
    await expect(down()).rejects.toThrow(
      "the namespace pr-42 is not the preview of pull request 42 of summit: it has no label gatehouse.dev/kind",
    );
    expect(stacks.calls).toEqual([]);
    expect(cluster.namespaces.size).toBe(1);
  });

  test("keeps the state while the cluster is away", async () => {
    made();
    cluster.away = true;
    await expect(down()).rejects.toThrow(ClusterProblem);
    expect(stacks.calls).toEqual([]);
    expect(stacks.states.size).toBe(1);
  });

  test("refuses what is no pull request", async () => {
    await expect(down({ pr: "1; rm -rf" })).rejects.toThrow('--pr "1; rm -rf" is no pull request');
    expect(stacks.calls).toEqual([]);
  });
});

describe("the comment on the pull request", () => {
  const comments = "GET /repos/openclaw/summit/issues/42/comments?per_page=100&page=1";
  async function with_(answers: Answers): Promise<number> {
    made();
    github = await GithubServer.answering(answers);
    return down();
  }

  test("says that the preview is removed", async () => {
    const ours = { id: 7, body: "<!-- gatehouse:preview -->\n", user: { type: "Bot" } };
    const patch = "PATCH /repos/openclaw/summit/issues/comments/7";
    expect(await with_({ [comments]: { body: [ours] }, [patch]: { body: {} } })).toBe(0);
    expect(github?.written).toMatchObject([
      { body: { body: "<!-- gatehouse:preview -->\n## Preview: removed\n\nby gatehouse preview down.\n" } },
    ]);
  });

  test("is not begun for one that nobody was told of, and its failure hides nothing", async () => {
    expect(await with_({ [comments]: { body: [] } })).toBe(0);
    expect(github?.written).toEqual([]);
    await github?.close();
    console = new RecordingConsole();
    expect(await with_({})).toBe(0);
    expect(console.json).toMatchObject({ status: "removed", comment: { status: "failed" } });
  });
});
