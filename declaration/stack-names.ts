import type { Service } from "./service";

/** The stack of what all services share. */
export const ORGANIZATION_STACK = "organization";

/** Names of a service's stacks: `repository`, and one by the name of each stage. Stack names are addresses of state: never rename one. */
export function stackNames(service: Pick<Service, "name" | "stages">): Readonly<Record<string, string>> {
  const names: Record<string, string> = { repository: repositoryStackName(service.name) };
  for (const stage of Object.keys(service.stages)) names[stage] = stageStackName(service.name, stage);
  return names;
}

export function repositoryStackName(service: string): string {
  return `${service}-repository`;
}

export function stageStackName(service: string, stage: string): string {
  return `${service}-${stage}`;
}
