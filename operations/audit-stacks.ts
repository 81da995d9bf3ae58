import type { AuditedStack } from "../declaration/audit-entry";
import { clusterStackName } from "../declaration/cluster-names";
import type { Fleet } from "../declaration/fleet";
import { didYouMean } from "../declaration/problem";
import { ORGANIZATION_STACK, stackNames } from "../declaration/stack-names";
import { Failure } from "./failure";

/** Every stack of a fleet, as an entry of the trail names it. Production is the last stage: stages are declared in the order of a change. */
function auditedStacks({ organization, services }: Fleet): readonly AuditedStack[] {
  const shared = [ORGANIZATION_STACK, ...Object.keys(organization.clusters ?? {}).map(clusterStackName)];
  return [
    ...shared.map((name) => ({ name, production: false })),
    ...services.flatMap(({ service }) => {
      const last = Object.keys(service.stages).at(-1);
      return Object.entries(stackNames(service)).map(([stage, name]) =>
        stage === "repository"
          ? { name, service: service.name, production: false }
          : { name, service: service.name, stage, production: stage === last },
      );
    }),
  ];
}

/** @throws Failure that names what is not declared */
export function declaredStacks(fleet: Fleet, names: readonly string[]): readonly AuditedStack[] {
  const stacks = new Map(auditedStacks(fleet).map((stack) => [stack.name, stack]));
  return [...new Set(names)].map((name) => {
    const stack = stacks.get(name);
    if (stack === undefined)
      throw new Failure(
        `no stack "${name}" is declared${didYouMean(name, stacks.keys())}\nnpx gatehouse stacks lists them`,
      );
    return stack;
  });
}
