import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KUBERNETES } from "../../declaration/cluster-names";
import type { Organization } from "../../declaration/organization";
import { organization as declared } from "../../services/organization";
import { summit } from "../../services/summit";
import { canaryRunbook } from "../../workflows/documents/runbooks/canary";
import { onCallRunbook } from "../../workflows/documents/runbooks/on-call";
import { rollbackRunbook } from "../../workflows/documents/runbooks/rollback";
import { secretLeakRunbook } from "../../workflows/documents/runbooks/secret-leak";
import { Cluster, describeWithCluster } from "../support/cluster";
import { installDefinitions } from "../support/definitions";
import { startRollouts } from "../support/rollouts";
import { until } from "../support/until";

const ROLLOUT = "/apis/argoproj.io/v1alpha1/namespaces/summit-prod/rollouts/summit";

const image = (digit: number) => `registry.example/summit@sha256:${String(digit).repeat(64)}`;

/** As the chart makes it, as far as these commands touch it: without traffic routing, and with a step that waits. */
function rollout(digit: number): object {
  const labels = { "app.kubernetes.io/name": "summit", "app.kubernetes.io/component": "service" };
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    metadata: {
      name: "summit",
      namespace: "summit-prod",
      annotations: { [KUBERNETES.knownGood]: `sha256:${"1".repeat(64)}` },
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "summit", image: image(digit) }] } },
      strategy: { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } },
    },
  };
}

describeWithCluster(
  "the commands of the runbooks, on a real cluster (MAE-15)",
  ["rollouts-controller", "kubectl-argo-rollouts", "jq"],
  () => {
    let cluster: Cluster;
    const organization: Organization = {
      ...declared,
      clusters: Object.fromEntries(
        Object.entries(declared.clusters ?? {}).map(([name, entry]) => [name, { ...entry, context: "test" }]),
      ),
    };
    const source = { service: summit, organization };
    beforeAll(async () => {
      cluster = await Cluster.start();
      await installDefinitions(cluster, "argo-rollouts");
      await Promise.all([
        startRollouts(cluster),
        cluster.playKubelet(),
        cluster.createNamespace("summit-prod"),
        cluster.createNamespace("summit-stage"),
      ]);
      await cluster.apply(rollout(1));
      await phase("Healthy");
    }, 120_000);
    afterAll(() => cluster?.stop());

    /** Waits until the controller says so of the newest change. */
    const phase = (wanted: string) =>
      until(`the Rollout is ${wanted}`, async () => {
        const { metadata, status } = await cluster.admin.get(ROLLOUT);
        return status?.observedGeneration === String(metadata.generation) && status.phase === wanted;
      });

    /** Lines of a runbook that begin so; at least one. */
    function commands(content: string | undefined, beginning: string): readonly string[] {
      const found = (content ?? "").split("\n").filter((line) => line.startsWith(beginning));
      if (found.length === 0) throw new Error(`no command begins with ${beginning}`);
      return found;
    }
    const inProd = (lines: readonly string[]) => lines.find((line) => line.includes("summit-prod")) ?? "false";
    const bash = (script: string, environment: Readonly<Record<string, string>> = {}) =>
      cluster.run("env", [
        ...Object.entries(environment).map(([key, value]) => `${key}=${value}`),
        "bash",
        "-euo",
        "pipefail",
        "-c",
        script,
      ]);
    const imageNow = async () => (await cluster.admin.get(ROLLOUT)).spec.template.spec.containers[0].image;

    test("show a canary, abort it, try it again and promote it", async () => {
      const canary = canaryRunbook(source)?.content;
      await cluster.apply(rollout(2));
      await phase("Paused");
      const look = inProd(commands(canary, "kubectl argo rollouts get rollout")).replace(" --watch", "");
      expect(await bash(look)).toContain("CanaryPauseStep");
      expect(
        await bash(inProd(commands(canary, "kubectl --context test --namespace summit-prod get analysisruns"))),
      ).toBe("");

      await bash(inProd(commands(canary, "kubectl argo rollouts abort")));
      await phase("Degraded");
      expect(await bash(look)).toContain("RolloutAborted");
      await bash(inProd(commands(canary, "kubectl argo rollouts retry")));
      await phase("Paused");
      await bash(inProd(commands(canary, "kubectl argo rollouts promote")));
      await phase("Healthy");
      expect(await imageNow()).toBe(image(2));
    });

    test("go back by hand at once, past the step that would wait", async () => {
      const rollback = rollbackRunbook(source)?.content;
      await bash(inProd(commands(rollback, "kubectl argo rollouts undo")));
      await phase("Paused");
      await bash(inProd(commands(rollback, "kubectl argo rollouts promote")));
      expect(await bash(inProd(commands(rollback, "kubectl argo rollouts status")))).toContain("Healthy");
      expect(await imageNow()).toBe(image(1));
    });

    test("say what is known to be good, and what runs", async () => {
      const told = await bash(
        inProd(
          commands(rollbackRunbook(source)?.content, "kubectl --context test --namespace summit-prod get rollouts"),
        ),
      );
      expect(told.split("\n")).toEqual([`sha256:${"1".repeat(64)}`, "<no value>", image(1), ""]);
    });

    test("list pods and events, and start pods again", async () => {
      const onCall = onCallRunbook(source).content;
      const prefix = "kubectl --context test --namespace summit-prod get";
      expect((await bash(inProd(commands(onCall, `${prefix} pods`)))).match(/^summit-/gm)).toHaveLength(2);
      expect(await bash(inProd(commands(onCall, `${prefix} events`)))).toContain("summit");
      expect(await bash(inProd(commands(onCall, "kubectl argo rollouts restart")))).toContain("restarts");
    });

    test("make the deployer's kubeconfig, which no file but the sealed secret gets, and make it void", async () => {
      const leak = secretLeakRunbook(source).content;
      const directory = mkdtempSync(join(tmpdir(), "gatehouse-runbook-"));
      try {
        await cluster.kubectl(["--namespace", "summit-prod", "create", "serviceaccount", "deployer"]);
        // Plays npx gatehouse: keeps what it is to seal.
        writeFileSync(
          join(directory, "npx"),
          `#!/bin/sh\nprintf '%s ' "$@" >"${directory}/asked"\ncat >"${directory}/sealed"\n`,
          {
            mode: 0o755,
          },
        );
        const [, block = ""] = /^```sh\n(ENVIRONMENT=stage [\s\S]*?)\n```$/m.exec(leak) ?? [];
        const said = await bash(block.replace("NAMESPACE=summit-stage", "NAMESPACE=summit-prod"), {
          PATH: `${directory}:${process.env.PATH}`,
        });
        const sealed = readFileSync(join(directory, "sealed"), "utf8");
        expect(sealed.trimEnd()).not.toContain("\n");
        const { users, contexts } = JSON.parse(sealed);
        expect(users).toEqual([{ name: "deployer", user: { token: expect.stringMatching(/^eyJ/) } }]);
        expect(contexts[0].context.namespace).toBe("summit-prod");
        expect(`${said}${readFileSync(join(directory, "asked"), "utf8")}`).not.toContain(users[0].user.token);
        const asIt = [
          "--kubeconfig",
          join(directory, "sealed"),
          "auth",
          "whoami",
          "--output",
          "jsonpath={.status.userInfo.username}",
        ];
        expect(await cluster.kubectl(asIt)).toBe("system:serviceaccount:summit-prod:deployer");

        const [, revoke = "false"] =
          /`(kubectl --context test --namespace summit-prod delete secret [^`]+)`/.exec(leak) ?? [];
        await bash(revoke.replace("deployer-<yyyymmdd>", '"deployer-$(date -u +%Y%m%d)"'));
        await until("the token is void", () =>
          cluster.kubectl(asIt).then(
            () => false,
            (error: Error) => error.message.includes("Unauthorized") || error.message.includes("must be logged in"),
          ),
        );
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    });
  },
);
