import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const GATEHOUSE = join(__dirname, "../../operations/gatehouse.js");

describe("the command gatehouse", () => {
  let cwd: string;
  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  });
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  const run = (...args: string[]) => spawnSync(process.execPath, [GATEHOUSE, ...args], { cwd, encoding: "utf8" });

  it("lists its verbs and exit codes", () => {
    const { status, stdout } = run("--help");
    expect(status).toBe(0);
    for (const verb of [
      "sandbox",
      "new",
      "check",
      "files",
      "drift",
      "secrets",
      "seal",
      "rotate",
      "overrides",
      "break-glass",
      "flags",
      "policy",
      "waiver",
      "audit",
    ])
      expect(stdout).toContain(`\n  ${verb} `);
    expect(stdout).toContain(
      "Exit codes: 0 fine; 1 could not do it, or a gate without a verdict; 2 did it, and found drift, an overdue rotation, an expired flag, a missed objective or a breach of a policy; 130 interrupted.",
    );
  });

  it("refuses a verb that it doesn't have, and says which was meant", () => {
    const { status, stderr } = run("drfit");
    expect(status).toBe(1);
    expect(stderr).toContain("unknown command 'drfit'");
    expect(stderr).toContain("(Did you mean drift?)");
  });

  it("refuses an option with a value that makes no sense", () => {
    const { status, stderr } = run("drift", "--parallel", "0");
    expect(status).toBe(1);
    expect(stderr).toContain("expected a whole number from 1 to 64");
  });

  it("refuses a role without a team, and a platform that it doesn't know", () => {
    expect(run("new", "demo", "--edge", "--owner", "security").stderr).toBe(
      "--owner security: expected a role and a team, such as security=secops\n",
    );
    expect(run("new", "demo", "--platform", "heroku").stderr).toContain("Allowed choices are railway, fly.");
  });

  it("says a failure in words, without a stack trace", () => {
    const { status, stderr } = run("files", "nobody", "--out", cwd);
    expect(status).toBe(1);
    expect(stderr).toBe(
      'no service "nobody" is declared\nexpected one of: openclaw-pos, relay, summit, maestro, hotdash; see services/fleet.ts\n',
    );
  });

  it("says how to run a command in the sandbox, to who forgot --shell", () => {
    const { status, stderr } = run("sandbox", "npx", "cdktf", "plan");
    expect(status).toBe(1);
    expect(stderr).toContain("to run a command in the sandbox: gatehouse sandbox --shell npx cdktf plan");
  });

  it("without Terraform says how to get one", () => {
    const { status, stderr } = spawnSync(process.execPath, [GATEHOUSE, "sandbox"], {
      cwd,
      encoding: "utf8",
      env: { PATH: cwd },
    });
    expect(status).toBe(1);
    expect(stderr).toContain(
      "Install Terraform 1.11 or newer (https://developer.hashicorp.com/terraform/install) or OpenTofu 1.10 or newer",
    );
  });

  it("prints results as clean JSON, progress aside", () => {
    const { status, stdout } = run("check", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [] });
  });

  it("goes on when nobody reads what it prints", () => {
    const { status, stderr } = spawnSync(
      "bash",
      ["-c", `set -o pipefail; "${process.execPath}" "${GATEHOUSE}" check | true`],
      { cwd, encoding: "utf8" },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});
