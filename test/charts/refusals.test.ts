import { refusal } from "../support/helm";
import { describeWith } from "../support/programs";
import { EVERYTHING, metric, SHAPES } from "./sample-values";

const { container, canary, analysis } = EVERYTHING;

/** What is wrong, values that have it, and what Helm says of them. */
const REFUSALS: readonly (readonly [string, object, string | RegExp])[] = [
  ["a value that nobody knows", { ...EVERYTHING, replicaCount: 3 }, "additional properties 'replicaCount' not allowed"],
  [
    "a value that nobody knows, further down",
    { ...EVERYTHING, container: { ...container, privileged: true } },
    /at '\/container': additional properties 'privileged' not allowed/,
  ],
  [
    "a tag in place of the digest",
    { ...EVERYTHING, image: { repository: "ghcr.io/example/shop", digest: "v1.2.3" } },
    /at '\/image\/digest': 'v1\.2\.3' does not match pattern '\^sha256:\[0-9a-f\]\{64\}\$'/,
  ],
  [
    "a tag in the repository",
    { ...EVERYTHING, image: { ...EVERYTHING.image, repository: "ghcr.io/example/shop:latest" } },
    /at '\/image\/repository': 'ghcr\.io\/example\/shop:latest' does not match pattern/,
  ],
  ["root", { ...EVERYTHING, container: { ...container, user: 0 } }, "at '/container/user': minimum: got 0, want 1"],
  [
    "a port below 1024",
    { ...EVERYTHING, container: { ...container, port: 80 } },
    "at '/container/port': minimum: got 80, want 1,024",
  ],
  [
    "a variable that is the chart's",
    { ...EVERYTHING, container: { ...container, variables: { OTEL_SERVICE_NAME: "other" } } },
    "values.container.variables: came OTEL_SERVICE_NAME; expected none of OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES and GATEHOUSE_…, which the chart writes: rename it",
  ],
  [
    "a resource attribute that would be two",
    { ...EVERYTHING, container: { ...container, resourceAttributes: { "service.name": "shop,service.name=till" } } },
    /at '\/container\/resourceAttributes\/service\.name': 'shop,service\.name=till' does not match pattern/,
  ],
  ["a name that is too long", { ...EVERYTHING, name: "a".repeat(57) }, "at '/name': maxLength: got 57, want 56"],
  ["a name that is no DNS label", { ...EVERYTHING, name: "Shop" }, "at '/name': 'Shop' does not match pattern"],
  [
    "an entrance of another kind",
    { ...EVERYTHING, entrance: { kind: "load-balancer", host: "shop.example.com" } },
    "at '/entrance': 'oneOf' failed",
  ],
  [
    "weights that repeat",
    { ...EVERYTHING, canary: { ...canary, steps: [5, 25, 25, 100] } },
    "at '/canary/steps': items at 1 and 2 are equal",
  ],
  [
    "weights without 100",
    { ...EVERYTHING, canary: { ...canary, steps: [5, 25] } },
    "at '/canary/steps': no items match contains schema",
  ],
  [
    "a weight above 100",
    { ...EVERYTHING, canary: { ...canary, steps: [5, 100, 101] } },
    "at '/canary/steps/2': maximum: got 101, want 100",
  ],
  [
    "weights that don't rise",
    { ...EVERYTHING, canary: { ...canary, steps: [25, 5, 100] } },
    "values.canary.steps[1]: came 5 after 25; expected rising percentages: sort them and write each once",
  ],
  [
    "weights that fall after 100",
    { ...EVERYTHING, canary: { ...canary, steps: [5, 100, 50] } },
    "values.canary.steps[2]: came 50 after 100; expected rising percentages",
  ],
  [
    "a canary of a Deployment",
    { ...EVERYTHING, workload: "deployment" },
    'values.canary: came with workload "deployment"; expected workload "rollout"',
  ],
  [
    "a canary that nobody judges",
    { ...SHAPES["a Rollout without a canary"], canary },
    "values.analysis.watch: came without a metric; expected one at least, since values.canary has steps to judge: give the service an objective",
  ],
  [
    "a canary without analysis",
    { ...SHAPES["a Rollout without a canary"], analysis: undefined, canary },
    "values.analysis.watch: came without a metric",
  ],
  [
    "steps that nobody judges",
    { ...EVERYTHING, analysis: { ...analysis, step: [] } },
    "values.analysis.step: came without a metric",
  ],
  [
    "two metrics of one name",
    { ...EVERYTHING, analysis: { ...analysis, watch: [metric("errors"), metric("errors")] } },
    'values.analysis.watch[1].name: came "errors" a second time; expected each name once',
  ],
  [
    "a login in the address of Prometheus",
    { ...EVERYTHING, analysis: { ...analysis, prometheus: { address: "https://me:secret@prometheus.example.com" } } },
    "at '/analysis/prometheus/address'",
  ],
  [
    "more pods at least than at most",
    { ...EVERYTHING, replicas: { least: 5, most: 4, cpuPercent: 70 } },
    "values.replicas: came least 5 and most 4; expected most to be least or more",
  ],
  [
    "a key to verify with that is private",
    { ...EVERYTHING, verification: { kind: "key", publicKey: "-----BEGIN PRIVATE KEY-----\nAAAA\n" } },
    "at '/verification': 'oneOf' failed",
  ],
  ["no values at all", {}, "missing properties 'name', 'stage', 'labels'"],
];

describeWith(["helm"], "the chart refuses", () => {
  test.each(REFUSALS)("%s", (_, values, message) => {
    if (message instanceof RegExp) expect(refusal(values)).toMatch(message);
    else expect(refusal(values)).toContain(message);
  });
});
