import { stageValues } from "../../../constructs/helm/stage-values";
import type { Organization } from "../../../declaration/organization";
import type { Service } from "../../../declaration/service";
import { maestro } from "../../../services/maestro";
import { organization } from "../../../services/organization";
import { summit } from "../../../services/summit";
import { type Changes, changed, REMOVED } from "../../declaration/change";

const values = (stage = "prod", changes: Changes = {}, ofOrganization: Changes = {}, service: unknown = summit) =>
  stageValues({
    service: changed(service as Service, changes),
    stage,
    organization: changed(organization as Organization, ofOrganization),
  });

const OTHER_SIGNING = { "cluster.signing": { kind: "keyless" } };

describe("the chart's values for a stage", () => {
  it("are what the declaration says of container, replicas and variables", () => {
    const { container, replicas, workload, name, serviceAccount, stage } = values();
    expect({ workload, name, serviceAccount, stage }).toEqual({
      workload: "rollout",
      name: "summit",
      serviceAccount: "summit",
      stage: "prod",
    });
    expect(replicas).toEqual(summit.cluster.stages.prod.replicas);
    expect(container).toMatchObject({
      port: 8080,
      metrics: { port: 9464, path: "/metrics" },
      readiness: { path: "/readyz", periodSeconds: 5, failureThreshold: 3 },
      liveness: { path: "/livez", periodSeconds: 10, failureThreshold: 3 },
      writable: ["/tmp"],
      user: 10001,
      secret: "summit",
      variables: { LOG_LEVEL: "info" },
    });
  });

  it("have the digest that a stage is installed with, which runs only where nothing else does", () => {
    expect(values().image).toEqual({
      repository: "ghcr.io/openclaw/summit",
      digest: summit.cluster.image.digest,
    });
  });

  it("say in traces and metrics what runs where, and where it comes from", () => {
    expect(values().container.resourceAttributes).toEqual({
      "deployment.environment.name": "prod",
      "service.name": "summit",
      "service.namespace": "openclaw",
      "vcs.owner.name": "openclaw",
      "vcs.provider.name": "github",
      "vcs.repository.name": "summit",
      "vcs.repository.url.full": "https://github.com/openclaw/summit",
    });
  });

  it("name the team that answers for it", () => {
    expect(values().annotations).toEqual({ "gatehouse.dev/owner": "release-captains" });
  });

  it("let requests in as the cluster does", () => {
    expect(values().entrance).toEqual({
      kind: "gateway-api",
      gateway: "public",
      namespace: "gateway-system",
      host: "summit.example.com",
    });
    const nginx = { kind: "ingress-nginx", className: "nginx", podsIn: "ingress" };
    expect(values("prod", {}, { "clusters.eu-1.entrance": nginx }).entrance).toEqual({
      kind: "ingress-nginx",
      className: "nginx",
      host: "summit.example.com",
    });
  });

  it("are the same each time", () => {
    expect(JSON.stringify(values())).toBe(JSON.stringify(values()));
  });
});

describe("the canary of a stage", () => {
  it("is stepped as declared, and judged by the stage's objectives where its cluster's metrics are", () => {
    const { canary, analysis } = values();
    expect(canary).toEqual({ steps: [5, 25, 50, 100], observeSeconds: 600 });
    expect(analysis?.prometheus).toEqual({ address: "http://prometheus.monitoring:9090" });
    for (const metrics of [analysis?.gate, analysis?.step, analysis?.watch])
      expect(metrics?.map(({ name }) => name)).toEqual(Object.keys(summit.objectives));
  });

  it("tells the login of the metrics by the name of a Secret, never by its value", () => {
    const authorization = { secret: "prometheus", key: "header" };
    const { analysis } = values("prod", {}, { "clusters.eu-1.metrics.authorization": authorization });
    expect(analysis?.prometheus.authorization).toEqual(authorization);
  });

  it("is not there in a stage without one, which has a gate all the same", () => {
    const { canary, analysis } = values("stage");
    expect(canary).toBeUndefined();
    expect(analysis?.gate).toHaveLength(2);
    expect([analysis?.step, analysis?.watch]).toEqual([[], []]);
  });

  it.each<[string, Changes, Changes]>([
    ["objectives", { objectives: REMOVED }, {}],
    ["telemetry of the stage", { "telemetry.stages.stage": REMOVED }, {}],
    ["metrics of the cluster", {}, { "clusters.eu-1.metrics": REMOVED }],
    ["a controller that judges", { "cluster.stages.stage.workload": "deployment" }, {}],
  ])("nobody judges a stage without %s", (_what, changes, ofOrganization) => {
    expect(values("stage", changes, ofOrganization).analysis).toBeUndefined();
  });
});

describe("whose images are admitted", () => {
  it("those signed by the declared key", () => {
    expect(values().verification).toEqual({ kind: "key", publicKey: summit.cluster.signing.publicKey });
  });

  it("those signed by the release workflow on main, without a key", () => {
    expect(values("production", {}, {}, maestro).verification).toEqual({
      kind: "keyless",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "https://github.com/openclaw/maestro/.github/workflows/release-train.yml@refs/heads/main",
    });
    expect(values("prod", OTHER_SIGNING).verification).toMatchObject({ kind: "keyless" });
  });

  it("any, where the cluster has no admission controller, or before the phase that brings signing", () => {
    expect(values("prod", {}, { "clusters.eu-1.admission": REMOVED }).verification).toBeUndefined();
    expect(values("prod", { phase: 5 }).verification).toBeUndefined();
    expect(values("prod", { phase: 6 }).verification).toBeDefined();
  });
});

describe("values that can't be are refused", () => {
  it("of a stage that isn't in a cluster", () => {
    expect(() => values("qa")).toThrow(
      'service "summit" has no stage "qa" in a cluster\nexpected one of: stage, prod\ndeclare cluster.stages.qa',
    );
    expect(() => values("constructor")).toThrow("has no stage");
  });

  it("in a cluster that the organization doesn't have", () => {
    expect(() => values("prod", { "cluster.stages.prod.cluster": "us-1" })).toThrow(
      `cluster "us-1" is unknown\nexpected one of the organization's: eu-1`,
    );
  });

  it("with a canary that nobody can judge", () => {
    expect(() => values("prod", { objectives: {} })).toThrow(
      'service "summit", stage "prod": a canary that nobody can judge\nexpected a rollout with objectives, telemetry of the stage, and metrics of its cluster',
    );
    expect(() => values("prod", {}, { "clusters.eu-1.metrics": REMOVED })).toThrow("a canary that nobody can judge");
  });

  it("with a data source of which nobody says how often it scrapes", () => {
    expect(() => values("prod", { "telemetry.dataSource": "other" })).toThrow(
      `service "summit": its data source "other" is unknown\nexpected one of the organization's: metrics`,
    );
  });
});
