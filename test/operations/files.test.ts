import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { files } from "../../operations/files";
import { fleet } from "../../services/fleet";
import { RecordingConsole } from "./recording-console";

describe("gatehouse files", () => {
  let out: string;
  let console: RecordingConsole;
  beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
    console = new RecordingConsole();
  });
  afterEach(() => rmSync(out, { recursive: true, force: true }));

  const run = (options: object = {}) =>
    files(fleet, { service: "openclaw-pos", out, json: false, ...options }, console);

  it("writes the files of the service's repository, scripts with their executable bit", async () => {
    await expect(run()).resolves.toBe(0);
    for (const path of [
      ".github/workflows/ci.yml",
      ".github/workflows/release-cloudflare.yml",
      ".github/workflows/d1-backup.yml",
      ".github/workflows/d1-restore-drill.yml",
      ".github/CODEOWNERS",
      ".github/pull_request_template.md",
      ".github/ISSUE_TEMPLATE/ci-flake.yml",
      ".env.example",
      "docs/secret-matrix.md",
      "docs/runbooks/on-call.md",
      "docs/runbooks/incident-template.md",
      "docs/runbooks/d1-backup-and-restore.md",
      "docs/runbooks/secret-leak.md",
    ]) {
      expect({ path, exists: existsSync(join(out, path)) }).toEqual({ path, exists: true });
    }
    expect(statSync(join(out, "scripts/backup-d1.sh")).mode & 0o777).toBe(0o755);
    expect(statSync(join(out, ".env.example")).mode & 0o777).toBe(0o644);
  });

  it("says what it created, changed and left as it was", async () => {
    await run();
    writeFileSync(join(out, ".env.example"), "edited by hand");
    const again = new RecordingConsole();
    await files(fleet, { service: "openclaw-pos", out, json: true }, again);
    const { files: written } = again.json as { files: { path: string; status: string }[] };
    expect(written.filter(({ status }) => status !== "unchanged")).toEqual([
      { path: ".env.example", status: "changed" },
    ]);
  });

  it("leaves other files alone", async () => {
    mkdirSync(join(out, "src"));
    writeFileSync(join(out, "src/index.ts"), "mine");
    await run();
    expect(readFileSync(join(out, "src/index.ts"), "utf8")).toBe("mine");
  });

  it("refuses to write through a symbolic link, which could lead anywhere", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "gatehouse-elsewhere-"));
    symlinkSync(elsewhere, join(out, ".github"));
    await expect(run()).rejects.toThrow(
      `${join(out, ".github")} is a symbolic link; remove it, or write to another directory`,
    );
    expect(existsSync(join(elsewhere, "workflows/ci.yml"))).toBe(false);
    rmSync(elsewhere, { recursive: true });
  });

  it("refuses a service that is not declared, and lists those that are", async () => {
    await expect(run({ service: "openclaw" })).rejects.toThrow(
      'no service "openclaw" is declared\nexpected one of: openclaw-pos, relay, summit, maestro, hotdash; see services/fleet.ts',
    );
  });
});
