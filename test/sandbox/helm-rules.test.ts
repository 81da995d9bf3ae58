import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { same } from "../../sandbox/protocol/same";
import type { Attributes } from "../../sandbox/protocol/value-codec";
import { Workbench } from "./workbench";

const TYPE = "helm_release";
const RELEASE: Attributes = {
  name: "summit",
  chart: "../../charts/service",
  version: "0.1.0",
  values: ["a: 1\nb: {c: 2, d: no}\n"],
};

describe("a Helm release in the sandbox", () => {
  let workbench: Workbench;
  let directory: string;
  let chart: string;
  beforeEach(() => {
    workbench = new Workbench();
    directory = mkdtempSync(join(tmpdir(), "gatehouse-chart-"));
    chart = join(directory, "service");
    mkdirSync(join(chart, "templates"), { recursive: true });
    writeFileSync(join(chart, "Chart.yaml"), "apiVersion: v2\nname: service\nversion: 1.2.3\nappVersion: 4.5.6\n");
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const refusals = (changes: Attributes) => workbench.refusals(TYPE, { ...RELEASE, ...changes });
  const changed = (attributes: Attributes, state: Attributes) => {
    const standIn = workbench.standIn(TYPE);
    const { planned } = standIn.plan(TYPE, workbench.config(TYPE, attributes), state);
    return Object.keys(planned).filter((name) => !same(planned[name], state[name]));
  };

  test("takes a chart by a path relative to the stack, whose version is said", () => {
    expect(refusals({})).toEqual([]);
    expect(refusals({ version: null })).toEqual([
      expect.stringContaining(
        "expected a version beside a relative path: the sandbox doesn't run where Terraform does",
      ),
    ]);
  });

  test("takes a chart in a directory of this machine, at its own version", () => {
    expect(refusals({ chart, version: null })).toEqual([]);
    expect(refusals({ chart, version: "v1.2.3" })).toEqual([]);
    expect(refusals({ chart, version: "1.2.4" })).toEqual([
      expect.stringContaining('Came "1.2.4", expected 1.2.3, the version of the chart in'),
    ]);
    expect(refusals({ chart: join(directory, "none"), version: null })).toEqual([
      expect.stringContaining("expected a directory with a Chart.yaml"),
    ]);
  });

  test.each(["^1.0.0", "1.x", "1.2", ">=1.0.0", "latest"])("refuses the version %s, which is no version", (version) => {
    expect(refusals({ chart: "argo-rollouts", repository: "https://charts.example.com", version })).toEqual([
      expect.stringContaining("expected one version, such as 1.2.3"),
    ]);
  });

  test.each([
    ["a: [", "YAML of one record; "],
    ["- a", "it is a list"],
    ["text", "it is string"],
    ["a: 1\na: 2", "Map keys must be unique"],
  ])("refuses the values %j", (values, reason) => {
    expect(refusals({ values: [values] })).toEqual([expect.stringContaining(reason)]);
  });

  test.each([
    [{ name: "Summit" }, "at most 53 lower-case letters"],
    [{ name: "s".repeat(54) }, "at most 53 lower-case letters"],
    [{ timeout: -1 }, "a whole number of seconds"],
    [{ set: [{ name: "a", value: "b", type: "number" }] }, "one of auto, string, literal"],
    [{ set_wo_revision: 0 }, "a whole number of revisions from 1"],
  ])("refuses %j", (changes, reason) => {
    expect(refusals(changes)).toEqual([expect.stringContaining(reason)]);
  });

  test("says what Helm knows of it, and counts revisions", () => {
    const made = workbench.make(TYPE, { ...RELEASE, chart, version: "1.2.3" });
    expect(made.state).toMatchObject({
      id: "summit",
      status: "deployed",
      manifest: null,
      metadata: { chart: "service", version: "1.2.3", app_version: "4.5.6", revision: 1 },
    });
    expect((made.state.metadata as Attributes).values).toBe('{"a":1,"b":{"c":2,"d":false}}');
    const again = workbench.make(TYPE, { ...RELEASE, chart, version: "1.2.3", values: ["a: 2"] }, made);
    expect(again.state.metadata).toMatchObject({ revision: 2, values: '{"a":2}' });
  });

  test("doesn't see that a template has changed, unless version or values change with it", () => {
    const release = { ...RELEASE, chart, version: "1.2.3" };
    const { state } = workbench.make(TYPE, release);
    writeFileSync(join(chart, "templates", "more.yaml"), "kind: ConfigMap\n");
    expect(changed(release, state)).toEqual([]);
    expect(changed({ ...release, values: ["chartHash: other"] }, state)).toEqual(["id", "metadata", "values"]);
  });

  test("is to be deployed again when it has failed, or another version was put in its place", () => {
    const made = workbench.make(TYPE, RELEASE);
    workbench.world.edit(TYPE, made.id, (attributes) => ({ ...attributes, status: "failed", version: "0.2.0" }));
    const state = workbench.refresh(made) as Attributes;
    expect(state).toMatchObject({ status: "failed", version: "0.2.0" });
    expect(changed(RELEASE, state)).toEqual(["id", "metadata", "status", "version"]);
  });

  test("shows no difference when its values were changed in the cluster", () => {
    const made = workbench.make(TYPE, RELEASE);
    workbench.world.edit(TYPE, made.id, (attributes) => ({ ...attributes, values: ["a: 3"], timeout: 1 }));
    expect(changed(RELEASE, workbench.refresh(made) as Attributes)).toEqual([]);
  });
});
