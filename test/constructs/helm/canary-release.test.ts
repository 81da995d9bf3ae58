import { parse } from "yaml";
import { CanaryRelease, type CanaryReleaseProps } from "../../../constructs/helm/canary-release";
import { releaseSeconds } from "../../../constructs/helm/timeout";
import { type Changes, REMOVED } from "../../declaration/change";
import { resourceOf } from "../synthesized";
import { CHART, productionRelease } from "./sample";

const release = (props: Partial<CanaryReleaseProps> = {}, changes: Changes = {}) =>
  resourceOf((stack) => {
    new CanaryRelease(stack, "release", { ...productionRelease(changes), ...props });
  }, "helm_release");

const document = (props: Partial<CanaryReleaseProps> = {}, changes: Changes = {}): string => {
  const [text, ...more] = release(props, changes).values as string[];
  if (text === undefined || more.length > 0) throw new Error("expected one document");
  return text;
};

describe("a release of the services' chart", () => {
  it("is taken back when it fails, and waits for all that Helm can see", () => {
    expect(release()).toMatchObject({
      atomic: true,
      cleanup_on_fail: true,
      wait: true,
      wait_for_jobs: true,
      max_history: 10,
      lint: true,
    });
  });

  it("takes over nothing that it didn't make, and fetches nothing", () => {
    expect(release()).toMatchObject({
      upgrade_install: false,
      take_ownership: false,
      replace: false,
      create_namespace: false,
      dependency_update: false,
      force_update: false,
      recreate_pods: false,
      reuse_values: false,
      reset_values: true,
      disable_openapi_validation: false,
      disable_webhooks: false,
    });
  });

  it("pins the chart's version, and its content by a hash among the values", () => {
    expect(release()).toMatchObject({ chart: CHART.path, version: CHART.version });
    expect(release().repository).toBeUndefined();
    expect(parse(document())).toMatchObject({ chartHash: CHART.sha256 });
    const other = document({ chart: { ...CHART, sha256: "d".repeat(64) } });
    expect(other).not.toBe(document());
  });

  it("has all its values in one document, and none beside it", () => {
    const { values, set, set_list, set_sensitive, set_wo } = release();
    expect(values).toHaveLength(1);
    expect({ set, set_list, set_sensitive, set_wo }).toEqual({});
    expect(parse(document())).toEqual({ ...productionRelease().values, chartHash: CHART.sha256 });
  });

  it("writes the same values in the same order, however they are given", () => {
    const { values } = productionRelease();
    const reversed = Object.fromEntries(Object.entries(values).reverse()) as typeof values;
    expect(document({ values: reversed })).toBe(document());
  });

  it("leaves to Terraform nothing to compute, and to YAML nothing to guess", () => {
    const variables = { HOME_IS: "$" + "{HOME} %" + "{if}", ANSWER: "no", PORT: "0123" };
    const text = document({}, { "container.variables": variables });
    expect(text).toContain("$${HOME} %%{if}");
    const written = parse(text.replaceAll("$$" + "{", "$" + "{").replaceAll("%%" + "{", "%" + "{"), { version: "1.1" });
    expect(written.container.variables).toEqual(variables);
  });

  it("waits longer than pods, canary and seed may take by their own limits", () => {
    const { values } = productionRelease();
    const { startWithinSeconds, stopWithinSeconds } = values.container;
    const observed = 3 * (values.canary?.observeSeconds ?? Number.NaN);
    expect(release().timeout).toBe(releaseSeconds(values));
    expect(release().timeout).toBeGreaterThan(observed + 4 * (startWithinSeconds + stopWithinSeconds));
    const seeded = { canary: REMOVED, seed: { command: ["seed"], deadlineSeconds: 3000 } };
    expect(release({}, seeded).timeout).toBe(releaseSeconds({ ...values, canary: undefined as never }) + 3000);
  });

  it("may be told to wait longer", () => {
    expect(release({ timeoutSeconds: 9000 }).timeout).toBe(9000);
  });
});

describe("a release that can't be is refused", () => {
  it.each([
    ["v1.2.3", 'came "v1.2.3"\nexpected a digest: sha256: and 64 hexadecimal digits'],
    ["sha256:abc", 'came "sha256:abc"'],
    [`sha256:${"A".repeat(64)}`, "expected a digest"],
    ["", 'came ""'],
  ])("with the tag or broken digest %j", (digest, message) => {
    expect(() => release({}, { "image.digest": digest })).toThrow(message);
  });

  it.each(["ghcr.io/openclaw/summit:latest", `ghcr.io/openclaw/summit@sha256:${"a".repeat(64)}`])(
    "with a tag or digest in the repository %s",
    (repository) => {
      expect(() => release({}, { "image.repository": repository })).toThrow(
        `image "${repository}" has a tag or digest\nexpected the repository alone\nput the digest into image.digest`,
      );
    },
  );

  it("a registry with a port is no tag", () => {
    expect(() => release({}, { "image.repository": "registry.example:5000/summit" })).not.toThrow();
  });

  it.each(["Summit", "s".repeat(54), "-summit", "summit-", "sum mit", ""])("with the name %j", (name) => {
    expect(() => release({ name })).toThrow("expected at most 53 of a–z, 0–9 and -");
  });

  it("with a timeout that its own limits break", () => {
    expect(() => release({ timeoutSeconds: 300 })).toThrow(
      /^release "summit": a timeout of 300 s\nexpected at least \d+ s: what its pods, canary and seed may take\n/,
    );
  });
});
