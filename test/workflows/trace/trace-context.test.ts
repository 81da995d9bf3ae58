import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deliveryTraceId } from "../../../declaration/delivery-trace";
import { organization } from "../../../services/organization";
import { traceContextScript } from "../../../workflows/trace/trace-context-script";
import { TRACE_FUNCTIONS } from "../../../workflows/trace/trace-functions";
import { describeWith } from "../../support/programs";
import { summit } from "../cluster/train-jobs";

const COMMIT = "a".repeat(40);
const RUN = { GITHUB_RUN_ID: "7", GITHUB_RUN_ATTEMPT: "1", GITHUB_JOB: "build" };

describe("the trace of a change", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "gatehouse-trace-"));
    writeFileSync(join(directory, "trace-context.sh"), traceContextScript(summit, organization).content);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function run(env: Readonly<Record<string, string>>) {
    const options = { env: { PATH: process.env.PATH ?? "", COMMIT, ...RUN, ...env }, encoding: "utf8" } as const;
    return spawnSync("bash", [join(directory, "trace-context.sh")], options);
  }
  function said(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const { status, stdout, stderr } = run(env);
    expect([status, stderr]).toEqual([0, ""]);
    const lines = stdout.trim().split("\n");
    return Object.fromEntries(lines.map((line) => [line.split("=", 1)[0], line.slice(line.indexOf("=") + 1)]));
  }

  test("is the same for a pull request, and for the squash merge that came of it", () => {
    const trace = deliveryTraceId("openclaw/summit", { pullRequest: 42 });
    const asked = said({ EVENT: "pull_request", PULL_REQUEST: "42" });
    const merged = said({ EVENT: "push", MESSAGE: "feat: pay by card (#42)\n\nSee (#7).", COMMIT: "b".repeat(40) });
    expect(asked["trace-id"]).toBe(trace);
    expect(merged["trace-id"]).toBe(trace);
    expect(merged.attributes).toBe(
      `vcs.change.id=42,vcs.ref.head.revision=${"b".repeat(40)},gatehouse.delivery.trace_id=${trace}`,
    );
  });

  test("is that of the commit where no pull request is named", () => {
    const trace = deliveryTraceId("openclaw/summit", { commit: COMMIT });
    expect(said({ EVENT: "push", MESSAGE: "feat: straight" })).toMatchObject({ change: "", "trace-id": trace });
    // GitHub names none for a pull request from a fork.
    expect(said({ EVENT: "pull_request", PULL_REQUEST: "", MESSAGE: "x (#9)" })).toMatchObject({ "trace-id": trace });
  });

  test("is another one in another repository", () => {
    const change = { pullRequest: 42 };
    expect(deliveryTraceId("openclaw/summit", change)).not.toBe(deliveryTraceId("openclaw/maestro", change));
  });

  test("has a place for each job of each attempt of a run, in the form of the W3C", () => {
    const places = [{}, { GITHUB_JOB: "deploy-prod" }, { GITHUB_RUN_ATTEMPT: "2" }, { GITHUB_RUN_ID: "8" }].map(
      (env) => said({ EVENT: "pull_request", PULL_REQUEST: "42", ...env }).traceparent ?? "",
    );
    for (const place of places) expect(place).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(new Set(places).size).toBe(4);
    expect(new Set(places.map((place) => place.split("-")[1])).size).toBe(1);
    expect(said({ EVENT: "pull_request", PULL_REQUEST: "42" }).traceparent).toBe(places[0]);
  });

  test("is never all zeros, which the W3C doesn't allow", () => {
    const script = `${TRACE_FUNCTIONS.replaceAll("$\\{", "${")}\nnot_zero 0000; echo; not_zero 0100`;
    expect(spawnSync("bash", ["-c", script], { encoding: "utf8" }).stdout).toBe("0001\n0100");
  });

  test("takes nothing out of a message but a number, whatever stands there", () => {
    const { change, attributes } = said({ EVENT: "push", MESSAGE: "$(id) `id` a=b,c=d\nattributes=evil (#1)" });
    expect(change).toBe("");
    expect(attributes).not.toContain("evil");
  });

  test.each([
    [
      { EVENT: "pull_request", PULL_REQUEST: "42; id" },
      "the number of the pull request is 42\\;\\ id; expected one, or nothing",
    ],
    [{ COMMIT: "main" }, "the commit is main; expected 40 hexadecimal digits"],
    [{ GITHUB_RUN_ID: "" }, "the variable GITHUB_RUN_ID is ''; expected the number of the run; GitHub sets it"],
  ])("is not made of %j", (env, message) => {
    const { status, stdout } = run(env);
    expect(status).toBe(1);
    expect(stdout).toBe(`::error::${message}${message.endsWith("sets it") ? "" : "; the workflow sets it"}\n`);
  });
});

describeWith(["shellcheck"], "scripts/trace-context.sh", () => {
  test("is clean", () => {
    const { content } = traceContextScript(summit, organization);
    expect(spawnSync("shellcheck", ["--shell", "bash", "-"], { input: content, encoding: "utf8" }).stdout).toBe("");
  });
});
