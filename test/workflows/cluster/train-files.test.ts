import { spawnSync } from "node:child_process";
import { parse } from "yaml";
import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { trainFiles } from "../../../workflows/cluster/train-files";
import { trainWorkflow } from "../../../workflows/cluster/train-workflow";
import { describeWith } from "../../support/programs";
import { actionlint } from "../actionlint";
import { HOSTILE } from "../hostile-text";
import { callOf, maestro, stepsOf, summit } from "./train-jobs";

describe("how far the train goes", () => {
  const jobs = (phase: number) => Object.keys(trainWorkflow({ ...summit, phase }, organization)?.jobs ?? {});

  test.each([
    [5, []],
    [6, ["check", "publish", "sign", "reproduce"]],
    [7, ["check", "publish", "sign", "reproduce", "deploy-stage"]],
    [8, ["check", "publish", "sign", "reproduce", "deploy-stage", "deploy-prod", "rollback", "freeze", "tag"]],
  ])("is a matter of the phase: in %i %j", (phase, expected) => {
    expect(jobs(phase)).toEqual(expected);
    const scripts = trainFiles({ ...summit, phase }, organization).filter(({ executable }) => executable);
    const run = JSON.stringify(trainWorkflow({ ...summit, phase }, organization) ?? {});
    for (const { path } of scripts) expect(run).toContain(path);
  });

  test("a service without a train has no file of it", () => {
    expect(trainFiles(openclawPos as Service, organization)).toEqual([]);
    const { cluster } = summit;
    if (cluster === undefined) throw new Error("no cluster");
    const { train: _, ...rest } = cluster;
    expect(trainFiles({ ...summit, cluster: rest }, organization)).toEqual([]);
  });

  test("without a rehearsal production follows the signature", () => {
    const { cluster } = summit;
    if (cluster?.train === undefined) throw new Error("no train");
    const { rehearsal: _, ...train } = cluster.train;
    const direct = { ...summit, cluster: { ...cluster, train } };
    expect(callOf(direct, "deploy-prod").needs).toEqual(["check", "publish", "sign"]);
    expect(callOf(direct, "publish").with?.environment).toBe("prod");
  });
});

describe("the trust in an image", () => {
  const script = (service: Service, path: string) =>
    trainFiles(service, organization).find((file) => file.path === path)?.content ?? "";

  test("with a key is that key's", () => {
    const verify = script(summit, "scripts/train-verify.sh");
    expect(verify).toContain("readonly SIGNING=key");
    expect(verify).toContain("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWX+ndhYZPc8LJxJN4Rk+e1TOesxL");
    expect(verify).toContain("--insecure-ignore-tlog=true");
  });

  test("without one is that of this very workflow on main, by GitHub's word, and in the public log", () => {
    const verify = script(maestro, "scripts/train-verify.sh");
    expect(verify).toContain(
      "readonly TRUST=(--certificate-identity https://github.com/openclaw/maestro/.github/workflows/release-train.yml@refs/heads/main " +
        "--certificate-oidc-issuer https://token.actions.githubusercontent.com)",
    );
    expect(verify).not.toContain("tlog");
    expect(script(maestro, "scripts/train-sign.sh")).toContain("readonly SIGN=(--yes)");
  });
});

describe("the programs that jobs install", () => {
  test("are each at one version, by HTTPS, and checked against a digest before they run", () => {
    const installs = stepsOf(summit).flatMap((one) =>
      "run" in one && one.name.startsWith("Install ") ? [one.run] : [],
    );
    expect(installs.length).toBeGreaterThan(0);
    for (const run of installs) {
      const count = (pattern: RegExp) => run.match(pattern)?.length ?? 0;
      expect(count(/^ {2}https:\/\/\S*\d+\.\d+\.\d+\S*$/gm)).toBe(count(/^curl /gm));
      expect(count(/^echo "(?:[0-9a-f]{64}|[0-9a-f]{128}) {2}\S+" \| sha(?:256|512)sum --check --strict$/gm)).toBe(
        count(/^curl .*--proto =https/gm),
      );
    }
  });
});

describe("the files", () => {
  const hostile: Service = { ...summit, description: HOSTILE };

  test.each([
    ["summit", summit],
    ["maestro", maestro],
    ["a service with hostile words", hostile],
  ])("of %s: GitHub would take the workflow", async (_name, service) => {
    const [workflow] = trainFiles(service, organization);
    expect(workflow?.path).toBe(".github/workflows/release-train.yml");
    expect(parse(workflow?.content ?? "")).toHaveProperty("jobs.check");
    expect(await actionlint("release-train.yml", workflow?.content ?? "")).toEqual([]);
  });

  test("are the same for the same declaration", () => {
    expect(trainFiles(summit, organization)).toEqual(trainFiles(summit, organization));
  });
});

describeWith(["shellcheck"], "the scripts of the train", () => {
  const runsOf = (service: Service) => stepsOf(service).flatMap((one) => ("run" in one ? [one.run] : []));
  const shellcheck = (script: string) =>
    spawnSync("shellcheck", ["--shell", "bash", "-"], { input: script, encoding: "utf8" }).stdout;

  test.each([
    ["summit", summit],
    ["maestro", maestro],
  ])("of %s and its steps are clean", (_name, service) => {
    for (const file of trainFiles(service, organization).filter(({ executable }) => executable))
      expect(`${file.path}${shellcheck(file.content)}`).toBe(file.path);
    for (const run of new Set(runsOf(service))) expect(shellcheck(run)).toBe("");
  });
});
