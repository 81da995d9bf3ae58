import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { organization } from "../../../services/organization";
import { summit } from "../../../services/summit";
import { PREVIEW_ASK_SCRIPT } from "../../../workflows/preview/preview-ask-script";
import { previewFiles } from "../../../workflows/preview/preview-files";
import { describeWith } from "../../support/programs";
import { GithubStandIn } from "./github-stand-in";

const SHA = "a".repeat(40);
const DIGEST = `sha256:${"0".repeat(64)}`;
const RUN_TOKEN = "token-of-the-run";
const TOKEN = "token-that-starts-previews";

function zipOf(entries: Readonly<Record<string, string>>): Buffer {
  const program =
    "import io, json, sys, zipfile\nout = io.BytesIO()\nwith zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:\n  for name, content in json.load(sys.stdin).items(): z.writestr(name, content)\nsys.stdout.buffer.write(out.getvalue())";
  return execFileSync("python3", ["-c", program], { input: JSON.stringify(entries) });
}

describeWith(["curl", "jq", "unzip", "python3"], "preview-ask.sh", () => {
  let github: GithubStandIn;
  let directory: string;

  beforeEach(async () => {
    github = new GithubStandIn("openclaw/summit");
    await github.start();
    directory = mkdtempSync(join(tmpdir(), "gatehouse-preview-"));
    const script = previewFiles(summit, organization).find(({ path }) => path === PREVIEW_ASK_SCRIPT);
    writeFileSync(join(directory, "ask.sh"), script?.content ?? "");
    // Curl itself, with its arguments written down: no token may stand among them.
    writeFileSync(
      join(directory, "curl"),
      `#!/bin/sh\nprintf '%s\\n' "$*" >>"${directory}/calls"\nPATH="$REAL_PATH" exec curl "$@"\n`,
    );
    chmodSync(join(directory, "curl"), 0o755);
    github.artifacts.set(5, { zip: zipOf({ digest: `${DIGEST}\n` }) });
  });
  afterEach(async () => {
    await github.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function ask(env: Readonly<Record<string, string>> = {}) {
    const child = spawn("bash", [join(directory, "ask.sh")], {
      cwd: directory,
      env: {
        PATH: `${directory}:${process.env.PATH}`,
        REAL_PATH: process.env.PATH,
        GITHUB_API_URL: github.url,
        GITHUB_REPOSITORY: "openclaw/summit",
        GH_TOKEN: RUN_TOKEN,
        DISPATCH_TOKEN: TOKEN,
        RUN_ID: "77",
        HEAD_SHA: SHA,
        HEAD_BRANCH: "feat/a&b",
        ...env,
      },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        output += data;
      });
    }
    const code = await new Promise<number>((done) => child.on("close", (status) => done(status ?? -1)));
    return { code, output };
  }

  test("asks for the preview of the open pull request that has the commit, with the digest that was kept", async () => {
    github.pulls.push({ number: 42, state: "open", sha: SHA });
    expect(await ask()).toEqual({ code: 0, output: "asked openclaw/gatehouse: up, pull request 42\n" });
    expect(github.dispatched).toEqual([
      {
        method: "POST",
        path: "/repos/openclaw/gatehouse/actions/workflows/previews.yml/dispatches",
        authorization: `Bearer ${TOKEN}`,
        body: { ref: "main", inputs: { service: "summit", action: "up", "pull-request": "42", digest: DIGEST } },
      },
    ]);
  });

  test("asks for the removal of the preview of a closed one, whatever the run has kept", async () => {
    github.pulls.push({ number: 42, state: "closed", sha: SHA });
    github.artifacts.clear();
    expect((await ask()).code).toBe(0);
    expect(github.dispatched.map(({ body }) => body)).toEqual([
      { ref: "main", inputs: { service: "summit", action: "down", "pull-request": "42" } },
    ]);
  });

  test("asks for nothing when a newer commit was pushed: the newest wins", async () => {
    github.pulls.push({ number: 42, state: "open", sha: "b".repeat(40) });
    const { code, output } = await ask();
    expect(output).toContain("is the newest commit of no pull request to main");
    expect([code, github.dispatched]).toEqual([0, []]);
  });

  test("asks for nothing for a fork, or for a pull request to another branch", async () => {
    github.pulls.push(
      { number: 1, state: "open", sha: SHA, from: "somebody/summit" },
      { number: 2, state: "open", sha: SHA, into: "release" },
    );
    expect((await ask()).code).toBe(0);
    expect(github.dispatched).toEqual([]);
  });

  test("a pull request that was opened again waits for the run that builds its image", async () => {
    github.pulls.push({ number: 42, state: "open", sha: SHA });
    github.artifacts.clear();
    const { code, output } = await ask();
    expect(output).toContain("run 77 built no image");
    expect([code, github.dispatched]).toEqual([0, []]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ["a tag", { digest: "latest" }],
    ["a digest with something behind it", { digest: `${DIGEST}; curl x` }],
    ["two lines", { digest: `${DIGEST}\n--pull-request=1` }],
    ["a digest in capitals", { digest: DIGEST.toUpperCase() }],
    ["a gigabyte's beginning", { digest: "0".repeat(200_000) }],
    ["another file", { "../digest": DIGEST }],
  ])("refuses %s in place of a digest", async (_what, entries) => {
    github.pulls.push({ number: 42, state: "open", sha: SHA });
    github.artifacts.set(5, { zip: zipOf(entries) });
    const { code, output } = await ask();
    expect(output).toContain("run 77 kept something else than a digest; nothing is deployed");
    expect([code, github.dispatched]).toEqual([1, []]);
  });

  test("takes neither an artifact that is expired nor one that is large", async () => {
    github.pulls.push({ number: 42, state: "open", sha: SHA });
    const zip = zipOf({ digest: DIGEST });
    github.artifacts.clear();
    github.artifacts.set(5, { zip, size: 100_000 });
    github.artifacts.set(6, { zip, expired: true });
    expect((await ask()).output).toContain("built no image");
    expect(github.dispatched).toEqual([]);
  });

  test("says what the token must be allowed when the platform's repository refuses", async () => {
    github.pulls.push({ number: 42, state: "open", sha: SHA });
    github.dispatch = [403, "Resource not accessible by personal access token"];
    const { code, output } = await ask();
    expect(output).toContain(
      "::error::openclaw/gatehouse did not take it (HTTP 403, Resource not accessible by personal access token); PREVIEWS_TOKEN must be a token with Actions: write there",
    );
    expect(code).toBe(1);
  });

  test("shows no token to the storage behind GitHub, to another process or to the log", async () => {
    github.pulls.push({ number: 42, state: "open", sha: SHA });
    const { output } = await ask();
    const storage = github.asked.filter(({ path }) => path === "/5");
    expect(storage).toEqual([expect.objectContaining({ authorization: undefined })]);
    const calls = readFileSync(join(directory, "calls"), "utf8");
    expect(calls).toContain("/dispatches");
    for (const token of [RUN_TOKEN, TOKEN]) expect(`${calls}${output}`).not.toContain(token);
    expect(github.asked.filter(({ authorization }) => authorization === `Bearer ${TOKEN}`)).toHaveLength(1);
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ["a run that is no number", { RUN_ID: "7/../8" }, "RUN_ID is not a number"],
    ["half a commit", { HEAD_SHA: "abc" }, "HEAD_SHA is not 40 hexadecimal digits"],
    ["an empty secret", { DISPATCH_TOKEN: "" }, "the secret PREVIEWS_TOKEN is empty in this environment"],
    ["a token of two lines", { DISPATCH_TOKEN: "a\nX-Other: b" }, "PREVIEWS_TOKEN has white space in it"],
    ["an API without TLS", { GITHUB_API_URL: "http://api.github.example" }, "GITHUB_API_URL must begin with https://"],
    [
      "another repository",
      { GITHUB_REPOSITORY: "openclaw/other" },
      "the pull requests can't be read (HTTP 404, Not Found)",
    ],
  ])("refuses %s", async (_what, env, message) => {
    const { code, output } = await ask(env);
    expect(output).toContain(message);
    expect(code).not.toBe(0);
    expect(github.dispatched).toEqual([]);
  });
});
