import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describeWithTerraform } from "../support/programs";

const ROOT = resolve(__dirname, "../..");

/** Not needed by what is run here, or made anew, or large. */
const LEFT_OUT = [".git", ".gatehouse", "cdktf.out", "node_modules", "test", "bench", "docs", ".jest-results.json"];

describeWithTerraform("a new service is bootstrapped with one command (MAE-13)", () => {
  let project: string;
  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
    for (const entry of readdirSync(ROOT))
      if (!LEFT_OUT.includes(entry)) cpSync(join(ROOT, entry), join(project, entry), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  /** What a command prints; fails with all that it says when it fails. */
  const run = (command: string): string => {
    const { status, stdout, stderr } = spawnSync("bash", ["-c", command], {
      cwd: project,
      encoding: "utf8",
      env: { ...process.env, CI: "" },
      timeout: 300_000,
    });
    const output = status === 0 ? "" : stdout + stderr;
    expect({ command, status, output }).toEqual({ command, status: 0, output: "" });
    return stdout;
  };

  it.each([
    ["demo", "--edge", ["cloudflare_worker", "cloudflare_d1_database", "release-cloudflare.yml"]],
    [
      "demo-cluster",
      "--cluster",
      ["kubernetes_namespace", "helm_release", "release-train.yml", "preview.yml", "canary.md"],
    ],
    [
      "demo-fly",
      "--platform fly",
      ["fly.production.toml", "scripts/fly-rollback.sh", ".github/workflows/preview-sweep.yml"],
    ],
    ["demo-platform", "--platform railway", ["scripts/restore-postgres.sh", ".github/workflows/deploy.yml"]],
  ])(
    "%s %s: from the command to a green deployment in the sandbox",
    (service, flags, own) => {
      const started = performance.now();
      const made = run(`npx gatehouse new ${service} ${flags} --yes`);
      const declared = performance.now();
      const deployed = run(`npm run sandbox -- --service ${service}`);
      const took = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
      process.stderr.write(
        `${service}: ${took(started)} from the command to green, ${took(declared)} of them the sandbox\n`,
      );
      // Repository, environments, objectives; pipeline and runbooks; and what only this kind has.
      for (const part of [
        "github_repository_ruleset",
        "github_repository_environment",
        "grafana_rule_group",
        ".github/workflows/ci.yml",
        "docs/runbooks/on-call.md",
        "docs/slos.md",
        ...own,
      ])
        expect(made).toContain(part);
      for (const stack of ["repository", "staging", "production"])
        expect(deployed).toMatch(new RegExp(`│ ${service}-${stack} .* no changes`));
      expect(deployed).toContain("every step did what it says");
    },
    300_000,
  );

  it("and the project's checks have nothing to say against what was written", () => {
    run("npx biome check services && npx tsc --noEmit");
    expect(JSON.parse(run("npx gatehouse check --json"))).toMatchObject({ problems: [] });
  }, 120_000);

  it("with the two commands of the README", () => {
    expect(readFileSync(join(ROOT, "README.md"), "utf8")).toContain(
      "```sh\nnpx gatehouse new demo --edge --yes\nnpm run sandbox -- --service demo\n```\n",
    );
  });
});
