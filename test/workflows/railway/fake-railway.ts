import { randomUUID } from "node:crypto";

export interface FakeDeployment {
  readonly id: string;
  readonly commit: string;
  status: string;
  canRollback: boolean;
  /** Statuses that are still to come, one with every question. */
  readonly next: string[];
}

interface Request {
  readonly query: string;
  readonly variables: Readonly<Record<string, string>>;
}

export const TOKEN = "railway-token-very-secret";

/** Plays Railway's API, as far as the scripts ask it: one project, one environment, one service. */
export class FakeRailway {
  /** The newest last. */
  readonly deployments: FakeDeployment[] = [];
  readonly mutations: string[] = [];
  environmentName = "production";
  repository: string | null = "example/relay";
  /** How the next deployment goes. */
  next: readonly string[] = ["BUILDING", "DEPLOYING", "SUCCESS"];
  /** What a rollback's deployment goes through. */
  nextRollback: readonly string[] = ["DEPLOYING", "SUCCESS"];
  /** Mutations that are refused. */
  readonly refused = new Set<string>();
  /** So many questions are answered with 502 first. */
  failures = 0;

  /** `became` is told which commit serves from now on. */
  constructor(private readonly became: (commit: string) => void) {}

  /** A deployment of the past; the newest that is running serves. */
  has(commit: string, status: string, canRollback = false): FakeDeployment {
    const deployment = { id: randomUUID(), commit, status, canRollback, next: [] };
    this.deployments.push(deployment);
    if (status === "SUCCESS") this.became(commit);
    return deployment;
  }

  answer(token: string | undefined, body: string): { readonly status: number; readonly body: unknown } {
    if (this.failures > 0) {
      this.failures--;
      return { status: 502, body: "<html>Bad gateway</html>" };
    }
    if (token !== TOKEN) return refusal("Not Authorized");
    const request: Request = JSON.parse(body);
    const mutation = /^mutation .*?\{ (\w+)\(/.exec(request.query)?.[1];
    if (mutation !== undefined) {
      this.mutations.push(`${mutation} ${request.variables.commit ?? this.name(request.variables.id)}`);
      if (this.refused.has(mutation)) return refusal(`no ${mutation} today`, { [mutation]: null });
    }
    const data = this.data(request, mutation);
    return data === undefined ? refusal("Problem processing request") : { status: 200, body: { data } };
  }

  private data({ query, variables }: Request, mutation: string | undefined): unknown {
    const target = this.deployments.find(({ id }) => id === variables.id);
    switch (mutation) {
      case "serviceInstanceDeployV2":
        return { serviceInstanceDeployV2: this.start(variables.commit ?? "", this.next).id };
      case "deploymentRollback":
        if (!target?.canRollback) return undefined;
        this.start(target.commit, this.nextRollback);
        return { deploymentRollback: true };
      case "deploymentCancel":
        if (target === undefined) return undefined;
        target.next.length = 0;
        target.status = "REMOVED";
        return { deploymentCancel: true };
    }
    if (query.includes("projectToken")) return { projectToken: { projectId: "project", environmentId: "environment" } };
    if (query.includes("serviceInstances")) {
      const node = { serviceId: "service", serviceName: "relay", source: { repo: this.repository } };
      return { environment: { name: this.environmentName, serviceInstances: { edges: [{ node }] } } };
    }
    if (query.includes("deployments("))
      return { deployments: { edges: this.deployments.map((one, at) => edge(one, at)) } };
    if (target === undefined) return undefined;
    this.advance(target);
    return { deployment: { status: target.status, meta: { commitHash: target.commit } } };
  }

  private start(commit: string, next: readonly string[]): FakeDeployment {
    const deployment = { id: randomUUID(), commit, status: "INITIALIZING", canRollback: false, next: [...next] };
    this.deployments.push(deployment);
    return deployment;
  }

  private advance(deployment: FakeDeployment): void {
    deployment.status = deployment.next.shift() ?? deployment.status;
    if (deployment.status !== "SUCCESS") return;
    for (const other of this.deployments) {
      if (other === deployment || other.status !== "SUCCESS") continue;
      other.status = "REMOVED";
      other.canRollback = true;
    }
    this.became(deployment.commit);
  }

  /** A deployment by the beginning of its commit. */
  private name(id: string | undefined): string {
    return this.deployments.find((one) => one.id === id)?.commit ?? "?";
  }
}

function edge({ id, status, canRollback, commit }: FakeDeployment, at: number) {
  const createdAt = new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString();
  return { node: { id, status, createdAt, canRollback, meta: { commitHash: commit } } };
}

/** GraphQL answers 200 to what it refuses. */
function refusal(message: string, data: unknown = null) {
  return { status: 200, body: { errors: [{ message }], data } };
}
