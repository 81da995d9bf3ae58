import type { ServiceValues } from "../../constructs/helm/service-values";

/** An object of which the type says every key, unlike a record. */
type HasKeys<T> = string extends keyof T ? false : true;

type Inside<T, Path extends string> = T extends readonly (infer Item)[]
  ? Inside<Item, `${Path}[]`>
  : T extends object
    ? HasKeys<T> extends true
      ? Keys<T, `${Path}.`>
      : never
    : never;

/** Every path of T, with whether it may be left out; of a union, those of all its members. */
type Keys<T, Prefix extends string> = T extends object
  ? {
      [Key in keyof T & string]-?:
        | [`${Prefix}${Key}`, undefined extends T[Key] ? "optional" : "required"]
        | Inside<NonNullable<T[Key]>, `${Prefix}${Key}`>;
    }[keyof T & string]
  : never;

type Paths = Keys<ServiceValues, "">;

/** All paths of `ServiceValues`: the compiler takes no other list, and no other answer. */
export const VALUE_PATHS: { readonly [Path in Paths as Path[0]]: Path[1] } = {
  name: "required",
  stage: "required",
  labels: "required",
  annotations: "required",
  workload: "required",
  image: "required",
  "image.repository": "required",
  "image.digest": "required",
  "image.pinned": "optional",
  "image.pullSecret": "optional",
  container: "required",
  "container.port": "required",
  "container.metrics": "optional",
  "container.metrics.port": "required",
  "container.metrics.path": "required",
  "container.readiness": "required",
  "container.readiness.path": "required",
  "container.readiness.periodSeconds": "required",
  "container.readiness.failureThreshold": "required",
  "container.liveness": "required",
  "container.liveness.path": "required",
  "container.liveness.periodSeconds": "required",
  "container.liveness.failureThreshold": "required",
  "container.startWithinSeconds": "required",
  "container.stopWithinSeconds": "required",
  "container.cpuMillis": "required",
  "container.cpuLimitMillis": "optional",
  "container.memoryMebibytes": "required",
  "container.writable": "required",
  "container.user": "required",
  "container.secret": "optional",
  "container.flags": "optional",
  "container.flags.configMap": "required",
  "container.flags.directory": "required",
  "container.variables": "required",
  "container.resourceAttributes": "required",
  serviceAccount: "required",
  replicas: "required",
  "replicas.least": "required",
  "replicas.most": "required",
  "replicas.cpuPercent": "required",
  entrance: "required",
  "entrance.kind": "required",
  "entrance.gateway": "required",
  "entrance.namespace": "required",
  "entrance.className": "required",
  "entrance.host": "required",
  canary: "optional",
  "canary.steps": "required",
  "canary.observeSeconds": "required",
  analysis: "optional",
  "analysis.prometheus": "required",
  "analysis.prometheus.address": "required",
  "analysis.prometheus.authorization": "optional",
  "analysis.prometheus.authorization.secret": "required",
  "analysis.prometheus.authorization.key": "required",
  "analysis.watch": "required",
  "analysis.watch[].name": "required",
  "analysis.watch[].query": "required",
  "analysis.watch[].successCondition": "optional",
  "analysis.watch[].failureCondition": "optional",
  "analysis.watch[].interval": "optional",
  "analysis.watch[].initialDelay": "optional",
  "analysis.watch[].count": "optional",
  "analysis.watch[].failureLimit": "required",
  "analysis.watch[].inconclusiveLimit": "required",
  "analysis.watch[].consecutiveErrorLimit": "required",
  "analysis.watch[].consecutiveSuccessLimit": "optional",
  "analysis.step": "required",
  "analysis.step[].name": "required",
  "analysis.step[].query": "required",
  "analysis.step[].successCondition": "optional",
  "analysis.step[].failureCondition": "optional",
  "analysis.step[].interval": "optional",
  "analysis.step[].initialDelay": "optional",
  "analysis.step[].count": "optional",
  "analysis.step[].failureLimit": "required",
  "analysis.step[].inconclusiveLimit": "required",
  "analysis.step[].consecutiveErrorLimit": "required",
  "analysis.step[].consecutiveSuccessLimit": "optional",
  "analysis.gate": "required",
  "analysis.gate[].name": "required",
  "analysis.gate[].query": "required",
  "analysis.gate[].successCondition": "optional",
  "analysis.gate[].failureCondition": "optional",
  "analysis.gate[].interval": "optional",
  "analysis.gate[].initialDelay": "optional",
  "analysis.gate[].count": "optional",
  "analysis.gate[].failureLimit": "required",
  "analysis.gate[].inconclusiveLimit": "required",
  "analysis.gate[].consecutiveErrorLimit": "required",
  "analysis.gate[].consecutiveSuccessLimit": "optional",
  verification: "optional",
  "verification.kind": "required",
  "verification.publicKey": "required",
  "verification.issuer": "required",
  "verification.subject": "required",
  seed: "optional",
  "seed.command": "required",
  "seed.deadlineSeconds": "required",
  chartHash: "required",
};
