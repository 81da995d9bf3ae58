import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { organization } from "../../../services/organization";
import { summit } from "../../../services/summit";
import { previewFiles } from "../../../workflows/preview/preview-files";
import { PREVIEW_IMAGE_SCRIPT } from "../../../workflows/preview/preview-image-script";
import { describeWith } from "../../support/programs";

const SHA = "a".repeat(40);
const DIGEST = `sha256:${"0".repeat(64)}`;

/** Plays docker: notes what it is asked, keeps a login where it is told to, and names the digest that the test says. */
const DOCKER = `#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$FAKE/calls"
case $1 in
  login)
    mkdir -p "$DOCKER_CONFIG"
    cat >"$DOCKER_CONFIG/config.json"
    [[ ! -f $FAKE/refuse-login ]] ;;
  buildx)
    [[ ! -f $FAKE/refuse-push ]] || exit 1
    while (($#)); do
      if [[ $1 == --metadata-file ]]; then printf '{"containerimage.digest":"%s"}' "$(cat "$FAKE/digest")" >"$2"; fi
      shift
    done ;;
esac
`;

describeWith(["jq"], "preview-image.sh", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "gatehouse-preview-image-"));
    const script = previewFiles(summit, organization).find(({ path }) => path === PREVIEW_IMAGE_SCRIPT);
    write("image.sh", script?.content ?? "");
    write("docker", DOCKER);
    write("Dockerfile", "FROM scratch\n");
    write("digest", DIGEST);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  function write(file: string, content: string): void {
    writeFileSync(join(directory, file), content);
    chmodSync(join(directory, file), 0o755);
  }

  function build(env: Readonly<Record<string, string>> = {}) {
    const { status, stdout, stderr } = spawnSync("bash", ["image.sh"], {
      cwd: directory,
      encoding: "utf8",
      env: {
        PATH: `${directory}:${process.env.PATH}`,
        FAKE: directory,
        TMPDIR: directory,
        PULL_REQUEST: "42",
        HEAD_SHA: SHA,
        REGISTRY_USER: "octocat",
        REGISTRY_TOKEN: "token-of-the-run",
        GITHUB_SERVER_URL: "https://github.com",
        GITHUB_REPOSITORY: "openclaw/summit",
        ...env,
      },
    });
    return { status, output: `${stdout}${stderr}` };
  }

  test("pushes the commit's image under the pull request's name, and writes down its digest", () => {
    expect(build()).toEqual({
      status: 0,
      output: `pushed ghcr.io/openclaw/summit:pr-42-${SHA}@${DIGEST}\n`,
    });
    expect(readFileSync(join(directory, "preview-image/digest"), "utf8")).toBe(`${DIGEST}\n`);
    const [login, built] = readFileSync(join(directory, "calls"), "utf8").split("\n");
    expect(login).toBe("login ghcr.io --username octocat --password-stdin");
    expect(built).toContain(`--tag ghcr.io/openclaw/summit:pr-42-${SHA} `);
    expect(built).toContain(`--label org.opencontainers.image.revision=${SHA} `);
  });

  test("leaves the login nowhere, and the token in no argument", () => {
    build();
    expect(readFileSync(join(directory, "calls"), "utf8")).not.toContain("token-of-the-run");
    expect(readdirSync(directory).filter((file) => file.startsWith("tmp."))).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ["pull request 0", { PULL_REQUEST: "0" }, "the pull request is not a number from 1 to 999999999"],
    ["a command for a number", { PULL_REQUEST: "1; rm -rf" }, "the pull request is not a number"],
    ["a branch for a commit", { HEAD_SHA: "main" }, "the commit is not 40 hexadecimal digits"],
  ])("refuses %s", (_what, env, message) => {
    const { status, output } = build(env);
    expect(output).toContain(message);
    expect([status, existsSync(join(directory, "calls"))]).toEqual([1, false]);
  });

  test.each<[string, () => void, string]>([
    ["there is no Dockerfile", () => rmSync(join(directory, "Dockerfile")), "there is no Dockerfile in this commit"],
    [
      "the registry refuses the token",
      () => write("refuse-login", ""),
      "the package must give this repository write access",
    ],
    ["the build fails", () => write("refuse-push", ""), "could not be built or pushed"],
    ["docker names no digest", () => write("digest", ""), "named no digest of it"],
  ])("fails, and says why, when %s", (_what, prepare, message) => {
    prepare();
    const { status, output } = build();
    expect(output).toContain(message);
    expect([status, existsSync(join(directory, "preview-image"))]).toEqual([1, false]);
  });
});
