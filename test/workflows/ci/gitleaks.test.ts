import { gitleaksScript } from "../../../workflows/ci/gitleaks-script";
import { describeWith } from "../../support/programs";
import { GitSandbox } from "./git-sandbox";

/** Looks like a token of GitHub to Gitleaks, and is none: nobody made it. Put together here, so that this file doesn't carry it. */
const NO_TOKEN = ["ghp", "_", "n0tAr3alT0kenJustForThisTestXyz12345Q"].join("");

describeWith(["git", "bash", "gitleaks"], "gitleaks.sh (SUM-6)", () => {
  let sandbox: GitSandbox;
  beforeEach(() => {
    sandbox = new GitSandbox(gitleaksScript("summit"));
  });
  afterEach(() => sandbox.remove());

  test("is green when no commit has a secret", () => {
    sandbox.commit({ "README.md": "hello\n" });
    const { status, output } = sandbox.run();
    expect(output).toContain("✓ no secret in any commit");
    expect(status).toBe(0);
  });

  test("finds a secret in an old commit that a newer one has taken away, and doesn't show it", () => {
    sandbox.commit({ "config.txt": `token = "${NO_TOKEN}"\n` });
    sandbox.commit({ "config.txt": "token = none\n" });
    const { status, output } = sandbox.run();
    expect(output).toContain("✗ secrets were committed (listed above, redacted)");
    expect(output).toContain("config.txt");
    expect(output).not.toContain(NO_TOKEN);
    expect(status).toBe(1);
  });

  test("leaves out what .gitleaksignore names", () => {
    const commit = sandbox.commit({ "config.txt": `token = "${NO_TOKEN}"\n` });
    sandbox.commit({ ".gitleaksignore": `${commit}:config.txt:github-pat:1\n` });
    expect(sandbox.run().status).toBe(0);
  });

  test("refuses a clone that lacks commits", () => {
    sandbox.commit({ a: "1\n" });
    sandbox.commit({ a: "2\n" });
    const other = new GitSandbox(gitleaksScript("summit"));
    other.git("fetch", "--quiet", "--depth=1", `file://${sandbox.root}`, "main");
    other.git("reset", "--quiet", "--hard", "FETCH_HEAD");
    const { status, output } = other.run();
    expect(output).toContain("this clone is shallow: it lacks commits");
    expect(status).toBe(2);
    other.remove();
  });
});
