import { defineService } from "../../../declaration/define-service";
import { statefulThings } from "../../../declaration/stateful-things";
import { validate } from "../../../declaration/validate";
import { maestro } from "../../../services/maestro";
import { relay } from "../../../services/relay";
import { summit } from "../../../services/summit";
import { REMOVED } from "../change";
import { type FleetChanges, type Refusal, summitFleet, summitRefusals } from "../fixture";

const ofRecord = /stateful record|--record/;

/** What is wrong with summit after a change, but for what the record of its namespaces says of it. */
function refusals(change: Record<string, unknown>, others?: Omit<FleetChanges, "service">): readonly Refusal[] {
  return summitRefusals(change, others).filter(({ remedy }) => !ofRecord.test(remedy));
}

describe("what runs in Kubernetes fits its cluster", () => {
  test("summit is declared without a mistake", () => {
    expect(refusals({})).toEqual([]);
  });

  test("a stage that is not declared is refused", () => {
    expect(refusals({ "cluster.stages.qa": summit.cluster.stages.stage })).toContainEqual({
      path: "cluster.stages.qa",
      came: '"qa"',
      expected: 'one of the stages: "stage", "prod"',
      remedy: "declare it, or name one of them",
    });
  });

  test("a cluster that the organization has not is refused, with the one that was meant", () => {
    expect(refusals({ "cluster.stages.prod.cluster": "eu-2" })).toEqual([
      {
        path: "cluster.stages.prod.cluster",
        came: '"eu-2"',
        expected: 'one of the clusters of the organization: "eu-1"',
        remedy: 'declare it in organization.clusters, or name one of them; did you mean "eu-1"?',
      },
    ]);
  });

  test.each([["kube-system"], ["default"], ["argo-rollouts"], ["kyverno"]])(
    "the namespace %s is refused",
    (namespace) => {
      expect(refusals({ "cluster.stages.prod.namespace": namespace })).toEqual([
        {
          path: "cluster.stages.prod.namespace",
          came: `"${namespace}", which is the cluster's own`,
          expected: "a namespace of the service's own",
          remedy: 'write e.g. "summit-prod"',
        },
      ]);
    },
  );

  test.each([
    ["a".repeat(64)],
    ["Summit"],
    ["summit_prod"],
    ["-summit"],
    ["summit-"],
    ["9summit"],
    ["sum mit"],
    ["summit.prod"],
    ["münchen"],
    [""],
  ])("the namespace %j is no DNS label and is refused", (namespace) => {
    expect(refusals({ "cluster.stages.prod.namespace": namespace })).toEqual([
      {
        path: "cluster.stages.prod.namespace",
        came: JSON.stringify(namespace),
        expected:
          "the namespace: a DNS label, 1 to 63 of a–z, 0–9 and -, beginning with a letter, ending with a letter or digit",
        remedy: "choose such a name",
        source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names",
      },
    ]);
  });

  test("a tag in place of a digest is refused", () => {
    expect(refusals({ "cluster.image.digest": "v1.2.3" })).toEqual([
      {
        path: "cluster.image.digest",
        came: '"v1.2.3"',
        expected: "a digest: sha256: and 64 hexadecimal digits",
        remedy:
          "write the digest in place of a tag, which anyone may move: docker buildx imagetools inspect <image>:<tag>",
        source: "https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests",
      },
    ]);
  });

  test.each([["ghcr.io/openclaw/summit:latest"], ["ghcr.io/openclaw/summit@sha256:00"], ["summit"], ["GHCR.io/a/b"]])(
    "the image %s is refused: a repository has neither tag nor digest, and a registry in front",
    (repository) => {
      const [problem] = refusals({ "cluster.image.repository": repository });
      expect(problem).toMatchObject({
        path: "cluster.image.repository",
        expected: 'an image without tag and digest, such as "ghcr.io/openclaw/summit"',
      });
    },
  );

  test("fewer pods at most than at least are refused", () => {
    expect(refusals({ "cluster.stages.prod.replicas.most": 3 })).toEqual([
      {
        path: "cluster.stages.prod.replicas.most",
        came: "3, less than the 4 of least",
        expected: "at least as many pods as least",
        remedy: "raise most, or lower least",
      },
    ]);
  });

  test("a quota below what the chart asks for is refused, for each of the three resources", () => {
    const rule = {
      remedy: "raise the quota, or lower replicas or what the container asks for",
      source: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
    };
    const why = "24 pods can run at once while a version replaces another";
    expect(refusals({ "cluster.stages.prod.quota": { cpuMillis: 5999, memoryMebibytes: 6143, pods: 23 } })).toEqual([
      { path: "cluster.stages.prod.quota.pods", came: "23", expected: `at least 24 pods: ${why}`, ...rule },
      {
        path: "cluster.stages.prod.quota.cpuMillis",
        came: "5999",
        expected: `at least 6000 thousandths of a CPU: ${why}`,
        ...rule,
      },
      {
        path: "cluster.stages.prod.quota.memoryMebibytes",
        came: "6143",
        expected: `at least 6144 mebibytes: ${why}`,
        ...rule,
      },
    ]);
    expect(refusals({ "cluster.stages.prod.quota": { cpuMillis: 6000, memoryMebibytes: 6144, pods: 24 } })).toEqual([]);
  });

  test("the quota of a preview has room for the job that fills it and for the version before", () => {
    expect(refusals({ "cluster.previews.quota.pods": 2 }).map(({ expected }) => expected)).toEqual([
      "at least 3 pods: 3 pods can run at once while a version replaces another",
    ]);
  });

  test("a rollout in a cluster without its controller is refused", () => {
    const found = refusals({}, { organization: { "clusters.eu-1.controllers": ["sealed-secrets"] } });
    expect(found).toContainEqual({
      path: "cluster.stages.prod.workload",
      came: '"rollout", in the cluster "eu-1" without Argo Rollouts',
      expected: 'the controller "argo-rollouts" in the cluster, or "deployment"',
      remedy: 'add "argo-rollouts" to organization.clusters.eu-1.controllers, or write "deployment"',
    });
  });

  test("metrics on the port of requests are refused", () => {
    expect(refusals({ "cluster.container.metrics.port": 8080 })).toEqual([
      {
        path: "cluster.container.metrics.port",
        came: "8080, the port of HTTP",
        expected: "a port of its own: who may scrape metrics is not who may send requests",
        remedy: "serve metrics on another port",
      },
    ]);
  });

  test("a CPU limit below what is asked for is refused", () => {
    expect(refusals({ "cluster.container.cpuLimitMillis": 100 })).toEqual([
      {
        path: "cluster.container.cpuLimitMillis",
        came: "100, less than the 250 that are asked for",
        expected: "a limit of at least cpuMillis",
        remedy: "raise it, or leave it out",
      },
    ]);
  });

  test("root, privileged ports and writable system directories are refused", () => {
    expect(refusals({ "cluster.container.user": 0 })[0]).toMatchObject({
      path: "cluster.container.user",
      came: "0",
    });
    expect(refusals({ "cluster.container.port": 80 })[0]).toMatchObject({
      path: "cluster.container.port",
      remedy: "write 1024 or more: a container without privileges can't listen below",
    });
    for (const directory of ["/etc", "/proc/1", "tmp", "/tmp/../etc", "/"])
      expect(refusals({ "cluster.container.writable": [directory] })[0]).toMatchObject({
        path: "cluster.container.writable[0]",
        remedy: "write it without .. and not in /proc, /sys, /dev or /etc",
      });
  });

  test("no stage at all is refused", () => {
    expect(refusals({ "cluster.stages": {}, "cluster.train": REMOVED, runbooks: ["on-call", "error-budget"] })).toEqual(
      [
        {
          path: "cluster.stages",
          came: "no stage",
          expected: "at least one stage that runs in a cluster",
          remedy: "declare one, or drop cluster",
        },
      ],
    );
  });

  test("a stage named as previews are is refused", () => {
    for (const name of ["preview", "preview-7"])
      expect(refusals({ [`stages.${name}`]: summit.stages.stage })).toContainEqual({
        path: `stages.${name}`,
        came: `"${name}"`,
        expected: "another name: it is that of previews",
        remedy: "rename the stage, or drop cluster.previews",
      });
  });

  test("a service that is called as who deploys is refused", () => {
    expect(refusals({ name: "deployer" })).toEqual([
      {
        path: "name",
        came: '"deployer"',
        expected:
          "another name: it is that of the service account which deploys, and the service's pods would be allowed to",
        remedy: "rename the service",
      },
    ]);
  });

  test("previews among the cluster's own namespaces are refused", () => {
    expect(refusals({ "cluster.previews.namespacePrefix": "kube-" })).toEqual([
      {
        path: "cluster.previews.namespacePrefix",
        came: '"kube-", with which the cluster\'s own namespaces begin',
        expected: "a beginning that is the previews' own",
        remedy: 'write e.g. "summit-pr-"',
      },
    ]);
  });

  test("the compiler knows the stages and roles that a cluster refers to", () => {
    const { cluster, ...rest } = summit;
    // @ts-expect-error: no such stage
    defineService({ ...rest, cluster: { ...cluster, train: { ...cluster.train, stage: "production" } } });
    // @ts-expect-error: no such role
    defineService({ ...rest, cluster: { ...cluster, train: { ...cluster.train, unfreeze: "captain" } } });
    // @ts-expect-error: no such stage
    defineService({ ...rest, cluster: { ...cluster, stages: { ...cluster.stages, qa: cluster.stages.prod } } });
  });
});

describe("a canary can be stepped and judged", () => {
  const canary = "cluster.stages.prod.canary";

  test.each([
    ["fall", [5, 50, 25, 100], 2, "25 after 50"],
    ["repeat", [5, 5, 100], 1, "5 after 5"],
  ])("weights that %s are refused", (_, steps, index, came) => {
    expect(refusals({ [`${canary}.steps`]: steps })).toEqual([
      {
        path: `${canary}.steps[${index}]`,
        came,
        expected: "rising percentages",
        remedy: "sort them and write each once",
      },
    ]);
  });

  test("weights that don't end at 100 are refused", () => {
    expect(refusals({ [`${canary}.steps`]: [5, 25, 50] })).toEqual([
      {
        path: `${canary}.steps`,
        came: "[5,25,50]",
        expected: "100 as the last step",
        remedy: "add 100: a release that never gets all the traffic is none",
      },
    ]);
  });

  test.each([[[]], [[0, 100]], [[5.5, 100]], [[5, 101]], ["5,100"]])("the weights %j are refused", (steps) => {
    expect(refusals({ [`${canary}.steps`]: steps }).length).toBeGreaterThan(0);
  });

  test("a window shorter than five scrapes is refused", () => {
    const others = { organization: { "grafana.dataSources.metrics.scrapeSeconds": 60 } };
    expect(refusals({ [`${canary}.observeSeconds`]: 299 }, others)).toEqual([
      {
        path: `${canary}.observeSeconds`,
        came: "299 s, with a scrape each 60 s",
        expected: "at least 300 s: 5 scrapes",
        remedy: "write 300 or more",
      },
    ]);
    expect(refusals({ [`${canary}.observeSeconds`]: 300 }, others)).toEqual([]);
  });

  test("a canary without objectives is refused", () => {
    expect(
      refusals({ objectives: REMOVED, "dashboard.panels.budget": REMOVED }).filter(({ path }) => path === canary),
    ).toEqual([
      {
        path: canary,
        came: "a canary without objectives",
        expected: "at least one objective: without a promise there is nothing to judge it by",
        remedy: "declare objectives, or drop canary",
      },
    ]);
  });

  test("a canary of a Deployment is refused", () => {
    expect(refusals({ "cluster.stages.prod.workload": "deployment" })).toContainEqual({
      path: canary,
      came: "a canary of a deployment",
      expected: 'workload: "rollout": Kubernetes itself divides no traffic and judges nothing',
      remedy: 'write "rollout", or drop canary',
    });
  });

  test("a canary where no metrics are is refused", () => {
    expect(refusals({}, { organization: { "clusters.eu-1.metrics": REMOVED } })).toContainEqual({
      path: canary,
      came: 'a canary in the cluster "eu-1", which has no metrics',
      expected: "a Prometheus that the cluster's controller can ask",
      remedy: "declare organization.clusters.eu-1.metrics, or drop canary",
    });
    expect(refusals({ "telemetry.stages.prod": REMOVED })).toContainEqual({
      path: canary,
      came: 'a canary in "prod", of whose metrics nothing is known',
      expected: "the stage in telemetry.stages",
      remedy: "declare telemetry.stages.prod, or drop canary",
    });
  });
});

describe("a release train runs from main, through stages that are there, with what it reads", () => {
  test("a stage that is in no cluster is refused", () => {
    expect(refusals({ "cluster.train.rehearsal": "stages" })).toContainEqual({
      path: "cluster.train.rehearsal",
      came: '"stages"',
      expected: 'one of the stages in a cluster: "stage", "prod"',
      remedy: 'declare it, or name one of them; did you mean "stage"?',
    });
  });

  test("a rehearsal on the stage itself, and other branches than main, are refused", () => {
    expect(refusals({ "cluster.train.rehearsal": "prod" })).toContainEqual({
      path: "cluster.train.rehearsal",
      came: '"prod"',
      expected: "another stage than cluster.train.stage",
      remedy: "name the stage before it, or drop rehearsal",
    });
    expect(refusals({ "stages.prod.branches": ["main", "release/*"] })).toContainEqual({
      path: "stages.prod.branches",
      came: '["main","release/*"]',
      expected: '["main"]: releases are deployed from main only',
      remedy: 'write ["main"]',
    });
  });

  test("a deadline before the end of the observation is refused", () => {
    expect(refusals({ "cluster.train.withinMinutes": 30 })).toEqual([
      {
        path: "cluster.train.withinMinutes",
        came: '30, while the steps of "prod" are observed for 30 minutes',
        expected: "more than 30: also pods start and verdicts take time",
        remedy: "write twice the time of observation, or shorten it",
      },
    ]);
  });

  test("a secret that an environment doesn't define is refused", () => {
    expect(refusals({ "settings.KUBE_CONFIG.environments": ["stage"] })).toEqual([
      {
        path: "cluster.train",
        came: '"KUBE_CONFIG", which the environment "prod" doesn\'t define',
        expected: 'a key that "prod" defines: the workflow reads it there',
        remedy: 'add "prod" to settings.KUBE_CONFIG.environments',
      },
    ]);
    expect(refusals({ "settings.COSIGN_PASSWORD.environments": ["prod"] }).map(({ path }) => path)).toEqual([
      "cluster.signing.password",
    ]);
  });

  test("a private key in place of the public one is refused, and not shown", () => {
    const key = ["-----BEGIN", "PRIVATE KEY-----\nbm90IGEga2V5\n-----END", "PRIVATE KEY-----\n"].join(" ");
    const [problem] = refusals({ "cluster.signing.publicKey": key });
    expect(problem).toMatchObject({
      path: "cluster.signing.publicKey",
      remedy: "copy cosign.pub; never the private key",
    });
    expect(JSON.stringify(problem)).not.toContain("bm90IGEga2V5");
  });

  test("an unknown role to set it going again is refused", () => {
    expect(refusals({ "cluster.train.unfreeze": "captain" })[0]).toMatchObject({
      path: "cluster.train.unfreeze",
      came: '"captain"',
    });
  });

  test("a release train beside another way of releasing is refused", () => {
    const { railway } = relay;
    expect(refusals({ railway: { ...railway, rehearsal: "stage", stage: "prod" } })).toContainEqual({
      path: "cluster.train",
      came: "a release train beside railway",
      expected: "one of the two: both tag what is deployed, and write scripts of one name",
      remedy: "drop railway or cluster.train, or make what runs elsewhere a service of its own",
    });
  });
});

describe("no two services share what a cluster has once", () => {
  const both = (change: Record<string, unknown>) => {
    const { organization, services } = summitFleet({ service: change });
    const entry = { service: maestro, sealed: {}, stateful: statefulThings(maestro) };
    return validate({ organization, services: [entry, ...services] }).filter(({ remedy }) => !ofRecord.test(remedy));
  };

  test("summit and maestro don't", () => {
    expect(both({})).toEqual([]);
  });

  test("two services in one namespace are refused", () => {
    expect(both({ "cluster.stages.prod.namespace": "maestro-production" })).toEqual([
      {
        subject: 'service "summit"',
        path: "cluster.stages.prod.namespace",
        came: 'the namespace maestro-production of the cluster eu-1, which service "maestro" has already',
        expected: "a name that nothing else has",
        remedy: "rename one of the two",
      },
    ]);
  });

  test("two stages of one service in one namespace are refused", () => {
    expect(both({ "cluster.stages.prod.namespace": "summit-stage" })).toMatchObject([
      {
        path: "cluster.stages.prod.namespace",
        came: "the namespace summit-stage of the cluster eu-1, which it itself has already",
      },
    ]);
  });

  test("previews of two services under one prefix are refused", () => {
    expect(both({ "cluster.previews.namespacePrefix": "maestro-pr-" })).toMatchObject([
      {
        path: "cluster.previews.namespacePrefix",
        came: 'the namespaces maestro-pr-<number> of the cluster eu-1, which service "maestro" has already',
      },
    ]);
  });

  test("a stage in the namespace that a preview of another service could have is refused", () => {
    expect(both({ "cluster.stages.prod.namespace": "maestro-pr-12" })).toEqual([
      {
        subject: 'service "summit"',
        path: "cluster.stages.prod.namespace",
        came: '"maestro-pr-12", where a preview of service "maestro" would be put',
        expected: "a namespace that no preview can have",
        remedy: "rename the namespace, or the prefix of the previews",
      },
    ]);
    expect(both({ "cluster.stages.prod.namespace": "maestro-pr-012" })).toEqual([]);
  });

  test("a service whose stack would be a cluster's is refused", () => {
    const cluster = { "clusters.prod": summitFleet().organization.clusters?.["eu-1"] };
    const found = refusals({ name: "cluster" }, { organization: cluster });
    expect(found).toContainEqual({
      path: "stages.prod",
      came: "the stack cluster-prod, which the organization has already",
      expected: "a name that nothing else has",
      remedy: "rename one of the two",
    });
  });
});
