import type { ClusterStage } from "../declaration/cluster";
import type { ClusterSecret } from "../declaration/cluster-secrets";
import { didYouMean, oneOf } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { shown } from "./declared-secret";
import { Failure } from "./failure";

export interface DeclaredClusterSecret {
  readonly declared: ClusterSecret;
  /** Of the Secret. */
  readonly name: string;
  readonly stage: ClusterStage;
}

/**
 * A declared key of the Secret that the service's container has in a stage. What is near to no name is not shown: it may be the value.
 *
 * @throws Failure that says what was probably meant
 */
export function declaredClusterSecret(
  { name: service, cluster }: Pick<Service, "name" | "cluster">,
  stage: string,
  key: string,
): DeclaredClusterSecret {
  const { secrets, container } = cluster ?? {};
  if (cluster === undefined || secrets === undefined || container?.secret === undefined)
    throw new Failure(
      `services/${service}.ts declares nothing that is sealed for a cluster\nname the Secret in cluster.container.secret, and its keys in cluster.secrets; without --certificate a value is sealed for GitHub`,
    );
  const stages = Object.keys(cluster.stages);
  const found = Object.hasOwn(cluster.stages, stage) ? cluster.stages[stage] : undefined;
  if (found === undefined)
    throw new Failure(
      `${service} has no stage ${shown(stage, stages)} in a cluster\nexpected ${oneOf(stages, "stages in cluster.stages")}${didYouMean(stage, stages)}`,
    );
  const keys = Object.keys(secrets);
  const declared = Object.hasOwn(secrets, key) ? secrets[key] : undefined;
  if (declared === undefined)
    throw new Failure(
      `cluster.secrets of services/${service}.ts declares no key ${shown(key, keys)}\nexpected ${oneOf(keys, "keys in cluster.secrets")}${didYouMean(key, keys)}`,
    );
  return { declared, name: container.secret, stage: found };
}
