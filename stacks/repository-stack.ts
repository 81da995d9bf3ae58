import type { Construct } from "constructs";
import { BranchNaming } from "../constructs/github/branch-naming";
import { IssueLabels } from "../constructs/github/issue-labels";
import { ManagedRepository, type ManagedRepositoryProps } from "../constructs/github/managed-repository";
import { ProtectedBranch } from "../constructs/github/protected-branch";
import { ProtectedTags } from "../constructs/github/protected-tags";
import { githubProvider } from "../constructs/github/provider";
import { PushRules } from "../constructs/github/push-rules";
import { TeamAccess } from "../constructs/github/team-access";
import { allowedBranches } from "../declaration/allowed-branches";
import { isOpen } from "../declaration/break-glass-opening";
import { VERSION_TAGS } from "../declaration/fly";
import { hasFeature } from "../declaration/github-plan";
import type { Organization } from "../declaration/organization";
import { reached } from "../declaration/phase";
import { FREEZE_TAG } from "../declaration/release-train";
import type { Repository } from "../declaration/repository";
import type { Service } from "../declaration/service";
import { repositoryStackName } from "../declaration/stack-names";
import { requiredChecks } from "../workflows/ci/required-checks";
import { GatehouseStack, type RunProps } from "./gatehouse-stack";

const MAIN = "main";

const SQUASH_MESSAGES = {
  "pull-request-title": { squashTitle: "PR_TITLE", squashMessage: "BLANK" },
  "pull-request-title-and-body": { squashTitle: "PR_TITLE", squashMessage: "PR_BODY" },
  "commit-messages": { squashTitle: "COMMIT_OR_PR_TITLE", squashMessage: "COMMIT_MESSAGES" },
} as const satisfies Record<Repository["squashMessage"], Partial<ManagedRepositoryProps>>;

/** A service's repository: its settings, who may do what in it, and the rules of its branches and tags. */
export class RepositoryStack extends GatehouseStack {
  constructor(scope: Construct, service: Service, organization: Organization, run: RunProps) {
    super(scope, repositoryStackName(service.name), organization.state, run);
    githubProvider(this);
    const { repositoryName: repository } = this.repository(service, organization.github);
    const { breakGlass } = service.main;
    const open = breakGlass !== undefined && isOpen(breakGlass, run.now ?? Date.now());
    const breaker = open ? service.owners[breakGlass.role]?.team : undefined;
    new ProtectedBranch(this, "protected-main", {
      ...service.main,
      repository,
      branch: MAIN,
      requiredChecks: requiredChecks(service).map((context) => ({ context })),
      commitMessagePattern: service.main.commitMessages,
      bypass: breaker === undefined ? [] : [{ type: "Team", team: breaker, mode: "pull_request" }],
    });
    new BranchNaming(this, "branch-naming", {
      repository,
      defaultBranch: MAIN,
      allowed: allowedBranches(service),
    });
    const train = service.cluster?.train;
    const versions = service.fly === undefined ? undefined : VERSION_TAGS;
    const pattern = service.release?.tags ?? service.railway?.tags ?? train?.tags ?? versions;
    if (pattern !== undefined) new ProtectedTags(this, "release-tags", { repository, pattern });
    if (train !== undefined) {
      // Whoever may push could otherwise set a train going again that a rollback has stopped.
      const team = service.owners[train.unfreeze]?.team ?? train.unfreeze;
      const bypass = [{ type: "Team", team, mode: "always" }] as const;
      new ProtectedTags(this, "freeze-tag", { repository, pattern: FREEZE_TAG, bypass });
    }
    if (service.repository.pushRules !== undefined) {
      new PushRules(this, "push-rules", { repository, ...service.repository.pushRules });
    }
    new IssueLabels(this, "labels", { repository, labels: service.labels });
    for (const { team, access } of new Map(
      Object.values(service.owners).map((owner) => [owner.team, owner]),
    ).values()) {
      new TeamAccess(this, `access-${team}`, { repository, team, permission: access });
    }
  }

  private repository(service: Service, github: Organization["github"]): ManagedRepository {
    const { name, description, repository } = service;
    // What an adopted repository has by itself is not taken from it before the phase that brings it.
    const mine = repository.adopt !== true || reached(service, "security");
    return new ManagedRepository(this, "repository", {
      name,
      description,
      visibility: repository.visibility,
      topics: repository.topics,
      defaultBranch: MAIN,
      mergeMethods: repository.merge,
      ...SQUASH_MESSAGES[repository.squashMessage],
      deleteBranchOnMerge: repository.deleteBranchOnMerge,
      updateBranchButton: repository.updateBranchButton,
      issues: repository.issues,
      wiki: repository.wiki,
      projects: repository.projects,
      discussions: false,
      // Where the organization has no secret scanning GitHub refuses to hear of it, even that it is off.
      secretScanning:
        mine && hasFeature("secret scanning", github, repository.visibility)
          ? { enabled: repository.secretScanning, pushProtection: repository.pushProtection }
          : undefined,
      vulnerabilityAlerts: mine ? repository.vulnerabilityAlerts : undefined,
      adopt: repository.adopt === true ? name : undefined,
    });
  }
}
