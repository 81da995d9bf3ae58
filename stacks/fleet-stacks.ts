import type { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Fleet } from "../declaration/fleet";
import { fleetInPhase } from "../declaration/fleet-in-phase";
import { ClusterStack } from "./cluster-stack";
import { assertRight } from "./fleet-problems";
import type { RunProps } from "./gatehouse-stack";
import { OrganizationStack } from "./organization-stack";
import { RepositoryStack } from "./repository-stack";
import { StageStack } from "./stage-stack";

/**
 * Adds all stacks of a fleet to an app: `organization`, `cluster-<name>` for every cluster with controllers, and for every service `<service>-repository` and
 * `<service>-<stage>`, as far as its phase is on. Each depends on the one before it, and a stage on the cluster that it runs in, so that a deploy
 * of several goes in that order: organization and clusters, repository, stage by stage.
 * @throws DeclarationError with every mistake of the declarations; nothing is added then.
 */
export function addFleet(scope: Construct, fleet: Fleet, run: RunProps = {}): void {
  assertRight(fleet);
  const { organization } = fleet;
  const shared = new OrganizationStack(scope, organization, run);
  const clusters = new Map<string, ClusterStack>();
  for (const [name, { controllers }] of Object.entries(organization.clusters ?? {}))
    if (controllers.length > 0) clusters.set(name, new ClusterStack(scope, name, organization, run));
  for (const entry of fleetInPhase(fleet).services) {
    const repository = new RepositoryStack(scope, entry.service, organization, run);
    repository.addDependency(shared);
    let before: TerraformStack = repository;
    for (const stage of Object.keys(entry.service.stages)) {
      const stack = new StageStack(scope, { entry, organization, stage }, run);
      stack.addDependency(before);
      const home = clusters.get(entry.service.cluster?.stages[stage]?.cluster ?? "");
      if (home !== undefined) stack.addDependency(home);
      before = stack;
    }
  }
}
