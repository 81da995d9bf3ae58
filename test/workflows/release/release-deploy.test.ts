import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { releaseFiles } from "../../../workflows/release/release-files";
import { wranglerTemplate } from "../../../workflows/wrangler-config";
import { describeWith } from "../../support/programs";
import { FakeRelease, NEW, OLD } from "./fake-release";

const base: Service = openclawPos;
const service = {
  ...base,
  release: { ...openclawPos.release, observeSeconds: 0, smokeAttempts: 2 },
  edge: openclawPos.edge,
} as Service;
const SHA = "a".repeat(40);

describeWith(["jq"], "release-deploy.sh", () => {
  let release: FakeRelease;
  const env = {
    STAGE: "production",
    MODE: "release",
    RELEASE_SHA: SHA,
    HEALTHCHECK_URL: "https://pos.example.com/health",
    CLOUDFLARE_API_TOKEN: "very-secret-token",
    CLOUDFLARE_ACCOUNT_ID: "023e105f4ecef8ad9ca31a8372d0c353",
    D1_DATABASE_ID: "11111111-2222-3333-4444-555555555555",
    SENTRY_DSN: 'https://key@sentry.example.com/1?"quoted"',
  };
  const deploy = (over: Record<string, string> = {}, until?: () => boolean) =>
    release.run("scripts/release-deploy.sh", { ...env, ...over }, until);
  const serves = (versions: readonly (readonly [string, number])[], message = "") =>
    release.write(
      "fake/status.json",
      JSON.stringify({
        versions: versions.map(([version_id, percentage]) => ({ version_id, percentage })),
        annotations: { "workers/message": message },
      }),
    );
  const moves = () => release.calls("versions deploy").map((line) => line.match(/deploy (.*?) --yes/)?.[1]);

  beforeEach(() => {
    release = new FakeRelease([
      ...releaseFiles(service, organization),
      wranglerTemplate({ ...service, edge: openclawPos.edge }),
    ]);
  });
  afterEach(() => release.dispose());

  test("the new version gets 10, 50 and then 100 % of the traffic, after the migrations", async () => {
    serves([[OLD, 100]]);
    const { code, output } = await deploy();
    expect(output).toContain(`✓ ${NEW} of ${SHA} serves all requests of production`);
    expect(code).toBe(0);
    expect(moves()).toEqual([`${NEW}@10% ${OLD}@90%`, `${NEW}@50% ${OLD}@50%`, `${NEW}@100%`]);
    const order = release.calls("").map((line) => line.split(" ").slice(0, 2).join(" "));
    expect(order.indexOf("d1 migrations")).toBeLessThan(order.indexOf("versions upload"));
    expect(release.calls("d1 migrations")[0]).toContain("apply openclaw-pos --remote --env production");
    expect(release.calls("versions deploy")[0]).toContain(`--message release ${SHA} stable=${OLD}`);
    expect(release.read("fake/output")).toBe(`version=${NEW}\nprevious=${OLD}\n`);
  });

  test("the health check asks the new version itself", async () => {
    serves([[OLD, 100]]);
    await deploy();
    expect(release.calls("curl")[0]).toContain(`Cloudflare-Workers-Version-Overrides: openclaw-pos="${NEW}"`);
  });

  test("ids are filled in, application secrets go along, and no token is printed or given to the Worker", async () => {
    serves([[OLD, 100]]);
    const { output } = await deploy();
    expect(release.read("fake/config.jsonc")).toContain(`"database_id": "${env.D1_DATABASE_ID}"`);
    expect(release.read("fake/config.jsonc")).not.toContain("$" + "{");
    expect(JSON.parse(release.read("fake/secrets.json"))).toEqual({ SENTRY_DSN: env.SENTRY_DSN });
    expect(output).not.toContain("very-secret-token");
    expect(existsSync(join(release.source, "wrangler.release.jsonc"))).toBe(false);
  });

  test("an optional secret that nobody set is left out", async () => {
    serves([[OLD, 100]]);
    expect((await deploy({ SENTRY_DSN: "" })).code).toBe(0);
    expect(release.read("fake/secrets.json").trim()).toBe("{}");
  });

  test("an id that is missing is refused before anything is touched", async () => {
    const { code, output } = await deploy({ D1_DATABASE_ID: "" });
    expect(code).toBe(1);
    expect(output).toContain(
      "the variable D1_DATABASE_ID of the environment is empty or no id; Terraform sets it, apply the stage first",
    );
    expect(release.read("fake/calls")).toBe("");
  });

  test("a version that is not well is taken back, and the job fails", async () => {
    serves([[OLD, 100]]);
    release.write("fake/sick-from", "2");
    const { code, output } = await deploy();
    expect(code).toBe(1);
    expect(moves()).toEqual([`${NEW}@10% ${OLD}@90%`, `${NEW}@50% ${OLD}@50%`, `${OLD}@100%`]);
    expect(output).toContain("the new version is not well at 50 %");
    expect(output).toContain(`rolled back: ${OLD} serves all requests`);
  });

  test("a failed migration deploys nothing", async () => {
    serves([[OLD, 100]]);
    release.write("fake/fail-migrations", "");
    const { code, output } = await deploy();
    expect(code).toBe(1);
    expect(output).toContain("the migrations of openclaw-pos failed; nothing was deployed");
    expect(release.calls("versions")).toEqual([]);
  });

  test("the first deployment is made at once, and says so when there is nothing to go back to", async () => {
    expect((await deploy()).code).toBe(0);
    expect(release.calls("deploy ")).toHaveLength(1);
    expect(moves()).toEqual([]);
    release.write("fake/sick-from", "1");
    const { code, output } = await deploy();
    expect(code).toBe(1);
    expect(output).toContain("this was the first deployment: there is no version to go back to");
  });

  test("a rollback goes at once and migrates nothing", async () => {
    serves([[OLD, 100]]);
    expect((await deploy({ MODE: "rollback" })).code).toBe(0);
    expect(release.calls("d1")).toEqual([]);
    expect(moves()).toEqual([`${NEW}@100%`]);
  });

  test("the rehearsal goes at once, to its own database", async () => {
    serves([[OLD, 100]]);
    expect((await deploy({ STAGE: "staging" })).code).toBe(0);
    expect(moves()).toEqual([`${NEW}@100%`]);
    expect(release.calls("d1 migrations")[0]).toContain("apply openclaw-pos-staging --remote --env staging");
  });

  test("a release that is cancelled between two steps, and again while it is taken back, is taken back", async () => {
    serves([[OLD, 100]]);
    release.write("fake/hang", "");
    const { code, output } = await deploy({}, () => existsSync(join(release.fake, "hanging")));
    expect(code).toBe(143);
    expect(release.read("fake/moved").trim().split("\n").at(-1)).toBe(`${OLD}@100%`);
    expect(output).toContain(`rolled back: ${OLD} serves all requests`);
    expect(existsSync(join(release.source, "wrangler.release.jsonc"))).toBe(false);
  });

  test("a release that was cut off before it could go back is taken back by the next one", async () => {
    const lost = "00000000-0000-4000-8000-00000000000c";
    serves(
      [
        [lost, 50],
        [OLD, 50],
      ],
      `release ${SHA} stable=${OLD}`,
    );
    expect((await deploy()).code).toBe(0);
    expect(moves().slice(0, 2)).toEqual([`${OLD}@100%`, `${NEW}@10% ${OLD}@90%`]);
  });

  test("two versions of which nobody says which is stable stop the release", async () => {
    serves(
      [
        [NEW, 50],
        [OLD, 50],
      ],
      "by hand",
    );
    const { code, output } = await deploy();
    expect(code).toBe(1);
    expect(output).toContain("two versions serve, and nothing says which is stable");
    expect(release.calls("versions")).toEqual([]);
  });
});
