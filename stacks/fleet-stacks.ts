import type { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Fleet } from "../declaration/fleet";
import { assertRight } from "./fleet-problems";
import type { RunProps } from "./gatehouse-stack";
import { OrganizationStack } from "./organization-stack";
import { RepositoryStack } from "./repository-stack";
import { StageStack } from "./stage-stack";

/**
 * Adds all stacks of a fleet to an app: `organization`, and for every service `<service>-repository` and `<service>-<stage>`. Each depends on
 * the one before it, so that a deploy of several goes in that order: organization, repository, stage by stage.
 * @throws DeclarationError with every mistake of the declarations; nothing is added then.
 */
export function addFleet(scope: Construct, fleet: Fleet, run: RunProps = {}): void {
  assertRight(fleet);
  const { organization } = fleet;
  const shared = new OrganizationStack(scope, organization, run);
  for (const entry of fleet.services) {
    const repository = new RepositoryStack(scope, entry.service, organization, run);
    repository.addDependency(shared);
    let before: TerraformStack = repository;
    for (const stage of Object.keys(entry.service.stages)) {
      const stack = new StageStack(scope, { entry, organization, stage }, run);
      stack.addDependency(before);
      before = stack;
    }
  }
}
