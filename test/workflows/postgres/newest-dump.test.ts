import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithPostgres } from "../../support/postgres";
import { RelayDatabase } from "./relay-database";

describeWithPostgres(["age", "bash", "jq"], "the newest dump of the workflow", () => {
  let relay: RelayDatabase;
  beforeAll(async () => {
    relay = await RelayDatabase.start();
    expect(relay.dump().code).toBe(0);
  });
  afterAll(() => relay?.stop());

  const day = 86_400_000;
  /** GitHub's command line with runs, whose artifacts lie in directories by the run's id. */
  const gh = (runs: readonly object[], stored: Readonly<Record<number, boolean>>, ...args: readonly string[]) => {
    const directory = join(relay.directory, "github");
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "runs.json"), JSON.stringify({ workflow_runs: runs }));
    for (const [run, expired] of Object.entries(stored))
      writeFileSync(join(directory, `${run}.json`), JSON.stringify({ artifacts: [{ expired }] }));
    writeFileSync(
      join(directory, "gh"),
      `#!/usr/bin/env bash
set -euo pipefail
case $1 in
api)
  path=$4
  filter="\${@: -1}"
  if [[ $path == */artifacts ]]; then
    run=\${path%/artifacts}
    file=${directory}/\${run##*/}.json
    [[ -f $file ]] || { echo 0; exit; }
    jq -r "$filter" "$file"
  else
    [[ $path == "repos/{owner}/{repo}/actions/workflows/backup.yml/runs" ]]
    jq -r "$filter" ${directory}/runs.json
  fi
  ;;
run) mkdir -p "$7" && cp ${relay.dumps}/* "$7" && echo "$3" >"${relay.temporary}/../downloaded" ;;
esac
`,
    );
    chmodSync(join(directory, "gh"), 0o755);
    return relay.run(
      "restore-postgres.sh",
      ["--drill", "--identity", relay.identity, "--report", relay.reports, ...args],
      {
        PATH: `${directory}:${process.env.PATH}`,
      },
    );
  };
  const run = (id: number, change: object = {}) => ({
    id,
    event: "schedule",
    head_branch: "main",
    head_repository: { id: 1 },
    repository: { id: 1 },
    ...change,
  });

  beforeEach(() => writeFileSync(join(relay.directory, "downloaded"), ""));

  test("is that of a run on main that a schedule or a maintainer started, never from a pull request's", () => {
    chmodSync(join(relay.directory, "downloaded"), 0o666);
    const { code, output } = gh(
      [
        run(9, { event: "pull_request", head_repository: { id: 2 } }),
        run(8, { head_branch: "feat/x" }),
        run(7),
        run(6),
        run(5, { event: "workflow_dispatch" }),
      ],
      { 9: false, 8: false, 6: true, 5: false },
    );
    expect(output).toContain("✓ the throwaway database has");
    expect(code).toBe(0);
    expect(readFileSync(join(relay.directory, "downloaded"), "utf8")).toBe("5\n");
  });

  test("can be another one, of a run that is named and is one of these", () => {
    chmodSync(join(relay.directory, "downloaded"), 0o666);
    const runs = [run(9, { event: "pull_request" }), run(7), run(6)];
    expect(gh(runs, { 9: false, 7: false, 6: false }, "--dump", "6").code).toBe(0);
    expect(readFileSync(join(relay.directory, "downloaded"), "utf8")).toBe("6\n");
    expect(gh(runs, { 9: false, 7: false, 6: false }, "--dump", "9").output).toContain(
      "✗ the run 9 is not among the last successful runs of backup.yml on main with a dump that is still kept",
    );
  });

  test("is missed when no run has one", () => {
    expect(gh([run(7)], {}).output).toContain(
      "no successful run of backup.yml on main has a dump that is still kept; run it: gh workflow run backup.yml",
    );
  });

  test("fails the drill when it is older than promised: the backups have stopped", () => {
    chmodSync(join(relay.directory, "downloaded"), 0o666);
    const old = new Date(Date.now() - 3 * day).toISOString().replace(/[-:]|\.\d+/g, "");
    relay.forge(({ manifest }) => {
      manifest.dumped = old;
    });
    expect(gh([run(7)], { 7: false }).output).toMatch(
      /✗ the newest dump is 7\d hours old, promised are 36: the backups have stopped/,
    );
  });
});
