import type { ServiceValues } from "../../constructs/helm/service-values";
import type { AnalysisMetric } from "../../objectives/analysis-metric";

export const DIGEST = `sha256:${"1".repeat(64)}`;

/** A metric without what may be left out. */
export function metric(name: string, more: Partial<AnalysisMetric> = {}): AnalysisMetric {
  return {
    name,
    query: 'sum(rate(errors_total{version="{{args.canary-hash}}"}[5m])) / sum(rate(requests_total[5m]))',
    failureCondition: "len(result) > 0 && result[0] >= 0.05",
    failureLimit: 0,
    inconclusiveLimit: 0,
    consecutiveErrorLimit: 4,
    ...more,
  };
}

/** Every value that there is, but those that exclude one another. */
export const EVERYTHING = {
  name: "shop",
  stage: "prod",
  labels: { "gatehouse.dev/kind": "stage", team: "shop-maintainers" },
  annotations: { "gatehouse.dev/owner": "shop-maintainers" },
  workload: "rollout",
  image: { repository: "ghcr.io/example/shop", digest: DIGEST, pinned: false, pullSecret: "registry" },
  container: {
    port: 8080,
    metrics: { port: 9464, path: "/metrics" },
    readiness: { path: "/readyz", periodSeconds: 5, failureThreshold: 3 },
    liveness: { path: "/livez", periodSeconds: 10, failureThreshold: 4 },
    startWithinSeconds: 61,
    stopWithinSeconds: 45,
    cpuMillis: 250,
    cpuLimitMillis: 1000,
    memoryMebibytes: 256,
    writable: ["/tmp", "/var/cache/shop"],
    user: 10001,
    secret: "shop",
    flags: { configMap: "shop-flags", directory: "/etc/gatehouse/flags" },
    variables: { LOG_LEVEL: "info", PRICE: "$(GATEHOUSE_POD) costs 5$" },
    resourceAttributes: {
      "service.name": "shop",
      "service.namespace": "example",
      "deployment.environment.name": "prod",
    },
  },
  serviceAccount: "shop",
  replicas: { least: 4, most: 12, cpuPercent: 70 },
  entrance: { kind: "gateway-api", gateway: "public", namespace: "gateway-system", host: "shop.example.com" },
  canary: { steps: [5, 25, 50, 100], observeSeconds: 300 },
  analysis: {
    prometheus: { address: "http://prometheus.monitoring:9090", authorization: { secret: "metrics", key: "header" } },
    watch: [metric("errors", { interval: "30s", initialDelay: "60s" }), metric("latency", { interval: "30s" })],
    step: [
      metric("errors", { successCondition: "result[0] < 0.05", interval: "30s", count: 3, consecutiveSuccessLimit: 3 }),
    ],
    gate: [metric("availability", { query: 'vector(1) # "quoted" \\ back' })],
  },
  verification: {
    kind: "key",
    publicKey: `-----BEGIN PUBLIC KEY-----\n${"A".repeat(64)}\n-----END PUBLIC KEY-----\n`,
  },
  seed: { command: ["node", "seed.js"], deadlineSeconds: 300 },
  chartHash: "c".repeat(64),
} as const satisfies ServiceValues;

const {
  cpuLimitMillis: _limit,
  metrics: _metrics,
  secret: _secret,
  flags: _flags,
  ...plainContainer
} = EVERYTHING.container;
const { canary: _canary, analysis: _analysis, verification: _verification, seed: _seed, ...withoutExtras } = EVERYTHING;

/** The shapes that services have. */
export const SHAPES = {
  "a canary behind a Gateway": (({ seed: _, ...values }) => values)(EVERYTHING),
  "a canary behind ingress-nginx": {
    ...withoutExtras,
    canary: EVERYTHING.canary,
    analysis: { ...EVERYTHING.analysis, prometheus: { address: "https://prometheus.example.com/prometheus" } },
    entrance: { kind: "ingress-nginx", className: "nginx", host: "shop.example.com" },
    verification: {
      kind: "keyless",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "https://github.com/example/shop/.github/workflows/release-train.yml@refs/heads/main",
    },
  },
  "a Rollout without a canary": { ...withoutExtras, analysis: { ...EVERYTHING.analysis, watch: [], step: [] } },
  "a Deployment": { ...withoutExtras, workload: "deployment", container: { ...plainContainer, writable: [] } },
  "a preview": {
    ...withoutExtras,
    stage: "preview",
    workload: "deployment",
    image: { ...EVERYTHING.image, pinned: true },
    replicas: { least: 1, most: 1, cpuPercent: 70 },
    seed: EVERYTHING.seed,
  },
  "a preview that sleeps": {
    ...withoutExtras,
    stage: "preview",
    workload: "deployment",
    image: { ...EVERYTHING.image, pinned: true },
    replicas: { least: 0, most: 1, cpuPercent: 70 },
    seed: EVERYTHING.seed,
  },
} as const satisfies Record<string, ServiceValues>;
