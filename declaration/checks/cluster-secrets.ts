import { show } from "../problem";
import type { CheckContext } from "./context";
import { refersTo } from "./refers-to";

/** What is sealed for clusters has a Secret to go to, a controller in each cluster that can open it, and an owner. */
export function clusterSecretsProblems({ service, organization, report }: CheckContext): void {
  const { cluster, owners, secretRotation } = service;
  if (cluster?.secrets === undefined) return;
  const path = ["cluster", "secrets"];
  if (cluster.container.secret === undefined) {
    report(path, {
      came: "keys of a Secret, and no container.secret",
      expected: "the name of the Secret in cluster.container.secret",
      remedy: `write e.g. secret: "${service.name}"`,
    });
  }
  for (const [stage, { cluster: name, variables = {} }] of Object.entries(cluster.stages)) {
    const home = organization.clusters?.[name];
    if (home !== undefined && !home.controllers.includes("sealed-secrets")) {
      report(path, {
        came: `keys that are sealed for the stage ${show(stage)}, whose cluster ${show(name)} has no controller that opens them`,
        expected: '"sealed-secrets" in its controllers',
        remedy: `add it to clusters.${name}.controllers of services/organization.ts`,
      });
    }
    for (const key of Object.keys(variables).filter((variable) => cluster.secrets?.[variable] !== undefined)) {
      report([...path, key], {
        came: `${show(key)}, which is also a variable of the stage ${show(stage)}`,
        expected: "one of both: the container has one value under each name",
        remedy: "rename one",
      });
    }
  }
  for (const [key, { owner, rotateEveryDays }] of Object.entries(cluster.secrets)) {
    refersTo(report, [...path, key, "owner"], owner, Object.keys(owners), "roles in owners");
    if (
      secretRotation === undefined ||
      (rotateEveryDays >= secretRotation.from && rotateEveryDays <= secretRotation.to)
    )
      continue;
    report([...path, key, "rotateEveryDays"], {
      came: `${rotateEveryDays} days`,
      expected: `${secretRotation.from} to ${secretRotation.to} days, as secretRotation says of all secrets of the service`,
      remedy: "renew the secret so often, or change secretRotation for all of them",
    });
  }
}
