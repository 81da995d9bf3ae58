import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drift } from "../../operations/drift";
import { deployAll } from "../../operations/sandbox-run";
import { openSession, type SandboxSession } from "../../operations/sandbox-session";
import { findTerraform } from "../../operations/terraform";
import { posFleet } from "../declaration/fixture";
import { describeWithTerraform } from "../support/programs";
import { RecordingConsole } from "./recording-console";

const fleet = posFleet();

interface Result {
  readonly stacks: readonly {
    readonly stack: string;
    readonly status: string;
    readonly reason?: string;
    readonly changes: readonly {
      readonly address: string;
      readonly changedOutside: boolean;
      readonly attributes: readonly object[];
    }[];
  }[];
}

describeWithTerraform("gatehouse drift", () => {
  let root: string;
  let session: SandboxSession;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
    session = await openSession(fleet, await findTerraform(process.env), {
      keepIn: join(root, "kept"),
      environment: process.env,
    });
    await deployAll(session, session.stacks, new RecordingConsole());
  });
  afterAll(async () => {
    await session.close();
    rmSync(root, { recursive: true, force: true });
  });

  async function read(options: object = {}): Promise<{ code: number; console: RecordingConsole }> {
    const console = new RecordingConsole();
    const environment = { ...session.runner.environment, GATEHOUSE_STATE_DIRECTORY: join(root, "kept/state") };
    const code = await drift(fleet, { format: "json", environment, outdir: join(root, "out"), ...options }, console);
    return { code, console };
  }

  it("answers 0 when everything is as declared", async () => {
    const { code, console } = await read();
    expect(code).toBe(0);
    expect((console.json as Result).stacks.map(({ status }) => status)).toEqual(Array(5).fill("same"));
    expect(console.progressed).toHaveLength(5);
  });

  it("answers 2 and shows address, path, declared and found when somebody changed something", async () => {
    const repository = session.sandbox.world
      .list("github_repository")
      .find(({ attributes }) => attributes.name === "openclaw-pos");
    if (repository === undefined) throw new Error("no repository in the sandbox");
    session.sandbox.world.edit(repository.type, repository.id, (attributes) => ({
      ...attributes,
      allow_merge_commit: true,
    }));
    const { code, console } = await read({ service: "openclaw-pos" });
    expect(code).toBe(2);
    const differing = (console.json as Result).stacks.filter(({ status }) => status === "differs");
    expect(differing).toEqual([
      expect.objectContaining({
        stack: "openclaw-pos-repository",
        changes: [
          expect.objectContaining({
            address: "github_repository.repository",
            changedOutside: true,
            attributes: [{ path: "allow_merge_commit", found: true, declared: false }],
          }),
        ],
      }),
    ]);
    const markdown = await read({ format: "markdown" });
    expect(markdown.console.text).toContain("| `openclaw-pos-repository` | **1 differ** |");
    expect(markdown.console.text).toContain("<code>allow&#95;merge&#95;commit</code>");
    session.sandbox.world.edit(repository.type, repository.id, (attributes) => ({
      ...attributes,
      allow_merge_commit: false,
    }));
  });

  it("says that a thing is gone when somebody removed it", async () => {
    const label = session.sandbox.world
      .list("github_issue_label")
      .find(({ attributes }) => attributes.name === "incident");
    if (label === undefined) throw new Error("no label in the sandbox");
    session.sandbox.world.remove(label.type, label.id);
    const { code, console } = await read({ format: "text" });
    expect(code).toBe(2);
    expect(console.text).toMatch(/openclaw-pos-repository: 1 of its resources differ/);
    expect(console.text).toMatch(/create .*changed outside/);
    session.sandbox.world.create(label.type, label.id, label.attributes);
  });

  it("answers 1 when a stack can't be seen: that is never 'no drift', and hides no other stack", async () => {
    const environment = { ...session.runner.environment, GATEHOUSE_STATE_DIRECTORY: "/dev/null/nowhere" };
    const { code, console } = await read({ environment, stage: "staging" });
    expect(code).toBe(1);
    expect((console.json as Result).stacks).toEqual([
      expect.objectContaining({ stack: "openclaw-pos-staging", status: "unseen" }),
    ]);
    expect((console.json as Result).stacks[0]?.reason).toContain('of the stack "openclaw-pos-staging" failed');
  });

  it("in CI with local state sees nothing: the stacks refuse", async () => {
    const environment = {
      ...session.runner.environment,
      GATEHOUSE_STATE_DIRECTORY: join(root, "kept/state"),
      CI: "true",
      TF_VAR_local_state_is_kept: "false",
    };
    const { code, console } = await read({ environment, stage: "staging" });
    expect(code).toBe(1);
    expect((console.json as Result).stacks[0]?.reason?.replace(/\s+/g, " ")).toContain(
      "This run is in CI (CI is set) and the state is local: it would be lost with the runner",
    );
  });
});
