import { deployerRules, type WorkloadKind } from "../../../constructs/kubernetes/deployer-role";

const READ = ["get", "list", "watch"];

/** Verbs by group and resource. */
function allowed(workload: WorkloadKind): Readonly<Record<string, readonly string[]>> {
  const rights = deployerRules(workload).flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) => resources.map((resource) => [`${group}/${resource}`, verbs] as const)),
  );
  expect(new Set(rights.map(([resource]) => resource)).size).toBe(rights.length);
  return Object.fromEntries(rights);
}

describe("the deployer's role", () => {
  it("changes a Rollout and its status, starts analyses, and reads what kubectl argo rollouts reads", () => {
    expect(allowed("rollout")).toEqual({
      "argoproj.io/rollouts": [...READ, "patch"],
      "argoproj.io/rollouts/status": ["get", "patch"],
      "argoproj.io/experiments": READ,
      "argoproj.io/analysisruns": [...READ, "create"],
      "argoproj.io/analysistemplates": ["get"],
      "apps/deployments": READ,
      "apps/replicasets": READ,
      "/pods": READ,
      "/events": READ,
    });
  });

  it("changes a Deployment where that is what runs", () => {
    expect(allowed("deployment")).toEqual({
      "apps/deployments": [...READ, "patch"],
      "argoproj.io/analysisruns": [...READ, "create"],
      "argoproj.io/analysistemplates": ["get"],
      "apps/replicasets": READ,
      "/pods": READ,
      "/events": READ,
    });
  });

  it.each(["rollout", "deployment"] as const)(
    "has no wildcard, no Secrets, no shell and no roles for a %s",
    (workload) => {
      const all = deployerRules(workload).flatMap(({ apiGroups, resources, verbs }) => [
        ...apiGroups,
        ...resources,
        ...verbs,
      ]);
      expect(
        all.filter((word) => /\*|secret|exec|attach|role|token|delete|escalate|bind|impersonate/.test(word)),
      ).toEqual([]);
    },
  );
});
