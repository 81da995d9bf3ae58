import type { Job } from "../../declaration/ci";
import { inChain } from "../../declaration/gate-chain";
import type { Service } from "../../declaration/service";
import { migrationsJob } from "../migrations/migrations-job";
import type { CallingJob, Variables, Workflow, WorkflowJob } from "../workflow";
import { allOfJob } from "./all-of";
import { codeqlJob } from "./codeql";
import { docsAndYamlLintJob } from "./docs-and-yaml-lint";
import { docsPolicyJob } from "./docs-policy";
import { flakyTestsJob } from "./flaky-tests";
import { gitHygieneJob } from "./git-hygiene";
import { gitleaksJob } from "./gitleaks";
import { libraryJob } from "./library-job";
import { licensesJob } from "./licenses";
import { shellcheckJob } from "./shellcheck";
import { stepsJob } from "./steps";
import { trivyConfigJob } from "./trivy-config";

/** What the CI workflow is made of. */
export type CiSource = Pick<Service, "name" | "ci" | "settings">;

/**
 * The CI workflow: pull requests to `main` and pushes to `main` start exactly the declared jobs. A new push to a pull request stops the
 * run on the older one; runs on `main` are never stopped, so that every commit there has its result.
 */
export function ciWorkflow(service: CiSource): Workflow {
  const paths = service.ci.paths === undefined ? {} : { paths: service.ci.paths };
  return {
    file: `${service.ci.workflow ?? "ci"}.yml`,
    service: service.name,
    name: "CI",
    triggers: { pullRequest: { branches: ["main"], ...paths }, push: { branches: ["main"], ...paths } },
    concurrency: {
      group: ["ci-", { expression: "github.event.pull_request.number || github.sha" }],
      cancelInProgress: { expression: "github.event_name == 'pull_request'" },
    },
    env: ciVariables(service.settings),
    jobs: Object.fromEntries(
      Object.entries(inChain(service.ci).jobs).map(([id, job]) => [id, workflowJob(id, job, service)]),
    ),
  };
}

function workflowJob(id: string, job: Job, service: CiSource): WorkflowJob | CallingJob {
  switch (job.kind) {
    case "docs-and-yaml-lint":
      return docsAndYamlLintJob(job);
    case "shellcheck":
      return shellcheckJob(job);
    case "git-hygiene":
      return gitHygieneJob(job);
    case "codeql":
      return codeqlJob(job);
    case "trivy-config":
      return trivyConfigJob(job);
    case "migrations":
      return migrationsJob(job);
    case "test":
    case "scan":
    case "package":
    case "build":
      return libraryJob(id, job);
    case "flaky-tests":
      return flakyTestsJob(job);
    case "licenses":
      return licensesJob(job);
    case "docs-policy":
      return docsPolicyJob(job);
    case "gitleaks":
      return gitleaksJob(id, job);
    case "all-of":
      return allOfJob(job);
    case "steps":
      return stepsJob(job, service.settings);
  }
}

/** The `ci` column of the matrix. */
function ciVariables(settings: Service["settings"]): Variables {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, setting]) =>
      setting.kind === "variable" && setting.ci !== undefined ? [[key, setting.ci]] : [],
    ),
  );
}
