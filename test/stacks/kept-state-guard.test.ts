import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StateBackend } from "../../declaration/state-backend";
import { GatehouseStack } from "../../stacks/gatehouse-stack";
import { describeWith } from "../support/programs";
import { stackNamed, stacksOf } from "./synthesized-fleet";

/** A stack without providers or resources, as it is synthesized in CI. */
function synthesizedInCi(state: StateBackend) {
  const stacks = stacksOf((app) => {
    new GatehouseStack(app, "empty", state, { ephemeral: true });
  });
  return stackNamed(stacks, "empty").json;
}

describe("a stack whose state would be lost with the machine", () => {
  test("says so in a variable that only its validation reads", () => {
    expect(synthesizedInCi({ kind: "local" }).variable).toEqual({
      local_state_is_kept: {
        type: "bool",
        default: false,
        description: "The local state outlives this run",
        validation: [
          { condition: "${var.local_state_is_kept}", error_message: expect.stringContaining("would be lost") },
        ],
      },
    });
  });

  test("is not guarded when its state lies elsewhere", () => {
    expect(synthesizedInCi({ kind: "s3", bucket: "states", region: "auto" }).variable).toBeUndefined();
  });

  test("is guarded when the run keeps states in a directory, whatever is declared", () => {
    const stacks = stacksOf((app) => {
      new GatehouseStack(app, "empty", { kind: "pg" }, { ephemeral: true, localStateDirectory: "/states" });
    });
    expect(stackNamed(stacks, "empty").json.variable).toHaveProperty("local_state_is_kept");
  });
});

describeWith(["terraform"], "Terraform itself refuses a run in CI with local state", () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "gatehouse-state-"));
    const json = synthesizedInCi({ kind: "local" });
    const backend = { local: { path: join(directory, "empty.tfstate") } };
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ ...json, terraform: { backend } }));
    expect(terraform("init").status).toBe(0);
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** Terraform in the stack's directory, with nothing of this machine's own configuration. */
  function terraform(verb: string, variables: Readonly<Record<string, string>> = {}) {
    const configuration = join(directory, "terraform.rc");
    writeFileSync(configuration, "");
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: configuration, ...variables };
    const { status, stdout, stderr } = spawnSync("terraform", [verb, "-input=false", "-no-color"], {
      cwd: directory,
      env,
      encoding: "utf8",
    });
    // Terraform frames and wraps its messages.
    return { status, said: `${stdout}\n${stderr}`.replace(/[│╷╵\s]+/g, " ") };
  }

  test("a plan is refused, with what to do", () => {
    const { status, said } = terraform("plan");
    expect(status).toBe(1);
    expect(said).toContain(
      "This run is in CI (CI is set) and the state is local: it would be lost with the runner, and the next run would create everything again.",
    );
    expect(said).toContain("Set state in services/organization.ts to s3, pg or cloud.");
    expect(said).toContain(
      "If the directory .gatehouse/state does outlive the run, say so: TF_VAR_local_state_is_kept=true.",
    );
  });

  test("a deploy is refused too", () => {
    expect(terraform("apply").said).toContain("would be lost with the runner");
  });

  test("a plan is made when somebody says that the state is kept", () => {
    const { status, said } = terraform("plan", { TF_VAR_local_state_is_kept: "true" });
    expect([status, said]).toEqual([0, expect.stringContaining("No changes.")]);
  });
});
