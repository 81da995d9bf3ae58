import type { RoleV1Rule } from "@cdktf/provider-kubernetes/lib/role-v1";

/** What a service is run by: a Rollout of Argo Rollouts, or a Deployment. */
export type WorkloadKind = "rollout" | "deployment";

const READ = ["get", "list", "watch"];

/**
 * What who deploys a service may do in its namespace: change the one workload, start and watch analyses, and see why a pod doesn't start. No
 * Secrets, no shell in a pod, no roles, nothing in another namespace.
 *
 * Rollouts' status is a resource of its own, through which `kubectl argo rollouts abort`, `promote` and `retry` work; the plugin's `status`
 * and `get` wait until they have read experiments too (argoproj/argo-rollouts v1.10.0,
 * `pkg/kubectl-argo-rollouts/viewcontroller/viewcontroller.go`).
 */
export function deployerRules(workload: WorkloadKind): RoleV1Rule[] {
  return [...CHANGES[workload], ...WATCHES];
}

const CHANGES: Readonly<Record<WorkloadKind, readonly RoleV1Rule[]>> = {
  rollout: [
    { apiGroups: ["argoproj.io"], resources: ["rollouts"], verbs: [...READ, "patch"] },
    { apiGroups: ["argoproj.io"], resources: ["rollouts/status"], verbs: ["get", "patch"] },
    { apiGroups: ["argoproj.io"], resources: ["experiments"], verbs: READ },
    { apiGroups: ["apps"], resources: ["deployments"], verbs: READ },
  ],
  deployment: [{ apiGroups: ["apps"], resources: ["deployments"], verbs: [...READ, "patch"] }],
};

const WATCHES: readonly RoleV1Rule[] = [
  { apiGroups: ["argoproj.io"], resources: ["analysisruns"], verbs: [...READ, "create"] },
  { apiGroups: ["argoproj.io"], resources: ["analysistemplates"], verbs: ["get"] },
  { apiGroups: ["apps"], resources: ["replicasets"], verbs: READ },
  { apiGroups: [""], resources: ["pods", "events"], verbs: READ },
];
