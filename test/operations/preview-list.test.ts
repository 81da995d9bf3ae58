import { KUBERNETES } from "../../declaration/cluster-names";
import { medianOf, type PreviewListOptions, previewList } from "../../operations/preview-list";
import { annotated } from "../../operations/preview-record";
import { HOUR, NOON, PlayedClock, PlayedCluster, PlayedStacks, previewMetadata, summitFleet } from "./preview-world";
import { RecordingConsole } from "./recording-console";

let cluster: PlayedCluster;
let console: RecordingConsole;
beforeEach(() => {
  cluster = new PlayedCluster();
  console = new RecordingConsole();
});

function list(options: Partial<PreviewListOptions> = {}): Promise<number> {
  const stacks = new PlayedStacks(cluster);
  const common = { root: "/nowhere", environment: {}, clock: new PlayedClock(), clusters: () => cluster, stacks };
  return previewList(summitFleet(), { ...common, ...options }, console);
}

describe("gatehouse preview list", () => {
  test("shows each preview with its address, age, expiry, state and how long it took", async () => {
    cluster.add(previewMetadata(42), 1);
    cluster.add(previewMetadata(7, { [KUBERNETES.expiresAt]: annotated(NOON - 1) }), 0);
    cluster.add(previewMetadata(8, { [KUBERNETES.readySeconds]: undefined }));
    expect(await list()).toBe(0);
    const rows = console.text.split("\n").map((line) => line.split(/\s*│\s*/).slice(1, -1));
    expect(rows.filter(([service]) => service === "summit")).toEqual([
      ["summit", "42", "https://pr-42.preview.example.com/", "1 h 0 min", "2 d 23 h", "awake", "74 s"],
      ["summit", "7", "https://pr-7.preview.example.com/", "1 h 0 min", "past due", "asleep", "74 s"],
      ["summit", "8", "https://pr-8.preview.example.com/", "1 h 0 min", "2 d 23 h", "made in part", "never yet"],
    ]);
    expect(console.text).toContain("3 previews");
  });

  test("says whether the median is under ten minutes (MAE-8)", async () => {
    cluster.add(previewMetadata(1, { [KUBERNETES.readySeconds]: "60" }), 1);
    cluster.add(previewMetadata(2, { [KUBERNETES.readySeconds]: "90" }), 1);
    cluster.add(previewMetadata(3, { [KUBERNETES.readySeconds]: "9000" }), 1);
    await list();
    expect(console.text).toContain("median time until ready: 90 s (under 10 minutes)");
    cluster.remove("pr-1");
    cluster.remove("pr-2");
    console = new RecordingConsole();
    await list();
    expect(console.text).toContain("median time until ready: 9000 s (not under 10 minutes)");
  });

  test("gives all of it as JSON", async () => {
    cluster.add(previewMetadata(42), 1);
    cluster.add({ name: "pr-99" });
    await list({ json: true });
    expect(console.json).toEqual({
      previews: [
        {
          service: "summit",
          pullRequest: 42,
          cluster: "eu-1",
          namespace: "pr-42",
          url: "https://pr-42.preview.example.com/",
          createdAt: annotated(NOON - HOUR),
          expiresAt: annotated(NOON + 71 * HOUR),
          usedAt: annotated(NOON - HOUR / 6),
          asleep: false,
          readySeconds: 74,
        },
      ],
      medianReadySeconds: 74,
      leftAlone: [
        {
          cluster: "eu-1",
          namespace: "pr-99",
          reason: "it has no label gatehouse.dev/kind: nothing says that Gatehouse made it",
          odd: false,
        },
      ],
      unseen: [],
    });
  });

  test("a cluster that can't be seen is said, and never 'no previews'", async () => {
    cluster.away = true;
    expect(await list()).toBe(1);
    expect(console.text).toBe("0 previews, as far as clusters could be seen");
    expect(console.progressed.join("\n")).toContain('could not see the cluster "eu-1": the cluster is away');
  });

  test("what somebody wrote into an annotation doesn't reach the terminal as it is", async () => {
    cluster.add(previewMetadata(42, { [KUBERNETES.expiresAt]: "\u001b[2J\u001b]0;owned\u0007" }), 1);
    await list();
    expect(console.text).toContain("\\u001b[2J");
    expect(console.text).not.toContain("\u001b]0");
  });

  test("an unknown service is refused", async () => {
    await expect(list({ service: "everest" })).rejects.toThrow('no service "everest" is declared');
  });
});

test("the median is the middle one, or the mean of the two in the middle", () => {
  expect(medianOf([])).toBeUndefined();
  expect(medianOf([100, 9, 30])).toBe(30);
  expect(medianOf([100, 9, 30, 40])).toBe(35);
});
