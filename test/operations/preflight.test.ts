import { resolve } from "node:path";
import { type PreflightReport, preflight } from "../../operations/preflight";
import { fleet } from "../../services/fleet";
import { World, type WorldProps } from "./preflight-world";
import { RecordingConsole } from "./recording-console";

const ROOT = resolve(__dirname, "../..");
const REPOSITORY = "/repos/openclaw/summit";
const DEFINITION = "get customresourcedefinitions.apiextensions.k8s.io";

const SECRETS = {
  stage: ["REGISTRY_USER", "REGISTRY_TOKEN", "COSIGN_PRIVATE_KEY", "COSIGN_PASSWORD", "KUBE_CONFIG"],
  prod: ["REGISTRY_USER", "REGISTRY_TOKEN", "KUBE_CONFIG"],
  previews: ["PREVIEWS_TOKEN"],
  migrations: ["PG_DRYRUN_CONN"],
  renovate: ["RENOVATE_TOKEN"],
  traces: ["OTLP_HEADERS"],
};

/** Everything that summit needs before anything of it is written. */
const ready = {
  github: {
    "/orgs/openclaw/teams": { body: Object.keys(fleet.organization.teams).map((slug) => ({ slug })) },
    [REPOSITORY]: { body: { permissions: { admin: true } }, headers: { "x-oauth-scopes": "repo" } },
    ...Object.fromEntries(
      Object.entries(SECRETS).map(([environment, names]) => [
        `${REPOSITORY}/environments/${environment}/secrets`,
        { body: { secrets: names.map((name) => ({ name })) } },
      ]),
    ),
  },
  kubectl: {
    version: { stdout: { serverVersion: { major: "1", minor: "33" } } },
    ...Object.fromEntries(
      [
        "rollouts.argoproj.io",
        "analysistemplates.argoproj.io",
        "httproutes.gateway.networking.k8s.io",
        "policies.kyverno.io",
      ].map((name) => [`${DEFINITION} ${name}`, { stdout: { kind: "CustomResourceDefinition" } }]),
    ),
  },
  programs: {
    terraform: `if [ "$2" = -json ]; then echo '{"terraform_version":"1.11.4"}'; else echo 'Terraform v1.11.4'; fi`,
    helm: 'printf "kind: Rollout\\nkind: Service\\n"',
  },
} satisfies WorldProps;

let world: World;
afterEach(() => world.close());

async function run(props: WorldProps, environment: Readonly<Record<string, string>> = {}, json = true) {
  world = await World.of(props);
  const console = new RecordingConsole();
  const all = { ...world.environment, ...environment };
  const code = await preflight(fleet, { service: "summit", json, environment: all, root: ROOT }, console);
  return { code, console };
}

describe("gatehouse preflight", () => {
  test("answers 0 when everything is there, and has asked with GET, get, version and template only", async () => {
    const { code, console } = await run(ready);
    const report = console.json as PreflightReport;
    expect(report.findings.filter(({ sight }) => sight !== "ok")).toEqual([]);
    expect(report).toMatchObject({ version: 1, service: "summit", result: "ok" });
    expect(code).toBe(0);
    expect(new Set(world.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(world.requests.length).toBeGreaterThan(5);
    expect(new Set(world.commands.map((command) => command.split(" ")[0]))).toEqual(new Set(["version", "get"]));
  });

  test("says of each thing what was seen", async () => {
    const { console } = await run(ready);
    const said = (console.json as PreflightReport).findings.map((finding) => `${finding.what}: ${finding.said}`);
    expect(said).toEqual(
      expect.arrayContaining([
        "Terraform: Terraform 1.11.4",
        "owner: release-captain: the team release-captains",
        "team: secops: a team of openclaw",
        "repository: summit is there",
        "secret: COSIGN_PRIVATE_KEY (stage): set in GitHub",
        "cluster: eu-1: reached; version 1.33, as declared",
        "namespace: summit-prod: free",
        "chart: prod: renders 2 objects",
      ]),
    );
  });

  test("answers 2 when something is not as it must be, though something else could not be seen", async () => {
    const { version: _version, ...kubectl } = ready.kubectl;
    const { code, console } = await run({
      ...ready,
      kubectl,
      github: { ...ready.github, [`${REPOSITORY}/environments/renovate/secrets`]: { body: { secrets: [] } } },
    });
    expect(code).toBe(2);
    const bad = (console.json as PreflightReport).findings.filter(({ sight }) => sight !== "ok");
    expect(bad.map(({ what, sight }) => `${what}: ${sight}`)).toEqual([
      "secret: RENOVATE_TOKEN (renovate): failed",
      "cluster: eu-1: unseen",
    ]);
  });

  test("answers 1 without a token: what could not be seen is never well", async () => {
    const { code, console } = await run(ready, { GITHUB_TOKEN: "" });
    expect(code).toBe(1);
    const { result, findings } = console.json as PreflightReport;
    expect(result).toBe("unseen");
    expect(findings.find(({ what }) => what === "repository")).toEqual({
      what: "repository",
      sight: "unseen",
      said: "GITHUB_TOKEN is not set",
      todo: "set GITHUB_TOKEN, and GITHUB_BASE_URL for a server of your own",
    });
    expect(world.requests).toEqual([]);
  });

  test("without Helm the chart could not be seen, and it says how to get it", async () => {
    const { terraform } = ready.programs;
    const { code, console } = await run({ ...ready, programs: { terraform } });
    expect(code).toBe(1);
    expect((console.json as PreflightReport).findings.find(({ what }) => what === "chart: stage")).toEqual({
      what: "chart: stage",
      sight: "unseen",
      said: 'there is no "helm" on PATH',
      todo: "install Helm 3 (https://helm.sh/docs/intro/install/), and put it on PATH",
    });
  });

  test("a chart that doesn't render has failed, with what Helm said", async () => {
    const programs = { ...ready.programs, helm: 'echo "values do not meet the schema" >&2; exit 1' };
    const { code, console } = await run({ ...ready, programs });
    expect(code).toBe(2);
    expect((console.json as PreflightReport).findings.find(({ what }) => what === "chart: prod")).toMatchObject({
      sight: "failed",
      said: "values do not meet the schema",
    });
  });

  test("Helm gets the values of the stage, the namespace and the cluster's version", async () => {
    const helm = 'echo "$@" >&2; /bin/cat >&2; exit 1';
    const { console } = await run({ ...ready, programs: { ...ready.programs, helm } });
    const { said } = (console.json as PreflightReport).findings.find(({ what }) => what === "chart: prod") ?? {};
    expect(said).toContain(`template summit ${ROOT}/charts/service --namespace summit-prod --kube-version 1.33.0`);
    expect(said).toContain('{"name":"summit","stage":"prod"');
  });

  test("without Terraform it has failed, with how to get it", async () => {
    const { helm } = ready.programs;
    const { code, console } = await run({ ...ready, programs: { helm } });
    expect(code).toBe(2);
    expect((console.json as PreflightReport).findings[0]).toMatchObject({
      what: "Terraform",
      sight: "failed",
      said: 'no "terraform" and no "tofu" on PATH that answers "version -json"',
    });
  });

  test("prints a table, what to do once each, and how many of each there are", async () => {
    const { console } = await run(ready, { GITHUB_TOKEN: "" }, false);
    expect(console.text).toMatch(/✓ cluster: eu-1\S* +│ ok +│ reached; version 1\.33, as declared/);
    expect(console.text.match(/to do: security seals it/g)).toHaveLength(1);
    expect(console.text).toContain("for secret: COSIGN_PRIVATE_KEY (stage), secret: COSIGN_PASSWORD (stage)");
    expect(console.printed.at(-1)).toMatch(/≠ preflight of summit: \d+ ok, 0 failed, \d+ could not be seen$/);
  });

  test("what comes from outside can't move the cursor", async () => {
    const github = { ...ready.github, [REPOSITORY]: { status: 500, text: "\u001b[2Jowned" } };
    const { console } = await run({ ...ready, github }, {}, false);
    expect(console.text).not.toContain("\u001b[2J");
    expect(console.text).toContain("\\u001b[");
  });

  test("a service that is not declared is refused", async () => {
    world = await World.of({});
    const options = { service: "nothing", json: false, environment: world.environment, root: ROOT };
    await expect(preflight(fleet, options, new RecordingConsole())).rejects.toThrow(
      /^no service "nothing" is declared\nexpected one of: .*summit/,
    );
  });
});
