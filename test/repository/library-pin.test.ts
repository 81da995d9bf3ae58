import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fleet } from "../../services/fleet";
import { libraryFiles } from "../../workflows/library/library";

const ROOT = join(__dirname, "../..");
const { library } = fleet.organization;
const commit = library?.commit ?? "";

function git(...words: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  return spawnSync("git", words, { cwd: ROOT, encoding: "utf8" });
}

const known = git("cat-file", "-e", `${commit}^{commit}`).status === 0;
const describeWithHistory = known ? describe : describe.skip;
const missing = known ? "" : ` (skipped: the commit ${commit} is not in this clone; git fetch --unshallow brings it)`;

describeWithHistory(`the commit at which services call the library${missing}`, () => {
  test.each(libraryFiles())(
    "has $path as it is tested here; CONTRIBUTING.md says how to move on",
    ({ path, content }) => {
      expect(git("show", `${commit}:${path}`).stdout).toBe(content);
    },
  );

  test("is one that came before what is checked out", () => {
    expect(git("merge-base", "--is-ancestor", commit, "HEAD").status).toBe(0);
  });
});
