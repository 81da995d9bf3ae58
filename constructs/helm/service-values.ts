import type { AnalysisMetric } from "../../objectives/analysis-metric";

/** A check by HTTP. */
export interface ProbeValues {
  readonly path: string;
  readonly periodSeconds: number;
  readonly failureThreshold: number;
}

/**
 * The values of the chart in `charts/service`, all of them: the chart has no defaults of its own but those marked here. Its `values.schema.json`
 * says the same to Helm, and refuses what it doesn't know.
 */
export interface ServiceValues {
  /** Names of everything: workload, container, Services. A DNS label. */
  readonly name: string;
  readonly stage: string;
  /** Labels of all objects, beside the chart's own. */
  readonly labels: Readonly<Record<string, string>>;
  /** Annotations of the workload, e.g. the owner. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly workload: "rollout" | "deployment";
  readonly image: {
    readonly repository: string;
    /**
     * What is installed where no workload of this name runs. Where one does, the chart keeps the digest that it has: versions belong to
     * releases. `sha256:…`
     */
    readonly digest: string;
    /** Install exactly this digest, whatever runs: previews. @default false */
    readonly pinned?: boolean;
    /** Secret by which nodes pull it. @default - none */
    readonly pullSecret?: string;
  };
  readonly container: {
    readonly port: number;
    readonly metrics?: { readonly port: number; readonly path: string };
    readonly readiness: ProbeValues;
    readonly liveness: ProbeValues;
    readonly startWithinSeconds: number;
    readonly stopWithinSeconds: number;
    readonly cpuMillis: number;
    readonly cpuLimitMillis?: number;
    readonly memoryMebibytes: number;
    readonly writable: readonly string[];
    readonly user: number;
    /** Secret whose keys become environment variables. */
    readonly secret?: string;
    /** ConfigMap with feature flags, and the directory its files are in. It need not be there. @default - the service has none */
    readonly flags?: { readonly configMap: string; readonly directory: string };
    readonly variables: Readonly<Record<string, string>>;
    /** For `OTEL_RESOURCE_ATTRIBUTES`, beside what the chart reads from the pod: `service.name`, `deployment.environment.name`, … */
    readonly resourceAttributes: Readonly<Record<string, string>>;
  };
  readonly serviceAccount: string;
  readonly replicas: {
    /** 0: it sleeps (previews). */
    readonly least: number;
    readonly most: number;
    readonly cpuPercent: number;
  };
  readonly entrance:
    | { readonly kind: "gateway-api"; readonly gateway: string; readonly namespace: string; readonly host: string }
    | { readonly kind: "ingress-nginx"; readonly className: string; readonly host: string };
  /** @default - a new version gets all the traffic at once */
  readonly canary?: { readonly steps: readonly number[]; readonly observeSeconds: number };
  /** @default - nobody judges the stage */
  readonly analysis?: {
    readonly prometheus: {
      readonly address: string;
      readonly authorization?: { readonly secret: string; readonly key: string };
    };
    readonly watch: readonly AnalysisMetric[];
    readonly step: readonly AnalysisMetric[];
    readonly gate: readonly AnalysisMetric[];
  };
  /** A Kyverno policy that admits only signed images of the service. @default - none */
  readonly verification?:
    | { readonly kind: "key"; readonly publicKey: string }
    | { readonly kind: "keyless"; readonly issuer: string; readonly subject: string };
  /** A job that fills a preview, run after each installation. @default - none */
  readonly seed?: { readonly command: readonly string[]; readonly deadlineSeconds: number };
  /** SHA-256 of the chart's files: a change of a template is a change of the release. Written by `CanaryRelease`. */
  readonly chartHash: string;
}
