import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import type { Service } from "../../../declaration/service";
import { hotdash } from "../../../services/hotdash";
import { flyFiles } from "../../../workflows/fly/fly-files";
import { flyPreviewWorkflows } from "../../../workflows/fly/preview-workflows";
import { changed, REMOVED } from "../../declaration/change";
import { FlyBench } from "./fly-bench";
import { PullRequests } from "./pull-requests";

const SECRETS = Object.fromEntries(hotdash.fly.secrets.map((key) => [key, `value of ${key}`]));
const MARKER = "<!-- gatehouse:preview -->";

describe("fly-preview.sh: a preview for each pull request (HOT-2)", () => {
  let bench: FlyBench;
  let github: PullRequests;
  let commit: string;

  beforeEach(async () => {
    bench = new FlyBench([...flyFiles(hotdash), { path: "Dockerfile", content: "FROM scratch\n", executable: false }]);
    github = new PullRequests("openclaw/hotdash");
    await Promise.all([bench.start(), github.start()]);
    commit = bench.git("rev-parse", "HEAD");
    github.pulls.push({ number: 7, state: "open", sha: commit });
    bench.write(
      "fake/apps.json",
      JSON.stringify([{ Name: "hotdash-pr-12" }, { Name: "hotdash-pr-x" }, { Name: "other" }]),
    );
  });

  afterEach(() => Promise.all([bench.stop(), github.stop()]));

  const run = (action: string, env: NodeJS.ProcessEnv = {}) =>
    bench.run("scripts/fly-preview.sh", [action], {
      GITHUB_REPOSITORY: "openclaw/hotdash",
      GITHUB_API_URL: github.url,
      GH_TOKEN: "token-of-the-run",
      HEAD_SHA: commit,
      HEAD_BRANCH: "feat/a&b",
      NUMBER: "7",
      SOURCE: bench.source,
      RUN_URL: "https://github.com/openclaw/hotdash/actions/runs/1",
      ...SECRETS,
      ...env,
    });

  describe("find", () => {
    test("names the pull request of the commit, and its state", async () => {
      expect((await run("find")).code).toBe(0);
      expect(bench.read("fake/output")).toBe("number=7\nstate=open\n");
    });

    test("a fork's commit, and one that is the newest of no pull request, get nothing", async () => {
      github.pulls.splice(0, 1, { number: 7, state: "open", sha: commit, from: "somebody/hotdash" });
      const { code, output } = await run("find");
      expect({ code, output }).toEqual({
        code: 0,
        output: expect.stringContaining("is the newest commit of no pull request to main"),
      });
      expect(bench.read("fake/output")).toBe("");
    });
  });

  describe("up", () => {
    test("makes the app, sets the secrets, deploys with the settings of main, and says where it is", async () => {
      const { code, output } = await run("up");
      expect({ code, output }).toEqual({
        code: 0,
        output: `✓ hotdash-pr-7 runs ${commit}, and is well at ${bench.url}\n`,
      });
      expect(bench.calls("flyctl")).toEqual([
        "apps list --org openclaw-previews --json",
        "apps create hotdash-pr-7 --org openclaw-previews",
        "secrets import --stage --app hotdash-pr-7",
        expect.stringContaining(
          `deploy ${bench.source} --config ${bench.source}/fly.preview.toml --app hotdash-pr-7 --ha=false --yes --remote-only --dockerfile ${bench.source}/Dockerfile --image-label ${commit}`,
        ),
      ]);
      expect(github.said(7)).toEqual([expect.stringMatching(new RegExp(`^${MARKER}\n## Preview: ready\n`))]);
      expect(github.said(7)[0]).toContain(bench.url);
      expect(bench.read("fake/output")).toBe(`url=${bench.url}\n`);
      for (const secret of [...Object.values(SECRETS), "token-of-the-run"]) {
        expect(bench.read("fake/calls")).not.toContain(secret);
        expect(github.said(7).join()).not.toContain(secret);
      }
    });

    test("a preview that there is is brought up to date, and its comment too: there is one", async () => {
      bench.write("fake/apps.json", JSON.stringify([{ Name: "hotdash-pr-7" }]));
      const people = Array.from({ length: 100 }, (_, id) => ({
        id,
        user: { type: "User" },
        body: `${MARKER} said a person`,
      }));
      github.comments.set(7, [...people, { id: 500, user: { type: "Bot" }, body: `${MARKER}\nbefore` }]);
      expect((await run("up")).code).toBe(0);
      expect(bench.calls("flyctl").join()).not.toContain("apps create");
      expect(github.said(7)).toHaveLength(101);
      expect(github.said(7)[100]).toContain("## Preview: ready");
    });

    test("asks for its health five times, ten seconds apart, and says on the pull request that it failed", async () => {
      bench.health = 503;
      const { code, output } = await run("up");
      expect(code).toBe(1);
      expect(output).toContain(
        `::error::hotdash-pr-7 runs ${commit}, and is not well: ${bench.url}/health answers 503`,
      );
      expect(bench.calls("sleep")).toEqual(["10", "10", "10", "10"]);
      expect(github.said(7)).toEqual([expect.stringContaining("## Preview: failed")]);
      expect(github.said(7)[0]).toContain("actions/runs/1");
    });

    test.each([
      ["fail-apps", "The apps of openclaw-previews can't be listed: Error: unauthorized"],
      ["fail-secrets", "The secrets could not be set in hotdash-pr-7"],
      ["fail-deploy", "The deployment of "],
    ])("%s is said on the pull request", async (file, expected) => {
      bench.write(`fake/${file}`, "Error: unauthorized\n");
      const { code, output } = await run("up");
      expect(code).toBe(1);
      expect(output).toContain(`::error::${expected}`);
      expect(github.said(7)).toEqual([expect.stringContaining(expected)]);
    });

    test.each([
      ["closed", { state: "closed" }],
      ["at a newer commit", { sha: "b".repeat(40) }],
      ["from a fork", { from: "somebody/hotdash" }],
    ] as const)("a pull request that is %s by now is left alone", async (_what, change) => {
      github.pulls.splice(0, 1, { number: 7, state: "open", sha: commit, ...change });
      expect(await run("up")).toEqual({ code: 0, output: expect.stringContaining("nothing to do for") });
      expect(bench.calls("flyctl")).toEqual([]);
    });

    test("a Dockerfile that leads out of the working copy is refused: what lies there is not the pull request's", async () => {
      bench.git("rm", "--quiet", "Dockerfile");
      symlinkSync("/proc/self/environ", join(bench.source, "Dockerfile"));
      expect((await run("up")).output).toContain("There is no Dockerfile in this commit");
      expect(bench.calls("flyctl")).toEqual([]);
    });
  });

  describe("down and sweep", () => {
    test("the preview of a closed pull request is destroyed, and the comment says so; none is made for it", async () => {
      github.pulls.splice(0, 1, { number: 7, state: "closed", sha: commit });
      bench.write("fake/apps.json", JSON.stringify([{ Name: "hotdash-pr-7" }]));
      expect(await run("down")).toEqual({ code: 0, output: "hotdash-pr-7 is destroyed: The pull request is closed\n" });
      expect(bench.calls("flyctl")).toContain("apps destroy hotdash-pr-7 --yes");
      expect(github.said(7)).toEqual([]);
      github.comments.set(7, [{ id: 1, user: { type: "Bot" }, body: `${MARKER}\nready` }]);
      await run("down");
      expect(github.said(7)).toEqual([`${MARKER}\n## Preview: removed\n\nThe pull request is closed.\n`]);
    });

    test("one that was opened again meanwhile stays", async () => {
      expect((await run("down")).output).toBe("pull request 7 is open again: its preview stays\n");
      expect(bench.calls("flyctl")).toEqual([]);
    });

    test("the sweep destroys what belongs to closed pull requests, and to none; nothing else of the organization", async () => {
      github.pulls.push({ number: 12, state: "closed", sha: "c".repeat(40) });
      const apps = ["hotdash-pr-7", "hotdash-pr-12", "hotdash-pr-13", "hotdash-pr-x", "hotdash-pr-07", "other-pr-12"];
      bench.write("fake/apps.json", JSON.stringify(apps.map((Name) => ({ Name }))));
      expect((await run("sweep")).code).toBe(0);
      expect(bench.calls("flyctl").filter((call) => call.startsWith("apps destroy"))).toEqual([
        "apps destroy hotdash-pr-12 --yes",
        "apps destroy hotdash-pr-13 --yes",
      ]);
    });

    test("while GitHub doesn't answer nothing is destroyed", async () => {
      github.broken = 403;
      const { code, output } = await run("sweep");
      expect(code).toBe(1);
      expect(output).toContain(
        "pull request 12 can't be read (HTTP 403, Something is wrong); nothing more was destroyed",
      );
      expect(bench.calls("flyctl").join()).not.toContain("destroy");
    });
  });

  test("another action is refused", async () => {
    expect(await run("away")).toEqual({ code: 1, output: "::error::expected find, up, down or sweep\n" });
  });
});

describe("the workflows of previews on Fly", () => {
  const [request, preview, sweep] = flyPreviewWorkflows(hotdash);

  test("what a pull request starts runs nothing and may nothing; what has secrets runs the code of main, for no fork", () => {
    expect(request?.jobs["preview-requested"]).toMatchObject({ permissions: {}, steps: [{ run: "echo requested" }] });
    expect(Object.keys(preview?.triggers ?? {})).toEqual(["workflowRun"]);
    expect(preview?.jobs.preview?.if).toContain("head_repository.full_name == github.repository");
    expect(preview?.concurrency?.cancelInProgress).toBe(true);
    expect(sweep?.triggers.schedule).toHaveLength(1);
  });

  test("the settings: no Machine must run, idle connections are closed after 5 minutes, no migration runs", () => {
    const file = flyFiles(hotdash).find(({ path }) => path === "fly.preview.toml");
    const read = parse(file?.content ?? "");
    expect(read).toMatchObject({
      services: [
        {
          auto_stop_machines: "stop",
          min_machines_running: 0,
          ports: [{ http_options: { idle_timeout: 300 } }, { http_options: { idle_timeout: 300 } }],
        },
      ],
    });
    expect(read).not.toHaveProperty("app");
    expect(read).not.toHaveProperty("experimental");
    expect(read).not.toHaveProperty("deploy.release_command");
  });

  test("without previews there is none of it", () => {
    const without = changed<Service>(hotdash, { "fly.previews": REMOVED });
    expect(flyPreviewWorkflows(without)).toEqual([]);
    expect(flyFiles(without).map(({ path }) => path)).not.toContain("docs/previews.md");
  });
});
