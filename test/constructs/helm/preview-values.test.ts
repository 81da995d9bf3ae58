import { type PreviewValuesProps, previewValues } from "../../../constructs/helm/preview-values";
import type { Service } from "../../../declaration/service";
import { organization } from "../../../services/organization";
import { summit } from "../../../services/summit";
import { changed, REMOVED } from "../../declaration/change";

const values = (props: Partial<PreviewValuesProps> = {}) =>
  previewValues({ service: summit as Service, organization, pullRequest: 42, ...props });

describe("the chart's values for a preview", () => {
  it("are one pod of a Deployment, at the address of the pull request", () => {
    const { workload, replicas, stage, labels, entrance } = values();
    expect({ workload, stage, labels }).toEqual({
      workload: "deployment",
      stage: "preview",
      labels: { "gatehouse.dev/pull-request": "42" },
    });
    expect(replicas).toEqual({ least: 1, most: 1, cpuPercent: 100 });
    expect(entrance.host).toBe("pr-42.preview.example.com");
  });

  it("pin the image, that of the pull request or the one of the declaration", () => {
    const image = `sha256:${"a".repeat(64)}`;
    expect(values({ image }).image).toEqual({ repository: "ghcr.io/openclaw/summit", digest: image, pinned: true });
    expect(values().image).toMatchObject({ digest: summit.cluster.image.digest, pinned: true });
  });

  it("have no pods while it sleeps", () => {
    expect(values({ asleep: true }).replicas).toEqual({ least: 0, most: 1, cpuPercent: 100 });
  });

  it("have the preview's own variables and seed, and no secret of a stage", () => {
    const { container, seed } = values();
    expect(container.variables).toEqual({ LOG_LEVEL: "debug", DATABASE: "memory" });
    expect(seed).toEqual({ command: ["node", "scripts/seed.js"], deadlineSeconds: 300 });
    expect(container).not.toHaveProperty("secret");
    expect(summit.cluster.container.secret).toBe("summit");
  });

  it("have no canary, no judge, and ask for no signature: the train signs main, and no pull request", () => {
    const { canary, analysis, verification } = values();
    expect({ canary, analysis, verification }).toEqual({});
  });

  it("say that it is a preview in traces and metrics", () => {
    expect(values().container.resourceAttributes).toMatchObject({
      "deployment.environment.name": "preview",
      "service.name": "summit",
    });
  });

  it("are refused of a service without previews", () => {
    const service = changed(summit as Service, { "cluster.previews": REMOVED });
    expect(() => values({ service })).toThrow('service "summit" has no previews\nexpected cluster.previews');
  });
});
