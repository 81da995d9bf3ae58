import type { Organization } from "../declaration/organization";
import type { RUNBOOKS } from "../declaration/people";
import { reached } from "../declaration/phase";
import type { SealedSecrets } from "../declaration/sealed";
import type { Service } from "../declaration/service";
import { backupFiles } from "./backup/backup-files";
import { buildTwiceScript } from "./ci/build-twice-script";
import { ciWorkflow } from "./ci/ci-workflow";
import { docsPolicyTool } from "./ci/docs-policy";
import { flakyTestsTool } from "./ci/flaky-tests";
import { generatedFilesScript } from "./ci/generated-files-script";
import { gitHygieneScript } from "./ci/git-hygiene-script";
import { gitleaksScript } from "./ci/gitleaks-script";
import { licensesFiles } from "./ci/licenses";
import { pythonToolsLock } from "./ci/python-tools";
import { trainFiles } from "./cluster/train-files";
import { dependenciesFiles } from "./dependencies/dependencies-files";
import { checksDocument } from "./documents/checks-document";
import { cloudflareTokens } from "./documents/cloudflare-tokens";
import { codeOwners } from "./documents/code-owners";
import { envExample } from "./documents/env-example";
import { featureFlagsDocument } from "./documents/feature-flags";
import { flakeIssueTemplate } from "./documents/flake-issue-template";
import { incidentIssueTemplate } from "./documents/incident-issue-template";
import { lintSettings } from "./documents/lint-settings";
import { overrideIssueTemplate } from "./documents/override-issue-template";
import { previewsDocument } from "./documents/previews-document";
import { pullRequestTemplate } from "./documents/pull-request-template";
import { alertRunbooks } from "./documents/runbooks/alert-runbook";
import { canaryRunbook } from "./documents/runbooks/canary";
import { d1BackupRunbook } from "./documents/runbooks/d1-backup-and-restore";
import { emergencyOverrideRunbook } from "./documents/runbooks/emergency-override";
import { errorBudgetRunbook } from "./documents/runbooks/error-budget";
import { incidentClassesRunbook } from "./documents/runbooks/incident-classes";
import { incidentTemplate } from "./documents/runbooks/incident-template";
import { migrationRunbook } from "./documents/runbooks/migration";
import { onCallRunbook } from "./documents/runbooks/on-call";
import { postgresRunbook } from "./documents/runbooks/postgres-backup-and-restore";
import { rollbackRunbook } from "./documents/runbooks/rollback";
import type { RunbookSource } from "./documents/runbooks/runbook-source";
import { secretLeakRunbook } from "./documents/runbooks/secret-leak";
import { secretMatrix } from "./documents/secret-matrix";
import { secretsInventory } from "./documents/secrets-inventory";
import { sloDocument } from "./documents/slo-document";
import { flyFiles } from "./fly/fly-files";
import { freezeFiles } from "./freeze/freeze-files";
import { manifest } from "./manifest";
import { migrationsFiles } from "./migrations/migrations-files";
import { postgresFiles } from "./postgres/postgres-files";
import { previewFiles } from "./preview/preview-files";
import { deployFiles } from "./railway/deploy-files";
import { releaseFiles } from "./release/release-files";
import { renderWorkflow } from "./render-workflow";
import type { RenderedFile } from "./rendered-file";
import { serviceWorkflows } from "./service-workflows";
import { summaryFiles } from "./summary/summary-files";
import { telemetryFiles } from "./telemetry/telemetry-files";
import { titleFiles } from "./title/title-files";
import { traceFiles } from "./trace/trace-files";
import { wranglerTemplate } from "./wrangler-config";

const RUNBOOK: Readonly<Record<(typeof RUNBOOKS)[number], (source: RunbookSource) => RenderedFile | undefined>> = {
  "on-call": onCallRunbook,
  "incident-template": incidentTemplate,
  "d1-backup-and-restore": d1BackupRunbook,
  "secret-leak": secretLeakRunbook,
  "error-budget": errorBudgetRunbook,
  canary: canaryRunbook,
  rollback: rollbackRunbook,
  migration: migrationRunbook,
  "incident-classes": incidentClassesRunbook,
};

/**
 * Every file that a service's repository gets, sorted by path, with a manifest of them. What the declaration leaves out (a release, a backup,
 * anything at the edge) has no file. Equal declarations give equal bytes.
 *
 * @param sealed when secrets were renewed
 */
export function serviceFiles(
  service: Service,
  organization: Organization,
  sealed: SealedSecrets,
): readonly RenderedFile[] {
  const workflows = serviceWorkflows(service, organization);
  const others = [
    ...ciFiles(service, organization),
    codeOwners(service, organization),
    pullRequestTemplate(service),
    flakeIssueTemplate(service),
    incidentIssueTemplate(service),
    overrideIssueTemplate(service),
    envExample(service),
    secretMatrix(service, workflows),
    secretsInventory({ service, organization, workflows, sealed }),
    cloudflareTokens(service, organization),
    checksDocument(service),
    featureFlagsDocument(service),
    ...[...new Set(service.runbooks)].map((name) => RUNBOOK[name]({ service, organization })),
    ...(reached(service, "observability") ? alertRunbooks({ service, organization }) : []),
    postgresRunbook({ service, organization }),
    emergencyOverrideRunbook({ service, organization }),
    sloDocument({ service, organization }),
    ...edgeFiles(service),
    ...telemetryFiles(service, organization),
    previewsDocument({ service, organization }),
    ...summaryFiles(service),
    ...freezeFiles(service),
    ...titleFiles(service),
    ...previewFiles(service, organization),
    ...trainFiles(service, organization),
    ...traceFiles(service, organization),
    ...releaseFiles(service, organization),
    ...deployFiles(service),
    ...flyFiles(service),
    ...backupFiles(service, organization),
    ...postgresFiles(service),
  ].filter((file) => file !== undefined);
  const files = [...others, ...dependenciesFiles(service, others)];
  const all = distinct(service.name, [...files, manifest(service.name, files)]);
  return all.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** The CI workflow with the tools and settings that its jobs use. */
function ciFiles(service: Service, { library }: Organization): readonly RenderedFile[] {
  const kinds = new Set(Object.values(service.ci.jobs).map((job) => job.kind));
  return [
    renderWorkflow(ciWorkflow(service), library),
    generatedFilesScript(service.name),
    ...(kinds.has("docs-and-yaml-lint") || kinds.has("shellcheck") ? [pythonToolsLock(service.name)] : []),
    ...(kinds.has("docs-and-yaml-lint") ? lintSettings(service.name) : []),
    ...migrationsFiles(service),
    ...Object.entries(service.ci.jobs).flatMap(([id, job]) =>
      job.kind === "flaky-tests" ? [flakyTestsTool(service, id, job)] : [],
    ),
    ...Object.entries(service.ci.jobs).flatMap(([id, job]) =>
      job.kind === "licenses" ? licensesFiles(service.name, id, job) : [],
    ),
    ...Object.entries(service.ci.jobs).flatMap(([id, job]) =>
      job.kind === "docs-policy" ? [docsPolicyTool(service.name, id, job)] : [],
    ),
    ...(kinds.has("scan") || kinds.has("gitleaks") ? [gitleaksScript(service.name)] : []),
    ...(kinds.has("build") ? [buildTwiceScript(service.name)] : []),
    ...(kinds.has("git-hygiene") ? [gitHygieneScript(service.name)] : []),
  ];
}

function edgeFiles(service: Service): readonly RenderedFile[] {
  const { edge } = service;
  return edge === undefined ? [] : [wranglerTemplate({ ...service, edge })];
}

function distinct(service: string, files: readonly RenderedFile[]): readonly RenderedFile[] {
  const seen = new Set<string>();
  for (const { path } of files) {
    if (seen.has(path.toLowerCase())) {
      throw new Error(
        `service "${service}": two files are written to ${path}; this is a mistake of Gatehouse, please report it`,
      );
    }
    seen.add(path.toLowerCase());
  }
  return files;
}
